#include "online/bounded_json.hpp"

namespace imglint {

Result<nlohmann::json> parse_bounded(std::string_view bytes) {
  constexpr int most_depth = 64;
  bool deep = false;
  const auto watch = [&deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    deep = deep || depth > most_depth;
    return !deep;
  };
  nlohmann::json body = nlohmann::json::parse(bytes, watch, false);
  if (deep) return Error{.message = "is nested deeper than such answers are"};
  if (!body.is_object()) return Error{.message = "is no JSON object"};
  return body;
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace imglint
