// `html`: one page with charts, findings and the images in use, for people who do not run the program. It
// loads nothing, and reads well without its script.
#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "base/counted.hpp"
#include "output/html/chart.hpp"
#include "output/html/elsewhere.hpp"
#include "output/html/images.hpp"
#include "output/html/overview.hpp"
#include "output/html/page.hpp"
#include "output/html/rules.hpp"
#include "output/html/source_line.hpp"
#include "output/places.hpp"
#include "output/reports/report.hpp"
#include "output/reports/tally.hpp"
#include "output/reports/xml.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

using Count = std::uint64_t;

std::string number(Count value) { return std::to_string(value); }

void write_numbers(const CheckReport& report, std::string& out) {
  const Tally& counts = report.counts.tally;
  out += "<div class=\"numbers\">\n";
  html::write_number(html::number_of(report.counts.files, "file"), "", out);
  // Of stages and of what builds make too; the charts are about what is pulled.
  const Count references = report.counts.references;
  html::write_number({word_for(references, "reference") + " of all kinds", references, ""}, "", out);
  html::write_severity(Severity::error, counts.errors, out);
  html::write_severity(Severity::warning, counts.warnings, out);
  html::write_severity(Severity::info, counts.infos, out);
  html::write_number({"fixable with --fix", counts.safe_fixes, ""}, "", out);
  out += "</div>\n";
}

std::string place_text(const Location& place, Regions& regions) {
  std::string text = report_path(place.source->path());
  if (!is_whole_file(place)) text += ':' + number(regions.of(place).begin.line);
  return text;
}

/// What else explains the finding: who uses a faulty default, the first of two stages.
void write_related(const Finding& finding, Regions& regions, std::string& out) {
  constexpr std::size_t limit = 5;
  for (std::size_t index = 0; index < std::min(finding.related.size(), limit); ++index) {
    const RelatedPlace& related = finding.related[index];
    out += "<br><span class=\"soft\">" + xml_text(place_text(related.place, regions)) + ' ' +
           xml_text(related.message) + "</span>";
  }
  if (finding.related.size() > limit)
    out +=
        "<br><span class=\"soft\">and " + counted(finding.related.size() - limit, "more place") + "</span>";
}

/// The image that a finding is about, as the table of images has it: its short name, or what is written where
/// that is unknown. Empty if it is about none.
std::string table_image(const Finding& finding) {
  constexpr std::size_t limit = 600;  // bytes, for the page's sake
  if (!finding.is_about_image || finding.subject.size() > limit) return {};
  const ReferenceParse parsed = parse_reference(finding.subject);
  const Reference* reference = std::get_if<Reference>(&parsed);
  return reference == nullptr ? finding.subject : canonical(*reference, finding.subject).familiar();
}

void write_finding(const Finding& finding, Regions& regions, std::string& out) {
  const Position at = regions.of(finding.place).begin;
  const std::string severity(to_string(finding.severity));
  out += "<li data-row";
  append_attribute(out, "data-rule", finding.rule);
  append_attribute(out, "data-severity", severity);
  if (const std::string image = table_image(finding); !image.empty())
    append_attribute(out, "data-image", image);
  out += "><b class=\"" + severity + "\">" + severity + "</b> " + xml_text(finding.message) +
         "<br><span class=\"soft\">";
  if (!is_whole_file(finding.place))
    out += "line " + number(at.line) + ", column " + number(at.column) + " · ";
  html::write_rule_link(finding.rule, out);
  out += std::string(finding.fix ? " · can be repaired" : "") + "</span>";
  write_related(finding, regions, out);
  if (!is_whole_file(finding.place)) html::write_source_line(finding.place, out);
  out += "</li>\n";
}

bool has_elsewhere(const CheckReport& report) { return report.elsewhere && report.elsewhere->files > 0; }

void begin(const CheckReport& report, std::string& out) {
  const bool has_findings = report.counts.tally.findings() > 0;
  std::string summary = summary_line(report);
  summary.pop_back();  // its newline
  std::vector<html::Section> sections = {{"findings", "Findings"}, {"images", "Images"}};
  if (has_elsewhere(report)) sections.push_back({"elsewhere", "Elsewhere"});
  if (has_findings) sections.push_back({"rules", "Rules"});
  html::begin_page({.title = report.title, .date = report.date, .summary = summary, .sections = sections},
                   out);
  write_numbers(report, out);
  out += "<div class=\"charts\">\n";
  const std::vector<html::ImageRow> images = html::image_rows(report.overview->images().entries());
  html::write_holds(images, out);
  html::write_registries(images, out);
  html::write_bars("Findings by rule", "rule", report.overview->rules(), out);
  html::write_bars("Findings by file", "file", report.overview->files(), out);
  out += "</div>\n";
  html::write_search("Search findings and images", out);
  out += "<h2 id=\"findings\">Findings</h2>\n";
  for (const Error& failure : report.failures)
    out += "<p><b class=\"error\">not judged</b> <code>" + xml_text(report_path(failure.path)) + "</code> " +
           xml_text(failure.message) + "</p>\n";
  if (!has_findings) out += "<p>None.</p>\n";
}

void file(const CheckReport&, const ReportStyle&, const FileFindings& file, std::string& out) {
  if (file.findings.empty()) return;
  Regions regions;
  const std::string path = report_path(file.file->path());
  out += "<details open";
  append_attribute(out, "data-file", path);
  out += "><summary>" + xml_text(path) + " <span class=\"soft\">(" + number(file.findings.size()) +
         ")</span></summary>\n<ol>\n";
  for (const Finding& finding : file.findings) write_finding(finding, regions, out);
  out += "</ol></details>\n";
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  out += "<h2 id=\"images\">Images</h2>\n";
  html::write_image_table(html::image_rows(report.overview->images().entries()), out);
  if (has_elsewhere(report)) html::write_elsewhere(*report.elsewhere, out);
  std::vector<std::string_view> rules;
  for (const auto& [rule, row] : report.counts.tally.rules) rules.push_back(rule);
  if (!rules.empty()) html::write_rules(rules, report.rules, out);
  html::end_page(report.version, out);
}

}  // namespace

const ReportFormat report::html{.name = "html",
                                .summary = "one page with charts, findings and the images in use",
                                .begin = begin,
                                .file = file,
                                .end = end,
                                .begins_with_all = true,
                                .has_overview = true};

}  // namespace imglint
