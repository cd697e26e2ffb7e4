// Findings whose cause stands in a file that a walk leaves out: such a file is read for its values alone, so
// they are put to who uses the value.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>

#include "model/finding.hpp"
#include "project/given.hpp"

namespace imglint {

class LeftOutCauses {
 public:
  /// `left_out` may be empty: then nothing is left out.
  explicit LeftOutCauses(LeftOutBy left_out) : left_out_(std::move(left_out)) {}

  /// Asks for a file only if something is found in it on account of a use in another. Such a finding has no
  /// fix any more.
  void put_to_uses(std::span<Finding> findings);

 private:
  [[nodiscard]] const std::string& why(const Source& source);

  LeftOutBy left_out_;
  std::map<const Source*, std::string> known_;
};

}  // namespace imglint
