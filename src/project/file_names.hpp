// Which files are read when a folder is walked, and how: Dockerfiles and compose files by their names.
#pragma once

#include <string_view>

#include "model/document.hpp"

namespace imglint {

/// True for names that a walk takes: the expressions of docs/spec/ecosystem.md 1.3 (`files` without
/// `exclude`). Only the last component counts.
[[nodiscard]] bool is_walked_name(std::string_view path);

/// Compose for .yml, .yaml and .json in any case, else Dockerfile.
[[nodiscard]] Dialect dialect_of(std::string_view path);

/// For standard input without a name: by the first line that says something.
[[nodiscard]] Dialect dialect_of_content(std::string_view bytes);

}  // namespace imglint
