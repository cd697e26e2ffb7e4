// Dispatcher: the queue of messages, who answers which method, and the life cycle of the protocol.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "lsp/framing.hpp"
#include "lsp/messages.hpp"
#include "lsp/params.hpp"

namespace imglint::lsp {

using Answer = std::variant<Json, ResponseError>;

/// Requests before `initialize` and after `shutdown` are refused, notifications then ignored. Never throws.
class Dispatcher {
 public:
  /// Names who answers a request, with the parameters read.
  template <class Params>
  void on_request(std::string method, std::function<Answer(const Params&)> handler) {
    requests_.emplace(std::move(method), [handler = std::move(handler)](const Json& json) -> Answer {
      Params params;
      if (auto problem = read_params(json, params))
        return ResponseError{ErrorCode::invalid_params, *std::move(problem)};
      return handler(params);
    });
  }
  /// Names who takes a notification. One whose parameters cannot be read is ignored.
  template <class Params>
  void on_notification(std::string method, std::function<void(const Params&)> handler) {
    notifications_.emplace(std::move(method), [handler = std::move(handler)](const Json& json) {
      Params params;
      if (!read_params(json, params)) handler(params);
    });
  }
  /// The same for parameters of any form.
  void on_json(std::string method, std::function<void(const Json&)> handler) {
    notifications_.emplace(std::move(method), std::move(handler));
  }

  /// Bytes from the client. Whole messages are queued; a cancelled one that is queued will not be done.
  void receive(std::string_view bytes);
  [[nodiscard]] bool has_message() const { return !queue_.empty(); }
  [[nodiscard]] std::size_t messages() const { return queue_.size(); }
  /// Does what the first message asks.
  void handle_next();

  void notify(std::string_view method, Json params);
  /// Says that something was not done for want of memory.
  void tell_of_memory();
  /// Asks the client. `then` gets the result, or null if there is none.
  void ask(std::string_view method, Json params, std::function<void(const Json&)> then);
  /// Frames for the client, since the last call.
  [[nodiscard]] std::string take_output() { return std::exchange(output_, {}); }

  /// `exit` came.
  [[nodiscard]] bool exited() const { return exited_; }
  /// `shutdown` came.
  [[nodiscard]] bool shut_down() const { return state_ == State::shut_down; }
  [[nodiscard]] bool running() const { return state_ == State::running; }

 private:
  enum class State : std::uint8_t { created, running, shut_down };
  struct Queued {
    std::variant<Message, BadMessage> message;
    bool cancelled = false;
  };

  struct Taken;

  void queue(const Frame& frame);
  void cancel(const Json& params);
  void answer(const Message& request);
  void take_response(const Message& response);
  [[nodiscard]] Answer answer_to(const Message& request);
  void send(const std::string& body) { output_ += framed(body); }

  FrameReader frames_;
  std::deque<Queued> queue_;
  std::map<std::string, std::function<Answer(const Json&)>, std::less<>> requests_;
  std::map<std::string, std::function<void(const Json&)>, std::less<>> notifications_;
  std::map<std::int64_t, std::function<void(const Json&)>> asked_;
  std::int64_t next_id_ = 1;
  std::string output_;
  State state_ = State::created;
  bool exited_ = false;
};

}  // namespace imglint::lsp
