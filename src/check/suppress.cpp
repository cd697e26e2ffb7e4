#include "check/suppress.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "check/read_values.hpp"
#include "check/suppression_findings.hpp"
#include "check/suppression_index.hpp"
#include "policy/pattern.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

/// The image that a finding is about, as patterns see it; nothing if it is about none, or a faulty one.
std::optional<ImageName> image_of(const Finding& finding) {
  if (!finding.is_about_image) return std::nullopt;
  const ReferenceParse parsed = parse_reference(finding.subject);
  const Reference* reference = std::get_if<Reference>(&parsed);
  if (reference == nullptr) return std::nullopt;
  return image_name(canonical(*reference, finding.subject));
}

bool is_excepted(const Finding& finding, const Policy& policy) {
  const auto is_for_rule = [&](std::uint32_t number) {
    const std::vector<std::string>& rules = policy.exceptions[number].rules;
    return rules.empty() || std::find(rules.begin(), rules.end(), finding.rule) != rules.end();
  };
  if (std::any_of(policy.excepting_all.begin(), policy.excepting_all.end(), is_for_rule)) return true;
  if (policy.excepted.empty()) return false;
  const std::optional<ImageName> image = image_of(finding);
  if (!image) return false;
  const std::vector<std::uint32_t> numbers = policy.excepted.owners_of_matches(*image);
  return std::any_of(numbers.begin(), numbers.end(), is_for_rule);
}

class Silencer {
 public:
  explicit Silencer(std::span<const CheckTarget> targets) : values_(read_values(targets)) {
    for (const CheckTarget& target : targets) {
      const Source* source = target.document->source;
      policies_.emplace(source, target.policy);
      if (target.variant || target.document->comments.empty() || indices_.contains(source)) continue;
      order_.push_back(source);
      indices_.emplace(source, std::make_unique<SuppressionIndex>(*target.document, *target.policy));
    }
    for (const ReadValues& values : values_) {
      const Source* source = values.file->source;
      if (indices_.contains(source)) continue;
      order_.push_back(source);
      indices_.emplace(source,
                       std::make_unique<SuppressionIndex>(*values.file, *values.policy, &values.lines));
    }
  }

  SilenceCounts run(std::vector<Finding>& findings) {
    remove_silenced(findings);
    for (const Finding& finding : findings)
      if (const auto index = indices_.find(finding.place.source); index != indices_.end())
        index->second->tell_left(finding.rule, finding.place.span);
    std::vector<Finding> own;
    for (const Source* source : order_) add_suppression_findings(*indices_.at(source), own);
    remove_silenced(own);
    for (const Source* source : order_) add_idle_own_suppressions(*indices_.at(source), own);
    findings.insert(findings.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    sort_findings(findings);
    return counts_;
  }

 private:
  void remove_silenced(std::vector<Finding>& findings) {
    std::erase_if(findings, [&](const Finding& finding) {
      if (is_suppressed(finding)) return ++counts_.suppressed, true;
      const Policy* policy = policy_of(finding);
      if (policy == nullptr || !is_excepted(finding, *policy)) return false;
      return ++counts_.excepted, true;
    });
    for (Finding& finding : findings) name_comments(finding);
  }

  /// Names the comments that one may have taken for an answer: says why a finding is back that a comment has
  /// silenced until its day was over, and what makes a comment for another linter count.
  void name_comments(Finding& finding) {
    const auto index = indices_.find(finding.place.source);
    if (index == indices_.end()) return;
    const auto add = [&](const Suppression& comment, std::string message) {
      finding.related.push_back({{finding.place.source, comment.span}, std::move(message)});
    };
    if (const Suppression* ended = index->second->ended_at(finding.rule, finding.place.span))
      add(*ended, "what silenced this ended on " + std::string(ended->until));
    if (const Suppression* unheard = index->second->unheard_at(finding.rule, finding.place.span))
      add(*unheard, "'compat: true' in .imglint.yaml makes this comment for " +
                        std::string(to_string(unheard->tool)) + " count");
  }

  /// Of the file it stands in, or, for one in an .env file, of the file that uses it.
  const Policy* policy_of(const Finding& finding) const {
    auto policy = policies_.find(finding.place.source);
    for (const RelatedPlace& related : finding.related)
      if (policy == policies_.end()) policy = policies_.find(related.place.source);
    return policy == policies_.end() ? nullptr : policy->second;
  }

  bool is_silenced_at(std::string_view rule, const Location& place) {
    const auto index = indices_.find(place.source);
    return index != indices_.end() &&
           (index->second->silences(rule, place.span) || index->second->silences_for_users(rule, place.span));
  }

  bool is_suppressed(const Finding& finding) {
    if (indices_.empty()) return false;
    if (is_silenced_at(finding.rule, finding.place)) return true;
    // All of them are asked, so that each comment is known as used.
    std::size_t silenced = 0;
    for (const RelatedPlace& related : finding.related)
      if (is_silenced_at(finding.rule, related.place)) ++silenced;
    return silenced > 0 && silenced == finding.related.size();
  }

  std::vector<ReadValues> values_;
  std::unordered_map<const Source*, const Policy*> policies_;
  std::unordered_map<const Source*, std::unique_ptr<SuppressionIndex>> indices_;
  std::vector<const Source*> order_;
  SilenceCounts counts_;
};

}  // namespace

SilenceCounts silence(std::span<const CheckTarget> targets, std::vector<Finding>& findings) {
  return Silencer(targets).run(findings);
}

}  // namespace imglint
