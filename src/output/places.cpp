#include "output/places.hpp"

#include <set>
#include <unordered_map>

#include "base/printable.hpp"

namespace imglint {

std::string report_path(std::string_view path) {
  while (path.starts_with("./")) {
    path.remove_prefix(2);
    while (path.starts_with('/')) path.remove_prefix(1);
  }
  return printable_path(path);
}

Region Regions::of(const Location& place) {
  const Utf16Columns& columns = columns_.try_emplace(place.source, *place.source).first->second;
  return {columns.position(place.span.begin), columns.position(place.span.end)};
}

std::vector<FileFindings> by_file(const CheckReport& report) {
  std::unordered_map<const Source*, std::size_t> index_of;
  for (std::size_t index = 0; index < report.files.size(); ++index)
    index_of.emplace(report.files[index], index);
  std::set<const Source*> with_findings;
  for (const Finding& finding : report.findings) with_findings.insert(finding.place.source);

  std::vector<FileFindings> groups;
  std::size_t next_file = 0;
  const auto add_clean_before = [&](std::size_t end) {
    for (; next_file < end; ++next_file)
      if (!with_findings.contains(report.files[next_file])) groups.push_back({report.files[next_file], {}});
  };
  for (std::size_t begin = 0; begin < report.findings.size();) {
    const Source* file = report.findings[begin].place.source;
    std::size_t end = begin + 1;
    while (end < report.findings.size() && report.findings[end].place.source == file) ++end;
    if (const auto known = index_of.find(file); known != index_of.end()) add_clean_before(known->second);
    groups.push_back({file, report.findings.subspan(begin, end - begin)});
    begin = end;
  }
  add_clean_before(report.files.size());
  return groups;
}

}  // namespace imglint
