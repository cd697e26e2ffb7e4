// SeenOnce: which fingerprints have been seen, in eight bytes each.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace imglint {

class SeenOnce {
 public:
  /// False if it was given before.
  [[nodiscard]] bool is_new(std::string_view fingerprint);
  /// What is compact costs time to add to: once for a report.
  void compact();

 private:
  std::vector<std::uint64_t> sorted_;
  std::unordered_set<std::uint64_t> recent_;
};

}  // namespace imglint
