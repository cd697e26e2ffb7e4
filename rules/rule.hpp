// Rule: a constant in one file of this folder, with its examples and one small pure function. Adding a file
// adds the rule.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "model/finding.hpp"
#include "policy/policy.hpp"
#include "policy/rule_info.hpp"
#include "policy/subject.hpp"

namespace imglint {

/// A file of the run with all its uses evaluated, and the settings it is judged by.
struct CheckedDocument {
  const Document* document = nullptr;
  const Policy* policy = nullptr;
  /// One for each use of the document, in its order; none for what another frontend than Docker's reads.
  std::span<const Subject> subjects;
};

/// What a rule reports to. Places findings at the cause: a part of a reference that comes from an ARG
/// default, an anchor or a .env line is reported there, with the use as a related place (docs/spec/rules.md
/// 1, "Place").
class Report {
 public:
  /// `settings` are the policy's for the rule.
  Report(const RuleInfo& rule, const Policy& policy, const RuleSettings& settings,
         std::vector<Finding>& findings)
      : rule_(&rule), policy_(&policy), settings_(&settings), findings_(&findings) {}

  [[nodiscard]] const Policy& policy() const { return *policy_; }
  [[nodiscard]] const RuleSettings& settings() const { return *settings_; }

  /// A finding on a range of the use's value. The returned finding may be given a fix and more related
  /// places; it is valid until the next one is made.
  Finding& at(const Subject& subject, TextRange range, std::string message);
  /// A finding on bytes that a use of the document got, from another file maybe.
  Finding& at(const Document& document, const ImageUse& use, Location place, std::string message);
  /// A finding on bytes of a file.
  Finding& at(Location place, std::string message);
  /// The same on bytes that name an image, or its repository.
  Finding& at_image(Location place, std::string message);
  /// The parts the rule needs are unknown: counted, and reported with the severity `unresolved` if that is
  /// not off.
  void cannot_judge(const Subject& subject, const std::string& message);

  /// What cannot_judge() was called for, once a use.
  [[nodiscard]] std::uint32_t unjudged() const { return unjudged_; }

 private:
  const RuleInfo* rule_;
  const Policy* policy_;
  const RuleSettings* settings_;
  std::vector<Finding>* findings_;
  std::uint32_t unjudged_ = 0;
};

/// The edit that gives a range of the use's value another text; nothing if the bytes cannot be changed: the
/// file or the place is not editable, or the range is not one unbroken run of bytes of this file.
[[nodiscard]] std::optional<Edit> edit_of(const Subject& subject, TextRange range, std::string text);

/// Gives the finding a fix of one edit, or none if the bytes cannot be changed.
void offer_fix(Finding& finding, std::string title, Safety safety, std::optional<Edit> edit);

/// A rule has one of the functions, or two. Each is called once for each use that is active, document or
/// project. The constant's name is the file's name with underscores; it needs external linkage:
///
///     extern const Rule missing_tag;
///     constinit const Rule missing_tag = {…};
struct Rule {
  RuleInfo info;
  void (*check_use)(const Subject& subject, Report& report) = nullptr;
  void (*check_document)(const CheckedDocument& checked, Report& report) = nullptr;
  /// All files of the run whose settings have the rule on. `report` judges by the settings of the first;
  /// findings get the severity of the file they are placed in.
  void (*check_project)(std::span<const CheckedDocument> files, Report& report) = nullptr;
  /// Rules with check_project: whether it has to see a file with these uses beside others, by any settings of
  /// the run. In other files it finds nothing, so that it is not asked about them.
  bool (*concerns_project)(std::span<const Subject> subjects, const Policy& policy) = nullptr;
  /// Of the rules that name the same group only one reports on a use: of those that find something, the one
  /// with the lowest rank, and those behind it that are more severe, or locked where it is not. Ranks differ
  /// within a group.
  std::string_view group = {};
  int rank = 0;
  /// Of a group: what it finds may be no image at all, so that only locked rules speak beside it.
  bool may_be_no_image = false;
  /// It judges the registry or the path, which a kustomization may replace elsewhere.
  bool judges_name = false;
};

}  // namespace imglint
