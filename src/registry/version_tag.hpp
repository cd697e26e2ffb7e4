// Tags that are versions: which of a repository's tags are newer ones of the same kind.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

/// `v1.25.3-alpine`: numbers between a beginning and an end that newer versions have too.
struct VersionTag {
  std::string prefix;  ///< before the first digit: `v`, or nothing
  std::vector<std::uint64_t> numbers;
  std::vector<std::size_t> digits;  ///< how many each number is written with
  std::string suffix;               ///< `-alpine`, `-rc1`; may be empty
};
/// Nothing if it is none: it has no number, or too many.
[[nodiscard]] std::optional<VersionTag> read_version(std::string_view tag);

/// How far a newer version is away.
enum class VersionStep : std::uint8_t { patch, minor, major };
[[nodiscard]] std::string_view to_string(VersionStep step);

/// Nothing if `to` is not newer, or another kind of version: other words, more numbers, a date.
[[nodiscard]] std::optional<VersionStep> step_between(const VersionTag& from, const VersionTag& to);

/// Of each step the newest tag.
[[nodiscard]] std::map<VersionStep, std::string> newer_tags(std::string_view tag,
                                                            const std::vector<std::string>& tags);

}  // namespace imglint
