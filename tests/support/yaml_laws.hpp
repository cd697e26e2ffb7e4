// The quick YAML reader against yaml-cpp: wherever it gives an answer, it is yaml-cpp's.
#pragma once

#include <string>
#include <string_view>

namespace imglint::test {

struct FastYaml {
  bool taken = false;      ///< the quick reader gave an answer
  std::string difference;  ///< from yaml-cpp's, the first; empty if there is none
};

[[nodiscard]] FastYaml read_both_ways(std::string_view bytes);

/// The same for what is left of a file without the entries with faults; not taken where there is no fault.
[[nodiscard]] FastYaml salvaged_both_ways(std::string_view bytes);

}  // namespace imglint::test
