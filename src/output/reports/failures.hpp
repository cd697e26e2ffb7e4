// What could not be judged, in reports that have one array for it and the findings.
#pragma once

#include <cstddef>
#include <string>

#include "output/json_pieces.hpp"
#include "output/reports/report.hpp"

namespace imglint {

/// Appends an item for each failure of the run behind the findings. Gives whether the array holds anything.
template <class MakeItem>
bool append_failures(const CheckReport& report, const MakeItem& make_item, std::size_t indent,
                     std::string& out) {
  bool any = report.counts.tally.findings() > 0;
  for (const Error& failure : report.failures) {
    if (any) out += ',';
    append_item(make_item(failure), indent, out);
    any = true;
  }
  return any;
}

}  // namespace imglint
