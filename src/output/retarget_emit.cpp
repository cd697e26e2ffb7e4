#include "output/retarget_emit.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/printable.hpp"
#include "kinds/kind.hpp"
#include "output/copy_plan.hpp"
#include "output/json_text.hpp"

namespace imglint {
namespace {

constexpr std::array<std::string_view, 3> emit_names = {"compose-override", "source-policy",
                                                        "registries-conf"};

/// Text of a YAML double-quoted scalar, or the text itself where it can stand plain.
std::string yaml_scalar(std::string_view text) {
  const auto plain = [](char c) {
    return is_letter_or_digit(c) || std::string_view("_-./:@$+?").find(c) != std::string_view::npos;
  };
  const auto first = [](char c) {
    return c == '$' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  // `${A:-x}` may stand plain in a block; a number or a word like `true` may not.
  std::string without_braces(text);
  std::erase_if(without_braces, [](char c) { return c == '{' || c == '}'; });
  const bool words = text.find_first_of(":/") != std::string_view::npos;
  if (!text.empty() && first(text.front()) && words && text.back() != ':' &&
      std::all_of(without_braces.begin(), without_braces.end(), plain))
    return std::string(text);
  return harmless_json(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// A service's name as a key: digits alone or `yes` would be no string.
std::string yaml_key(std::string_view name) {
  const bool letters = std::all_of(name.begin(), name.end(),
                                   [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
  static constexpr std::array<std::string_view, 10> others = {"y",   "n",    "yes",   "no",   "on",
                                                              "off", "true", "false", "null", "nan"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  const bool starts = !name.empty() && ((lower.front() >= 'a' && lower.front() <= 'z'));
  if (letters && starts && std::find(others.begin(), others.end(), lower) == others.end())
    return std::string(name);
  return harmless_json(nlohmann::json(name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// The new spelling with its variables, where all edits lie in the reference itself; else what it amounts to.
std::string new_spelling(const PlannedMove& move) {
  const ImageUse& use = *move.use;
  const Source& source = *move.document->source;
  const bool as_written = !move.move.edits.empty() && use.written.text() == source.text(use.span) &&
                          std::all_of(move.move.edits.begin(), move.move.edits.end(), [&](const Edit& edit) {
                            return edit.source == &source && use.span.contains(edit.span);
                          });
  if (!as_written) return move.move.pair.target + move.move.pair.target_suffix;
  std::string text(source.text(use.span));
  for (auto edit = move.move.edits.rbegin(); edit != move.move.edits.rend(); ++edit)
    text.replace(edit->span.begin - use.span.begin, edit->span.size(), edit->text);
  return text;
}

/// The services whose `image` a use is, where it is written and by aliases.
std::vector<std::string_view> services_of(const Document& document, const ImageUse& use) {
  std::vector<std::string_view> services;
  const auto add = [&](const RoleInfo& role, OwnerIndex index) {
    const Owner* owner = document.owner(index);
    if (role.main && owner && owner->stage < 0) services.push_back(owner->name);
  };
  if (document.kind->name != "compose") return services;
  add(*use.role, use.owner);
  for (const Alias& alias : use.aliases) add(*alias.role, alias.owner);
  return services;
}

std::string compose_override(const RetargetPlan& plan) {
  std::map<std::string, std::string, std::less<>> images;
  std::set<std::string> elsewhere;
  for (const PlannedMove& one : plan.moves) {
    const std::vector<std::string_view> services = services_of(*one.document, *one.use);
    for (const std::string_view service : services)
      images.insert_or_assign(std::string(service), new_spelling(one));
    if (services.empty() && one.use->active) {
      const Source& source = *one.document->source;
      elsewhere.insert(source.path() + ":" + std::to_string(source.position(one.use->span.begin).line) +
                       ": " + one.move.pair.source);
    }
  }
  std::string text = images.empty() ? "services: {}\n" : "services:\n";
  for (const auto& [service, image] : images)
    text += "  " + yaml_key(service) + ":\n    image: " + yaml_scalar(image) + "\n";
  for (const std::string& place : elsewhere)
    text += "# not an image of a service: " + printable(place) + "\n";
  return text;
}

/// `name:tag@digest` as BuildKit names a source.
std::string identifier(std::string_view name, std::string_view tag, std::string_view digest) {
  std::string text = "docker-image://" + std::string(name);
  if (!tag.empty()) text.append(1, ':').append(tag);
  if (!digest.empty()) text.append(1, '@').append(digest);
  if (tag.empty() && digest.empty()) text += ":latest";
  return text;
}

std::string source_policy(const RetargetPlan& plan, std::string& left_out) {
  nlohmann::ordered_json rules = nlohmann::ordered_json::array();
  for (const ImagePair& pair : plan.pairs) {
    if (!pair.name_known) {
      left_out += "a variable stands in the name: " + pair.source + "\n";
      continue;
    }
    const SuffixParts target = suffix_parts(pair.target_suffix);
    const std::string from = pair.suffix_known ? identifier(pair.source, pair.tag, pair.digest)
                                               : "docker-image://" + pair.source + ":*";
    const std::string to = pair.suffix_known ? identifier(pair.target, target.tag, target.digest)
                                             : "docker-image://" + pair.target + ":${1}";
    rules.push_back(
        {{"action", "CONVERT"},
         {"selector", {{"identifier", from}, {"matchType", pair.suffix_known ? "EXACT" : "WILDCARD"}}},
         {"updates", {{"identifier", to}}}});
  }
  return nlohmann::ordered_json{{"rules", std::move(rules)}}.dump(2) + "\n";
}

std::string registries_conf(const RetargetPlan& plan) {
  std::set<std::tuple<std::string, std::string>> known;
  std::string text;
  std::string open;
  for (const ImagePair& pair : plan.pairs) {
    if (!known.emplace(pair.source, pair.target).second) continue;
    if (!pair.name_known) {
      open += "# name not known: " + printable(pair.source) + " -> " + printable(pair.target) + "\n";
      continue;
    }
    if (!text.empty()) text += "\n";
    text += "[[registry]]\nprefix = \"" + pair.source + "\"\nlocation = \"" + pair.target + "\"\n";
  }
  return text + open;
}

}  // namespace

std::optional<EmitForm> emit_form_named(std::string_view name) {
  const auto found = std::find(emit_names.begin(), emit_names.end(), name);
  if (found == emit_names.end()) return std::nullopt;
  return static_cast<EmitForm>(found - emit_names.begin());
}

std::span<const std::string_view> emit_form_names() { return emit_names; }

std::string emit(const RetargetPlan& plan, EmitForm form, std::string& left_out) {
  switch (form) {
    case EmitForm::compose_override:
      return compose_override(plan);
    case EmitForm::source_policy:
      return source_policy(plan, left_out);
    case EmitForm::registries_conf:
      return registries_conf(plan);
  }
  return {};
}

}  // namespace imglint
