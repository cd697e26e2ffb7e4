// Messages of JSON-RPC 2.0: from the body of a frame to what is asked, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <nlohmann/json.hpp>

#include "lsp/json.hpp"
#include "lsp/protocol.hpp"

namespace imglint::lsp {

/// A request or a notification; a response has no method.
// NOLINTNEXTLINE(bugprone-exception-escape): the assertions of the JSON library look like throws to it.
struct Message {
  std::string method;
  Json id;  ///< null for notifications
  bool has_id = false;
  Json params;            ///< an object, an array, or null
  Json result;            ///< of a response; null for an error
  bool is_error = false;  ///< the response is one
};

/// What to answer where a body is no message.
struct BadMessage {
  ResponseError error;
  Json id;  ///< of the request if it could be read, else null
};

/// Reads a body. Bytes that are no UTF-8, and halves of surrogate pairs, are read as U+FFFD. Deeper nesting
/// than a fixed limit is refused.
[[nodiscard]] std::variant<Message, BadMessage> read_message(std::string_view body);
/// The id of a message, found without reading the rest: for the answer to one that there is no memory for.
/// Null if there is none.
[[nodiscard]] Json id_in(std::string_view body);

/// Takes a value apart without asking for memory, which the destructor of the JSON library does.
void discard(Json& json) noexcept;  // NOLINT(bugprone-exception-escape)

/// As one line. Text that is no UTF-8 is written with U+FFFD.
[[nodiscard]] std::string dumped(const Json& json);

// The bodies of what the server sends.
[[nodiscard]] std::string response(const Json& id, Json result);
[[nodiscard]] std::string error_response(const Json& id, const ResponseError& error);
[[nodiscard]] std::string notification(std::string_view method, Json params);
[[nodiscard]] std::string request(std::int64_t id, std::string_view method, Json params);

}  // namespace imglint::lsp
