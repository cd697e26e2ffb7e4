// Digests as registries may give them: checked before they are used for anything.
#pragma once

#include <string_view>

namespace imglint {

/// `sha256:` or `sha512:` and as many lower-case hexadecimal digits as it takes.
[[nodiscard]] bool is_digest(std::string_view text);

/// A tag as the grammar of references has it.
[[nodiscard]] bool is_tag(std::string_view text);

/// `linux/amd64`, `linux/arm64/v8`.
[[nodiscard]] bool is_platform(std::string_view text);

/// Whether a platform is the one that is asked for: `linux/arm64` asks for `linux/arm64/v8` too, which is
/// what arm64 means; any other variant is said.
[[nodiscard]] bool is_same_platform(std::string_view asked, std::string_view found);

}  // namespace imglint
