// Spelling distance, for "did you mean".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace imglint {

/// Damerau's distance restricted to adjacent swaps: the least number of inserts, deletes, replacements and
/// swaps of neighbouring bytes that turn one word into the other. Where it is more than `most`, any number
/// above that. Quadratic: for short words.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b,
                                        std::size_t most = std::string_view::npos);

/// Longer words are not looked for: who mistypes one has copied it.
inline constexpr std::size_t longest_mistyped = 64;
/// As many as a person would look through for what was meant.
inline constexpr std::size_t most_words_compared = 200;

/// The word with the least distance, if that is small beside the word's length. The first of equals, and of
/// the first most_words_compared that are about as long.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      std::span<const std::string> words);

}  // namespace imglint
