// Spelling distance, for "did you mean".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace imglint {

/// Damerau's distance restricted to adjacent swaps: the least number of inserts, deletes, replacements and
/// swaps of neighbouring bytes that turn one word into the other. Quadratic: for short words.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The word with the least distance, if that is small beside the word's length. The first of equals.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      std::span<const std::string> words);

}  // namespace imglint
