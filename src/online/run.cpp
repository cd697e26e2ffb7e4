#include "online/run.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <string>
#include <unistd.h>

#include "online/client.hpp"
#include "registry/wire.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_line_bytes = 1u << 20;

bool write_all(int output, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(output, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Everything that begins with the first line.
struct Session {
  RegistryAccess access;
  Credentials credentials;
  Transport transport;
  Client client;

  explicit Session(RegistryAccess given)
      : access(std::move(given)),
        credentials(credential_files(access.authfile), run_credential_helper),
        client(access, credentials, transport) {
    for (const auto& [host, value] : access.credentials) credentials.give(host, value);
  }
};

class Server {
 public:
  Server(int input, int output) : input_(input), output_(output) {}

  int run() {
    while (!ended_ || (session_ && !session_->client.is_idle())) {
      if (!session_ || session_->client.is_idle()) {
        if (!ended_ && !wait_for_input()) return 2;
      } else {
        session_->client.work(ended_ ? -1 : input_);
        if (!ended_ && has_input() && !read_input()) return 2;
      }
      if (session_ && !tell()) return 2;
      if (is_alone()) return 2;
    }
    return 0;
  }

 private:
  [[nodiscard]] bool has_input() const {
    pollfd waiting{.fd = input_, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, 0) > 0;
  }
  /// Nobody hears the answers any more: the asker was ended.
  [[nodiscard]] bool is_alone() const {
    pollfd hearing{.fd = output_, .events = 0, .revents = 0};
    return ::poll(&hearing, 1, 0) > 0 && (hearing.revents & (POLLERR | POLLNVAL)) != 0;
  }
  [[nodiscard]] bool wait_for_input() {
    pollfd waiting{.fd = input_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, -1) < 0) return errno == EINTR;
    return read_input();
  }

  [[nodiscard]] bool read_input() {
    std::array<char, 65536> block;
    const ssize_t size = ::read(input_, block.data(), block.size());
    if (size < 0) return errno == EINTR || errno == EAGAIN;
    if (size == 0) {
      ended_ = true;
      return pending_.empty() || take(pending_);
    }
    pending_.append(block.data(), static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t feed = pending_.find('\n'); feed != std::string::npos;
         feed = pending_.find('\n', begin)) {
      if (!take(std::string_view(pending_).substr(begin, feed - begin))) return false;
      begin = feed + 1;
    }
    pending_.erase(0, begin);
    return pending_.size() <= most_line_bytes;
  }

  [[nodiscard]] bool take(std::string_view line) {
    if (line.empty()) return true;
    auto request = read_request(line);
    if (!request) return complain(request.error().message);
    if (auto* access = std::get_if<RegistryAccess>(&*request)) {
      if (session_) return complain("a second first line");
      session_ = std::make_unique<Session>(std::move(*access));
      return true;
    }
    if (!session_) return complain("a question before the first line");
    session_->client.ask(std::get<RegistryQuestion>(std::move(*request)));
    return true;
  }

  [[nodiscard]] bool tell() {
    std::string lines;
    for (const RegistryAnswer& answer : session_->client.take()) lines += wire_line(answer);
    const auto& remarks = session_->credentials.remarks();
    std::string told;
    for (; remarks_ < remarks.size(); ++remarks_) told += remarks[remarks_] + "\n";
    if (!told.empty()) static_cast<void>(write_all(STDERR_FILENO, told));
    return write_all(output_, lines);
  }

  static bool complain(std::string_view message) {
    static_cast<void>(write_all(STDERR_FILENO, "imglint-online: " + std::string(message) + "\n"));
    return false;
  }

  int input_;
  int output_;
  bool ended_ = false;
  std::string pending_;
  std::size_t remarks_ = 0;
  std::unique_ptr<Session> session_;
};

}  // namespace

int run_online(int input, int output) { return Server(input, output).run(); }

}  // namespace imglint
