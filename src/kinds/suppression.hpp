// Suppression: a comment that asks for silence about some rules (docs/spec/rules.md 1, "Exceptions").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/document.hpp"

namespace imglint {

struct Suppression {
  /// What it silences.
  enum class Scope : std::uint8_t {
    line,  ///< the next line, or in YAML its own; of imglint, what begins there if it is a stage or a service
    stage,  ///< the stage that follows
    file,
  };
  /// Whose words they are.
  enum class Tool : std::uint8_t {
    imglint,
    hadolint,
    dclint,
    trivy,
    buildkit,
    tally,
    checkov,
    kics,
    semgrep
  };
  struct Rule {
    std::string_view name;  ///< as written, in the words of the tool
    Span span;
  };

  Tool tool = Tool::imglint;
  Scope scope = Scope::line;
  const Comment* comment = nullptr;  ///< of the document
  Span span;                         ///< this suppression; a comment may hold several
  std::vector<Rule> rules;           ///< none: all that the tool has, or it is faulty
  std::string_view until;            ///< as written; empty without
  bool has_until = false;
  std::string_view reason;  ///< of imglint; empty without
  bool faulty = false;      ///< meant to be one of imglint's, but not in its form
  bool is_guess = false;    ///< the same, if its only word is a rule

  /// Whether it is about all rules that its tool has: `ignore=*`, `ignore=all`, or none is named.
  [[nodiscard]] bool is_about_all() const {
    if (faulty || rules.size() > 1) return false;
    return rules.empty() || rules[0].name == (tool == Tool::imglint ? "*" : "all");
  }
};

/// `hadolint`, as rules_for_linter() takes it.
[[nodiscard]] std::string_view to_string(Suppression::Tool tool);

/// Those of a document, in order. Views are into the source.
[[nodiscard]] std::vector<Suppression> read_suppressions(const Document& document);

}  // namespace imglint
