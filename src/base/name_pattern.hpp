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

/// The pattern as a regular expression for a whole name, which has to ignore case: `compose\.(yml|yaml)`.
[[nodiscard]] std::string name_expression(std::string_view pattern);

/// The pattern as a glob for editors, most of which heed case: a word may begin with a capital letter,
/// `[cC]ompose.{yml,yaml}`.
[[nodiscard]] std::string name_glob(std::string_view pattern);

}  // namespace imglint
