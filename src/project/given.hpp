// Whether a file lies among the paths that were asked for: what does not is not changed.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/path.hpp"

namespace imglint {

/// Whether a normal path is one of those that were given, or below one; all are if none was.
[[nodiscard]] inline bool is_given(const std::string& path, const std::vector<std::string>& given) {
  return given.empty() || std::any_of(given.begin(), given.end(), [&](const std::string& each) {
           const std::string top = normal_path(each);
           if (top == ".") return !path.starts_with("..") && !path.starts_with('/');
           return path == top || path.starts_with(top + '/');
         });
}

}  // namespace imglint
