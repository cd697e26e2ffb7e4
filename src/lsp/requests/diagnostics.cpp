#include "lsp/requests/diagnostics.hpp"

#include <algorithm>

#include "base/printable.hpp"

namespace imglint::lsp {
namespace {

std::uint8_t severity_number(Severity severity) {
  switch (severity) {
    case Severity::error:
      return 1;
    case Severity::warning:
      return 2;
    case Severity::info:
    case Severity::off:
      return 3;
  }
  return 3;
}

/// What is struck through or faded: names that are given up, and text that could go.
std::vector<DiagnosticTag> tags_of(std::string_view rule) {
  if (rule == "deprecated-image" || rule == "deprecated-registry") return {DiagnosticTag::deprecated};
  if (rule == "redundant-registry" || rule == "unused-suppression" || rule == "tag-with-digest")
    return {DiagnosticTag::unnecessary};
  return {};
}

}  // namespace

bool is_in(const Finding& finding, std::string_view path) {
  return finding.place.source && finding.place.source->path() == path;
}

Diagnostic diagnostic_of(const Finding& finding, const Settings& settings, Places& places) {
  Diagnostic diagnostic{
      .range = places.range(finding.place),
      .severity = severity_number(finding.severity),
      .code = std::string(finding.rule),
      .href = settings.rule_pages.empty() ? "" : settings.rule_pages + std::string(finding.rule),
      .message = finding.message,
      .tags = tags_of(finding.rule)};
  for (const RelatedPlace& related : finding.related)
    if (related.place.source)
      diagnostic.related.push_back(
          {places.uri(related.place.source->path()), places.range(related.place), related.message});
  if (finding.fix) {
    diagnostic.fix = finding.fix->title;
    diagnostic.safety = to_string(finding.fix->safety);
  }
  return diagnostic;
}

std::vector<Diagnostic> diagnostics_of(const std::string& path, const Workspace& workspace, Places& places) {
  std::vector<Diagnostic> diagnostics;
  if (const Error* error = workspace.error(path)) diagnostics.push_back(diagnostic_of(*error));
  for (const Finding* finding : workspace.findings_in(path))
    diagnostics.push_back(diagnostic_of(*finding, workspace.settings(), places));
  return diagnostics;
}

namespace {

std::vector<const Finding*> findings_touching(const View& view, Span wanted) {
  std::vector<const Finding*> found;
  for (const Finding* finding : view.workspace.findings_in(view.open.path)) {
    const Span span = finding->place.span;
    if (span.begin <= wanted.end && wanted.begin <= span.end) found.push_back(finding);
  }
  return found;
}

}  // namespace

std::vector<const Finding*> findings_at(const View& view, const Range& range) {
  const PositionMap& map = view.places.map(view.source());
  std::vector<const Finding*> found = findings_touching(view, map.span(range));
  if (found.empty() && range.start == range.end) found = findings_touching(view, map.line(range.start.line));
  return found;
}

Diagnostic diagnostic_of(const Error& error) {
  const Position at{error.line > 0 ? error.line - 1 : 0, error.column > 0 ? error.column - 1 : 0};
  Diagnostic diagnostic{.range = {at, at}, .severity = 1, .message = error.message};
  if (!error.hint.empty()) diagnostic.message += "; " + error.hint;
  return diagnostic;
}

}  // namespace imglint::lsp
