#include "project/include_paths.hpp"

#include <algorithm>

#include "base/glob.hpp"
#include "base/path.hpp"

namespace imglint {
namespace {

bool has_star(std::string_view text) { return text.find('*') != text.npos; }

std::string_view without_root(std::string_view include) {
  include.remove_prefix(std::min(include.find_first_not_of('/'), include.size()));
  return include;
}

std::string in_folder(const std::string& folder, std::string_view path) {
  return folder.empty() ? std::string(path) : normal_path(folder + "/" + std::string(path));
}

/// What a folder's paths begin with.
std::string prefix_of(const std::string& folder) {
  return folder.empty() || folder.ends_with('/') ? folder : folder + "/";
}

}  // namespace

std::vector<std::string> folders_above(std::string_view path) {
  std::vector<std::string> folders;
  for (auto slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/', slash - 1)) {
    folders.emplace_back(path.substr(0, slash));
    if (slash == 0) {
      folders.back() = "/";
      return folders;
    }
  }
  folders.emplace_back();
  return folders;
}

bool includes_any_of(const std::set<std::string, std::less<>>& paths, std::string_view include,
                     std::string_view file) {
  const std::string_view wanted = without_root(include);
  if (wanted.empty()) return false;
  return std::ranges::any_of(folders_above(file), [&](const std::string& folder) {
    if (!has_star(wanted)) return paths.contains(in_folder(folder, wanted));
    const std::string prefix = prefix_of(folder);
    return std::ranges::any_of(paths, [&](std::string_view path) {
      return path.starts_with(prefix) && glob_matches(wanted, path.substr(prefix.size()), "/");
    });
  });
}

const PathList::Matches& PathList::matches(const std::string& folder, std::string_view pattern,
                                           Looks& looks) {
  const auto [found, is_new] = known_.try_emplace({folder, std::string(pattern)});
  Matches& result = found->second;
  if (!is_new) return result;
  if (!has_star(pattern)) {
    const std::string path = in_folder(folder, pattern);
    const auto at = std::ranges::lower_bound(paths_, path);
    if (at != paths_.end() && *at == path) result.push_back(static_cast<std::size_t>(at - paths_.begin()));
    return result;
  }
  const std::string top = prefix_of(folder);
  const std::string begin = top + std::string(pattern.substr(0, pattern.find('*')));
  for (auto at = std::ranges::lower_bound(paths_, begin); at != paths_.end() && at->starts_with(begin);
       ++at) {
    const std::string_view path = std::string_view(*at).substr(top.size());
    if (!looks.spend(pattern, path)) break;
    if (glob_matches(pattern, path, "/")) result.push_back(static_cast<std::size_t>(at - paths_.begin()));
  }
  if (result.size() > most_) result.erase(result.begin(), result.end() - static_cast<std::ptrdiff_t>(most_));
  return result;
}

std::vector<std::string> PathList::named_by(const std::vector<std::string>& folders, std::string_view include,
                                            Looks& looks) {
  std::vector<std::string> paths;
  const std::string_view wanted = without_root(include);
  if (wanted.empty()) return paths;
  for (const std::string& folder : folders) {
    for (const std::size_t at : matches(folder, wanted, looks)) paths.push_back(paths_[at]);
    if (!paths.empty()) break;
  }
  return paths;
}

const std::vector<std::string>& DiskPaths::named_by(const std::vector<std::string>& folders,
                                                    std::string_view include, Looks& looks) {
  static const std::vector<std::string> none;
  const std::string_view wanted = without_root(include);
  const bool may_be = wanted.ends_with(".yml") || wanted.ends_with(".yaml");
  if (!may_be || wanted.find("..") != wanted.npos) return none;
  for (const std::string& folder : folders)
    if (const auto& found = matches(folder, wanted, looks); !found.empty()) return found;
  return none;
}

const std::vector<std::string>& DiskPaths::matches(const std::string& folder, std::string_view pattern,
                                                   Looks& looks) {
  const auto [known, is_new] = known_.try_emplace({folder, std::string(pattern)});
  if (is_new) add_matches(folder, pattern, looks, known->second);
  return known->second;
}

/// Folder by folder, as far as the pattern says where to go on; what `**` stands for may be anywhere below.
void DiskPaths::add_matches(const std::string& folder, std::string_view pattern, Looks& looks,
                            std::vector<std::string>& found) {
  const std::size_t slash = pattern.find('/');
  const std::string_view name = pattern.substr(0, slash);
  const std::string_view rest = slash == pattern.npos ? std::string_view() : pattern.substr(slash + 1);
  if (name.find("**") != name.npos) return add_below(folder, pattern, looks, found);
  if (!has_star(name)) {
    const std::string path = in_folder(folder, name);
    if (!rest.empty()) return add_matches(path, rest, looks, found);
    const auto status = files_.status(path);
    if (status && status->kind == FileKind::regular) found.push_back(path);
    return;
  }
  const Listed& all = listed(folder);
  for (const std::string& entry : rest.empty() ? all.files : all.folders) {
    if (!looks.spend(name, entry)) return;
    if (!glob_matches(name, entry, "/")) continue;
    if (rest.empty())
      found.push_back(in_folder(folder, entry));
    else
      add_matches(in_folder(folder, entry), rest, looks, found);
  }
}

void DiskPaths::add_below(const std::string& folder, std::string_view pattern, Looks& looks,
                          std::vector<std::string>& found) {
  std::vector<std::string> inner = {""};  // folders, relative
  while (!inner.empty()) {
    const std::string relative = std::move(inner.back());
    inner.pop_back();
    const Listed& all = listed(relative.empty() ? folder : in_folder(folder, relative));
    for (const std::string& name : all.files) {
      const std::string path = relative + name;
      if (!looks.spend(pattern, path)) return;
      if (glob_matches(pattern, path, "/")) found.push_back(in_folder(folder, path));
    }
    for (const std::string& name : all.folders) {
      if (!looks.spend({}, name)) return;
      inner.push_back(relative + name + "/");
    }
  }
}

/// Each folder is listed once. Those that a walk leaves out are, too.
const DiskPaths::Listed& DiskPaths::listed(const std::string& folder) {
  const auto [known, is_new] = listed_.try_emplace(folder);
  Listed& result = known->second;
  if (!is_new) return result;
  const auto entries = files_.list(folder.empty() ? "." : folder);
  if (!entries) return result;
  for (const FolderEntry& entry : *entries) {
    if (entry.kind == FileKind::regular) result.files.push_back(entry.name);
    const bool is_walked = entry.name != ".git" && entry.name != "node_modules";
    if (entry.kind == FileKind::folder && is_walked) result.folders.push_back(entry.name);
  }
  std::ranges::sort(result.files);
  std::ranges::sort(result.folders);
  return result;
}

}  // namespace imglint
