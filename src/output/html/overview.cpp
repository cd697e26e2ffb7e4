#include "output/html/overview.hpp"

#include <utility>

#include "output/places.hpp"

namespace imglint::html {
namespace {

constexpr std::size_t most_bars = 10;
/// Files that are counted by name before those are dropped that will not be shown.
constexpr std::size_t most_files = 1000;

std::vector<Bar> bars_of(const std::map<std::string, std::uint64_t>& files) {
  std::vector<Bar> bars;
  for (const auto& [path, count] : files) bars.push_back({.name = path, .count = count, .value = path});
  return bars;
}

}  // namespace

void Overview::add(std::size_t place, const FileFindings& file) {
  for (const Finding& finding : file.findings) {
    Rule& rule = rules_[finding.rule];
    ++rule.count;
    if (place < rule.place) continue;
    rule.place = place;
    rule.severity = finding.severity;
  }
  if (!file.findings.empty()) add_file(report_path(file.file->path()), file.findings.size());
}

void Overview::add(Overview more) {
  images_.add(std::move(more.images_));
  for (const auto& [name, added] : more.rules_) {
    Rule& rule = rules_[name];
    rule.count += added.count;
    if (added.place < rule.place) continue;
    rule.place = added.place;
    rule.severity = added.severity;
  }
  for (const auto& [path, count] : more.files_) add_file(path, count);
  rare_files_.bars += more.rare_files_.bars;
  rare_files_.count += more.rare_files_.count;
}

void Overview::add_file(const std::string& path, std::uint64_t count) {
  files_[path] += count;
  if (files_.size() > most_files) drop_rare_files();
}

void Overview::drop_rare_files() {
  std::vector<Bar> bars = ranked(bars_of(files_), files_.size());
  for (std::size_t index = most_bars; index < bars.size(); ++index) {
    ++rare_files_.bars;
    rare_files_.count += bars[index].count;
    files_.erase(bars[index].value);
  }
}

std::vector<Bar> Overview::rules() const {
  std::vector<Bar> bars;
  for (const auto& [name, rule] : rules_)
    bars.push_back({std::string(name), rule.count, to_string(rule.severity), std::string(name)});
  return ranked(std::move(bars), most_bars);
}

std::vector<Bar> Overview::files() const { return ranked(bars_of(files_), most_bars, rare_files_); }

}  // namespace imglint::html
