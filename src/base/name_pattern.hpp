// Patterns of file names, from which the walk, hooks and editors each make what they need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace imglint {

enum class LetterCase : std::uint8_t { either, counts };

/// Matches the end of a path: as many of its components as the pattern has. Of a pattern `*` is any text
/// without a slash, `?` one such character, `[._-]` one of these characters, `{yml,yaml}` one of these texts;
/// all else stands for itself. `**` between slashes is any number of folders, none too.
[[nodiscard]] bool name_matches(std::string_view pattern, std::string_view path,
                                LetterCase letter_case = LetterCase::either);

/// Some bytes, small and capital letters alike: a bit for each, which four bytes share.
using ByteSet = std::uint64_t;
inline constexpr ByteSet any_byte = ~ByteSet{0};

/// What tells most paths from most patterns: the last byte of a path, the first of its name, and those with
/// which its folders begin.
struct PathSigns {
  explicit PathSigns(std::string_view path);
  ByteSet last = any_byte;
  ByteSet name = any_byte;
  ByteSet folders = 0;
};

/// A pattern that is held against very many paths.
class PathPattern {
 public:
  explicit PathPattern(std::string_view pattern);
  /// As name_matches(). `signs` are those of the path.
  [[nodiscard]] bool matches(std::string_view path, const PathSigns& signs,
                             LetterCase letter_case = LetterCase::either) const {
    const bool may_match = (signs.last & last_) != 0 && (signs.name & name_) != 0 &&
                           (folder_ == any_byte || (signs.folders & folder_) != 0);
    return may_match && name_matches(pattern_, path, letter_case);
  }

 private:
  std::string_view pattern_;
  ByteSet last_ = any_byte;
  ByteSet name_ = any_byte;
  ByteSet folder_ = any_byte;  ///< with which one of the folders must begin
};

/// The pattern as a regular expression for a whole name, which has to ignore case: `compose\.(yml|yaml)`.
[[nodiscard]] std::string name_expression(std::string_view pattern);

/// The pattern as a glob for editors, most of which heed case: a word may begin with a capital letter,
/// `[cC]ompose.{yml,yaml}`.
[[nodiscard]] std::string name_glob(std::string_view pattern);

}  // namespace imglint
