#include "project/compose/real_names.hpp"

#include <algorithm>

#include "base/path.hpp"
#include "source/inside.hpp"

namespace imglint::assembly {
namespace {

/// What of a resolved path stands behind a folder that holds it.
std::string_view rest_behind(std::string_view path, std::string_view folder) {
  return path.substr(std::min(path.size(), folder == "/" ? 1 : folder.size() + 1));
}

/// Leaves off what two absolute paths of one folder have in common at their ends. Behind what is left no link
/// is on the way.
void leave_off_common_end(std::string_view& path, std::string_view& resolved) {
  while (path.size() > 1 && resolved.size() > 1 && name_of(path) == name_of(resolved)) {
    path = folder_of(path);
    resolved = folder_of(resolved);
  }
}

/// From one resolved folder to a file.
std::string relative_to(std::string_view folder, std::string_view file) {
  std::string way;
  for (; !is_inside(file, folder); folder = folder_of(folder)) way += "../";
  return way.append(rest_behind(file, folder));
}

}  // namespace

void RealNames::note(const std::vector<FoundFile>& found) {
  std::string_view last;
  for (const FoundFile& file : found) {
    const std::string_view path = file.path;
    const bool is_walked = file.given < path.size();
    const std::string_view folder = is_walked ? path.substr(0, file.given) : folder_of(path);
    if (&file != &found.front() && folder == last) continue;
    last = folder;
    std::string name = normal_path(folder);
    if (!is_walked)
      named_.insert(std::move(name));
    else if (std::ranges::find(walked_, name) == walked_.end())
      walked_.push_back(std::move(name));
  }
}

void RealNames::find_roots() {
  const auto add = [&](const std::string& path) {
    if (const auto resolved = files_.resolve(path)) roots_.push_back({path, *resolved});
  };
  for (const std::string& path : walked_) add(path);
  for (const std::string& path : named_) add(path);
}

/// All that lead to a file through no link of the run, the best one first.
std::vector<std::string> RealNames::names_of(const std::string& real, const std::string& here) const {
  std::vector<std::string> names;
  for (const Root& root : roots_)
    if (is_inside(real, root.resolved))
      names.push_back(join_path(root.path, rest_behind(real, root.resolved)));
  for (const Root& root : roots_) {
    if (!root.path.starts_with('/')) continue;
    std::string_view path = root.path, resolved = root.resolved;
    leave_off_common_end(path, resolved);
    if (is_inside(real, resolved)) names.push_back(join_path(path, rest_behind(real, resolved)));
  }
  if (!here.empty()) names.push_back(relative_to(here, real));
  return names;
}

std::string RealNames::name_of(const std::string& name, const std::string& real, const std::string& here,
                               const KnownFiles* known) {
  if (name == real || (!here.empty() && normal_path(join_path(here, name)) == real)) return name;
  is_found_.call([&] { find_roots(); });
  const std::vector<std::string> names = names_of(real, here);
  if (names.empty() || std::ranges::find(names, name) != names.end()) return name;
  if (known)
    for (const std::string& each : names)
      if (known->find(each)) return each;
  return names.front();
}

}  // namespace imglint::assembly
