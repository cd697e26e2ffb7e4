// Whether a file lies among the paths that were asked for: what does not is not changed. And who is asked
// whether a walk leaves a file out.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/path.hpp"

namespace imglint {

/// Why a walk leaves a file out, as `'vendor/' in .imglint.yaml:3 excludes it`; empty if it does not. Of
/// normal paths, asked from one thread.
using LeftOutBy = std::function<std::string(const std::string& path)>;

/// Whether a normal path is one of those that were given, or below one; all are if none was.
[[nodiscard]] inline bool is_given(const std::string& path, const std::vector<std::string>& given) {
  return given.empty() || std::any_of(given.begin(), given.end(), [&](const std::string& each) {
           const std::string top = normal_path(each);
           if (top == ".") return !path.starts_with("..") && !path.starts_with('/');
           return path == top || path.starts_with(top + '/');
         });
}

}  // namespace imglint
