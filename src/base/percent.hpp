// Percent-encoding of paths and URIs (RFC 3986, 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imglint {

/// A path as the path of a URI: every byte but unreserved characters and slashes as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view path);

/// The bytes meant. What is no escape stays as it is, and so does that of a NUL, which no path can have.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// The path of a `file:` URI, decoded, whatever its authority; nothing for other texts.
[[nodiscard]] std::optional<std::string> path_of_file_uri(std::string_view uri);

}  // namespace imglint
