// A report as one text, put together from the pieces that its format writes.
#pragma once

#include <string>

#include "output/reports/report.hpp"

namespace imglint::test {

[[nodiscard]] std::string whole_report(const ReportFormat& format, CheckReport report,
                                       const ReportStyle& style = {});

}  // namespace imglint::test
