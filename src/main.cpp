// The program: standard streams and the disk, handed to run_program().
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <malloc.h>
#include <memory>
#include <new>
#include <optional>
#include <poll.h>
#include <pthread.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/memory_reserve.hpp"
#include "cli/color.hpp"
#include "cli/program.hpp"
#include "source/disk_file_system.hpp"

namespace {

/// Writes all of the text. False if the stream cannot take it.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Standard output. A closed pipe (`| head`) ends it quietly; any other failure is remembered.
class Output {
 public:
  void operator()(std::string_view text) {
    if (closed_ || write_all(STDOUT_FILENO, text)) return;
    closed_ = true;
    failure_ = errno == EPIPE ? 0 : errno;
  }
  [[nodiscard]] int failure() const { return failure_; }

 private:
  bool closed_ = false;
  int failure_ = 0;
};

imglint::Result<std::string> read_input(std::uint64_t limit) {
  std::string text;
  char block[1 << 16];
  while (true) {
    const ssize_t size = ::read(STDIN_FILENO, block, sizeof block);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0)
      return imglint::Error{.message = std::string("cannot read standard input: ") + std::strerror(errno)};
    if (size == 0) return text;
    text.append(block, static_cast<std::size_t>(size));
    if (text.size() > limit)
      return imglint::Error{.message = "standard input is larger than " + std::to_string(limit) + " bytes",
                            .hint = "raise the limit with --max-file-size"};
  }
}

bool is_true(const char* value) { return value != nullptr && std::string_view(value) == "true"; }

/// Whether a line can be drawn over: a terminal, and not one of those that only append.
bool can_redraw(int descriptor) {
  const char* kind = std::getenv("TERM");
  return ::isatty(descriptor) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

/// How many columns the terminal has; 80 where nobody says.
std::size_t columns_of(int descriptor) {
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// A part of standard input; empty if none has come and it shall not wait.
std::optional<std::string> read_some(bool wait) {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  while (::poll(&input, 1, wait ? -1 : 0) < 0)
    if (errno != EINTR) return std::nullopt;
  if (input.revents == 0) return std::string();
  std::string block(1 << 16, '\0');
  while (true) {
    const ssize_t size = ::read(STDIN_FILENO, block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return std::nullopt;
    block.resize(static_cast<std::size_t>(size));
    return block;
  }
}

/// What the process has read, until it ends.
void keep(std::unique_ptr<imglint::Project> project) {
  static auto& kept = *new std::vector<std::unique_ptr<imglint::Project>>();
  kept.push_back(std::move(project));
}

imglint::ExitCode run(int argc, char** argv) {
  imglint::DiskFileSystem disk;
  Output output;
  const imglint::Session session{
      .files = disk,
      .read_input = read_input,
      .out = [&output](std::string_view text) { output(text); },
      .err = [](std::string_view text) { static_cast<void>(write_all(STDERR_FILENO, text)); },
      .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
      .err_is_terminal = can_redraw(STDERR_FILENO),
      .columns = columns_of(STDOUT_FILENO),
      .github_actions = is_true(std::getenv("GITHUB_ACTIONS")),
      .in_pipeline = std::getenv("CI") != nullptr,
      .color = imglint::wants_color(::isatty(STDOUT_FILENO) != 0, std::getenv("NO_COLOR"),
                                    std::getenv("CLICOLOR_FORCE")),
      .read_some = read_some,
      .keep = keep,
  };
  auto code = imglint::run_program({argv + (argc > 0 ? 1 : 0), argv + argc}, session);
  if (output.failure() != 0) {
    imglint::print(imglint::Error{.message = std::string("cannot write standard output: ") +
                                             std::strerror(output.failure())},
                   session);
    code = imglint::ExitCode::failed;
  }
  return code;
}

/// What went wrong, without asking for memory.
imglint::ExitCode give_up(std::string_view reason, std::string_view hint) {
  for (const std::string_view part :
       {std::string_view("imglint: error: "), reason, std::string_view("\n"), hint})
    static_cast<void>(write_all(STDERR_FILENO, part));
  return imglint::ExitCode::failed;
}

imglint::ExitCode run_to_the_end(int argc, char** argv) {
  const imglint::MemoryReserve reserve;
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    return give_up("there is not enough memory",
                   "  hint: give it more (`ulimit -v`), fewer files at once, or --jobs 1\n");
  } catch (const std::exception& error) {
    return give_up(error.what(), "");
  }
}

struct Start {
  int argc = 0;
  char** argv = nullptr;
  imglint::ExitCode code = imglint::ExitCode::failed;
};

/// yaml-cpp goes down into what is nested, 2,000 levels at most; on a stack as small as some systems set it
/// that is too deep.
constexpr std::size_t enough_stack = std::size_t{8} << 20;

bool has_enough_stack() {
  rlimit limit{};
  return ::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= enough_stack;
}

/// Runs on a stack of its own. False if there is none to be had.
bool run_on_large_stack(Start& start) {
  pthread_attr_t attributes;
  if (::pthread_attr_init(&attributes) != 0) return false;
  const auto body = [](void* argument) -> void* {
    auto& mine = *static_cast<Start*>(argument);
    mine.code = run_to_the_end(mine.argc, mine.argv);
    return nullptr;
  };
  pthread_t thread{};
  bool started = ::pthread_attr_setstacksize(&attributes, enough_stack) == 0;
#ifdef __linux__
  if (started) static_cast<void>(::pthread_setattr_default_np(&attributes));  // for the threads it starts
#endif
  started = started && ::pthread_create(&thread, &attributes, body, &start) == 0;
  ::pthread_attr_destroy(&attributes);
  return started && ::pthread_join(thread, nullptr) == 0;
}

}  // namespace

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // glibc raises this with the blocks it sees, and keeps what a walk over very many files has freed.
  mallopt(M_TRIM_THRESHOLD, 128 * 1024);
#endif
  std::signal(SIGPIPE,
              SIG_IGN);  // a closed pipe is seen at the write, so that edits are never cut off half way
  std::signal(SIGXFSZ, SIG_IGN);  // so is a limit on the size of files
  Start start{.argc = argc, .argv = argv};
  if (!has_enough_stack() && run_on_large_stack(start)) return static_cast<int>(start.code);
  return static_cast<int>(run_to_the_end(argc, argv));
}
