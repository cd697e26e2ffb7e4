#include "tests/support/whole_report.hpp"

#include "output/places.hpp"
#include "output/reports/ordered_pieces.hpp"

namespace imglint::test {

std::string whole_report(const ReportFormat& format, const CheckReport& report, const ReportStyle& style) {
  std::string out;
  OrderedPieces pieces(format.between, [&](std::string_view block) { out += block; });
  const auto made = [](auto write) {
    std::string text;
    write(text);
    return text;
  };
  if (format.begin) pieces.append(made([&](std::string& text) { format.begin(report, text); }));
  if (format.file)
    for (const FileFindings& file : by_file(report))
      pieces.write(made([&](std::string& text) { format.file(report, style, file, text); }));
  pieces.append(made([&](std::string& text) { format.end(report, style, text); }));
  pieces.finish();
  return out;
}

}  // namespace imglint::test
