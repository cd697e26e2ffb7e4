#include "output/html/images.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/counted.hpp"
#include "output/html/chart.hpp"
#include "output/html/elsewhere.hpp"
#include "output/html/page.hpp"
#include "output/reports/xml.hpp"

namespace imglint::html {
namespace {

struct HoldWords {
  Hold hold;
  std::string_view words;
  std::string_view shade;
};
constexpr HoldWords hold_words[] = {
    {Hold::pinned, "pinned by digest", "good"},
    {Hold::tagged, "tagged with a version", "middle"},
    {Hold::floating, "floating: a channel, latest or no tag", "bad"},
    {Hold::guessed, "guessed: the appVersion of a chart", "unknown"},
    {Hold::unknown, "unknown: a variable without a value, or another place has the tag", "unknown"},
};

/// Uses of the images that are built, or of those that are pulled.
std::uint64_t sum(const std::vector<ImageRow>& rows, bool built) {
  std::uint64_t uses = 0;
  for (const ImageRow& row : rows)
    if (row.built == built) uses += row.uses;
  return uses;
}

void write_row(const ImageRow& row, bool many, std::string& out) {
  const std::string hold(to_string(row.hold));
  const std::string origin = row.built ? "built" : "pulled";
  out += "<tr data-row";
  append_attribute(out, "data-registry", row.built ? "" : row.registry);
  append_attribute(out, "data-hold", row.built ? "" : hold);
  append_attribute(out, "data-origin", origin);
  out += "><td>" + xml_text(row.registry) + "</td><td>" + xml_text(row.image) + "</td><td>" +
         (row.built ? "" : hold) + "</td><td>" + origin + "</td><td class=\"number\">" +
         std::to_string(row.uses) + "</td>";
  if (many) out += "<td class=\"number repositories\">" + std::to_string(row.repositories) + "</td>";
  out += "<td>";
  for (const std::string& place : row.places) {
    if (&place != &row.places.front()) out += "<br>";
    out += xml_text(place);
  }
  if (row.more_places > 0) out += "<br>and " + std::to_string(row.more_places) + " more";
  out += "</td></tr>\n";
}

void write_numbers(const InventoryPage& page, const std::vector<ImageRow>& rows, std::string& out) {
  std::map<std::string_view, int> registries;
  for (const ImageRow& row : rows)
    if (!row.built && !row.registry.empty()) registries[row.registry] = 1;
  out += "<div class=\"numbers\">\n";
  if (page.repositories > 0)
    write_number(number_of(page.repositories, "repository", "repositories"), "", out);
  if (page.files > 0) write_number(number_of(page.files, "file"), "", out);
  write_number(number_of(registries.size(), "registry", "registries"), "", out);
  write_number(number_of(rows.size(), "image"), "", out);
  const std::uint64_t pulled = sum(rows, false);
  const std::uint64_t built = sum(rows, true);
  write_number({word_for(pulled, "reference") + " pulled", pulled, "", "pulled"}, "origin", out);
  write_number({word_for(built, "reference") + " built here", built, "", "built"}, "origin", out);
  out += "</div>\n";
}

}  // namespace

std::vector<ImageRow> image_rows(std::vector<InventoryEntry> images) {
  std::vector<ImageRow> rows;
  for (InventoryEntry& entry : images) {
    const std::uint64_t more_places = entry.uses - entry.places.size();
    rows.push_back({.registry = std::move(entry.registry),
                    .image = std::move(entry.image),
                    .hold = entry.hold,
                    .built = entry.built,
                    .uses = entry.uses,
                    .places = std::move(entry.places),
                    .more_places = more_places});
  }
  return rows;
}

void write_holds(const std::vector<ImageRow>& rows, std::string& out) {
  std::vector<Bar> bars;
  for (const HoldWords& each : hold_words) {
    std::uint64_t uses = 0;
    for (const ImageRow& row : rows)
      if (!row.built && row.hold == each.hold) uses += row.uses;
    if (uses > 0)
      bars.push_back({std::string(each.words), uses, each.shade, std::string(to_string(each.hold))});
  }
  write_ring("How versions of what is pulled are held", "hold", bars, out);
}

void write_registries(const std::vector<ImageRow>& rows, std::string& out) {
  std::map<std::string_view, std::uint64_t> registries;
  for (const ImageRow& row : rows)
    if (!row.built && !row.registry.empty()) registries[row.registry] += row.uses;
  std::vector<Bar> bars;
  for (const auto& [name, uses] : registries)
    bars.push_back({std::string(name), uses, "info", std::string(name)});
  write_bars("References by registry", "registry", ranked(std::move(bars), 8), out);
}

void write_image_table(const std::vector<ImageRow>& rows, std::string& out) {
  const bool many = std::ranges::any_of(rows, [](const ImageRow& row) { return row.repositories > 0; });
  std::vector<std::string_view> heads = {"registry", "image", "version", "origin", "uses", "where"};
  if (many) heads.insert(heads.end() - 1, "repositories");
  begin_table("Images", heads, out);
  for (const ImageRow& row : rows) write_row(row, many, out);
  end_table(out);
}

void write_inventory_page(const InventoryPage& page, const std::vector<ImageRow>& rows, std::string& out) {
  std::vector<Section> sections = {{"images", "Images"}};
  if (page.elsewhere) sections.push_back({"elsewhere", "Elsewhere"});
  const std::uint64_t pulled = sum(rows, false);
  const std::string summary = counted(pulled, "reference") + " to images that are pulled, " +
                              std::to_string(sum(rows, true)) + " to images that are built here";
  begin_page({.title = page.title, .date = page.date, .summary = summary, .sections = sections}, out);
  write_numbers(page, rows, out);
  out += "<div class=\"charts\">\n";
  write_holds(rows, out);
  write_registries(rows, out);
  out += "</div>\n";
  for (const std::string& failure : page.failures)
    out += "<p><b class=\"error\">not read</b> " + xml_text(failure) + "</p>\n";
  write_search("Search images", out);
  out += "<h2 id=\"images\">Images</h2>\n";
  write_image_table(rows, out);
  if (page.elsewhere) write_elsewhere(*page.elsewhere, out);
  end_page(page.version, out);
}

}  // namespace imglint::html
