// Mistakes of a configuration that no single line shows.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "base/quote.hpp"
#include "config/effective.hpp"
#include "config/keys.hpp"
#include "config/read.hpp"
#include "policy/pattern.hpp"
#include "reference/name_pattern.hpp"

namespace imglint {
namespace {

/// House styles that cannot both be followed (docs/spec/rules.md 1, "Overlap").
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> opposites = {{
    {"digest-without-tag", "tag-with-digest"},
    {"require-registry", "redundant-registry"},
}};

Error error_at(const ConfigPlace& place, std::string message, std::string hint = {}) {
  return {.message = std::move(message),
          .hint = std::move(hint),
          .path = place.file,
          .line = place.line,
          .column = place.column};
}

std::string at(const ConfigPlace& place) { return place.file + ":" + std::to_string(place.line); }

/// The severities of rules after some layers, each with the place that set it.
using Effective = std::map<std::string, Placed<Severity>, std::less<>>;

void apply(const RuleConfigs& rules, Effective& effective) {
  for (const auto& [name, rule] : rules)
    if (rule.severity) effective[name] = *rule.severity;
}

/// What is read later has the greater rank; what no file sets, the least.
std::tuple<std::size_t, std::uint32_t, std::uint32_t> rank(const ConfigPlace& place, const Config& config) {
  const auto is_of = [&](const ConfigLayer& layer) { return layer.file == place.file; };
  const auto layer = std::find_if(config.layers.begin(), config.layers.end(), is_of);
  if (layer == config.layers.end()) return {};
  return {static_cast<std::size_t>(layer - config.layers.begin()) + 1, place.line, place.column};
}

/// Both are on. The error stands at the one that was set later.
Error opposites_error(const Effective::value_type& one, const Effective::value_type& other,
                      const Config& config, std::string_view where) {
  const bool at_one = rank(one.second.place, config) > rank(other.second.place, config);
  const auto& later = at_one ? one : other;
  const auto& earlier = at_one ? other : one;
  return error_at(later.second.place,
                  quote(later.first) + " contradicts " + quote(earlier.first) + ", which is on as well" +
                      std::string(where),
                  "set one of them to off" + (earlier.second.place.line != 0
                                                  ? "; the other is set at " + at(earlier.second.place)
                                                  : std::string()));
}

/// The entry of a map if the rule is on.
const Effective::value_type* if_on(const Effective& effective, std::string_view rule) {
  const auto found = effective.find(rule);
  return found == effective.end() || found->second.value == Severity::off ? nullptr : &*found;
}

class Finder {
 public:
  Finder(const Config& config, std::span<const RuleInfo* const> rules) : config_(config), rules_(rules) {}

  ConfigErrors run() && {
    const Effective base = effective(nullptr, nullptr);
    check_opposites(base, nullptr);
    for (const ConfigLayer& layer : config_.layers)
      for (const auto& entry : layer.overrides)
        if (errors_.size() < most_config_errors && sets_an_opposite(entry.value))
          check_opposites(effective(&layer, &entry.value), &entry.value);
    check_idle_options(base);
    check_allowed_and_denied();
    check_mirrors();
    check_maps();
    return std::move(errors_);
  }

 private:
  static bool sets(const ConfigOverride& entry, std::string_view rule) {
    const auto found = entry.rules.find(rule);
    return found != entry.rules.end() && found->second.severity;
  }
  static bool sets_an_opposite(const ConfigOverride& entry) {
    return std::any_of(opposites.begin(), opposites.end(),
                       [&](const auto& pair) { return sets(entry, pair.first) || sets(entry, pair.second); });
  }

  /// With one override of a layer, or without any.
  [[nodiscard]] Effective effective(const ConfigLayer* of, const ConfigOverride* only) const {
    bool strict = false;
    ConfigPlace preset;
    for (const ConfigLayer& layer : config_.layers)
      if (layer.strict) strict = layer.strict->value, preset = layer.strict->place;
    Effective result;
    for (const RuleInfo* rule : rules_)
      result[std::string(rule->name)] = {strict ? rule->strict_severity : rule->severity, preset};
    for (const ConfigLayer& layer : config_.layers) {
      apply(layer.rules, result);
      if (&layer == of) apply(only->rules, result);
    }
    return result;
  }

  /// Rules whose severity some line sets.
  [[nodiscard]] std::set<std::string, std::less<>> set_anywhere() const {
    std::set<std::string, std::less<>> names;
    const auto add = [&](const RuleConfigs& rules) {
      for (const auto& [name, rule] : rules)
        if (rule.severity) names.insert(name);
    };
    for (const ConfigLayer& layer : config_.layers) {
      add(layer.rules);
      for (const auto& entry : layer.overrides) add(entry.value.rules);
    }
    return names;
  }

  void check_opposites(const Effective& effective, const ConfigOverride* only) {
    for (const auto& [left, right] : opposites) {
      const auto* one = if_on(effective, left);
      const auto* other = if_on(effective, right);
      if (one == nullptr || other == nullptr) continue;
      if (only != nullptr && !sets(*only, left) && !sets(*only, right)) continue;
      errors_.push_back(opposites_error(*one, *other, config_, {}));
    }
  }

  /// Options of a rule that is off, and that nothing turns on.
  void check_idle_options(const Effective& base) {
    const auto turned_on = set_anywhere();
    const auto check = [&](const RuleConfigs& rules) {
      for (const auto& [name, rule] : rules) {
        const auto found = base.find(name);
        if (found == base.end() || found->second.value != Severity::off || turned_on.contains(name)) continue;
        errors_.push_back(error_at(rule.place, quote(name) + " is off, so its options do nothing",
                                   "add 'severity: warning'"));
      }
    };
    for (const ConfigLayer& layer : config_.layers) {
      check(layer.rules);
      for (const auto& entry : layer.overrides) check(entry.value.rules);
    }
  }

  /// An allow entry that a deny entry of the same meaning beats wherever it counts.
  void check_allowed_and_denied() {
    Denied for_all;
    for (const ConfigLayer& layer : config_.layers) add(layer.registries, for_all);
    for (const ConfigLayer& layer : config_.layers) {
      check(layer.registries, for_all);
      for (const auto& entry : layer.overrides) {
        Denied here = for_all;
        add(entry.value.registries, here);
        check(entry.value.registries, here);
      }
    }
  }

  /// By meaning: `nginx` is `docker.io/library/nginx`.
  using Denied = std::map<std::string, ConfigPlace, std::less<>>;
  static std::string meaning(std::string_view pattern) {
    const Result<Pattern> parsed = Pattern::parse(pattern);
    return parsed ? parsed->host() + "/" + parsed->path() : std::string(pattern);
  }
  static void add(const ConfigRegistries& registries, Denied& denied) {
    for (const auto& entry : registries.deny) denied.emplace(meaning(entry.value.pattern), entry.place);
  }
  void check(const ConfigRegistries& registries, const Denied& denied) {
    for (const auto& entry : registries.allow)
      if (const auto found = denied.find(meaning(entry.value)); found != denied.end())
        errors_.push_back(error_at(entry.place,
                                   quote(entry.value) + " is allowed here and denied at " + at(found->second),
                                   "deny beats allow, so this entry does nothing"));
  }

  /// A registry that is its own mirror, and two that are mirrors of each other.
  void check_mirrors() {
    std::vector<const Placed<MirrorEntry>*> known;
    const auto check = [&](const ConfigRegistries& registries) {
      for (const Placed<MirrorEntry>& entry : registries.mirrors) {
        const auto& [from, to] = entry.value;
        if (from == to) errors_.push_back(error_at(entry.place, quote(from) + " is its own mirror here"));
        for (const Placed<MirrorEntry>* other : known)
          if (is_under(to, other->value.from) && is_under(other->value.to, from))
            errors_.push_back(
                error_at(entry.place,
                         quote(from) + " is mirrored at " + quote(to) + ", and back at " + at(other->place),
                         "keep one of them"));
        if (from != to) known.push_back(&entry);
      }
    };
    for (const ConfigLayer& layer : config_.layers) {
      check(layer.registries);
      for (const auto& entry : layer.overrides) check(entry.value.registries);
    }
  }

  /// A name that moves to two places. To 'imglint retarget' the maps of all layers are one list.
  void check_maps() {
    std::map<NamePattern, std::pair<MapTarget, const Placed<std::string>*>> known;
    for (const ConfigLayer& layer : config_.layers)
      for (const Placed<std::string>& map : layer.retarget.map) {
        const std::size_t equals = std::min(map.value.find('='), map.value.size() - 1);
        const auto from = parse_name_pattern(map.value.substr(0, equals));
        const auto to = parse_map_target(map.value.substr(equals + 1));
        if (!from || !to) continue;
        const auto [earlier, fresh] = known.try_emplace(*from, *to, &map);
        const auto& [target, place] = earlier->second;
        if (fresh || target == *to) continue;
        const Error error =
            contradicting_maps(quote(place->value) + " at " + at(place->place), quote(map.value));
        errors_.push_back(error_at(map.place, error.message, error.hint));
      }
  }

  const Config& config_;
  std::span<const RuleInfo* const> rules_;
  ConfigErrors errors_;
};

}  // namespace

ConfigErrors find_contradictions(const Config& config, std::span<const RuleInfo* const> rules) {
  return Finder(config, rules).run();
}

ConfigErrors find_contradictions(const EffectiveSettings& settings, const Config& config,
                                 std::string_view file) {
  Effective effective;
  for (const auto& [name, rule] : settings.rules) effective[name] = rule.severity;
  ConfigErrors errors;
  for (const auto& [left, right] : opposites) {
    const auto* one = if_on(effective, left);
    const auto* other = if_on(effective, right);
    if (one != nullptr && other != nullptr)
      errors.push_back(opposites_error(*one, *other, config, " for " + quote(file)));
  }
  return errors;
}

}  // namespace imglint
