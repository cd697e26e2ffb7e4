// `html`: one page with charts, findings and the images in use, for people who do not run the program. It
// loads nothing, and reads well without its script.
#include <algorithm>

#include "output/elsewhere_output.hpp"
#include "output/inventory.hpp"
#include "output/places.hpp"
#include "output/reports/html_page.hpp"
#include "output/reports/report.hpp"
#include "output/reports/tally.hpp"
#include "output/reports/xml.hpp"

namespace imglint {
namespace {

using Count = std::uint64_t;

std::string number(Count value) { return std::to_string(value); }

/// A name and how often it occurred; the class gives the colour.
struct Bar {
  std::string name;
  Count count = 0;
  std::string_view shade = "info";
};

/// Most frequent first; those beyond the limit become one.
std::vector<Bar> ranked(std::vector<Bar> bars, std::size_t limit) {
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.count > b.count; });
  if (bars.size() <= limit) return bars;
  Bar rest{number(bars.size() - limit + 1) + " more", 0, "unknown"};
  for (std::size_t index = limit - 1; index < bars.size(); ++index) rest.count += bars[index].count;
  bars.resize(limit - 1);
  bars.push_back(std::move(rest));
  return bars;
}

void write_chart(std::string_view caption, const std::vector<Bar>& bars, std::string& out) {
  Count most = 1;
  for (const Bar& bar : bars) most = std::max(most, bar.count);
  std::string described;
  for (const Bar& bar : bars)
    described.append(described.empty() ? "" : ", ").append(bar.name).append(" ").append(number(bar.count));
  out.append("<figure><figcaption>").append(caption).append("</figcaption>");
  if (bars.empty()) return void(out += "<p class=\"soft\">nothing</p></figure>\n");
  out += "<svg role=\"img\" viewBox=\"0 0 320 " + number(bars.size() * 34) + '"';
  append_attribute(out, "aria-label", described);
  out += ">\n";
  for (std::size_t index = 0; index < bars.size(); ++index) {
    const Bar& bar = bars[index];
    out += "<text x=\"0\" y=\"" + number(index * 34 + 12) + "\">" + xml_text(bar.name) + "</text>";
    out += "<text x=\"320\" text-anchor=\"end\" y=\"" + number(index * 34 + 12) + "\">" + number(bar.count) +
           "</text>";
    out += "<rect rx=\"2\" y=\"" + number(index * 34 + 17) + "\" height=\"10\" width=\"" +
           number(std::max<Count>(2, bar.count * 320 / most)) + "\" class=\"" + std::string(bar.shade) +
           "\"/>\n";
  }
  out += "</svg></figure>\n";
}

std::vector<Bar> holds(const Inventory& images) {
  std::vector<Bar> bars;
  for (const auto& [hold, count] : images.holds) {
    const std::string_view shades[] = {"good", "middle", "bad", "unknown"};
    const std::string_view meanings[] = {"pinned by digest", "tagged", "floating: latest or no tag",
                                         "unknown: a variable without a value"};
    const auto index = static_cast<std::size_t>(hold);
    bars.push_back({std::string(meanings[index]), count, shades[index]});
  }
  return bars;
}

std::vector<Bar> registries(const Inventory& images) {
  std::vector<Bar> bars;
  for (const auto& [name, count] : images.registries) bars.push_back({name, count});
  return ranked(std::move(bars), 8);
}

std::vector<Bar> rules(const CheckReport& report) {
  std::map<std::string_view, Bar> counted;
  for (const Finding& finding : report.findings) {
    Bar& bar = counted[finding.rule];
    bar.name = finding.rule;
    bar.shade = to_string(finding.severity);
    ++bar.count;
  }
  std::vector<Bar> bars;
  for (auto& [name, bar] : counted) bars.push_back(std::move(bar));
  return ranked(std::move(bars), 10);
}

void write_numbers(const CheckReport& report, std::string& out) {
  const Tally& counts = report.counts.tally;
  const auto one = [&](Count value, std::string_view name, std::string_view shade) {
    out.append("<div><b class=\"").append(shade).append("\">").append(number(value)).append("</b>");
    out.append(name).append("</div>\n");
  };
  out += "<div class=\"numbers\">\n";
  one(report.counts.files, "files", "");
  one(report.counts.references, "references", "");
  one(counts.errors, "errors", counts.errors > 0 ? "error" : "");
  one(counts.warnings, "warnings", counts.warnings > 0 ? "warning" : "");
  one(counts.infos, "remarks", "");
  one(counts.safe_fixes, "fixable with --fix", "");
  out += "</div>\n";
}

/// The source line of a place with the place marked; what goes beyond the line is left out.
std::string marked_line(const Location& place) {
  const std::string_view bytes = place.source->bytes();
  const std::size_t before = bytes.rfind('\n', place.span.begin == 0 ? 0 : place.span.begin - 1);
  const bool first = place.span.begin == 0 || before == bytes.npos;
  const std::size_t begin = first ? place.source->text_begin() : before + 1;
  const std::size_t from = std::max<std::size_t>(begin, place.span.begin);
  std::size_t end = std::min(bytes.find('\n', from), bytes.size());
  if (end > from && bytes[end - 1] == '\r') --end;
  const std::size_t to = std::clamp<std::size_t>(place.span.end, from, end);
  return xml_text(bytes.substr(begin, from - begin)) + "<mark>" + xml_text(bytes.substr(from, to - from)) +
         "</mark>" + xml_text(bytes.substr(to, end - to));
}

void write_finding(const Finding& finding, Regions& regions, std::string& out) {
  const Position at = regions.of(finding.place).begin;
  out += "<li";
  append_attribute(out, "data-row", report_path(finding.place.source->path()));
  out += "><b class=\"" + std::string(to_string(finding.severity)) + "\">" +
         std::string(to_string(finding.severity)) + "</b> " + xml_text(finding.message) +
         "<br><span class=\"soft\">";
  if (!is_whole_file(finding.place))
    out += "line " + number(at.line) + ", column " + number(at.column) + " · ";
  out += std::string(finding.rule) + (finding.fix ? " · can be repaired" : "") + "</span>";
  if (!is_whole_file(finding.place)) out += "<pre>" + marked_line(finding.place) + "</pre>";
  out += "</li>\n";
}

void write_findings(const CheckReport& report, std::string& out) {
  Regions regions;
  out += "<h2 id=\"findings\">Findings</h2>\n";
  for (const Error& failure : report.failures)
    out += "<p><b class=\"error\">not judged</b> <code>" + xml_text(report_path(failure.path)) + "</code> " +
           xml_text(failure.message) + "</p>\n";
  if (report.findings.empty()) out += "<p>None.</p>\n";
  for (const FileFindings& file : by_file(report)) {
    if (file.findings.empty()) continue;
    out += "<details open><summary>" + xml_text(report_path(file.file->path())) + " <span class=\"soft\">(" +
           number(file.findings.size()) + ")</span></summary>\n<ol>\n";
    for (const Finding& finding : file.findings) write_finding(finding, regions, out);
    out += "</ol></details>\n";
  }
}

void write_places(const std::vector<Location>& places, std::string& out) {
  constexpr std::size_t limit = 5;
  for (std::size_t index = 0; index < std::min(places.size(), limit); ++index) {
    const Location& place = places[index];
    if (index > 0) out += "<br>";
    out += xml_text(report_path(place.source->path())) + ':' +
           number(place.source->position(place.span.begin).line);
  }
  if (places.size() > limit) out += "<br>and " + number(places.size() - limit) + " more";
}

void write_inventory(const Inventory& images, std::string& out) {
  out +=
      "<h2 id=\"images\">Images</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Images\">"
      "<table>\n<thead><tr><th scope=\"col\">registry</th><th scope=\"col\">image</th><th "
      "scope=\"col\">version</th>"
      "<th scope=\"col\">uses</th><th scope=\"col\">where</th></tr></thead>\n<tbody>\n";
  for (const InventoryEntry& entry : images.entries) {
    out += "<tr data-row=\"\"><td>" + xml_text(entry.registry) + "</td><td>" + xml_text(entry.image) +
           "</td><td>" + std::string(to_string(entry.hold)) + "</td><td class=\"number\">" +
           number(entry.places.size()) + "</td><td>";
    write_places(entry.places, out);
    out += "</td></tr>\n";
  }
  out += "</tbody></table></div>\n";
}

/// The names of the images in files that are not read: what a move would leave behind.
void write_elsewhere(const Elsewhere& elsewhere, std::string& out) {
  constexpr std::size_t limit = 5;
  std::map<std::string_view, std::vector<const LeftName*>> names;
  for (const LeftName& one : elsewhere.places) names[one.name].push_back(&one);
  out +=
      "<h2 id=\"elsewhere\">Elsewhere</h2>\n<p>Names of these images in comments and in files that are "
      "not read: " +
      xml_text(elsewhere_kinds(elsewhere)) +
      ".</p>\n<table>\n<thead><tr><th scope=\"col\">name</th><th scope=\"col\">uses</th><th "
      "scope=\"col\">where</th></tr></thead>\n<tbody>\n";
  for (const auto& [name, places] : names) {
    out += "<tr data-row=\"\"><td>" + xml_text(name) + "</td><td class=\"number\">" + number(places.size()) +
           "</td><td>";
    for (std::size_t index = 0; index < std::min(places.size(), limit); ++index)
      out += (index > 0 ? "<br>" : "") + xml_text(report_path(places[index]->file)) + ':' +
             number(places[index]->line);
    if (places.size() > limit) out += "<br>and " + number(places.size() - limit) + " more";
    out += "</td></tr>\n";
  }
  out += "</tbody></table>\n";
}

void end(const CheckReport& report, const ReportStyle&, std::string& out) {
  const Inventory images = inventory(report.documents);
  const bool names_stay = report.elsewhere && report.elsewhere->files > 0;
  out +=
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'\">\n<title>imglint report</title>\n<style>";
  out.append(html::style)
      .append("</style>\n</head>\n<body>\n<header><h1>Container images</h1>\n<p class=\"soft\">");
  std::string summary = summary_line(report);
  summary.pop_back();  // its newline
  out += xml_text(summary) + "</p>\n<nav><a href=\"#findings\">Findings</a><a href=\"#images\">Images</a>" +
         (names_stay ? "<a href=\"#elsewhere\">Elsewhere</a>" : "") + "</nav></header>\n<main>\n";
  write_numbers(report, out);
  out += "<div class=\"charts\">\n";
  write_chart("How versions are held", holds(images), out);
  write_chart("References by registry", registries(images), out);
  write_chart("Findings by rule", rules(report), out);
  out +=
      "</div>\n<label for=\"search\">Search findings and images</label>\n"
      "<input id=\"search\" type=\"search\" autocomplete=\"off\">\n<p id=\"told\" class=\"soft\" "
      "role=\"status\"></p>\n";
  write_findings(report, out);
  write_inventory(images, out);
  if (names_stay) write_elsewhere(*report.elsewhere, out);
  out +=
      "</main>\n<footer><p class=\"soft\">imglint " + std::string(report.version) + "</p></footer>\n<script>";
  out.append(html::script).append("</script>\n</body>\n</html>\n");
}

}  // namespace

const ReportFormat report::html{.name = "html",
                                .summary = "one page with charts, findings and the images in use",
                                .begin = nullptr,
                                .file = nullptr,
                                .end = end,
                                .begins_with_all = true,
                                .shows_documents = true};

}  // namespace imglint
