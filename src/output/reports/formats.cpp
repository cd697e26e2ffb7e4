// The table of report formats.
#include <algorithm>

#include "output/reports/report.hpp"

namespace imglint {

std::span<const ReportFormat> report_formats() {
  static const ReportFormat formats[] = {
      report::text,   report::compact,    report::json,  report::jsonl,  report::sarif, report::github,
      report::gitlab, report::checkstyle, report::junit, report::rdjson, report::html,
  };
  return formats;
}

const ReportFormat* find_report_format(std::string_view name) {
  const auto formats = report_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [name](const ReportFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace imglint
