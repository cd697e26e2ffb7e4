#include "output/move_plan.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/quote.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool add(const Json& object, std::vector<MovedName>& names) {
  if (!object.is_object()) return false;
  MovedName name{.source = text_of(object, "source"), .target = text_of(object, "target")};
  if (name.source.empty() || name.target.empty()) return false;
  names.push_back(std::move(name));
  return true;
}

Result<std::vector<MovedName>> read_json(std::string_view text) {
  const Error broken{.message = "this is no plan of 'imglint retarget --format json'"};
  const Json plan = Json::parse(text, nullptr, false);
  if (!plan.is_object()) return broken;
  const auto edits = plan.find("edits");
  if (edits == plan.end() || !edits->is_array()) return broken;
  std::vector<MovedName> names;
  for (const Json& edit : *edits) {
    if (!add(edit, names)) return broken;
    const auto also = edit.find("also");
    if (also == edit.end()) continue;
    if (!also->is_array()) return broken;
    for (const Json& other : *also)
      if (!add(other, names)) return broken;
  }
  return names;
}

Result<std::vector<MovedName>> read_list(std::string_view text) {
  constexpr std::string_view arrow = " -> ";
  std::vector<MovedName> names;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t at = line.find(arrow);
    if (at == std::string_view::npos || at == 0 || at + arrow.size() == line.size())
      return Error{.message = quote(line) + " is no 'SOURCE -> TARGET'", .line = number};
    names.push_back({std::string(line.substr(0, at)), std::string(line.substr(at + arrow.size()))});
  }
  return names;
}

}  // namespace

Result<std::vector<MovedName>> read_move_plan(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && text[first] == '{';
  auto names = json ? read_json(text) : read_list(text);
  if (!names) return names;
  std::sort(names->begin(), names->end());
  names->erase(std::unique(names->begin(), names->end()), names->end());
  return names;
}

}  // namespace imglint
