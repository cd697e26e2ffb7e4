// Paths and addresses as compose files write them.
#pragma once

#include <string>
#include <string_view>

namespace imglint::assembly {

/// A path that is written in a project, from where imglint runs; normal.
[[nodiscard]] std::string joined(std::string_view folder, std::string_view path);

/// What `include` and `extends` fetch from elsewhere: `oci://…`, Git.
[[nodiscard]] bool is_remote_project(std::string_view path);

/// What a build context is, if it is no folder.
[[nodiscard]] bool is_remote_context(std::string_view context);

}  // namespace imglint::assembly
