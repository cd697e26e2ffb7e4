// Globs of paths, in the configuration and in the includes of pipelines, with the meaning that they have in
// .gitignore.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace imglint {

/// Matches a relative path without `.` and `..`. Within one name `*`, `?` and `[a-z]` are those of POSIX
/// fnmatch (name_glob_matches()); `**` stands for any number of folders. A glob without a slash, or with one
/// only at its end, may match at any depth, any other from the top. What matches a folder matches all that is
/// below it.
[[nodiscard]] bool path_matches(std::string_view glob, std::string_view path);

/// The same of the path itself alone: what is below a folder that matches does not match.
[[nodiscard]] bool path_is(std::string_view glob, std::string_view path);

/// Why a glob can never match; nothing if it can.
[[nodiscard]] std::optional<std::string> fault_of_glob(std::string_view glob);

/// A glob that matches this path alone, relative and without `.` and `..`, and what is below it.
[[nodiscard]] std::string glob_of_path(std::string_view path);

}  // namespace imglint
