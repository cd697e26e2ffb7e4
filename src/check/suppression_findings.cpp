#include "check/suppression_findings.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "base/counted.hpp"
#include "base/date.hpp"
#include "base/quote.hpp"
#include "check/suppression_removal.hpp"
#include "config/value.hpp"
#include "kinds/kind.hpp"
#include "policy/compat.hpp"
#include "policy/regular_expression.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

constexpr std::string_view unused_rule = "unused-suppression";
constexpr std::string_view unexplained_rule = "unexplained-suppression";

constexpr std::string_view rule_signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_,*";

bool is_own_rule(std::string_view name) { return name == unused_rule || name == unexplained_rule; }

/// Whether what a comment would silence was judged. A rule was if it is on, and configured where it needs to
/// be. A comment about all is about those that the configuration has on: a run may have left some of them
/// out.
bool was_judged(const Policy& policy, const Suppression& suppression, std::string_view name) {
  if (suppression.is_about_all()) return !policy.is_narrowed;
  const RuleSettings* settings = policy.settings_if_on(name);
  if (settings == nullptr) return false;
  const Rule* rule = find_rule(name);
  if (rule == nullptr || !rule->info.needs_configuration) return true;
  return !settings->options.empty() || !policy.allow.empty() || !policy.deny.empty() ||
         !policy.mirrors.empty();
}

std::string_view where(Suppression::Scope scope) {
  switch (scope) {
    case Suppression::Scope::line:
      return "here";
    case Suppression::Scope::stage:
      return "in the stage that follows";
    case Suppression::Scope::file:
      return "in this file";
  }
  return {};
}

bool is_blank_or_return(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

/// The day at the beginning of a reason, which was meant to be an end: `until 2027-01-31 why`; empty without.
std::string_view day_meant(std::string_view reason) {
  constexpr std::string_view word = "until";
  if (lower_case(reason.substr(0, word.size())) != word) return {};
  reason.remove_prefix(word.size());
  const auto begin = std::min(reason.find_first_not_of(" \t:="), reason.size());
  if (begin == 0) return {};
  reason.remove_prefix(begin);
  const std::string_view day = reason.substr(0, reason.find_first_not_of("0123456789-"));
  return is_date(day) ? day : std::string_view();
}

/// Makes the findings of one file.
class Maker {
 public:
  Maker(const SuppressionIndex& index, std::vector<Finding>& findings)
      : index_(index), document_(index.document()), policy_(index.policy()), findings_(findings) {}

  /// Unused suppressions; those that name the two rules themselves, or those that do not.
  void add_unused(bool about_own_rules) {
    const RuleSettings* settings = policy_.settings_if_on(unused_rule);
    if (settings == nullptr) return;
    severity_ = settings->severity;
    const auto rules = index_.rules();
    for (std::size_t begin = 0; begin < rules.size();) {
      std::size_t end = begin;
      while (end < rules.size() && rules[end].suppression == rules[begin].suppression) ++end;
      if (rules[begin].suppression->tool == Suppression::Tool::imglint)
        add_unused_of(rules.subspan(begin, end - begin), about_own_rules);
      begin = end;
    }
    if (about_own_rules) return;
    for (const Suppression& suppression : index_.suppressions())
      if (suppression.faulty && (!suppression.is_guess || names_rule(suppression)))
        add(suppression.span, unused_rule, "this silences nothing: " + fault_of(suppression), {});
    add_endless();
  }

  void add_unexplained() {
    const RuleSettings* settings = policy_.settings_if_on(unexplained_rule);
    if (settings == nullptr) return;
    severity_ = settings->severity;
    for (const Suppression& suppression : index_.suppressions()) {
      if (suppression.tool != Suppression::Tool::imglint || suppression.faulty) continue;
      if (std::optional<std::string> message = unexplained(suppression, *settings))
        add(suppression.span, unexplained_rule, *std::move(message), subject_of(suppression));
    }
  }

 private:
  using Rules = std::span<const SuppressedRule>;

  /// A rule in a comment that has no effect.
  struct Unused {
    const SuppressedRule* rule = nullptr;
    std::string message;
    bool is_needless = false;  ///< all that it lacks is a finding: it may go, and its reason with it
  };

  /// Whether the word of a guess is a rule, here or of another linter.
  static bool names_rule(const Suppression& guess) {
    const std::string_view name = guess.rules[0].name;
    return find_rule(name) != nullptr || !rules_for_foreign(name).empty();
  }

  /// `imglint ignore=latest-tag: why`: what stands behind the rules where a blank must.
  static std::optional<std::string> wrong_sign(std::string_view comment) {
    for (const std::string_view begin :
         {"imglint ignore=", "imglint ignore-stage=", "imglint ignore-file="}) {
      const std::size_t found = comment.find(begin);
      if (found == comment.npos) continue;
      const std::string_view rest = comment.substr(found + begin.size());
      const std::size_t end = std::min(rest.find_first_not_of(rule_signs), rest.size());
      if (end == 0 || end == rest.size() || is_blank_or_return(rest[end]) || rest[end] == '\n') continue;
      return "a blank must stand behind " + quote(rest.substr(0, end)) + ", not " +
             quote(rest.substr(end, 1));
    }
    return std::nullopt;
  }

  /// `imglint ignore-service=missing-tag`: a scope that there is not.
  static std::optional<std::string> wrong_scope(std::string_view comment) {
    constexpr std::string_view begin = "imglint ignore-";
    const std::size_t found = comment.find(begin);
    if (found == comment.npos) return std::nullopt;
    const std::string_view rest = comment.substr(found + begin.size());
    const std::string_view scope = rest.substr(0, rest.find_first_not_of(rule_signs));
    if (scope.empty() || scope == "stage" || scope == "file") return std::nullopt;
    const std::string written = quote("ignore-" + std::string(scope));
    if (scope == "folder" || scope == "directory")
      return "there is no " + written + ": rules of a folder stand under 'overrides' in .imglint.yaml";
    return "there is no " + written + ": 'ignore=RULE' is about what begins below, 'ignore-stage=RULE' and " +
           "'ignore-file=RULE' about more";
  }

  /// Comments whose day counts for nothing, since it is no `until=`.
  void add_endless() {
    for (const Suppression& suppression : index_.suppressions()) {
      if (suppression.tool != Suppression::Tool::imglint || suppression.faulty || suppression.has_until)
        continue;
      const std::string_view day = day_meant(suppression.reason);
      if (day.empty()) continue;
      add(suppression.span, unused_rule, "this lasts for ever: write " + quote("until=" + std::string(day)),
          subject_of(suppression));
    }
  }

  std::string fault_of(const Suppression& faulty) const {
    if (auto sign = wrong_sign(document_.source->text(faulty.span))) return *std::move(sign);
    if (auto scope = wrong_scope(document_.source->text(faulty.span))) return *std::move(scope);
    if (!faulty.rules.empty() && !faulty.is_guess) return "'ignore=*' needs a reason behind it";
    std::string rule = "RULE";
    if (faulty.is_guess) rule = joined(our_names(faulty.rules[0].name));
    return "a comment must begin 'imglint ignore=" + rule + "'";
  }

  /// Of a rule of another linter: ours; else the name itself.
  static std::vector<std::string_view> our_names(std::string_view name) {
    const auto ours = rules_for_foreign(name);
    return ours.empty() ? std::vector{name} : std::vector(ours.begin(), ours.end());
  }

  static std::string joined(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) text.append(text.empty() ? "" : ",").append(name);
    return text;
  }

  static bool is_foreign(const SuppressedRule& rule) {
    return !rules_for_foreign(rule.written().name).empty();
  }

  void add_unused_of(Rules rules, bool about_own_rules) {
    std::vector<Unused> unused;
    for (const SuppressedRule& rule : rules) {
      if (is_own_rule(rule.written().name) != about_own_rules) continue;
      if (std::optional<Unused> found = find_unused(rule)) unused.push_back(*std::move(found));
    }
    if (unused.size() == rules.size() && unused.size() > 1 && std::ranges::none_of(rules, is_foreign) &&
        add_unused_as_one(unused))
      return;
    for (Unused& each : unused) {
      const bool alone = rules.size() == 1;
      const SuppressedRule& rule = *each.rule;
      add(alone ? rule.suppression->span : rule.written().span, unused_rule, std::move(each.message),
          std::string(rule.written().name));
      if (is_foreign(rule))
        findings_.back().fix = translation(rule);
      else if (each.is_needless)
        findings_.back().fix = alone ? removal_of(*rule.suppression, document_) : removal(rule);
    }
  }

  /// Of a comment whose rules all have no effect one finding, if it can say why.
  bool add_unused_as_one(const std::vector<Unused>& unused) {
    const Suppression& suppression = *unused[0].rule->suppression;
    const bool needless = std::ranges::all_of(unused, &Unused::is_needless);
    const bool same =
        std::ranges::all_of(unused, [&](const Unused& each) { return each.message == unused[0].message; });
    if (!needless && !same) return false;
    add(suppression.span, unused_rule,
        needless ? "this silences nothing " + std::string(where(suppression.scope)) : unused[0].message,
        subject_of(suppression));
    if (needless) findings_.back().fix = removal_of(suppression, document_);
    return true;
  }

  /// Why a rule in a comment has no effect; nothing if it has one, or if that cannot be told.
  std::optional<Unused> find_unused(const SuppressedRule& rule) const {
    const auto useless = [&](std::string message) { return Unused{&rule, std::move(message)}; };
    const std::string_view name = rule.written().name;
    const Suppression& suppression = *rule.suppression;
    if (suppression.faulty) return std::nullopt;  // said by itself
    if (suppression.is_about_all()) {
      if (rule.used || !rule.is_for_run || !was_judged(policy_, suppression, name)) return std::nullopt;
      if (rule.refused) return useless("what this would silence is locked by the configuration");
      if (is_read_in_part()) return std::nullopt;
      return without_finding(rule, "there is no finding");
    }
    if (find_rule(name) == nullptr) {
      if (name == "all") return useless("unknown rule 'all': '*' is all rules, with a reason behind it");
      const std::string hint =
          is_foreign(rule) ? rule_suggestion(name, rule_names(), {}) : suggestion(name, rule_names(), {});
      return useless("unknown rule " + quote(name) + (hint.empty() ? "" : ", " + hint));
    }
    if (suppression.has_until && !is_date(suppression.until))
      return useless(quote("until=" + std::string(suppression.until)) +
                     " is no day as 2027-01-31, so this silences nothing");
    if (rule.refused) return useless(quote(name) + " is locked by the configuration: no comment silences it");
    if (rule.used || rule.idle || !rule.is_for_run || !was_judged(policy_, suppression, name))
      return std::nullopt;
    if (suppression.scope == Suppression::Scope::stage && !document_.part_of(*suppression.comment).has_stages)
      return useless("only a Dockerfile has stages, so this silences nothing");
    if (is_read_in_part()) return std::nullopt;
    return without_finding(rule, "there is no finding of " + quote(name));
  }

  /// A comment that stands in the wrong place is no needless one: what it says shall not be lost.
  [[nodiscard]] Unused without_finding(const SuppressedRule& rule, const std::string& what) const {
    const Suppression& suppression = *rule.suppression;
    const std::string message = what + " " + std::string(where(suppression.scope)) + " to silence";
    const std::string line = std::to_string(document_.source->position(rule.reported).line);
    switch (rule.misplaced) {
      case SuppressedRule::Misplaced::no:
        return {&rule, message, true};
      case SuppressedRule::Misplaced::shared:
        return {&rule, message + "; others use what stands in line " + line + ", too: put the comment there"};
      case SuppressedRule::Misplaced::above:
        return {&rule, message + ", but in line " + line + ": put the comment there, or write " +
                           quote("ignore-file=" + std::string(rule.written().name))};
    }
    return {&rule, message, true};
  }

  /// What a comment is about may stand where nothing could be read, or be known only from there.
  [[nodiscard]] bool is_read_in_part() const {
    return std::ranges::any_of(document_.troubles, [](const Trouble& trouble) {
      return trouble.unread || trouble.hides_references;
    });
  }

  static std::vector<std::string> rule_names() {
    std::vector<std::string> names;
    for (const Rule* rule : all_rules()) names.emplace_back(rule->info.name);
    return names;
  }

  static std::string subject_of(const Suppression& suppression) {
    std::vector<std::string_view> names;
    for (const Suppression::Rule& rule : suppression.rules) names.push_back(rule.name);
    return joined(names);
  }

  std::optional<std::string> unexplained(const Suppression& suppression, const RuleSettings& settings) const {
    if (suppression.has_until && !is_date(suppression.until))
      return std::nullopt;  // said by unused-suppression
    if (suppression.has_until && suppression.until < policy_.as_of)
      return "this ended on " + std::string(suppression.until) + " and silences nothing any more";
    if (suppression.reason.empty()) return "no reason is given for this";
    if (const std::string_view pattern = settings.text("pattern", {});
        !pattern.empty() && !policy_.expressions.contains_match(suppression.reason, pattern).value_or(true))
      return "the reason has nothing of the form " + quote(pattern);
    const std::int64_t days = settings.number("max-days", 0);
    if (days == 0) return std::nullopt;
    const std::string limit = "at most " + counted(static_cast<std::uint64_t>(days), "day") +
                              (days == 1 ? " is allowed" : " are allowed");
    if (!suppression.has_until) return "this has no 'until=' and lasts for ever; " + limit;
    if (day_number(suppression.until) - day_number(policy_.as_of) > days)
      return "this lasts until " + std::string(suppression.until) + "; " + limit;
    return std::nullopt;
  }

  void add(Span span, std::string_view rule, std::string message, std::string subject) {
    findings_.push_back({.rule = rule,
                         .severity = severity_,
                         .place = {document_.source, span},
                         .message = std::move(message),
                         .subject = std::move(subject)});
  }

  /// Writes our names for a rule of another linter, but those that stand beside it.
  std::optional<Fix> translation(const SuppressedRule& rule) const {
    if (document_.blocks_edits()) return std::nullopt;
    std::vector<std::string_view> names = our_names(rule.written().name);
    std::erase_if(names, [&](std::string_view name) {
      return std::ranges::find(rule.suppression->rules, name, &Suppression::Rule::name) !=
             rule.suppression->rules.end();
    });
    if (names.empty()) return removal(rule);
    const std::string text = joined(names);
    return Fix{"write " + quote(text), Safety::safe, {{document_.source, rule.written().span, text}}};
  }

  /// Deletes one rule of several and a comma.
  std::optional<Fix> removal(const SuppressedRule& rule) const {
    if (document_.blocks_edits()) return std::nullopt;
    const auto& rules = rule.suppression->rules;
    Span span = rule.written().span;
    if (rule.rule + 1 < rules.size())
      span.end = rules[rule.rule + 1].span.begin;
    else
      span.begin = rules[rule.rule - 1].span.end;
    return Fix{"delete " + quote(rule.written().name), Safety::safe, {{document_.source, span, {}}}};
  }

  const SuppressionIndex& index_;
  const Document& document_;
  const Policy& policy_;
  std::vector<Finding>& findings_;
  Severity severity_ = Severity::warning;
};

}  // namespace

void add_suppression_findings(const SuppressionIndex& index, std::vector<Finding>& findings) {
  Maker maker(index, findings);
  maker.add_unused(false);
  maker.add_unexplained();
}

void add_idle_own_suppressions(const SuppressionIndex& index, std::vector<Finding>& findings) {
  Maker(index, findings).add_unused(true);
}

}  // namespace imglint
