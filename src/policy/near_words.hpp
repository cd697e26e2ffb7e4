// NearWords: which words of a list are one letter away from another, without comparing it with each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imglint {

/// "One letter away" is an edit_distance() of 1: a letter more, less or another, or two exchanged.
class NearWords {
 public:
  void add(std::string word);
  /// After the last word, before the first question.
  void finish();

  [[nodiscard]] bool has(std::string_view word) const;
  /// Sorted, each once.
  [[nodiscard]] std::vector<std::string> near(std::string_view word) const;

 private:
  std::vector<std::string> words_;  ///< sorted
  /// Hashes of each word and of what is left of it without one letter: two words that are near share one.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes_;
};

}  // namespace imglint
