// Unified diffs of edits, as `git apply` and `patch -p1` take them.
#pragma once

#include <string>
#include <string_view>

#include "edit/edit.hpp"

namespace imglint {

/// What the edits change, with three lines of context; empty if they change nothing. Made from the edits
/// themselves, in linear time. The file's bytes stand in it as they are, CR and invalid UTF-8 included.
[[nodiscard]] std::string unified_diff(const EditSet& edits);

/// A file name as it stands after `--- ` in a diff: `a/` or `b/` before the path, quoted as git does if it
/// holds quotes, backslashes or anything that is not printable, and with a tab behind it if it holds a blank.
/// A leading slash or `./` is left out.
[[nodiscard]] std::string diff_label(std::string_view side, std::string_view path);

}  // namespace imglint
