// Files that are what they are because a kustomization names them: lists of patch operations, values of the
// charts that it renders, and resources, with references or without (docs/spec/kubernetes.md 1).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "kinds/kind.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Adds what a kustomization of this path and text names, by normal path.
void add_named_files(const std::string& path, std::string bytes,
                     std::map<std::string, const KindInfo*, std::less<>>& into);

/// What a file is by a kustomization of its folder or of one above, in the same tree: Kustomize takes files
/// from nowhere else. Null if none names it.
[[nodiscard]] const KindInfo* kind_named_above(FileSystem& files, const std::string& path);

}  // namespace imglint
