// Rule: a constant in one file of this folder, with its examples and one small pure function. Adding a file
// adds the rule.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "model/finding.hpp"
#include "policy/policy.hpp"
#include "policy/rule_info.hpp"

namespace imglint {

/// What a rule reports to. Places findings at the cause: a part of a reference that comes from an ARG
/// default, an anchor or a .env line is reported there, with the use as a related place (docs/spec/rules.md
/// 1, "Place").
class Report {
 public:
  Report(const RuleInfo& rule, const Policy& policy, std::vector<Finding>& findings)
      : rule_(&rule), policy_(&policy), findings_(&findings) {}

  [[nodiscard]] const Policy& policy() const { return *policy_; }
  [[nodiscard]] const RuleSettings& settings() const { return policy_->settings(rule_->name); }

  /// A finding on a range of the use's value. The returned finding may be given a fix and more related
  /// places.
  Finding& at(const Document& document, const ImageUse& use, TextRange range, std::string message);
  /// A finding on bytes of a file.
  Finding& at(Location place, std::string message);
  /// The parts the rule needs are unknown: counted, and reported with the severity `unresolved` if that is
  /// not off.
  void cannot_judge(const Document& document, const ImageUse& use, std::string message);

  [[nodiscard]] std::uint32_t unjudged() const { return unjudged_; }

 private:
  const RuleInfo* rule_;
  const Policy* policy_;
  std::vector<Finding>* findings_;
  std::uint32_t unjudged_ = 0;
};

/// A rule has one of the functions, or two. Each is called once for each use, document or project.
struct Rule {
  RuleInfo info;
  void (*check_use)(const Document& document, const ImageUse& use, Report& report) = nullptr;
  void (*check_document)(const Document& document, Report& report) = nullptr;
  void (*check_project)(std::span<const Document* const> documents, Report& report) = nullptr;
};

/// Whether and how surely a part of a reference is known (docs/spec/rules.md 1, "Evaluation").
enum class Knowledge : std::uint8_t { known, by_default, unknown };
/// For a range of the use's value: unknown if a variable without a value touches it.
[[nodiscard]] Knowledge knowledge(const ImageUse& use, TextRange range);

}  // namespace imglint
