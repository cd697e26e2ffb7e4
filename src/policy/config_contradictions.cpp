// Mistakes of a configuration that no single line shows.
#include <algorithm>
#include <array>
#include <utility>

#include "base/quote.hpp"
#include "policy/config_read.hpp"

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

class Finder {
 public:
  Finder(const Config& config, std::span<const RuleInfo* const> rules) : config_(config), rules_(rules) {}

  ConfigErrors run() && {
    const Effective base = effective(nullptr);
    check_opposites(base, nullptr);
    for (const ConfigLayer& layer : config_.layers)
      for (const auto& entry : layer.overrides) check_opposites(effective(&entry.value), &entry.value);
    check_idle_options(base);
    check_allowed_and_denied();
    return std::move(errors_);
  }

 private:
  [[nodiscard]] Effective effective(const ConfigOverride* only) const {
    bool strict = false;
    ConfigPlace preset;
    for (const ConfigLayer& layer : config_.layers)
      if (layer.strict) strict = layer.strict->value, preset = layer.strict->place;
    Effective result;
    for (const RuleInfo* rule : rules_)
      result[std::string(rule->name)] = {strict ? rule->strict_severity : rule->severity, preset};
    for (const ConfigLayer& layer : config_.layers) {
      apply(layer.rules, result);
      for (const auto& entry : layer.overrides)
        if (&entry.value == only) apply(entry.value.rules, result);
    }
    return result;
  }

  [[nodiscard]] bool is_set_anywhere(std::string_view rule) const {
    const auto sets = [&](const RuleConfigs& rules) {
      const auto found = rules.find(rule);
      return found != rules.end() && found->second.severity.has_value();
    };
    return std::any_of(config_.layers.begin(), config_.layers.end(), [&](const ConfigLayer& layer) {
      return sets(layer.rules) || std::any_of(layer.overrides.begin(), layer.overrides.end(),
                                              [&](const auto& entry) { return sets(entry.value.rules); });
    });
  }

  void check_opposites(const Effective& effective, const ConfigOverride* only) {
    for (const auto& [left, right] : opposites) {
      const auto one = effective.find(left);
      const auto other = effective.find(right);
      if (one == effective.end() || other == effective.end()) continue;
      if (one->second.value == Severity::off || other->second.value == Severity::off) continue;
      const auto sets = [only](std::string_view rule) {
        const auto found = only->rules.find(rule);
        return found != only->rules.end() && found->second.severity;
      };
      if (only != nullptr && !sets(left) && !sets(right)) continue;
      report_opposites(*one, *other, only != nullptr && sets(left) && !sets(right));
    }
  }

  /// The error stands at the one that was set later, where that can be told.
  void report_opposites(const Effective::value_type& one, const Effective::value_type& other,
                        bool first_is_later) {
    const auto line = [](const Effective::value_type& entry) { return entry.second.place.line; };
    const bool at_first =
        first_is_later || (line(one) > line(other) && one.second.place.file == other.second.place.file);
    const auto& later = at_first ? one : other;
    const auto& earlier = at_first ? other : one;
    errors_.push_back(
        error_at(later.second.place,
                 quote(later.first) + " contradicts " + quote(earlier.first) + ", which is on as well",
                 "set one of them to off" + (earlier.second.place.line != 0
                                                 ? "; the other is set at " + at(earlier.second.place)
                                                 : std::string())));
  }

  void check_idle_options(const Effective& base) {
    for (const ConfigLayer& layer : config_.layers)
      for (const auto& [name, rule] : layer.rules) {
        const auto found = base.find(name);
        if (found == base.end() || found->second.value != Severity::off || is_set_anywhere(name)) continue;
        errors_.push_back(error_at(rule.place, quote(name) + " is off, so its options do nothing",
                                   "add 'severity: warning'"));
      }
  }

  void check_allowed_and_denied() {
    std::map<std::string, ConfigPlace, std::less<>> denied;
    for (const ConfigLayer& layer : config_.layers)
      for (const auto& entry : layer.registries.deny) denied.emplace(entry.value.pattern, entry.place);
    for (const ConfigLayer& layer : config_.layers)
      for (const auto& entry : layer.registries.allow)
        if (const auto found = denied.find(entry.value); found != denied.end())
          errors_.push_back(error_at(
              entry.place, quote(entry.value) + " is allowed here and denied at " + at(found->second),
              "deny beats allow, so this entry does nothing"));
  }

  const Config& config_;
  std::span<const RuleInfo* const> rules_;
  ConfigErrors errors_;
};

}  // namespace

ConfigErrors find_contradictions(const Config& config, std::span<const RuleInfo* const> rules) {
  return Finder(config, rules).run();
}

}  // namespace imglint
