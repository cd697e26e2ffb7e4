#include "project/discover.hpp"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/printable.hpp"
#include "project/git_files.hpp"
#include "project/recogniser.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

/// Folders as the user wrote them and as they are without symbolic links, each with all that stands before
/// the name of a file.
struct Root {
  std::string shown;
  std::size_t resolved_size = 0;
};

/// A found file: the path by which it is known to be the same as another, from which the user's own name for
/// it is made. There may be very many of them.
struct Candidate {
  std::string key;
  std::uint32_t root = 0;  ///< in Discoverer::roots_
  bool named = false;
  const KindInfo* kind = nullptr;  ///< null: its text has to be asked
};

/// A folder to walk: as the user knows it, and without symbolic links.
struct Folder {
  std::string shown;
  std::string resolved;

  [[nodiscard]] Folder below(std::string_view relative) const {
    return {join_path(shown, relative), join_path(resolved, relative)};
  }
};

bool contains(const GitPaths& sorted, std::string_view path) {
  return std::binary_search(sorted.begin(), sorted.end(), path);
}

/// Whether the listing has the folder (a nested repository) or anything in it.
bool contains_folder(const GitPaths& sorted, const std::string& path) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), path + "/");
  return at != sorted.end() && at->starts_with(path + "/");
}

constexpr std::string_view imglintignore = ".imglintignore";

/// What a walk without git has met. Paths are relative to its root.
struct PlainWalk {
  bool enter_repositories = false;
  bool has_imglintignore = false;
  std::vector<std::string> paths;
  std::vector<std::string> repositories;
};

class Discoverer {
 public:
  Discoverer(FileSystem& files, const DiscoverOptions& options)
      : files_(files), options_(options), recogniser_(options.choose) {}

  void add(const std::string& path);
  void leave_out_ignored();
  void leave_out_unchanged();
  /// Asks the texts where names do not say what files are.
  void leave_out_unrecognised();
  Discovery finish();

 private:
  void walk(const std::string& path);
  void walk_work_tree(const Folder& folder, const std::string& top);
  void walk_plainly(const Folder& root, bool enter_repositories);
  std::vector<std::string> read_folder(const Folder& root, const std::string& folder, PlainWalk& walk);
  void keep_by_imglintignore(const Folder& folder, bool in_work_tree, std::initializer_list<GitPaths*> lists);
  bool has_imglintignore(const Folder& folder, const std::string& top, const GitPaths& paths);
  void note_submodules(const Folder& folder, const std::string& top);
  const std::optional<GitPaths>& kept_in(const std::string& top);
  bool is_left_out(const Candidate& candidate);
  const std::optional<GitPaths>& changed_in(const std::string& top);
  bool is_changed(const Candidate& candidate);
  void take(const Folder& folder, GitPaths relative);
  [[nodiscard]] std::uint32_t add_root(std::string_view shown, std::string_view resolved);
  [[nodiscard]] std::string shown_path(const Candidate& candidate) const;
  bool is_regular(const Folder& folder, const std::string& relative);
  void remark(Error remark) { found_.remarks.push_back(std::move(remark)); }
  void remark_without_git(const std::string& ignore_file, const Folder& folder, Error error);

  FileSystem& files_;
  const DiscoverOptions& options_;
  Discovery found_;
  Recogniser recogniser_;
  std::vector<Candidate> candidates_;
  std::vector<Root> roots_;
  std::unordered_map<std::string, std::string> resolved_folders_;
  std::map<std::string, std::optional<GitPaths>> kept_;     ///< by work tree, for named files
  std::map<std::string, std::optional<GitPaths>> changed_;  ///< by work tree
};

void Discoverer::remark_without_git(const std::string& ignore_file, const Folder& folder, Error error) {
  error.message = ignore_file + " is not obeyed: " + error.message;
  error.path = folder.shown;
  const auto same = [&](const Error& other) {
    return other.message == error.message && other.path == error.path;
  };
  if (std::none_of(found_.remarks.begin(), found_.remarks.end(), same)) remark(std::move(error));
}

void Discoverer::add(const std::string& path) {
  const auto status = files_.status(path);
  if (!status) {
    found_.errors.push_back(file_error("cannot read", path, status.error()));
    return;
  }
  if (status->kind == FileKind::folder) return walk(path);
  if (status->kind != FileKind::regular) {
    // Not even opened: opening a device may do something.
    found_.errors.push_back(not_a_regular_file(path, status->kind));
    return;
  }
  const std::string folder(folder_of(path));
  auto [known, is_new] = resolved_folders_.try_emplace(folder);
  if (is_new) {
    const auto resolved = files_.resolve(folder);
    known->second = resolved ? *resolved : folder;
  }
  const std::string_view name = name_of(path);
  const auto before = std::string_view(path).substr(0, static_cast<std::size_t>(name.data() - path.data()));
  const std::uint32_t root = add_root(before, join_path(known->second, ""));
  candidates_.push_back({join_path(known->second, name), root, true, recogniser_.given(path).kind});
}

void Discoverer::walk(const std::string& path) {
  const auto resolved = files_.resolve(path);
  if (!resolved) {
    found_.errors.push_back(file_error("cannot read", path, resolved.error()));
    return;
  }
  const Folder folder{path, *resolved};
  const std::size_t first_root = roots_.size();
  const auto top = options_.no_ignore ? std::nullopt : work_tree_of(files_, folder.resolved);
  if (top) {
    walk_work_tree(folder, *top);
  } else {
    walk_plainly(folder, true);
  }
  const auto is_found = [&](const Candidate& found) { return found.root >= first_root && found.kind; };
  if (std::none_of(candidates_.begin(), candidates_.end(), is_found)) leave_out_unrecognised();
  if (std::none_of(candidates_.begin(), candidates_.end(), is_found))
    remark({.message = "no Dockerfile or compose file found",
            .hint = options_.no_ignore ? "" : "ignored files are left out; --no-ignore reads them",
            .path = path});
}

std::uint32_t Discoverer::add_root(std::string_view shown, std::string_view resolved) {
  roots_.push_back({std::string(shown), resolved.size()});
  return static_cast<std::uint32_t>(roots_.size() - 1);
}

std::string Discoverer::shown_path(const Candidate& candidate) const {
  const Root& root = roots_[candidate.root];
  return root.shown + candidate.key.substr(root.resolved_size);
}

void Discoverer::take(const Folder& folder, GitPaths relative) {
  const Folder before = folder.below("");
  const std::uint32_t root = add_root(before.shown, before.resolved);
  candidates_.reserve(candidates_.size() + relative.size());
  for (std::string& path : relative) {
    candidates_.push_back(
        {before.resolved + path, root, false, recogniser_.by_name(folder.shown, path).kind});
    std::string().swap(path);
  }
}

/// A listed file is gone if it is deleted but not yet committed so; it may be a symbolic link.
bool Discoverer::is_regular(const Folder& folder, const std::string& relative) {
  const std::string path = join_path(folder.shown, relative);
  const auto status = files_.link_status(path);
  if (!status && !is_absent(status.error()))
    found_.errors.push_back(file_error("cannot read", path, status.error()));
  return status && status->kind == FileKind::regular;
}

bool Discoverer::has_imglintignore(const Folder& folder, const std::string& top, const GitPaths& paths) {
  if (std::any_of(paths.begin(), paths.end(),
                  [&](const auto& path) { return name_of(path) == imglintignore; }))
    return true;
  for (std::string_view above = folder.resolved;; above = folder_of(above)) {
    const auto status = files_.status(join_path(above, imglintignore));
    if (status || !is_absent(status.error())) return true;
    if (above.size() <= top.size()) return false;
  }
}

/// Takes what .imglintignore names away from the lists; a remark if git could not say.
void Discoverer::keep_by_imglintignore(const Folder& folder, bool in_work_tree,
                                       std::initializer_list<GitPaths*> lists) {
  if (options_.git.empty()) return;
  const auto kept = files_by_imglintignore(options_.git, folder.resolved, in_work_tree);
  if (!kept) return remark_without_git(".imglintignore", folder, kept.error());
  for (GitPaths* paths : lists)
    std::erase_if(*paths, [&](const std::string& path) {
      return !contains(*kept, path) && !contains_folder(*kept, path);
    });
}

void Discoverer::note_submodules(const Folder& folder, const std::string& top) {
  if (!files_.status(join_path(top, ".gitmodules"))) return;
  const auto paths = submodules(options_.git, folder.resolved);
  if (!paths) return;
  for (const std::string& path : *paths) {
    const Folder submodule = folder.below(path);
    if (!files_.link_status(join_path(submodule.shown, ".git"))) continue;  // not checked out
    remark({.message = "left out: it is a git submodule",
            .hint = "name it to have it read",
            .path = submodule.shown});
  }
}

void Discoverer::walk_work_tree(const Folder& folder, const std::string& top) {
  if (options_.git.empty()) return walk_plainly(folder, false);
  auto listing = files_by_gitignore(options_.git, folder.resolved);
  if (!listing) {
    remark_without_git(".gitignore", folder, listing.error());
    return walk_plainly(folder, false);
  }
  GitPaths& paths = *listing;
  const bool filter = has_imglintignore(folder, top, paths);
  std::erase_if(paths, [](const std::string& path) { return is_never_walked(path); });
  for (const std::string& path : paths)
    if (path.ends_with('/'))
      remark({.message = "left out: it is a git repository of its own",
              .hint = "name it to have it read",
              .path = join_path(folder.shown, path)});
  std::erase_if(paths, [&](const std::string& path) {
    return !recogniser_.by_name(folder.shown, path).may_be_taken();
  });
  if (filter) keep_by_imglintignore(folder, true, {&paths});
  std::erase_if(paths, [&](const std::string& path) { return !is_regular(folder, path); });
  take(folder, std::move(paths));
  note_submodules(folder, top);
}

/// Puts what is in a folder, and is no folder, into the plain walk; gives the folders to go on with.
std::vector<std::string> Discoverer::read_folder(const Folder& root, const std::string& folder,
                                                 PlainWalk& walk) {
  const std::string shown = folder.empty() ? root.shown : join_path(root.shown, folder);
  const auto entries = files_.list(shown);
  if (!entries) {
    found_.errors.push_back(file_error("cannot read the folder", shown, entries.error()));
    return {};
  }
  const bool repository =
      std::any_of(entries->begin(), entries->end(), [](const auto& e) { return e.name == ".git"; });
  if (repository && walk.enter_repositories && !folder.empty()) {
    walk.repositories.push_back(folder);
    return {};
  }
  std::vector<std::string> further;
  for (const FolderEntry& entry : *entries) {
    if (is_never_walked(entry.name)) continue;
    if (entry.kind == FileKind::folder) further.push_back(join_path(folder, entry.name));
    if (entry.kind != FileKind::regular) continue;
    if (entry.name == imglintignore) walk.has_imglintignore = true;
    if (recogniser_.by_name(shown, entry.name).may_be_taken())
      walk.paths.push_back(join_path(folder, entry.name));
  }
  return further;
}

/// Without git. Where no work tree is around, each repository met is walked by its own rules.
void Discoverer::walk_plainly(const Folder& root, bool enter_repositories) {
  PlainWalk walk{.enter_repositories = enter_repositories && !options_.no_ignore};
  std::vector<std::string> open = {""};
  while (!open.empty()) {
    if (options_.stop && options_.stop()) {
      found_.stopped = true;
      return;
    }
    const std::string folder = std::move(open.back());
    open.pop_back();
    for (std::string& further : read_folder(root, folder, walk)) open.push_back(std::move(further));
  }
  if (walk.has_imglintignore && !options_.no_ignore)
    keep_by_imglintignore(root, false, {&walk.paths, &walk.repositories});
  take(root, std::move(walk.paths));
  for (const std::string& path : walk.repositories)
    walk_work_tree(root.below(path), root.below(path).resolved);
}

/// The files that walking a work tree would not ignore, whatever their names; nothing if git cannot say.
const std::optional<GitPaths>& Discoverer::kept_in(const std::string& top) {
  const auto [known, is_new] = kept_.try_emplace(top);
  if (!is_new) return known->second;
  const Folder folder{top, top};
  auto listing = files_by_gitignore(options_.git, top);
  if (!listing) {
    remark_without_git(".gitignore", folder, listing.error());
    return known->second;
  }
  if (has_imglintignore(folder, top, *listing)) keep_by_imglintignore(folder, true, {&*listing});
  known->second = std::move(*listing);
  return known->second;
}

bool Discoverer::is_left_out(const Candidate& candidate) {
  if (!candidate.named) return false;
  if (recogniser_.given(shown_path(candidate)).excluded) return true;
  const auto top = work_tree_of(files_, std::string(folder_of(candidate.key)));
  if (!top || options_.git.empty()) return is_never_walked(shown_path(candidate));
  const std::string_view below = std::string_view(candidate.key).substr(*top == "/" ? 1 : top->size() + 1);
  if (is_never_walked(below)) return true;
  const auto& kept = kept_in(*top);
  return kept && !contains(*kept, below);
}

void Discoverer::leave_out_ignored() {
  std::erase_if(candidates_, [&](const Candidate& candidate) { return is_left_out(candidate); });
}

/// Nothing, and an error, if git cannot say.
const std::optional<GitPaths>& Discoverer::changed_in(const std::string& top) {
  const auto [known, is_new] = changed_.try_emplace(top);
  if (!is_new) return known->second;
  auto listing = changed_files(options_.git, top, options_.changes);
  if (listing) {
    known->second = *std::move(listing);
  } else {
    found_.errors.push_back(std::move(listing).error());
  }
  return known->second;
}

bool Discoverer::is_changed(const Candidate& candidate) {
  const std::string folder(folder_of(candidate.key));
  const auto top = work_tree_of(files_, folder);
  if (!top) {
    const auto [known, is_new] = changed_.try_emplace(folder);
    if (is_new)
      found_.errors.push_back({.message = "not in a git work tree, so nobody can say what changed",
                               .path = std::string(folder_of(shown_path(candidate)))});
    return false;
  }
  const auto& changed = changed_in(*top);
  return changed &&
         contains(*changed, std::string_view(candidate.key).substr(*top == "/" ? 1 : top->size() + 1));
}

void Discoverer::leave_out_unchanged() {
  std::erase_if(candidates_, [&](const Candidate& candidate) { return !is_changed(candidate); });
}

void Discoverer::leave_out_unrecognised() {
  std::vector<std::string> paths;
  for (const Candidate& candidate : candidates_)
    if (!candidate.kind) paths.push_back(shown_path(candidate));
  const auto kinds = kinds_by_text(files_, paths, options_.jobs);
  auto kind = kinds.begin();
  for (Candidate& candidate : candidates_)
    if (!candidate.kind) candidate.kind = *kind++;
  std::erase_if(candidates_, [](const Candidate& candidate) { return !candidate.kind; });
}

Discovery Discoverer::finish() {
  // The same file by two ways: the user's own name for it stays, the first of several.
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    if (const int order = a.key.compare(b.key); order != 0) return order < 0;
    return a.named != b.named ? a.named : a.root < b.root;
  });
  const auto same = [](const Candidate& a, const Candidate& b) { return a.key == b.key; };
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end(), same), candidates_.end());
  found_.files.reserve(candidates_.size());
  for (Candidate& candidate : candidates_) {
    found_.files.push_back({shown_path(candidate), candidate.kind, candidate.named});
    std::string().swap(candidate.key);
  }
  std::sort(found_.files.begin(), found_.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return std::move(found_);
}

}  // namespace

Discovery discover(FileSystem& files, std::span<const std::string> paths, const DiscoverOptions& options) {
  Discoverer discoverer(files, options);
  for (const std::string& path : paths) discoverer.add(path);
  if (options.force_exclude) discoverer.leave_out_ignored();
  if (options.changes.any()) discoverer.leave_out_unchanged();
  discoverer.leave_out_unrecognised();
  return discoverer.finish();
}

}  // namespace imglint
