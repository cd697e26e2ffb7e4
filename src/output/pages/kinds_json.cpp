#include <algorithm>

#include <nlohmann/json.hpp>

#include "output/pages/kinds.hpp"
#include "output/pages/marked_text.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

Json strings(std::span<const std::string_view> words) {
  Json array = Json::array();
  for (const std::string_view word : words) array.push_back(word);
  return array;
}

Json example_json(const KindExample& example) {
  const MarkedText marked = without_marks(example.text);
  Json found = Json::array();
  for (const MarkedText::Mark& mark : marked.marks)
    found.push_back({{"start", mark.begin}, {"end", mark.end}});
  return {{"text", marked.text},
          {"found", std::move(found)},
          {"note", example.note.empty() ? Json(nullptr) : Json(example.note)}};
}

Json kind_json(const KindInfo& kind) {
  Json roles = Json::array();
  for (const RoleInfo* role : kind.roles)  // a role may have a row for each certainty
    if (std::find(roles.begin(), roles.end(), Json(role->name)) == roles.end()) roles.push_back(role->name);
  Json examples = Json::array();
  for (const KindExample& example : kind.examples) examples.push_back(example_json(example));
  return {{"name", kind.name},
          {"summary", kind.summary},
          {"names", strings(kind.names)},
          {"not_names", strings(kind.not_names)},
          {"doubtful_names", strings(kind.doubtful_names)},
          {"given_names", strings(kind.given_names)},
          {"include", kind.include.empty() ? Json(nullptr) : Json(kind.include)},
          {"takes_rest", kind.takes_rest},
          {"roles", std::move(roles)},
          {"languages", strings(kind.languages)},
          {"examples", std::move(examples)}};
}

}  // namespace

void write_kinds_json(Kinds kinds, std::string& out) {
  Json array = Json::array();
  for (const KindInfo* kind : kinds) array.push_back(kind_json(*kind));
  out.append(array.dump(2)).push_back('\n');
}

}  // namespace imglint
