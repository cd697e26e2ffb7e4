#include "tests/support/whole_report.hpp"

#include "output/html/overview.hpp"
#include "output/places.hpp"
#include "output/reports/ordered_pieces.hpp"

namespace imglint::test {

std::string whole_report(const ReportFormat& format, CheckReport report, const ReportStyle& style) {
  html::Overview overview;
  for (const FileFindings& file : by_file(report)) overview.add(0, file);
  if (!report.overview) report.overview = &overview;
  std::string out;
  OrderedPieces pieces(format.between, [&](std::string_view block) { out += block; });
  const auto made = [](auto write) {
    std::string text;
    write(text);
    return text;
  };
  if (format.begin) pieces.append(made([&](std::string& text) { format.begin(report, text); }));
  if (format.listed) {
    OrderedPieces list(format.between, [&](std::string_view block) { pieces.append(block); });
    for (const Source* file : report.files)
      list.write(made([&](std::string& text) { format.listed(*file, text); }));
    list.finish();
    pieces.append(made([&](std::string& text) { format.end_list(report, text); }));
  }
  if (format.file)
    for (const FileFindings& file : by_file(report))
      pieces.write(made([&](std::string& text) { format.file(report, style, file, text); }));
  pieces.append(made([&](std::string& text) { format.end(report, style, text); }));
  pieces.finish();
  return out;
}

}  // namespace imglint::test
