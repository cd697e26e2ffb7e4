#include "base/edit_distance.hpp"

#include <algorithm>
#include <vector>

namespace imglint {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  most = std::min(most, std::max(a.size(), b.size()));  // no distance is larger
  const std::size_t beyond = most + 1;
  // Three rows are enough: a swap looks two rows back. Of a row only what may be within `most` is counted.
  std::vector<std::size_t> older(b.size() + 1, beyond);
  std::vector<std::size_t> old(b.size() + 1, beyond);
  std::vector<std::size_t> row(b.size() + 1, beyond);
  for (std::size_t j = 0; j <= std::min(b.size(), most); ++j) row[j] = j;
  std::size_t least = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t least_before = least;
    older.swap(old);
    old.swap(row);
    std::fill(row.begin(), row.end(), beyond);
    row[0] = least = std::min(i, beyond);
    for (std::size_t j = i > most ? i - most : 1; j <= std::min(b.size(), i + most); ++j) {
      row[j] = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), beyond});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], older[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least >= beyond && least_before >= most) return beyond;
  }
  return row[b.size()];
}

std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> words) {
  if (word.size() > longest_mistyped) return std::nullopt;
  const std::string* best = nullptr;
  std::size_t compared = 0;
  std::size_t least = word.size() / 3 + 2;
  for (const std::string& candidate : words) {
    // No need to compare them: the text of a file may be long.
    if (word.size() >= candidate.size() + least || candidate.size() >= word.size() + least) continue;
    if (++compared > most_words_compared) break;
    const std::size_t distance = edit_distance(word, candidate, least - 1);
    if (distance >= least || distance >= candidate.size()) continue;
    least = distance;
    best = &candidate;
  }
  return best ? std::optional(*best) : std::nullopt;
}

}  // namespace imglint
