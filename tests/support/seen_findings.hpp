// What a reader of a report sees: the findings and failures that each format shows, read back from its text.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace imglint::test {

/// What identifies a finding in every format.
struct Seen {
  std::string rule;
  std::string file;
  std::uint64_t line = 0;
  friend bool operator==(const Seen&, const Seen&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Seen& seen) {
    return out << seen.file << ':' << seen.line << ' ' << seen.rule;
  }
};

struct SeenReport {
  std::vector<Seen> findings;
  std::vector<std::string> failures;  ///< their files
};

/// Reads a report as its consumers do. A report that is not well-formed fails the test.
[[nodiscard]] SeenReport read_report(std::string_view format, const std::string& text);

}  // namespace imglint::test
