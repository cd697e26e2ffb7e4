#include "rules/support/moves.hpp"

#include <algorithm>

#include "policy/pattern.hpp"
#include "rules/support/move_fix.hpp"

namespace imglint {
namespace {

bool has_begun(std::string_view date, std::string_view as_of) {
  return date.empty() || as_of.empty() || date <= as_of;
}

using Facts = std::span<const MoveFact>;

/// Those whose pattern begins with a text; they are sorted by pattern.
Facts facts_from(std::string text, Facts facts) {
  const auto first_from = [&] {
    return std::lower_bound(facts.begin(), facts.end(), text,
                            [](const MoveFact& fact, const std::string& t) { return fact.images < t; });
  };
  const auto begin = first_from();
  ++text.back();
  return {begin, first_from()};
}

/// What stands in a pattern before the first star or the tag must begin the name, which has none of these
/// letters. `known` bytes are the same in both.
bool may_match(std::string_view pattern, std::string_view name, std::size_t known) {
  pattern.remove_prefix(known);
  name.remove_prefix(known);
  const auto differs = std::mismatch(pattern.begin(), pattern.end(), name.begin(), name.end()).first;
  return differs == pattern.end() || *differs == '*' || *differs == ':' || *differs == '@';
}

bool matches(std::string_view pattern_text, const Subject& subject) {
  const Result<Pattern> pattern = Pattern::parse(pattern_text);
  if (!pattern || !pattern->matches_registry(subject.name.registry)) return false;
  if (pattern->path() == "**") return true;
  if (subject.repository == Knowledge::unknown) return false;
  if (pattern->has_suffix() && subject.tag == Knowledge::unknown) return false;
  return pattern->matches(subject.name);
}

bool concerns(const MoveFact& fact, const Subject& subject) {
  if (!matches(fact.images, subject)) return false;
  if (!fact.except.empty() && (matches(fact.except, subject) || subject.repository == Knowledge::unknown))
    return false;
  if (!fact.tagged_only) return true;
  return subject.tag != Knowledge::unknown && !subject.name.tag.empty() && subject.name.tag != "latest";
}

/// A preset's warning follows the facts: less where all still works, more where nothing can be pulled any
/// more. What a place that is a guess has made less stays so.
Severity severity_of(const MoveFact& fact, Severity by_preset, std::string_view as_of) {
  if (by_preset != Severity::warning) return by_preset;
  if (fact.informational) return Severity::info;
  const bool gone = !fact.removed.empty() && has_begun(fact.removed, as_of);
  return gone ? Severity::error : Severity::warning;
}

}  // namespace

const MoveFact* move_of(const Subject& subject, std::span<const MoveFact> facts, const Report& report) {
  if (subject.registry == Knowledge::unknown) return nullptr;
  const std::string name = subject.name.registry + '/' + subject.name.repository;
  const std::size_t host = subject.name.registry.size() + 1;
  const std::size_t first_component = std::min(name.find('/', host), name.size() - 1) + 1;
  const auto concerned = [&](Facts candidates, std::size_t known) -> const MoveFact* {
    const std::string_view as_of = report.settings().text("as-of", report.policy().as_of);
    for (const MoveFact& fact : candidates)
      if (may_match(fact.images, name, known) && concerns(fact, subject) && has_begun(fact.since, as_of))
        return &fact;
    return nullptr;
  };
  // Facts are about a whole host or name the first component in full.
  const MoveFact* fact = concerned(facts_from(name.substr(0, first_component), facts), first_component);
  if (!fact) fact = concerned(facts_from(name.substr(0, host) + '*', facts), host);
  return fact && report.settings().patterns("ignore").matches_any(subject.name) ? nullptr : fact;
}

void report_move(const Subject& subject, TextRange range, const MoveFact& fact, std::string_view what,
                 Report& report) {
  std::string message = "'" + std::string(what) + "' " + std::string(fact.state);
  if (!fact.successor.empty()) message += "; use " + std::string(fact.successor);
  message += " (" + std::string(fact.source) + ")";
  Finding& finding = report.at(subject, range, std::move(message));
  if (!report.settings().severity_is_said)
    finding.severity =
        severity_of(fact, finding.severity, report.settings().text("as-of", report.policy().as_of));
  if (fact.to.empty()) return;
  const MirrorEntry move{std::string(fact.from), std::string(fact.to)};
  tell_refusal(finding, offer_map(finding, subject, move, fact.safety, report.policy()));
}

}  // namespace imglint
