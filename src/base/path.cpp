#include "base/path.hpp"

#include <algorithm>
#include <vector>

namespace imglint {

/// Without a component that is empty or made of dots.
static bool is_plain(std::string_view path) {
  if (path.empty() || path.back() == '/') return false;
  for (std::size_t at = path.front() == '/' ? 1 : 0; at < path.size();) {
    const std::size_t slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = slash + 1;
  }
  return true;
}

std::string normal_path(std::string_view path) {
  if (is_plain(path)) return std::string(path);
  std::vector<std::string_view> parts;
  const bool absolute = path.starts_with('/');
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else if (part != ".." || !absolute)
      parts.push_back(part);
  }
  std::string result = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) result.append(i > 0 ? "/" : "").append(parts[i]);
  return result.empty() ? "." : result;
}

}  // namespace imglint
