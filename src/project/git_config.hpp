// What of a repository's own configuration is needed to read it, and can start nothing.
#pragma once

#include <string>
#include <string_view>

namespace imglint {

/// A configuration with the few keys of `text` that say how the repository is stored and what a name of a
/// commit means (the format of objects and references, case of names, upstream branches). All others are left
/// out, and so is a value that is not plain.
[[nodiscard]] std::string harmless_config(std::string_view text);

/// The value of `core.worktree`, as it stands there; empty if there is none.
[[nodiscard]] std::string work_tree_in(std::string_view config);

}  // namespace imglint
