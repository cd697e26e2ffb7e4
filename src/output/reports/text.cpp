// The formats for people: `text` with the source line and its underline, `compact` with one line a finding.
#include "base/counted.hpp"
#include "base/printable.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"
#include "output/terminal.hpp"

namespace imglint {
namespace {

Color color_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Color::red;
    case Severity::warning:
      return Color::yellow;
    case Severity::info:
    case Severity::off:
      return Color::cyan;
  }
  return Color::none;
}

void append_place(std::string& out, bool color, const Location& place) {
  const Position position = place.source->position(place.span.begin);
  std::string text = printable_path(place.source->path());
  text += ':';
  text += std::to_string(position.line);
  text += ':';
  text += std::to_string(position.column);
  text += ':';
  append_colored(out, color, Color::bold, text);
  out += ' ';
}

void append_first_line(std::string& out, bool color, const Finding& finding) {
  append_place(out, color, finding.place);
  append_colored(out, color, color_of(finding.severity), std::string(to_string(finding.severity)) + ":");
  out += ' ';
  out += printable(finding.message);
  out += " [";
  out += finding.rule;
  out += "]\n";
}

void append_failures(std::string& out, const CheckReport& report, const ReportStyle& style) {
  if (!style.failures) return;
  for (const Error& failure : report.failures) {
    std::string place = failure.path.empty() ? "imglint" : printable_path(failure.path);
    if (failure.line != 0) place += ':' + std::to_string(failure.line);
    if (failure.column != 0) place += ':' + std::to_string(failure.column);
    append_colored(out, style.color, Color::bold, place + ':');
    out += ' ';
    append_colored(out, style.color, Color::red, "error:");
    out += ' ' + printable(failure.message) + '\n';
  }
}

constexpr std::size_t most_related = 5;

void append_related(std::string& out, bool color, const Finding& finding) {
  std::size_t shown = 0;
  for (const RelatedPlace& related : finding.related) {
    if (++shown > most_related) break;
    append_place(out, color, related.place);
    append_colored(out, color, Color::cyan, "note:");
    out += ' ';
    out += printable(related.message);
    out += '\n';
    if (!is_whole_file(related.place))
      append_snippet(out, related.place, {.color = color, .mark_color = Color::cyan, .mark = '-'});
  }
  if (finding.related.size() > most_related)
    out += "  and " + counted(finding.related.size() - most_related, "more place") + '\n';
}

std::string_view how_to_apply(Safety safety) {
  switch (safety) {
    case Safety::safe:
      return " (--fix)";
    case Safety::unsafe:
      return " (--unsafe-fixes)";
    case Safety::suggestion:
      return " (not done by --fix)";
  }
  return {};
}

void append_help(std::string& out, bool color, const Finding& finding) {
  if (!finding.fix) return;
  out += "  ";
  append_colored(out, color, Color::green, "help:");
  out += ' ';
  out += printable(finding.fix->title);
  out += how_to_apply(finding.fix->safety);
  out += '\n';
}

void text_file(const CheckReport&, const ReportStyle& style, const FileFindings& file, std::string& out) {
  for (const Finding& finding : file.findings) {
    if (&finding != &file.findings.front()) out += '\n';
    append_first_line(out, style.color, finding);
    if (!is_whole_file(finding.place))
      append_snippet(out, finding.place, {.color = style.color, .mark_color = color_of(finding.severity)});
    append_related(out, style.color, finding);
    append_help(out, style.color, finding);
  }
}

void text_end(const CheckReport& report, const ReportStyle& style, std::string& out) {
  if (report.counts.tally.findings() > 0 && style.failures && !report.failures.empty()) out += '\n';
  append_failures(out, report, style);
}

void compact_file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  for (const Finding& finding : file.findings) append_first_line(out, false, finding);
}

void compact_end(const CheckReport& report, const ReportStyle& style, std::string& out) {
  append_failures(out, report, {.color = false, .failures = style.failures});
}

}  // namespace

const ReportFormat report::text{.name = "text",
                                .summary = "the source line with the place underlined, related places, help",
                                .begin = nullptr,
                                .file = text_file,
                                .end = text_end,
                                .between = "\n"};
const ReportFormat report::compact{
    .name = "compact",
    .summary = "one line a finding: path:line:column: severity: message [rule]",
    .begin = nullptr,
    .file = compact_file,
    .end = compact_end};

}  // namespace imglint
