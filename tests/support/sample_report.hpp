// A report with everything that formats find hard: tabs, wide characters, CRLF, a byte order mark, control
// characters, long lines, places over several lines, related places, fixes of each kind.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "output/reports/report.hpp"

namespace imglint::test {

class SampleReport {
 public:
  SampleReport();
  SampleReport(const SampleReport&) = delete;
  SampleReport& operator=(const SampleReport&) = delete;

  /// Borrows from this object.
  [[nodiscard]] CheckReport report() const;
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  [[nodiscard]] std::vector<Finding>& findings() { return findings_; }

 private:
  const Source& add_file(std::string path, std::string bytes);
  /// The n-th occurrence (from 0) of a text in a file.
  static Location find(const Source& source, std::string_view text, int occurrence = 0);
  void add_dockerfile();
  void add_compose();
  void add_odd_files();

  std::deque<Source> sources_;
  std::vector<const Source*> files_;
  std::vector<Finding> findings_;
  std::vector<Error> failures_;
  std::vector<const RuleInfo*> rules_;
};

}  // namespace imglint::test
