#include "project/compose/addresses.hpp"

#include <algorithm>

#include "base/path.hpp"

namespace imglint::assembly {
namespace {

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return text.starts_with(each); });
}

}  // namespace

std::string joined(std::string_view folder, std::string_view path) {
  if (path.starts_with('/') || folder.empty() || folder == ".") return normal_path(path);
  return normal_path(std::string(folder).append("/").append(path));
}

bool is_remote_project(std::string_view path) {
  if (starts_with_any(path, {"oci://", "git@", "ssh://", "git://", "github.com/"})) return true;
  if (!starts_with_any(path, {"https://", "http://"})) return false;
  return path.substr(0, path.find('#')).ends_with(".git");
}

bool is_remote_context(std::string_view context) {
  return context.find("://") != context.npos || starts_with_any(context, {"service:", "github.com/", "git@"});
}

}  // namespace imglint::assembly
