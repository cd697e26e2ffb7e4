#include <algorithm>
#include <string>

#include "reference/parse.hpp"
#include "rules/rule.hpp"
#include "rules/support/faults.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ghcr.io/⟦Acme⟧/app:1.2\n"},
    {.file = "Dockerfile", .text = "FROM https:⟦/⟧/ghcr.io/acme/app:1.2\n"},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: redis:7⟦:⟧2\n"},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: \"redis⟦:⟧\"\n", .note = "An empty tag"},
    {.file = "Dockerfile", .text = "FROM ghcr.io/acme/app:1.2\n"},
    {.file = "Dockerfile", .text = "ARG BASE\nFROM ${BASE}\n", .note = "Unknown is not wrong"},
};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// The path component that holds an offset, without tag and digest.
TextRange component_at(std::string_view value, std::uint32_t offset) {
  const std::size_t before = value.substr(0, offset).rfind('/');
  const std::size_t end = std::min(value.find_first_of("/:@", offset), value.size());
  return {before == value.npos ? 0 : static_cast<std::uint32_t>(before + 1), static_cast<std::uint32_t>(end)};
}

/// The whole character at an offset: a byte and the UTF-8 continuation bytes after it. At the end of the text
/// something is missing: the last byte.
TextRange character_at(std::string_view value, std::uint32_t offset) {
  if (offset >= value.size()) {
    const auto size = static_cast<std::uint32_t>(value.size());
    return {size == 0 ? 0 : size - 1, size};
  }
  std::uint32_t end = offset + 1;
  while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0u) == 0x80u) ++end;
  return {offset, end};
}

/// `IMAGE_NAME`: something to be filled in, which in small letters is no image either.
bool is_to_be_filled_in(std::string_view component) {
  const bool has_small = std::ranges::any_of(component, [](char c) { return c >= 'a' && c <= 'z'; });
  return !has_small && component.find_first_of("_-") != component.npos;
}

void suggest_lower_case(const Subject& subject, TextRange range, Finding& finding) {
  if (is_to_be_filled_in(subject.text(range))) return;
  std::string lower(subject.text(range));
  for (char& c : lower)
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  std::string whole(subject.use->value.text());
  whole.replace(range.begin, range.size(), lower);
  if (!std::holds_alternative<Reference>(parse_reference(whole))) return;
  offer_fix(finding, "write '" + lower + "'", Safety::suggestion, edit_of(subject, range, lower));
}

/// Only a template engine knows what `{{ tag }}` is. In a file that one reads it is nothing wrong.
void report_expressions(const Subject& subject, Report& report) {
  if (subject.document->is_template) return;
  for (const Variable& variable : subject.use->value.variables)
    if (variable.is_engine && variable.written.source)
      report.at(*subject.document, *subject.use, variable.written,
                quoted(variable.name) +
                    " is of a template engine, and the file is not named as a template: no "
                    "builder takes it; --templates reads it as one");
}

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  report_expressions(subject, report);
  const std::string_view value = use.value.text();
  if (use.error_kind == UseError::no_such_stage) return;                         // unknown-stage
  if (use.role->function == Function::selector || use.follows_selector) return;  // may be a pattern
  if (use.kind == Kind::invalid && !use.error().empty()) {
    report.at_image({subject.document->source, use.span}, std::string(use.error()));
    return;
  }
  const ReferenceError* error = grammar_fault(subject);
  if (!error || faulty_digest(*error, value)) return;
  if (error->kind == ReferenceErrorKind::uppercase) {
    const TextRange component = component_at(value, error->offset);
    suggest_lower_case(subject, component, report.at(subject, component, message(*error, value)));
    return;
  }
  report.at(subject, character_at(value, error->offset), message(*error, value));
}

}  // namespace

extern const Rule invalid_reference;
constinit const Rule invalid_reference = {
    .info =
        {
            .name = "invalid-reference",
            .summary = "A reference that breaks the grammar, so nothing can be pulled.",
            .why = "Docker, BuildKit and compose refuse such a name. The message says which character cannot "
                   "stand where it stands.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .fixability = Fixability::suggestion,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
