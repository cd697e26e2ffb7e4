#include "base/conversation.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "base/spawn_signals.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace imglint {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

void close_end(int& end) {
  if (end >= 0) ::close(end);
  end = -1;
}

bool open_pipe(std::array<int, 2>& ends) {
  if (::pipe(ends.data()) != 0) return false;
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  return true;
}

/// What posix_spawn needs, freed at the end.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    reset_signals_of_child(attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  void connect(int theirs, int stream) { posix_spawn_file_actions_adddup2(&actions_, theirs, stream); }
  int run(pid_t& child, const std::vector<std::string>& words) {
    std::vector<std::string> copies = words;
    std::vector<char*> pointers;
    for (std::string& word : copies) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return posix_spawnp(&child, pointers[0], &actions_, &attributes_, pointers.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Conversation::~Conversation() { finish(milliseconds(0)); }

Result<void, std::errc> Conversation::start(const std::vector<std::string>& words) {
  std::array<std::array<int, 2>, 3> pipes = {{{-1, -1}, {-1, -1}, {-1, -1}}};
  int code = 0;
  for (auto& ends : pipes)
    if (code == 0 && !open_pipe(ends)) code = errno;
  if (code == 0) {
    SpawnPlan plan;
    plan.connect(pipes[0][0], STDIN_FILENO);
    plan.connect(pipes[1][1], STDOUT_FILENO);
    plan.connect(pipes[2][1], STDERR_FILENO);
    code = plan.run(child_, words);
  }
  ends_ = {pipes[0][1], pipes[1][0], pipes[2][0]};
  for (int theirs : {pipes[0][0], pipes[1][1], pipes[2][1]}) close_end(theirs);
  if (code != 0) {
    child_ = -1;
    close_all();
    return static_cast<std::errc>(code);
  }
  for (const int end : ends_) ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
  return {};
}

void Conversation::close_all() {
  for (int& end : ends_) close_end(end);
}

void Conversation::send() {
  const ssize_t sent = ::write(ends_[0], to_say_.data(), to_say_.size());
  if (sent > 0) to_say_.erase(0, static_cast<std::size_t>(sent));
  if (sent < 0 && errno != EAGAIN && errno != EINTR) {
    // It reads no more; what it still says is heard.
    to_say_.clear();
    close_end(ends_[0]);
  }
}

void Conversation::take_output() {
  std::array<char, 65536> block;
  const ssize_t size = ::read(ends_[1], block.data(), block.size());
  if (size > 0) heard_.append(block.data(), static_cast<std::size_t>(size));
  if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) close_end(ends_[1]);
  if (heard_.size() > most_bytes_) {
    heard_.clear();
    searched_ = 0;
    close_end(ends_[1]);
  }
}

void Conversation::take_errors() {
  constexpr std::size_t most = 4096;
  std::array<char, 4096> block;
  const ssize_t size = ::read(ends_[2], block.data(), block.size());
  if (size > 0 && errors_.size() < most)
    errors_.append(block.data(), std::min(static_cast<std::size_t>(size), most - errors_.size()));
  if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) close_end(ends_[2]);
}

std::optional<Heard> Conversation::next_line() {
  const std::size_t feed = heard_.find('\n', searched_);
  if (feed != std::string::npos) {
    Heard result{.kind = Heard::Kind::line, .line = heard_.substr(0, feed)};
    heard_.erase(0, feed + 1);
    searched_ = 0;
    return result;
  }
  searched_ = heard_.size();
  if (ends_[1] >= 0) return std::nullopt;
  if (heard_.empty()) return Heard{.kind = Heard::Kind::end, .line = {}};
  // A last line without its feed.
  Heard result{.kind = Heard::Kind::line, .line = std::move(heard_)};
  heard_.clear();
  return result;
}

Heard Conversation::hear(milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (true) {
    if (auto line = next_line()) return *std::move(line);
    if (to_say_.empty() && ends_input_) close_end(ends_[0]);
    std::array<pollfd, 3> streams = {pollfd{to_say_.empty() ? -1 : ends_[0], POLLOUT, 0},
                                     pollfd{ends_[1], POLLIN, 0}, pollfd{ends_[2], POLLIN, 0}};
    const auto rest = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
    const int wait = static_cast<int>(std::max<milliseconds::rep>(0, rest.count()));
    const int ready = ::poll(streams.data(), streams.size(), wait);
    if (ready == 0) return {};
    if (ready < 0) {
      if (errno == EINTR) continue;
      return {.kind = Heard::Kind::end, .line = {}};
    }
    if (streams[0].revents != 0 && ends_[0] >= 0) send();
    if (streams[1].revents != 0) take_output();
    if (streams[2].revents != 0) take_errors();
  }
}

int Conversation::finish(milliseconds patience) {
  if (child_ < 0) return status_;
  close_all();
  const auto deadline = steady_clock::now() + patience;
  int status = 0;
  while (true) {
    const pid_t ended = ::waitpid(child_, &status, WNOHANG);
    if (ended == child_ || (ended < 0 && errno != EINTR)) break;
    if (steady_clock::now() >= deadline) {
      ::kill(child_, SIGKILL);
      while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
      }
      break;
    }
    std::this_thread::sleep_for(milliseconds(1));
  }
  child_ = -1;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return status_;
}

}  // namespace imglint
