// Percent-encoding of paths and URIs (RFC 3986, 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imglint {

/// A text as a part of a URI: every byte as %XX but unreserved characters and others that are `kept`.
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view kept);
/// A path as the path of a URI: its slashes stay.
[[nodiscard]] inline std::string percent_encoded_path(std::string_view path) {
  return percent_encoded(path, "/");
}

/// The bytes meant. What is no escape stays as it is, and so does that of a NUL, which no path can have.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// The path of a `file:` URI, decoded, whatever its authority; nothing for other texts.
[[nodiscard]] std::optional<std::string> path_of_file_uri(std::string_view uri);

}  // namespace imglint
