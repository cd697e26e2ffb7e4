// What a .hadolint.yaml says, and what of it has a meaning here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/config.hpp"
#include "model/finding.hpp"
#include "source/source.hpp"

namespace imglint {

/// A registry pattern that stands for an entry of trustedRegistries.
struct TrustedRegistry {
  std::string pattern;
  std::string entry;  ///< as hadolint's file has it
};

/// A rule that gets a severity, and why: `ignored: DL3006`.
struct CarriedRule {
  Severity severity = Severity::off;
  std::string origin;
};

/// A value that a key of whole runs gets, and why: `failure-threshold: style`.
struct CarriedKey {
  std::string value;
  std::string origin;
};

/// A .hadolint.yaml in the terms of an .imglint.yaml.
struct HadolintConfig {
  std::string file;  ///< for messages
  std::vector<TrustedRegistry> trusted;
  std::map<std::string, CarriedRule, std::less<>> rules;  ///< by our names
  std::map<std::string, CarriedKey, std::less<>> keys;    ///< `fail-on`, `format`
  bool comments_count = true;                             ///< hadolint's comments
  /// Where none of its keys is hadolint's: the tool whose they are; empty if that is not known.
  std::optional<std::string_view> other_tool;
  /// What changes its meaning or has no counterpart, in the order of the file; said to the user, and written
  /// into the new file as comments.
  std::vector<Error> remarks;
};

/// An error if the file is no YAML or no mapping. Everything else is taken over or remarked upon.
[[nodiscard]] Result<HadolintConfig> read_hadolint_config(const Source& source);

}  // namespace imglint
