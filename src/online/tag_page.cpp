#include "online/tag_page.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "online/bounded_json.hpp"
#include "registry/digest.hpp"

namespace imglint {
namespace {

/// Where a letter first stands that is in no quotes; the size if nowhere.
std::size_t find_bare(std::string_view text, char letter) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == letter && !quoted) return at;
  }
  return text.size();
}

/// Whether the parameters behind a link, `; rel="next"; title=…`, say that it is the next page.
bool is_next(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = trimmed(parameters.substr(0, find_bare(parameters, ';')));
    parameters.remove_prefix(std::min(parameters.size(), find_bare(parameters, ';') + 1));
    const std::size_t equals = one.find('=');
    if (equals == std::string_view::npos || lower_case(trimmed(one.substr(0, equals))) != "rel") continue;
    std::string_view value = trimmed(one.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return lower_case(value) == "next";
  }
  return false;
}

}  // namespace

Result<std::vector<std::string>> read_tag_page(std::string_view bytes) {
  const auto body = parse_bounded(bytes);
  if (!body) return Error{.message = "the list of tags " + body.error().message};
  const auto list = body->find("tags");
  std::vector<std::string> tags;
  if (list == body->end() || list->is_null()) return tags;
  if (!list->is_array()) return Error{.message = "the list of tags is none"};
  for (const auto& item : *list)
    if (item.is_string() && is_tag(item.get_ref<const std::string&>()))
      tags.push_back(item.get<std::string>());
  return tags;
}

std::string next_page(std::string_view link) {
  while (true) {
    const std::size_t begin = link.find('<');
    const std::size_t end = link.find('>', begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return {};
    const std::string_view target = link.substr(begin + 1, end - begin - 1);
    link.remove_prefix(end + 1);
    const std::string_view parameters = link.substr(0, find_bare(link, ','));
    if (is_next(parameters)) return std::string(target);
    link.remove_prefix(parameters.size());
  }
}

}  // namespace imglint
