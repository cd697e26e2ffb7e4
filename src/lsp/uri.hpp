// URIs of the protocol and paths of the file system.
#pragma once

#include <string>
#include <string_view>

namespace imglint::lsp {

/// Below it is what is no file.
inline constexpr std::string_view path_of_no_file = "/dev/null/";

/// The path of a file URI, percent-decoded, without `.` and `..`. For any other scheme a path below which no
/// file can be, so that such a text has no neighbours.
[[nodiscard]] std::string path_of_uri(std::string_view uri);

/// The file URI of an absolute path: every byte but unreserved characters and slashes as %XX.
[[nodiscard]] std::string uri_of_path(std::string_view path);

}  // namespace imglint::lsp
