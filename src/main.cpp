// The program: standard streams and the disk, handed to run_program().
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <optional>
#include <poll.h>
#include <string>
#include <unistd.h>
#include <vector>

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

}  // namespace

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // glibc raises this with the blocks it sees, and keeps what a walk over very many files has freed.
  mallopt(M_TRIM_THRESHOLD, 128 * 1024);
#endif
  std::signal(SIGPIPE,
              SIG_IGN);  // a closed pipe is seen at the write, so that edits are never cut off half way
  std::signal(SIGXFSZ, SIG_IGN);  // so is a limit on the size of files
  imglint::DiskFileSystem disk;
  Output output;
  const imglint::Session session{
      .files = disk,
      .read_input = read_input,
      .out = [&output](std::string_view text) { output(text); },
      .err = [](std::string_view text) { static_cast<void>(write_all(STDERR_FILENO, text)); },
      .out_is_terminal = ::isatty(STDOUT_FILENO) != 0,
      .err_is_terminal = can_redraw(STDERR_FILENO),
      .github_actions = is_true(std::getenv("GITHUB_ACTIONS")),
      .color = imglint::wants_color(::isatty(STDOUT_FILENO) != 0, std::getenv("NO_COLOR"),
                                    std::getenv("CLICOLOR_FORCE")),
      .read_some = read_some,
  };
  auto code = imglint::run_program({argv + (argc > 0 ? 1 : 0), argv + argc}, session);
  if (output.failure() != 0) {
    imglint::print(imglint::Error{.message = std::string("cannot write standard output: ") +
                                             std::strerror(output.failure())},
                   session);
    code = imglint::ExitCode::failed;
  }
  return static_cast<int>(code);
}
