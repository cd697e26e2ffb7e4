// EffectiveSettings: what a configuration comes to for one file, each value with the place that set it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace imglint {

/// Values without a place are built in.
struct EffectiveRule {
  Placed<Severity> severity;
  bool by_preset = false;  ///< the place of the severity is that of the preset
  Placed<Severity> unresolved{Severity::off, {}};
  Placed<bool> locked;
  std::map<std::string, Placed<OptionValue>, std::less<>> options;  ///< only what is configured
};

/// The settings for one file; those of overrides that do not concern it, and exceptions that are over or do
/// not concern it, are left out.
struct EffectiveSettings {
  Placed<bool> strict;
  std::map<std::string, EffectiveRule, std::less<>> rules;  ///< by name; every rule has an entry
  std::vector<Placed<std::string>> allow;
  std::vector<Placed<DenyEntry>> deny;
  std::vector<Placed<MirrorEntry>> mirrors;
  std::vector<Placed<FileEntry>> files;      ///< those that fit; the last says what the file is read as
  std::vector<Placed<PlaceEntry>> places;    ///< those that fit
  std::vector<Placed<std::string>> exclude;  ///< those that fit
  std::vector<Placed<std::string>> contexts;
  std::vector<Placed<Exception>> exceptions;
  Placed<bool> compat;
};

[[nodiscard]] EffectiveSettings effective_settings(const Config& config,
                                                   std::span<const RuleInfo* const> rules,
                                                   const PolicyRequest& request);

/// The same without places.
[[nodiscard]] Policy to_policy(const EffectiveSettings& settings, std::span<const RuleInfo* const> rules,
                               std::string_view as_of);

/// Rules that contradict each other for a file because several overrides concern it. `file` is for messages.
[[nodiscard]] ConfigErrors find_contradictions(const EffectiveSettings& settings, const Config& config,
                                               std::string_view file);

}  // namespace imglint
