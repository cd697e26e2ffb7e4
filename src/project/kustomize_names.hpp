// Files that are what they are because a kustomization names them: lists of patch operations, and values of
// the charts that it renders (docs/spec/kubernetes.md 1).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "kinds/kind.hpp"

namespace imglint {

/// Adds what a kustomization of this path and text names, by normal path.
void add_named_files(const std::string& path, std::string bytes,
                     std::map<std::string, const KindInfo*, std::less<>>& into);

}  // namespace imglint
