// Where the bytes of a digest go in one use (docs/spec/online.md 5.3).
#pragma once

#include <string>
#include <string_view>

#include "move/placer.hpp"
#include "pin/pin.hpp"

namespace imglint {

/// The tag and the digest of a use's suffix.
struct WrittenSuffix {
  std::string tag;         ///< empty without
  std::string digest;      ///< empty without
  TextRange tag_range;     ///< in the use's value, with the colon; empty without
  TextRange digest_range;  ///< with the at sign; empty without
};
[[nodiscard]] WrittenSuffix written_suffix(const UseName& name);

/// A use's new suffix, `:1.25@sha256:…`.
[[nodiscard]] std::string pinned_suffix(const UseName& name, std::string_view digest,
                                        const PinOptions& options);

/// The edits that write a digest.
[[nodiscard]] PlacedOrRefusal place_digest(const PinUse& pin, std::string_view digest,
                                           const PinOptions& options);

/// The edits that take the digest away, or put a tag in its place (`:1.25`; empty: the tag that stands there
/// stays).
[[nodiscard]] PlacedOrRefusal remove_digest(const PinUse& pin, std::string_view tag);

/// Whether a variable has a part in the name of a use whose digest stands beside it, so that another value of
/// the variable would keep the digest.
[[nodiscard]] bool outlives_variable(const PinUse& pin);

}  // namespace imglint
