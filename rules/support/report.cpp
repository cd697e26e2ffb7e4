#include <algorithm>

#include "rules/rule.hpp"
#include "rules/support/place.hpp"

namespace imglint {
namespace {

/// Where a use stands, for people: `FROM`, `services.web.image`.
std::string place_name(const Document& document, const ImageUse& use) {
  if (!use.path.empty() && !document.part_of(use).nested) return std::string(use.path);
  return std::string(use.role->label);
}

/// For baselines: the reference as evaluated, or what is written where it could not be.
std::string subject_text(const Subject& subject) {
  if (subject.has_parts && subject.use->kind != Kind::unresolved) return subject.name.to_string();
  return std::string(subject.use->written.text());
}

/// Not a stage, a context or a service, which only are spelled like one.
bool is_image(const ImageUse& use) {
  switch (use.kind) {
    case Kind::image:
    case Kind::built:
    case Kind::mirrored:
    case Kind::unresolved:
    case Kind::invalid:
      return true;
    case Kind::stage:
    case Kind::stage_index:
    case Kind::scratch:
    case Kind::context:
    case Kind::service:
      return false;
  }
  return false;
}

/// Says what the finding is about in the words that baselines know it by.
void set_subject(Finding& finding, const Subject& subject) {
  finding.subject = subject_text(subject);
  finding.is_about_image = is_image(*subject.use);
}

}  // namespace

Finding& Report::at(Location place, std::string message) {
  Finding& finding = findings_->emplace_back();
  finding.rule = rule_->name;
  finding.severity = settings().severity;
  finding.place = place;
  finding.message = std::move(message);
  finding.subject = place.source ? std::string(place.source->text(place.span)) : std::string();
  return finding;
}

Finding& Report::at(const Subject& subject, TextRange range, std::string message) {
  const Cause cause = cause_of(*subject.document, *subject.use, range);
  Finding& finding = at(cause.place, std::move(message));
  set_subject(finding, subject);
  finding.at_use = cause.at_use;
  const RoleInfo& role = *subject.use->role;
  if (role.certainty == Certainty::probable || role.describes)
    finding.severity = std::min(finding.severity, Severity::info);
  if (cause.elsewhere)
    finding.related.push_back({{subject.document->source, subject.use->span},
                               "used here by " + place_name(*subject.document, *subject.use)});
  return finding;
}

Finding& Report::at(const Document& document, const ImageUse& use, Location place, std::string message) {
  Finding& finding = at(place, std::move(message));
  const bool is_elsewhere = place.source != document.source;
  if (is_elsewhere) finding.at_use = {document.source, use.span};
  // What stands there may as well be the name of an argument.
  finding.is_about_image = !is_elsewhere && place.span == use.span && is_image(use);
  return finding;
}

Finding& Report::at_image(Location place, std::string message) {
  Finding& finding = at(place, std::move(message));
  finding.is_about_image = true;
  return finding;
}

void Report::cannot_judge(const Subject& subject, const std::string& message) {
  if (subject.use->role->function == Function::fragment) return;  // the rest of it stands elsewhere
  ++unjudged_;
  if (settings().unresolved == Severity::off) return;
  Finding& finding = at({subject.document->source, subject.use->span}, "cannot judge: " + message);
  finding.severity = settings().unresolved;
  set_subject(finding, subject);
}

std::optional<Edit> edit_of(const Subject& subject, TextRange range, std::string text) {
  if (!subject.use->not_editable.empty() || subject.document->blocks_edits()) return std::nullopt;
  const auto place = subject.use->value.source_of(range);
  if (!place || place->source != subject.document->source) return std::nullopt;
  return Edit{place->source, place->span, std::move(text)};
}

void offer_fix(Finding& finding, std::string title, Safety safety, std::optional<Edit> edit) {
  if (!edit) return;
  finding.fix = Fix{std::move(title), safety, {}};
  finding.fix->edits.push_back(*std::move(edit));
}

}  // namespace imglint
