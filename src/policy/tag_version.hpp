// The version at the beginning of a tag: `v1.22.3-alpine` is 1.22.3 of the variant `-alpine`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace imglint {

struct TagVersion {
  std::string_view text;             ///< as written, without a leading `v`
  std::vector<std::uint64_t> parts;  ///< 1, 22, 3
  std::string_view variant;          ///< what follows: `-alpine`; may be empty

  /// A date such as 20240722 or 2024.07.22, which is never moved.
  [[nodiscard]] bool is_date() const;
};

/// Nothing if the tag does not begin with a digit, or with `v` and a digit.
[[nodiscard]] std::optional<TagVersion> tag_version(std::string_view tag);

}  // namespace imglint
