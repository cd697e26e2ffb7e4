// Client: questions about references become requests, and their answers answers. A small state machine for
// each question: ask, be told to fetch a token, fetch it, ask again, follow a redirect, ask for the bytes.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "online/challenge.hpp"
#include "online/credentials.hpp"
#include "online/guard.hpp"
#include "online/transport.hpp"
#include "online/url.hpp"
#include "registry/question.hpp"

namespace imglint {

class Client {
 public:
  /// All are borrowed.
  Client(const RegistryAccess& access, Credentials& credentials, Transport& transport)
      : access_(&access), credentials_(&credentials), transport_(&transport), guard_(access) {}

  void ask(RegistryQuestion question);
  /// Works until something is answered, `input` can be read (unless it is negative), or some time has passed.
  void work(int input);
  /// The answers that came, each once.
  [[nodiscard]] std::vector<RegistryAnswer> take() { return std::exchange(answers_, {}); }
  [[nodiscard]] bool is_idle() const { return tasks_.empty(); }

 private:
  using Clock = std::chrono::steady_clock;
  using Number = std::uint64_t;  ///< of a task

  /// One question on its way.
  struct Task {
    RegistryQuestion question;
    Url url;           ///< where it is asked now
    std::string home;  ///< the origin of its registry
    HttpMethod method = HttpMethod::head;
    Clock::time_point begun;  ///< when its first request went out
    Clock::time_point not_before;
    int attempts = 0;               ///< that failed in a way worth another
    int hops = 0;                   ///< redirects followed
    int challenges = 0;             ///< 401s met
    std::string scope;              ///< that a challenge asked for
    std::vector<std::string> tags;  ///< of the pages that came
    std::set<std::string> pages;    ///< their URLs
    bool has_begun = false;
    bool tried_fresh = false;  ///< with a token or password that was made for it
    bool is_sent = false;
  };

  /// What is known of a registry.
  struct Host {
    std::optional<bool> plain;           ///< whether it speaks http; not known before the first answer
    bool answered = false;               ///< it has spoken, so that many may ask at once
    std::optional<Challenge> challenge;  ///< of its first 401
    std::string given_up;                ///< why nothing more is asked
    AnswerState given_up_state = AnswerState::error;
    std::uint64_t retry_after = 0;
    int asking = 0;    ///< manifest requests under way
    int failures = 0;  ///< the same in a row
    std::string last_failure;
    std::optional<Trust> trust;
    bool by_proxy = false;
  };

  /// A token, or the way to it.
  struct Token {
    std::string value;
    Clock::time_point expires;
    bool fetching = false;
    bool fresh = false;  ///< not shown to anybody yet
    std::vector<Number> waiting;
    int attempts = 0;
  };

  /// A request under way: of a task, or for a token.
  struct Exchange {
    Number task = 0;
    std::string token;  ///< its key; empty for a manifest request
    std::string origin;
    std::string registry;
  };

  // client.cpp: what is sent when
  void advance(Number number);
  [[nodiscard]] bool may_send(const Task& task, const Host& host) const;
  [[nodiscard]] bool has_room(const std::string& origin) const;
  [[nodiscard]] static std::optional<Url> first_url(const RegistryQuestion& question, bool plain);
  void send(Number number, Task& task, Host& host);
  [[nodiscard]] HttpRequest request_for(const std::string& registry, const Url& url, Host& host) const;
  /// Credentials may be sent: it is asked where its registry is, wherever it was led meanwhile.
  [[nodiscard]] static bool is_at_home(const Task& task) { return task.url.origin() == task.home; }
  void answer(Number number, RegistryAnswer answer);
  void fail(Number number, AnswerState state, std::string why, std::uint32_t http = 0);
  void give_up(const std::string& registry, AnswerState state, const std::string& why);
  void note_failure(const std::string& registry, const std::string& why);
  [[nodiscard]] bool try_again(Task& task, std::chrono::milliseconds pause);
  [[nodiscard]] std::chrono::milliseconds rest(const Task& task) const;

  // client_answers.cpp: what is made of an answer
  void receive(const Exchange& exchange, const HttpResponse& response);
  void receive_manifest(Number number, const HttpResponse& response);
  void receive_failure(Number number, const HttpResponse& response);
  void receive_found(Number number, const HttpResponse& response);
  void receive_head(Number number, const HttpResponse& response);
  void receive_bytes(Number number, const HttpResponse& response);
  void receive_tags(Number number, const HttpResponse& response);
  void receive_challenge(Number number, const HttpResponse& response);
  void receive_redirect(Number number, const HttpResponse& response);
  void receive_limit(Number number, const HttpResponse& response);
  void receive_refusal(Number number, const HttpResponse& response);

  // client_tokens.cpp
  [[nodiscard]] bool wants_token(const Task& task, const Host& host) const;
  /// True if the task may be sent with it now; else it waits, or has failed.
  [[nodiscard]] bool has_token(Number number, Task& task, Host& host);
  [[nodiscard]] std::string authorization(Task& task, const Host& host);
  void fetch_token(Number number, Task& task, Host& host, const std::string& key);
  void receive_token(const Exchange& exchange, const HttpResponse& response);
  void fail_token(const std::string& key, AnswerState state, const std::string& why, std::uint32_t http);
  [[nodiscard]] static std::string token_key(const Task& task);
  [[nodiscard]] static std::string scope_of(const Task& task);

  const RegistryAccess* access_;
  Credentials* credentials_;
  Transport* transport_;
  Guard guard_;
  std::map<Number, Task> tasks_;
  std::map<std::string, Host> hosts_;
  std::map<std::string, Token> tokens_;
  std::map<Transport::Id, Exchange> exchanges_;
  std::map<std::string, unsigned> busy_;    ///< requests under way, by origin
  std::map<std::string, unsigned> paused_;  ///< questions that wait to be asked again, by registry
  std::vector<RegistryAnswer> answers_;
  Number next_ = 1;
};

/// A text of a stranger's for a message: printable, at most 200 bytes.
[[nodiscard]] std::string strangers_words(std::string_view text);

}  // namespace imglint
