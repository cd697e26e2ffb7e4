#include "lsp/dispatch.hpp"

#include <exception>
#include <new>

#include "base/memory_reserve.hpp"
#include "base/printable.hpp"

namespace imglint::lsp {
namespace {

/// Answers that a client owes are forgotten, the oldest first, when there are more.
constexpr std::size_t most_asked = 256;

ResponseError no_memory() { return {ErrorCode::internal_error, "there is not enough memory"}; }

}  // namespace

void Dispatcher::receive(std::string_view bytes) {
  try {
    frames_.feed(bytes);
    while (const auto frame = frames_.next()) queue(*frame);
  } catch (const std::bad_alloc&) {
    tell_of_memory();
  }
}

namespace {

/// Without a reserve nothing that may fail is begun; what is as short as `shutdown` does not.
std::variant<Message, BadMessage> read(std::string_view body) {
  constexpr std::size_t harmless = 256;
  if (!MemoryReserve::renew() && body.size() > harmless) return BadMessage{no_memory(), id_in(body)};
  try {
    return read_message(body);
  } catch (const std::bad_alloc&) {
    return BadMessage{no_memory(), id_in(body)};
  }
}

}  // namespace

void Dispatcher::queue(const Frame& frame) {
  switch (frame.kind) {
    case Frame::Kind::bad_header:
      queue_.push_back(
          {BadMessage{{ErrorCode::parse_error, "a header without a usable Content-Length"}, nullptr}});
      return;
    case Frame::Kind::too_large:
      queue_.push_back({BadMessage{
          {ErrorCode::invalid_request, "a body of more than " + std::to_string(largest_body) + " bytes"},
          nullptr}});
      return;
    case Frame::Kind::no_memory:
      queue_.push_back({BadMessage{no_memory(), nullptr}});
      return;
    case Frame::Kind::body:
      break;
  }
  auto message_read = read(frame.body);
  if (const auto* message = std::get_if<Message>(&message_read);
      message && message->method == "$/cancelRequest" && !message->has_id)
    return cancel(message->params);
  queue_.push_back({std::move(message_read)});
}

void Dispatcher::cancel(const Json& params) {
  const auto id = params.is_object() ? params.find("id") : params.end();
  if (id == params.end()) return;
  for (Queued& queued : queue_) {
    const auto* message = std::get_if<Message>(&queued.message);
    if (message && message->has_id && !message->method.empty() && message->id == *id) queued.cancelled = true;
  }
}

/// A message that is taken apart when it is done.
struct Dispatcher::Taken {
  explicit Taken(Queued&& first) : queued(std::move(first)) {}
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  ~Taken() {
    if (auto* message = std::get_if<Message>(&queued.message)) {
      discard(message->params);
      discard(message->result);
    }
  }

  Queued queued;
};

void Dispatcher::handle_next() {
  const Taken taken(std::move(queue_.front()));
  const Queued& queued = taken.queued;
  queue_.pop_front();
  static_cast<void>(MemoryReserve::renew());
  if (const auto* bad = std::get_if<BadMessage>(&queued.message))
    return send(error_response(bad->id, bad->error));
  const Message& message = std::get<Message>(queued.message);
  if (message.method.empty()) return take_response(message);
  if (queued.cancelled)
    return send(error_response(message.id, {ErrorCode::request_cancelled, "cancelled by the client"}));
  if (message.has_id) return answer(message);
  if (message.method == "exit") {
    exited_ = true;
    return;
  }
  const auto handler = notifications_.find(message.method);
  if (state_ != State::running || handler == notifications_.end()) return;
  try {
    handler->second(message.params);
  } catch (const std::bad_alloc&) {
    tell_of_memory();
  } catch (const std::exception&) {  // of the JSON library; there is nobody to tell
  }
}

void Dispatcher::tell_of_memory() {
  try {
    // By hand: a tree of values needs memory to be destroyed.
    send(R"({"jsonrpc":"2.0","method":"window/showMessage",)"
         R"("params":{"message":"imglint: there is not enough memory","type":1}})");
  } catch (const std::bad_alloc&) {  // not even for this
  }
}

void Dispatcher::answer(const Message& request) {
  try {
    const Answer given = answer_to(request);
    if (const auto* error = std::get_if<ResponseError>(&given))
      return send(error_response(request.id, *error));
    send(response(request.id, std::get<Json>(given)));
  } catch (const std::bad_alloc&) {  // the answer itself is too large
    send(error_response(request.id, no_memory()));
  }
}

Answer Dispatcher::answer_to(const Message& request) {
  const bool starts = request.method == "initialize";
  if (state_ == State::shut_down) return ResponseError{ErrorCode::invalid_request, "the server is shut down"};
  if (starts && state_ == State::running)
    return ResponseError{ErrorCode::invalid_request, "the server is initialized already"};
  if (!starts && state_ == State::created)
    return ResponseError{ErrorCode::server_not_initialized, "the server is not initialized"};
  if (request.method == "shutdown") {
    state_ = State::shut_down;
    return Json(nullptr);
  }
  const auto handler = requests_.find(request.method);
  if (handler == requests_.end())
    return ResponseError{ErrorCode::method_not_found, "no method '" + printable(request.method) + "'"};
  try {
    Answer given = handler->second(request.params);
    if (starts && std::holds_alternative<Json>(given)) state_ = State::running;
    return given;
  } catch (const std::bad_alloc&) {
    return no_memory();
  } catch (const std::exception& error) {  // of the JSON library
    return ResponseError{ErrorCode::internal_error, error.what()};
  }
}

void Dispatcher::take_response(const Message& response) {
  if (!response.id.is_number_integer()) return;
  const auto asked = asked_.find(response.id.get<std::int64_t>());
  if (asked == asked_.end()) return;
  const auto then = std::move(asked->second);
  asked_.erase(asked);
  try {
    then(response.is_error ? Json(nullptr) : response.result);
  } catch (const std::exception&) {  // of the JSON library; there is nobody to tell
  }
}

void Dispatcher::notify(std::string_view method, Json params) {
  send(notification(method, std::move(params)));
}

void Dispatcher::ask(std::string_view method, Json params, std::function<void(const Json&)> then) {
  const std::int64_t id = next_id_++;
  asked_.emplace(id, std::move(then));
  if (asked_.size() > most_asked) asked_.erase(asked_.begin());
  send(request(id, method, std::move(params)));
}

}  // namespace imglint::lsp
