#include "project/walk.hpp"

#include <algorithm>
#include <unordered_map>

#include "project/ignore_files.hpp"
#include "project/ignore_rules.hpp"

namespace imglint {
namespace {

/// Whether the listing has the file, or anything in a folder of that name (a nested repository).
bool contains(const GitPaths& sorted, const std::string& path) {
  if (std::binary_search(sorted.begin(), sorted.end(), path)) return true;
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), path + "/");
  return at != sorted.end() && at->starts_with(path + "/");
}

Error left_out(std::string_view why, const std::string& path) {
  return {.message = "left out: it is " + std::string(why), .hint = "name it to have it read", .path = path};
}

Error not_obeyed(std::string_view ignore_file, const Folder& folder, const Error& why) {
  return {.message = std::string(ignore_file) + " is not obeyed: " + why.message,
          .hint = why.hint,
          .path = folder.shown};
}

/// Tells whether listed files are there, as regular files of the tree: git's list has deleted ones, symbolic
/// links, and files of a folder that has become a link.
class Presence {
 public:
  Presence(FileSystem& files, const Folder& folder, Walk& walk)
      : files_(files), folder_(folder), walk_(walk) {}

  bool is_there(const std::string& relative) {
    const std::string_view folder = folder_of(relative);
    return (folder == "." || is_own(folder)) && kind_of(relative) == FileKind::regular;
  }

 private:
  /// The folder and all above it are folders, not links to some.
  bool is_own(std::string_view folder) {
    std::vector<std::string_view> unknown;
    bool own = true;
    for (; folder != "."; folder = folder_of(folder)) {
      const auto known = own_.find(std::string(folder));
      if (known != own_.end()) {
        own = known->second;
        break;
      }
      unknown.push_back(folder);
    }
    for (; !unknown.empty(); unknown.pop_back()) {
      own = own && kind_of(std::string(unknown.back())) == FileKind::folder;
      own_.emplace(unknown.back(), own);
    }
    return own;
  }
  std::optional<FileKind> kind_of(const std::string& relative) {
    const std::string path = join_path(folder_.shown, relative);
    const auto status = files_.link_status(path);
    if (status) return status->kind;
    if (!is_absent(status.error())) walk_.errors.push_back(file_error("cannot read", path, status.error()));
    return std::nullopt;
  }

  FileSystem& files_;
  const Folder& folder_;
  Walk& walk_;
  std::unordered_map<std::string, bool> own_;
};

/// Whether an ignore file of ours counts. Git does not follow a symbolic link, so that is said.
bool counts(FileSystem& files, const Folder& folder, std::string_view place, Walk& walk) {
  const auto status = files.link_status(join_path(folder.resolved, place));
  if (!status) return !is_absent(status.error());
  if (status->kind != FileKind::symbolic_link) return true;
  walk.remarks.push_back(
      {.message = "it is a symbolic link, so it is not obeyed", .path = join_path(folder.shown, place)});
  return false;
}

bool has_imglintignore(FileSystem& files, const Folder& folder, const std::string& top,
                       const GitPaths& listing, Walk& walk) {
  bool found = false;
  for (const std::string& path : listing)
    if (name_of(path) == imglintignore_name && counts(files, folder, path, walk)) found = true;
  for (std::string_view above = folder.resolved; above.size() > top.size();) {
    above = folder_of(above);
    if (counts(files, {std::string(above), std::string(above)}, imglintignore_name, walk)) found = true;
  }
  // One that .gitignore names is not listed.
  const bool listed = std::find(listing.begin(), listing.end(), imglintignore_name) != listing.end();
  return found || (!listed && counts(files, folder, imglintignore_name, walk));
}

const std::string& path_of(const std::string& path) { return path; }
const std::string& path_of(const WalkedFile& file) { return file.path; }

/// Takes away what .imglintignore names.
template <class Item>
void keep_by_imglintignore(const Result<GitPaths>& kept, const Folder& folder, std::vector<Item>& items,
                           Walk& walk) {
  if (!kept)
    walk.remarks.push_back(not_obeyed(imglintignore_name, folder, kept.error()));
  else
    std::erase_if(items, [&](const Item& item) { return !contains(*kept, path_of(item)); });
}

/// What is in a folder and all below it. Paths are relative to it.
struct Entries {
  std::vector<WalkedFile> files;  ///< that may be taken
  GitPaths repositories;          ///< not entered, if so wanted
};

/// What stands beside files of a folder. A link may lead to nothing: nobody knows then.
Beside beside_of(const FolderEntries& entries) {
  Beside beside = Beside::nothing();
  for (const FolderEntry& entry : entries) beside.add(entry.name);
  return beside;
}

/// A folder that is still to be walked, relative, and what stands around it.
struct OpenFolder {
  std::string path = {};
  Beside above = Beside::nothing();
};

/// Nothing if the walk is ended.
Entries entries_below(const WalkTools& tools, const Folder& root, bool enter_repositories, Walk& walk) {
  Entries result;
  std::vector<OpenFolder> open(1);
  while (!open.empty()) {
    if (tools.stop && tools.stop()) {
      walk.stopped = true;
      return {};
    }
    const auto [folder, above] = std::move(open.back());
    open.pop_back();
    const std::string shown = folder.empty() ? root.shown : join_path(root.shown, folder);
    const auto entries = tools.files.list(shown);
    if (!entries) {
      walk.errors.push_back(file_error("cannot read the folder", shown, entries.error()));
      continue;
    }
    const bool repository =
        std::any_of(entries->begin(), entries->end(), [](const auto& entry) { return entry.name == ".git"; });
    if (repository && !enter_repositories && !folder.empty()) {
      result.repositories.push_back(folder);
      continue;
    }
    // The folder that was given may be a link, which one has to look at.
    if (!folder.empty()) tools.recogniser.enter(shown, &*entries);
    Beside beside = beside_of(*entries);
    beside.add_above(above);
    for (const FolderEntry& entry : *entries) {
      if (is_never_walked(entry.name)) continue;
      const std::string path = join_path(folder, entry.name);
      if (entry.kind == FileKind::folder) open.push_back({path, beside});
      if (entry.name == imglintignore_name && counts(tools.files, root, path, walk))
        walk.ignore_files.push_back(path);
      if (entry.kind != FileKind::regular) continue;
      if (const auto answer = tools.recogniser.by_name(root.shown, path); answer.may_be_taken())
        result.files.push_back({path, answer, beside});
    }
    tools.recogniser.enter(shown, nullptr);
  }
  return result;
}

/// Of a repository in a work tree, which is not entered: nobody misses one that the configuration or an
/// `.imglintignore` leaves out.
void note_repository(std::string_view what, const WalkTools& tools, const Folder& folder,
                     const std::string& top, std::string_view path, Walk& walk) {
  const std::string_view name = path.substr(0, path.size() - (path.ends_with('/') ? 1 : 0));
  if (tools.recogniser.given(join_path(folder.shown, name)).excluded) return;
  if (IgnoreRules(tools.files).leave_out(top, join_path(join_path(folder.resolved, name), ".git"))) return;
  walk.remarks.push_back(left_out(what, join_path(folder.shown, path)));
}

void note_submodules(const WalkTools& tools, const GitRepository& repository, const Folder& folder,
                     const std::string& top, Walk& walk) {
  if (!tools.files.link_status(join_path(top, ".gitmodules"))) return;
  const auto paths = repository.submodules(folder.resolved);
  if (!paths) return;
  for (const std::string& path : *paths)
    if (tools.files.link_status(join_path(join_path(folder.shown, path), ".git")))
      note_repository("a git submodule", tools, folder, top, path, walk);
}

/// Of untracked folders that nobody may look into: git passes them over. Those of tracked files are told of
/// with these.
void note_unopened(const WalkTools& tools, const GitListing& listing, const Folder& folder,
                   const std::string& top, Walk& walk) {
  const std::string inside = join_path(folder.resolved, "");
  for (const std::string& path : listing.unopened) {
    const std::string resolved = join_path(top, path);
    if (!resolved.starts_with(inside)) continue;
    const std::string relative = resolved.substr(inside.size());
    const std::string shown = join_path(folder.shown, relative);
    if (contains(listing.files, relative) || is_never_walked(relative) ||
        tools.recogniser.given(shown).excluded ||
        IgnoreRules(tools.files).leave_out(top, join_path(resolved, "any")))
      continue;
    const auto entries = tools.files.list(shown);
    if (entries || is_absent(entries.error())) continue;
    Error remark = file_error("left out: cannot read the folder", shown, entries.error());
    remark.hint = "a line in .gitignore or .imglintignore says that it is not to be read";
    walk.remarks.push_back(std::move(remark));
  }
}

/// In a work tree git says what belongs to it; where it cannot, all does.
Walk walk_work_tree(const WalkTools& tools, const Folder& folder, const std::string& top) {
  Walk walk;
  const auto plainly = [&] {
    walk.files = entries_below(tools, folder, true, walk).files;
    return std::move(walk);
  };
  if (!tools.trees.has_git()) return plainly();
  const Result<GitRepository>& repository = tools.trees.repository(top);
  auto listing =
      repository ? repository->files_by_gitignore(folder.resolved) : Result<GitListing>(repository.error());
  if (!listing) {
    walk.remarks.push_back(not_obeyed(".gitignore", folder, listing.error()));
    return plainly();
  }
  note_unopened(tools, *listing, folder, top, walk);
  GitPaths& paths = listing->files;
  for (const std::string& path : paths)
    if (is_ignore_file(name_of(path))) walk.ignore_files.push_back(path);
  const bool filter = has_imglintignore(tools.files, folder, top, paths, walk);
  std::erase_if(paths, [](const std::string& path) { return is_never_walked(path); });
  for (const std::string& path : paths)
    if (path.ends_with('/')) note_repository("a git repository of its own", tools, folder, top, path, walk);
  for (std::string& path : paths)
    if (const auto answer = tools.recogniser.by_name(folder.shown, path); answer.may_be_taken())
      walk.files.push_back({std::move(path), answer});
  if (filter)
    keep_by_imglintignore(repository->files_by_imglintignore(folder.resolved), folder, walk.files, walk);
  Presence presence(tools.files, folder, walk);
  std::erase_if(walk.files, [&](const WalkedFile& file) { return !presence.is_there(file.path); });
  note_submodules(tools, *repository, folder, top, walk);
  return walk;
}

void append(std::vector<Error>& all, std::vector<Error> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// Where no work tree is around, each repository met is walked by its own rules.
Walk walk_outside(const WalkTools& tools, const Folder& folder) {
  Walk walk;
  Entries entries = entries_below(tools, folder, false, walk);
  if (!walk.ignore_files.empty() && tools.trees.has_git()) {
    const auto kept = files_by_imglintignore(tools.files, tools.trees.git(), folder.resolved);
    keep_by_imglintignore(kept, folder, entries.files, walk);
    if (kept)
      std::erase_if(entries.repositories, [&](const std::string& path) { return !contains(*kept, path); });
  }
  walk.files = std::move(entries.files);
  for (const std::string& inner : entries.repositories) {
    const Folder below = folder.below(inner);
    Walk more = walk_work_tree(tools, below, below.resolved);
    for (const WalkedFile& file : more.files)
      walk.files.push_back({join_path(inner, file.path), file.answer, file.beside});
    for (const std::string& path : more.ignore_files) walk.ignore_files.push_back(join_path(inner, path));
    append(walk.errors, std::move(more.errors));
    append(walk.remarks, std::move(more.remarks));
    walk.stopped = more.stopped;
    if (walk.stopped) break;
  }
  return walk;
}

}  // namespace

Walk walk_folder(const WalkTools& tools, const Folder& folder, bool no_ignore) {
  if (no_ignore) {
    Walk walk;
    walk.files = entries_below(tools, folder, true, walk).files;
    return walk;
  }
  if (const auto top = tools.trees.top_of(folder.resolved)) return walk_work_tree(tools, folder, *top);
  return walk_outside(tools, folder);
}

Kept kept_files(FileSystem& files, WorkTrees& trees, const std::string& top) {
  const Folder folder{top, top};
  const Result<GitRepository>& repository = trees.repository(top);
  auto answer = repository ? repository->files_by_gitignore(top) : Result<GitListing>(repository.error());
  if (!answer) return {std::nullopt, {}, {not_obeyed(".gitignore", folder, answer.error())}};
  GitPaths& listing = answer->files;
  Walk walk;
  GitPaths by_imglintignore;
  if (has_imglintignore(files, folder, top, listing, walk)) {
    const GitPaths all = listing;
    keep_by_imglintignore(repository->files_by_imglintignore(top), folder, listing, walk);
    std::ranges::set_difference(all, listing, std::back_inserter(by_imglintignore));
  }
  return {std::move(listing), std::move(by_imglintignore), std::move(walk.remarks)};
}

}  // namespace imglint
