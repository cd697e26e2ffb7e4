// Patterns of `${NAME#pattern}` and its like: `*` any text, `?` one character, no brackets
// (docs/spec/dockerfile.md 2.8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace imglint {

class ShellPattern {
 public:
  /// Nothing if a backslash stands before anything but `* ? \ } /`.
  [[nodiscard]] static std::optional<ShellPattern> parse(std::string_view pattern);
  /// The pattern turned round, for suffix() alone. As BuildKit does it, before it looks at backslashes: a
  /// lone one at the end comes to stand before the character that was last.
  [[nodiscard]] static std::optional<ShellPattern> parse_backwards(std::string_view pattern);

  enum class Length : std::uint8_t { shortest, longest };

  // All answers are ranges of bytes of the value. `work` is what may still be done, counted in comparisons;
  // at zero a search gives up and finds nothing more.

  /// The part at the front of the value that matches.
  [[nodiscard]] std::optional<TextRange> prefix(std::string_view value, Length length,
                                                std::size_t& work) const;
  /// The part at the end of the value that matches a pattern of parse_backwards().
  [[nodiscard]] std::optional<TextRange> suffix(std::string_view value, Length length,
                                                std::size_t& work) const;
  /// The leftmost match, as long as can be, or all of them, in order.
  [[nodiscard]] std::vector<TextRange> find(std::string_view value, bool all, std::size_t& work) const;

 private:
  /// What one character of the pattern asks for: a code point, or one of these.
  static constexpr char32_t any_character = 0xFFFF'FFFE;
  static constexpr char32_t any_text = 0xFFFF'FFFF;
  struct Matcher;
  static std::optional<ShellPattern> parse_points(const std::vector<char32_t>& points);

  std::vector<char32_t> tokens_;
};

/// A part of the text that `${NAME//pattern/text}` puts in: as written, or all that the pattern matched.
struct ReplacementPart {
  TextRange text;
  bool whole_match = false;
};
/// BuildKit hands that text to Go's regular expressions, where a dollar means a group: `$0` is the whole
/// match,
/// `$1` and `$name` are nothing, `$$` is a dollar (docs/spec/dockerfile.md 2.8).
[[nodiscard]] std::vector<ReplacementPart> cut_replacement(std::string_view text);

}  // namespace imglint
