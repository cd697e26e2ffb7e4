#include "output/json_text.hpp"

#include <algorithm>
#include <string_view>

#include "base/printable.hpp"

namespace imglint {
namespace {

void append_escaped(std::string& to, char32_t point) {
  to += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) to += "0123456789abcdef"[(point >> shift) & 15];
}

}  // namespace

std::string harmless_json(std::string json) {
  const auto may_harm = [](char c) { return static_cast<unsigned char>(c) >= 0x7F; };
  const auto first = std::find_if(json.begin(), json.end(), may_harm);
  if (first == json.end()) return json;
  std::string result(json.begin(), first);
  for (std::string_view rest = std::string_view(json).substr(result.size()); !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    if (may_harm(rest[0]) && point.valid && point.value <= 0xFFFF && !is_printable(point))
      append_escaped(result, point.value);
    else
      result += rest.substr(0, point.size);
    rest.remove_prefix(point.size);
  }
  return result;
}

std::string json_text(const nlohmann::ordered_json& json, int indent) {
  return harmless_json(json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace imglint
