#include "base/edit_distance.hpp"

#include <algorithm>
#include <vector>

namespace imglint {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows are enough: a swap looks two rows back.
  std::vector<std::size_t> older(b.size() + 1);
  std::vector<std::size_t> old(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    older.swap(old);
    old.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], older[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> words) {
  const std::string* best = nullptr;
  std::size_t least = word.size() / 3 + 2;
  for (const std::string& candidate : words) {
    // No need to compare them: the text of a file may be long.
    if (word.size() >= candidate.size() + least || candidate.size() >= word.size() + least) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance >= least || distance >= candidate.size()) continue;
    least = distance;
    best = &candidate;
  }
  return best ? std::optional(*best) : std::nullopt;
}

}  // namespace imglint
