#include "base/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/spawn_signals.hpp"
#include "base/system_call.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace imglint {
namespace {

/// A pipe whose two ends close by themselves and are not inherited.
class Pipe {
 public:
  Pipe() : failed_(!open()) {}
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    close_writer();
  }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] int reader() const { return ends_[0]; }
  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_reader() { close_end(ends_[0]); }
  void close_writer() { close_end(ends_[1]); }

 private:
  bool open() {
#ifdef __linux__
    return pipe2(ends_.data(), O_CLOEXEC) == 0;
#else
    if (pipe(ends_.data()) != 0) return false;
    for (const int end : ends_) fcntl(end, F_SETFD, FD_CLOEXEC);
    return true;
#endif
  }
  static void close_end(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_ = {-1, -1};
  bool failed_;
};

/// What posix_spawn has to do in the child, freed at the end.
class Plan {
 public:
  Plan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  void connect(const Pipe& output, const Pipe& errors) {
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output.writer(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors.writer(), STDERR_FILENO);
  }
  void reset_signals() { reset_signals_of_child(attributes_); }
  int start(pid_t& child, char* const words[], char* const variables[]) {
    return posix_spawnp(&child, words[0], &actions_, &attributes_, words, variables);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<std::string> environment(const Invocation& command) {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    const bool dropped =
        std::find(command.without.begin(), command.without.end(), name) != command.without.end() ||
        std::any_of(command.settings.begin(), command.settings.end(),
                    [&](const auto& setting) { return setting.first == name; });
    if (!dropped) result.emplace_back(text);
  }
  for (const auto& [name, value] : command.settings) result.push_back(name + "=" + value);
  return result;
}

/// As exec wants it. The texts must outlive the result.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Reads what is there. False at the end of the stream.
bool drain(int reader, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t got = read(reader, buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

/// How long to wait still, in milliseconds for poll().
class Clock {
 public:
  explicit Clock(const Patience& patience) : patience_(patience), asked_(!patience.is_hopeless) {}

  /// -1: for ever.
  [[nodiscard]] int rest() const {
    const auto end = asked_ ? patience_.longest : patience_.first;
    if (end.count() == 0) return -1;
    return static_cast<int>(std::max<std::int64_t>(0, (end - passed()).count()));
  }
  /// Asked when rest() is over.
  [[nodiscard]] bool gives_up() {
    if (asked_) return true;
    asked_ = true;
    return patience_.is_hopeless();
  }

 private:
  [[nodiscard]] std::chrono::milliseconds passed() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin_);
  }
  const Patience& patience_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  bool asked_;
};

/// Reads both streams to their ends, in whatever order they fill. False if patience ends first.
bool collect(const Pipe& output, const Pipe& errors, const Patience& patience, ProcessOutput& into) {
  std::array<pollfd, 2> streams = {pollfd{output.reader(), POLLIN, 0}, pollfd{errors.reader(), POLLIN, 0}};
  Clock clock(patience);
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    const int ready = poll(streams.data(), streams.size(), clock.rest());
    if (ready == 0 && clock.gives_up()) return false;
    if (ready <= 0) {
      if (ready == 0 || errno == EINTR) continue;
      return true;
    }
    if (streams[0].fd >= 0 && streams[0].revents != 0 && !drain(streams[0].fd, into.output))
      streams[0].fd = -1;
    if (streams[1].fd >= 0 && streams[1].revents != 0 && !drain(streams[1].fd, into.errors))
      streams[1].fd = -1;
  }
  return true;
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 128;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ProcessOutput, std::errc> run(const Invocation& command) {
  Pipe output;
  Pipe errors;
  if (output.failed() || errors.failed()) return last_error();
  Plan plan;
  plan.connect(output, errors);
  plan.reset_signals();
  std::vector<std::string> words = command.words;
  std::vector<std::string> variables = environment(command);
  pid_t child = 0;
  if (const int code = plan.start(child, pointers(words).data(), pointers(variables).data()); code != 0)
    return static_cast<std::errc>(code);
  output.close_writer();
  errors.close_writer();
  ProcessOutput result;
  const bool ended = collect(output, errors, command.patience, result);
  if (!ended) kill(child, SIGKILL);
  output.close_reader();
  errors.close_reader();
  result.status = wait_for(child);
  if (!ended) return std::errc::timed_out;
  return result;
}

}  // namespace imglint
