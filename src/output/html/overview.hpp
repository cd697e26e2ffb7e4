// Overview: what a page shows of all files, collected file by file, so that none of them need be kept for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "output/html/chart.hpp"
#include "output/inventory.hpp"
#include "output/reports/report.hpp"

namespace imglint::html {

class Overview {
 public:
  /// Files and documents come in any order; `place` tells where one stands in the order of outputs.
  void add(std::size_t place, const FileFindings& file);
  void add(std::size_t place, const Document& document) { images_.add(place, document); }
  void add(Overview more);

  [[nodiscard]] const Inventory& images() const { return images_; }
  /// Findings by rule, and by file.
  [[nodiscard]] std::vector<Bar> rules() const;
  [[nodiscard]] std::vector<Bar> files() const;

 private:
  struct Rule {
    std::uint64_t count = 0;
    std::size_t place = 0;  ///< of the last finding
    Severity severity{};    ///< of that one
  };
  void add_file(const std::string& path, std::uint64_t count);
  void drop_rare_files();

  Inventory images_;
  std::map<std::string_view, Rule> rules_;
  std::map<std::string, std::uint64_t> files_;  ///< those of which the most frequent are shown
  FurtherBars rare_files_;
};

}  // namespace imglint::html
