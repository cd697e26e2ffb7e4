#include "lsp/messages.hpp"

#include <algorithm>

#include "base/printable.hpp"

namespace imglint::lsp {
namespace {

constexpr int deepest = 200;
/// The JSON library lists all values of a message to destroy it, for which there must be memory
/// (base/memory_reserve.cpp).
constexpr std::size_t most_values = 250'000;

enum class Extent : std::uint8_t { fits, too_deep, too_many };

/// By the brackets and commas outside of strings.
Extent extent_of(std::string_view text) {
  int depth = 0;
  std::size_t values = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest) return Extent::too_deep;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && ++values > most_values) {
      return Extent::too_many;
    }
  }
  return Extent::fits;
}

/// The value of `\uXXXX` at an offset; -1 if there is none.
int escaped_unit(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int value = 0;
  for (const char c : text.substr(at + 2, 4)) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// The body with U+FFFD for what JSON in UTF-8 cannot hold. Each counts one UTF-16 unit, as it did for the
/// client.
std::string repaired(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\') {
      const int unit = escaped_unit(text, at);
      const bool pair = is_high(unit) && is_low(escaped_unit(text, at + 6));
      const bool half = !pair && (is_high(unit) || is_low(unit));
      const std::size_t size = unit < 0 ? std::min<std::size_t>(2, text.size() - at) : pair ? 12 : 6;
      out += half ? std::string_view("\\ufffd") : text.substr(at, size);
      at += size;
      continue;
    }
    const CodePoint point = first_code_point(text.substr(at));
    out += point.valid ? text.substr(at, point.size) : std::string_view("\xEF\xBF\xBD");
    at += point.size;
  }
  return out;
}

Json parse(std::string_view body) {
  Json parsed = Json::parse(body, nullptr, false);
  if (parsed.is_discarded()) parsed = Json::parse(repaired(body), nullptr, false);
  return parsed;
}

/// A value that is taken apart at the end of its scope.
struct Held {
  explicit Held(Json value) : json(std::move(value)) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { discard(json); }  // NOLINT(bugprone-exception-escape)

  Json json;
};

bool is_id(const Json& id) { return id.is_string() || id.is_number() || id.is_null(); }

BadMessage bad(ErrorCode code, std::string message, Json id = nullptr) {
  return {{code, std::move(message)}, std::move(id)};
}

}  // namespace

std::variant<Message, BadMessage> read_message(std::string_view body) {
  switch (extent_of(body)) {
    case Extent::too_deep:
      return bad(ErrorCode::parse_error, "too deeply nested");
    case Extent::too_many:
      return bad(ErrorCode::invalid_request, "too many values in one message", id_in(body));
    case Extent::fits:
      break;
  }
  Held held(parse(body));
  Json& json = held.json;
  if (json.is_discarded()) return bad(ErrorCode::parse_error, "the body is no JSON");
  if (!json.is_object()) return bad(ErrorCode::invalid_request, "the body is no object");
  Message message;
  if (const auto id = json.find("id"); id != json.end()) {
    if (!is_id(*id)) return bad(ErrorCode::invalid_request, "the id is neither a number nor a string");
    message.id = std::move(*id);
    message.has_id = true;
  }
  const auto method = json.find("method");
  if (method == json.end()) {
    const auto result = json.find("result");
    message.is_error = json.contains("error");
    if (!message.has_id || (result == json.end() && !message.is_error))
      return bad(ErrorCode::invalid_request, "neither a request nor a response", std::move(message.id));
    if (result != json.end()) message.result = std::move(*result);
    return message;
  }
  if (!method->is_string() || method->get_ref<const std::string&>().empty())
    return bad(ErrorCode::invalid_request, "the method is no name", std::move(message.id));
  message.method = method->get<std::string>();
  if (const auto params = json.find("params"); params != json.end()) {
    if (!params->is_structured() && !params->is_null())
      return bad(ErrorCode::invalid_request, "the params are no object", std::move(message.id));
    message.params = std::move(*params);
  }
  return message;
}

Json id_in(std::string_view body) {
  constexpr std::string_view name = "\"id\"";
  int depth = 0;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (c != '"') continue;
    const std::size_t begin = at++;
    while (at < body.size() && body[at] != '"') at += body[at] == '\\' ? 2 : 1;
    if (depth != 1 || body.substr(begin, name.size()) != name) continue;
    const std::size_t colon = body.find_first_not_of(" \t\r\n", at + 1);
    if (colon == body.npos || body[colon] != ':') continue;
    std::size_t end = colon + 1;
    for (bool quoted = false; end < body.size() && (quoted || (body[end] != ',' && body[end] != '}'));
         ++end) {
      if (body[end] == '"') quoted = !quoted;
      if (body[end] == '\\') ++end;
    }
    constexpr std::size_t longest = 256;
    Json id = Json::parse(body.substr(colon + 1, std::min(end - colon - 1, longest)), nullptr, false);
    return is_id(id) ? id : Json(nullptr);
  }
  return nullptr;
}

// Messages are not nested deeper than a fixed limit, nor is what is sent. Nothing throws: it is a list or an
// object.
void discard(Json& json) noexcept {  // NOLINT(misc-no-recursion,bugprone-exception-escape)
  if (!json.is_structured()) return;
  for (Json& child : json) discard(child);
  json.clear();  // of values that hold no others by now
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Put together by hand: a tree of values needs memory to be destroyed, and some of these say that there is
// none.
std::string response(const Json& id, Json result) {
  const Held held(std::move(result));
  std::string text = R"({"id":)" + dumped(id);
  return text.append(R"(,"jsonrpc":"2.0","result":)").append(dumped(held.json)) += '}';
}
std::string error_response(const Json& id, const ResponseError& error) {
  std::string text = R"({"error":{"code":)" + std::to_string(static_cast<std::int32_t>(error.code));
  text.append(R"(,"message":)").append(dumped(Json(error.message)));
  return text.append(R"(},"id":)").append(dumped(id)).append(R"(,"jsonrpc":"2.0"})");
}
std::string notification(std::string_view method, Json params) {
  const Held held(std::move(params));
  std::string text = R"({"jsonrpc":"2.0","method":)" + dumped(Json(method));
  return text.append(R"(,"params":)").append(dumped(held.json)) += '}';
}
std::string request(std::int64_t id, std::string_view method, Json params) {
  const Held held(std::move(params));
  std::string text =
      R"({"id":)" + std::to_string(id) + R"(,"jsonrpc":"2.0","method":)" + dumped(Json(method));
  return text.append(R"(,"params":)").append(dumped(held.json)) += '}';
}

}  // namespace imglint::lsp
