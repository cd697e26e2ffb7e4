// Places as report formats write them: paths, lines, columns in UTF-16 units, findings by file.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/reports/report.hpp"
#include "source/utf16_columns.hpp"

namespace imglint {

/// An empty span at the start stands for the whole file.
[[nodiscard]] inline bool is_whole_file(const Location& place) { return place.span == Span{}; }

/// Relative paths without `./` in front, which report consumers compare with the paths of the repository;
/// invalid bytes and control characters are escaped.
[[nodiscard]] std::string report_path(std::string_view path);

/// Lines and UTF-16 columns of both ends, counted from 1, the end exclusive.
struct Region {
  Position begin;
  Position end;
};

/// Answers in UTF-16 units; keeps the table of each file that was asked about.
class Regions {
 public:
  [[nodiscard]] Region of(const Location& place);

 private:
  std::map<const Source*, Utf16Columns> columns_;
};

/// All files of the report and their findings, in the order of the findings; clean files stand where the
/// order of files puts them. A file comes twice only if its findings do not follow each other.
[[nodiscard]] std::vector<FileFindings> by_file(const CheckReport& report);

}  // namespace imglint
