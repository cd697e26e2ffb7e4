#include "rules/support/moves.hpp"

#include <algorithm>

#include "policy/pattern.hpp"
#include "rules/support/move_fix.hpp"

namespace imglint {
namespace {

bool has_begun(std::string_view date, std::string_view as_of) {
  return date.empty() || as_of.empty() || date <= as_of;
}

/// Facts name host and path in full, so that most can be passed over without reading their patterns: what
/// stands before the first star or the tag must begin the name.
bool may_match(std::string_view pattern, const ImageName& name) {
  if (!pattern.starts_with(name.registry)) return false;
  pattern.remove_prefix(name.registry.size());
  if (!pattern.starts_with('/')) return false;
  const std::string_view path = pattern.substr(1, pattern.find_first_of("*:@") - 1);
  return name.repository.starts_with(path);
}

bool matches(std::string_view pattern_text, const Subject& subject) {
  if (!may_match(pattern_text, subject.name)) return false;
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
/// more. A severity that a team chose stays.
Severity severity_of(const MoveFact& fact, Severity configured, std::string_view as_of) {
  if (configured != Severity::warning) return configured;
  if (fact.informational) return Severity::info;
  const bool gone = !fact.removed.empty() && has_begun(fact.removed, as_of);
  return gone ? Severity::error : Severity::warning;
}

}  // namespace

const MoveFact* move_of(const Subject& subject, std::span<const MoveFact> facts, const Report& report) {
  if (subject.registry == Knowledge::unknown) return nullptr;
  if (matches_any(report.settings().list("ignore"), subject.name)) return nullptr;
  const std::string_view as_of = report.settings().text("as-of", report.policy().as_of);
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const MoveFact& fact) {
    return has_begun(fact.since, as_of) && concerns(fact, subject);
  });
  return found == facts.end() ? nullptr : &*found;
}

void report_move(const Subject& subject, TextRange range, const MoveFact& fact, std::string_view what,
                 Report& report) {
  std::string message = "'" + std::string(what) + "' " + std::string(fact.state);
  if (!fact.successor.empty()) message += "; use " + std::string(fact.successor);
  message += " (" + std::string(fact.source) + ")";
  Finding& finding = report.at(subject, range, std::move(message));
  const std::string_view as_of = report.settings().text("as-of", report.policy().as_of);
  finding.severity = severity_of(fact, finding.severity, as_of);
  if (!fact.to.empty()) offer_map(finding, subject, fact.from, fact.to, fact.safety);
}

}  // namespace imglint
