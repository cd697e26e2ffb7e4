// The page of many repositories: findings with a filter by repository, or the images that are in use. Both
// begin with what is known at the end only, so that what they show is kept: the first findings, and a row for
// each image.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "kinds/index.hpp"
#include "model/image_use.hpp"
#include "output/html/chart.hpp"
#include "output/html/images.hpp"
#include "output/html/page.hpp"
#include "output/html/rules.hpp"
#include "output/merged/merged_formats.hpp"
#include "output/merged/merged_item.hpp"
#include "output/places.hpp"
#include "output/reports/xml.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

using html::Bar;

constexpr std::size_t most_findings = 10000;
constexpr std::size_t most_places = 5;
constexpr std::size_t most_text = 2000;  ///< bytes of what a report says, for the page's sake

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string place_text(const std::string& file, std::uint32_t line) {
  return line > 0 ? report_path(file) + ':' + number(line) : report_path(file);
}

std::string failure_text(const MergedFailure& failure) {
  std::string text = printable(failure.repository) + ": ";
  if (!failure.file.empty()) text += place_text(failure.file, failure.line) + ": ";
  return text + failure.message;
}

std::vector<Bar> bars_of(const std::map<std::string, Bar>& by_name) {
  std::vector<Bar> bars;
  for (const auto& [name, bar] : by_name) {
    bars.push_back(bar);
    bars.back().name = name;
    bars.back().value = name;
  }
  return html::ranked(std::move(bars), 10);
}

/// Findings by repository, of which the first are shown.
class FindingRows {
 public:
  void add(const MergedFinding& finding) {
    Bar& rule = rules_[finding.rule];
    rule.shade = to_string(finding.severity);
    ++rule.count;
    if (shown_ == most_findings) return;
    ++shown_;
    std::string& rows = rows_[finding.repository];
    const std::string severity(to_string(finding.severity));
    rows += "<li data-row";
    append_attribute(rows, "data-rule", finding.rule);
    append_attribute(rows, "data-severity", severity);
    rows += "><b class=\"" + severity + "\">" + severity + "</b> " +
            xml_text(std::string_view(finding.message).substr(0, most_text)) + "<br><span class=\"soft\">" +
            xml_text(place_text(finding.file, finding.line)) + " · ";
    html::write_rule_link(finding.rule, rows);
    rows += "</span></li>\n";
  }

  void write(const MergedTool& tool, const MergedSummary& summary, std::string& out) const {
    std::string line = merged_summary_line(summary);
    line.pop_back();  // its newline
    constexpr std::array sections = {html::Section{"findings", "Findings"}, html::Section{"rules", "Rules"}};
    html::begin_page({.title = tool.title, .date = tool.date, .summary = line, .sections = sections}, out);
    write_numbers(summary, out);
    out += "<div class=\"charts\">\n";
    html::write_bars("Findings by rule", "rule", bars_of(rules_), out);
    html::write_bars("Findings by repository", "repository", repositories(summary), out);
    out += "</div>\n";
    html::write_search("Search findings", out);
    write_rows(summary, out);
    std::vector<std::string_view> names;
    for (const auto& [name, bar] : rules_) names.push_back(name);
    html::write_rules(names, tool.rules, out);
    html::end_page(tool.version, out);
  }

 private:
  static void write_numbers(const MergedSummary& summary, std::string& out) {
    const MergedCounts all = summary.all();
    const auto clean = std::ranges::count_if(
        summary.repositories, [](const auto& each) { return each.second.severities.findings() == 0; });
    out += "<div class=\"numbers\">\n";
    html::write_number(html::number_of(summary.repositories.size(), "repository", "repositories"), "", out);
    html::write_number({"of them without findings", static_cast<std::uint64_t>(clean), ""}, "", out);
    html::write_severity(Severity::error, all.severities.errors, out);
    html::write_severity(Severity::warning, all.severities.warnings, out);
    html::write_severity(Severity::info, all.severities.infos, out);
    out += "</div>\n";
  }

  static std::vector<Bar> repositories(const MergedSummary& summary) {
    std::map<std::string, Bar> bars;
    for (const auto& [name, counts] : summary.repositories)
      if (counts.severities.findings() > 0) bars[name].count = counts.severities.findings();
    return bars_of(bars);
  }

  void write_rows(const MergedSummary& summary, std::string& out) const {
    out += "<h2 id=\"findings\">Findings</h2>\n";
    for (const MergedFailure& failure : summary.failures)
      out += "<p><b class=\"error\">not judged</b> " + xml_text(failure_text(failure).substr(0, most_text)) +
             "</p>\n";
    const std::uint64_t all = summary.all().severities.findings();
    if (all == 0) out += "<p>None.</p>\n";
    if (all > shown_)
      out += "<p>The first " + number(shown_) + " of " + number(all) +
             " are shown, all are counted above; --format jsonl has them all.</p>\n";
    for (const auto& [repository, rows] : rows_) {
      out += "<details open";
      append_attribute(out, "data-repository", repository);
      out += "><summary>" + xml_text(repository) + " <span class=\"soft\">(" +
             number(summary.repositories.at(repository).severities.findings()) +
             ")</span></summary>\n<ol>\n" + rows + "</ol></details>\n";
    }
  }

  std::map<std::string, Bar> rules_;
  std::map<std::string, std::string> rows_;  ///< by repository
  std::size_t shown_ = 0;
};

/// References by image.
class ImageRows {
 public:
  void add(const MergedReference& reference) {
    const bool built = reference.kind == "built" || outputs_.contains(reference.role);
    if (!reference.active || (!built && reference.kind != "image" && reference.kind != "unresolved")) return;
    Entry& entry = entries_[key_of(reference, built)];
    ++entry.uses;
    entry.repositories.insert(reference.repository);
    if (entry.places.size() == most_places) return;
    entry.places.push_back(printable(reference.repository) + ": " +
                           place_text(reference.file, reference.line));
  }

  void write(const MergedTool& tool, const MergedSummary& summary, std::string& out) {
    html::InventoryPage page{.title = tool.title,
                             .date = tool.date,
                             .version = tool.version,
                             .repositories = summary.repositories.size(),
                             .failures = {}};
    for (const MergedFailure& failure : summary.failures)
      page.failures.push_back(failure_text(failure).substr(0, most_text));
    std::vector<html::ImageRow> rows;
    for (auto& [key, entry] : entries_) {
      const auto& [registry, image, hold, built] = key;
      const std::uint64_t more = entry.uses - entry.places.size();
      rows.push_back({registry, image, hold, built, entry.uses, std::move(entry.places), more,
                      entry.repositories.size()});
    }
    html::write_inventory_page(page, rows, out);
  }

 private:
  using Key = std::tuple<std::string, std::string, Hold, bool>;
  struct Entry {
    std::uint64_t uses = 0;
    std::vector<std::string> places;  ///< the first
    std::set<std::string> repositories;
  };

  static Key key_of(const MergedReference& reference, bool built) {
    const auto parsed = parse_reference(reference.canonical);
    const Reference* good = std::get_if<Reference>(&parsed);
    if (reference.kind == "unresolved" || good == nullptr)
      return {"", reference.raw.substr(0, most_text), Hold::unknown, built};
    const CanonicalReference name = canonical(*good, reference.canonical);
    const std::string_view tag_source = reference.tag_source;
    const Hold hold = tag_source == to_string(TagSource::app_version) ? Hold::guessed
                      : tag_source == to_string(TagSource::elsewhere) ? Hold::unknown
                                                                      : hold_of(name);
    return {name.registry, name.familiar(), hold, built};
  }

  /// The roles of names of what builds make.
  static std::set<std::string_view> names_of_outputs() {
    std::set<std::string_view> names;
    for (const KindInfo* kind : all_kinds())
      for (const RoleInfo* role : kind->roles)
        if (names_output(*role)) names.insert(role->name);
    return names;
  }

  std::set<std::string_view> outputs_ = names_of_outputs();

  std::map<Key, Entry> entries_;
};

class PageWriter final : public MergedWriter {
 public:
  PageWriter(const MergedTool& tool, MergedSink out) : tool_(tool), out_(std::move(out)) {}

  void add(const MergedFinding& finding) override { findings_.add(finding); }
  void add(const MergedReference& reference) override { images_.add(reference); }
  void end(const MergedSummary& summary) override {
    std::string page;
    if (summary.inventory.value_or(false))
      images_.write(tool_, summary, page);
    else
      findings_.write(tool_, summary, page);
    out_(page);
  }

 private:
  MergedTool tool_;
  MergedSink out_;
  FindingRows findings_;
  ImageRows images_;
};

}  // namespace

std::unique_ptr<MergedWriter> merged_page_writer(const MergedTool& tool, MergedSink out) {
  return std::make_unique<PageWriter>(tool, std::move(out));
}

}  // namespace imglint
