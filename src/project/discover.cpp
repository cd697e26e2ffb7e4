#include "project/discover.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "base/counted.hpp"
#include "base/path.hpp"
#include "kinds/manifest/dialects.hpp"
#include "project/kustomize_names.hpp"
#include "project/recogniser.hpp"
#include "project/staged.hpp"
#include "project/walk.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

/// The part of a path that was given, as it was written and as it is without symbolic links, each with all
/// that stands before the rest.
struct Root {
  std::string shown;
  std::size_t resolved_size = 0;
};

/// A found file. There may be very many of them.
struct Candidate {
  std::string key;  ///< without symbolic links but for a named file's own: the same for the same file
  std::uint32_t root = 0;
  bool named = false;
  const KindInfo* kind = nullptr;  ///< null: its text has to be asked
  bool chosen = false;             ///< the configuration has said it
  Beside beside = {};
  bool is_for_environment = false;  ///< not by itself: since the environment file beside it is wanted
};

/// All that the paths of the command line name.
struct Found {
  std::vector<Root> roots;
  std::vector<Candidate> candidates;
  /// Of named files that are symbolic links what they lead to, by their keys.
  std::map<std::string, std::string, std::less<>> links;
  std::vector<Error> errors;
  std::vector<Error> remarks;
  std::vector<std::string> ignore_files;
  bool stopped = false;  ///< as in Discovery

  [[nodiscard]] std::string shown(const Candidate& candidate) const {
    const Root& root = roots[candidate.root];
    return root.shown + candidate.key.substr(root.resolved_size);
  }
  /// As in FoundFile, of its shown path.
  [[nodiscard]] std::size_t given(const Candidate& candidate) const {
    return candidate.named ? shown(candidate).size() : roots[candidate.root].shown.size();
  }
  [[nodiscard]] std::uint32_t add_root(std::string_view shown, std::string_view resolved) {
    roots.push_back({std::string(shown), resolved.size()});
    return static_cast<std::uint32_t>(roots.size() - 1);
  }
};

/// The same may be said of a folder that is asked about twice.
void add_remarks(Found& found, std::vector<Error> remarks) {
  for (Error& remark : remarks) {
    const auto same = [&](const Error& other) {
      return other.message == remark.message && other.path == remark.path;
    };
    if (std::none_of(found.remarks.begin(), found.remarks.end(), same))
      found.remarks.push_back(std::move(remark));
  }
}

/// The part of a resolved path that is below a folder.
std::string_view below(std::string_view path, std::string_view folder) {
  return path.substr(folder == "/" ? 1 : folder.size() + 1);
}

/// What a kustomization names needs no text that tells what it is.
void take_those_that_others_name(FileSystem& files, Found& found) {
  std::map<std::string, const KindInfo*, std::less<>> named;
  for (const Candidate& candidate : found.candidates) {
    if (candidate.kind != &kinds::kustomization) continue;
    const std::string path = found.shown(candidate);
    auto content = read_file(files, path, default_max_file_size);
    if (content) add_named_files(path, std::move(content->bytes), named);
  }
  if (named.empty()) return;
  for (Candidate& candidate : found.candidates) {
    if (candidate.kind) continue;
    const auto known = named.find(normal_path(found.shown(candidate)));
    if (known != named.end()) candidate.kind = known->second;
  }
}

/// Tells of files whose text would say what they are and cannot be read: of all at once, since there may be
/// many.
void note_unread(const std::map<std::string, std::errc>& unread, Found& found) {
  if (unread.empty()) return;
  const auto& [path, why] = *unread.begin();
  Error remark = file_error("left out: cannot read what it is", path, why);
  if (unread.size() > 1) remark.message += "; the same of " + counted(unread.size() - 1, "more file");
  remark.hint = "a line in .gitignore or .imglintignore says that it is not to be read";
  add_remarks(found, {std::move(remark)});
}

/// Asks the texts where names do not say what files are.
void leave_out_unrecognised(FileSystem& files, const DiscoverOptions& options, Found& found) {
  std::vector<AskedFile> asked;
  for (const Candidate& candidate : found.candidates)
    if (!candidate.kind) asked.push_back({found.shown(candidate), found.given(candidate), candidate.named});
  const auto kinds = kinds_by_text(files, asked, options.jobs, options.include);
  std::vector<std::errc> unread;
  unread.reserve(found.candidates.size());
  auto answer = kinds.begin();
  for (Candidate& candidate : found.candidates) {
    unread.push_back(candidate.kind ? std::errc{} : answer->unread);
    if (!candidate.kind) candidate.kind = answer++->kind;
  }
  take_those_that_others_name(files, found);
  std::map<std::string, std::errc> untold;
  for (std::size_t i = 0; i < unread.size(); ++i)
    if (const Candidate& candidate = found.candidates[i]; unread[i] != std::errc{} && !candidate.kind)
      untold.emplace(found.shown(candidate), unread[i]);
  note_unread(untold, found);
  std::erase_if(found.candidates, [](const Candidate& candidate) {
    return !candidate.kind || (candidate.is_for_environment && !candidate.kind->reads_env_files);
  });
}

/// Why a folder may seem to hold nothing that is read.
std::string hint_of_nothing(const Recogniser& recogniser, const DiscoverOptions& options) {
  if (!recogniser.excluded_by().empty())
    return recogniser.excluded_by() + " excludes files here; name those that are to be read";
  const std::string names = "'imglint kinds' lists what is looked for";
  return options.no_ignore ? names : names + "; ignored files are left out, --no-ignore reads them";
}

void add_walked(const WalkTools& tools, const std::string& path, const DiscoverOptions& options,
                Found& found) {
  const auto resolved = tools.files.resolve(path);
  if (!resolved) return found.errors.push_back(file_error("cannot read", path, resolved.error()));
  const Folder folder{path, *resolved};
  tools.recogniser.forget_excluded();
  Walk walk = walk_folder(tools, folder, options.no_ignore);
  if (walk.stopped) found.stopped = true;
  for (const std::string& relative : walk.ignore_files)
    found.ignore_files.push_back(join_path(folder.shown, relative));
  std::move(walk.errors.begin(), walk.errors.end(), std::back_inserter(found.errors));
  add_remarks(found, std::move(walk.remarks));
  const Folder before = folder.below("");
  const std::uint32_t root = found.add_root(before.shown, before.resolved);
  found.candidates.reserve(found.candidates.size() + walk.files.size());
  for (WalkedFile& file : walk.files) {
    found.candidates.push_back({.key = before.resolved + file.path,
                                .root = root,
                                .kind = file.answer.kind,
                                .chosen = file.answer.is_chosen,
                                .beside = options.changes.staged ? Beside() : file.beside});
    std::string().swap(file.path);
  }
  const auto is_found = [&](const Candidate& candidate) { return candidate.root == root && candidate.kind; };
  const auto has_any = [&] {
    return std::any_of(found.candidates.begin(), found.candidates.end(), is_found);
  };
  if (!has_any()) leave_out_unrecognised(tools.files, options, found);
  if (!has_any())
    found.remarks.push_back({.message = "no file of a known kind found",
                             .hint = hint_of_nothing(tools.recogniser, options),
                             .path = path});
}

constexpr std::string_view environment_name = ".env";

/// The files of a folder to which its environment file gives values.
void add_readers(const WalkTools& tools, const Folder& folder, std::uint32_t root, Found& found) {
  const auto entries = tools.files.list(folder.shown);
  if (!entries)
    return found.errors.push_back(file_error("cannot read the folder", folder.shown, entries.error()));
  for (const FolderEntry& entry : *entries) {
    if (entry.kind != FileKind::regular) continue;
    const Recogniser::Answer answer = tools.recogniser.by_name(folder.shown, entry.name);
    if (!answer.may_be_taken() || (answer.kind && !answer.kind->reads_env_files)) continue;
    found.candidates.push_back({.key = join_path(folder.resolved, entry.name),
                                .root = root,
                                .kind = answer.kind,
                                .is_for_environment = true});
  }
}

/// Folders of named files without symbolic links, by how they are written.
using ResolvedFolders = std::map<std::string, std::string, std::less<>>;

void add_named(const WalkTools& tools, const std::string& path, bool is_link, ResolvedFolders& folders,
               Found& found) {
  const std::string folder(folder_of(path));
  const auto [known, is_new] = folders.try_emplace(folder);
  if (is_new) {
    const auto resolved = tools.files.resolve(folder);
    known->second = resolved ? *resolved : folder;
  }
  const std::string_view name = name_of(path);
  const auto before = std::string_view(path).substr(0, static_cast<std::size_t>(name.data() - path.data()));
  const std::uint32_t root = found.add_root(before, join_path(known->second, ""));
  if (name == environment_name) return add_readers(tools, {folder, known->second}, root, found);
  if (is_link)
    if (const auto real = tools.files.resolve(path))
      found.links.emplace(join_path(known->second, name), *real);
  found.candidates.push_back(
      {join_path(known->second, name), root, true, named_kind(tools.files, tools.recogniser, path)});
}

Error no_file_to_read(const std::string& path, FileKind kind) {
  Error error = not_a_regular_file(path, kind);
  error.hint = "for standard input give - as the path";
  return error;
}

Found collect(const WalkTools& tools, std::span<const std::string> paths, const DiscoverOptions& options) {
  Found found;
  ResolvedFolders folders;
  for (const std::string& path : paths) {
    auto status = tools.files.link_status(path);
    const bool is_link = status && status->kind == FileKind::symbolic_link;
    if (is_link) status = tools.files.status(path);
    if (!status)
      found.errors.push_back(file_error("cannot read", path, status.error()));
    else if (status->kind == FileKind::folder)
      add_walked(tools, path, options, found);
    else if (status->kind == FileKind::regular)
      add_named(tools, path, is_link, folders, found);
    else  // Not even opened: opening a device may do something.
      found.errors.push_back(no_file_to_read(path, status->kind));
  }
  return found;
}

/// Ignore files and what the configuration leaves out hold for named files too.
void leave_out_ignored(const WalkTools& tools, Found& found) {
  WorkTrees& trees = tools.trees;
  std::map<std::string, std::optional<GitPaths>> kept;  // by work tree
  const auto kept_in = [&](const std::string& top) -> const std::optional<GitPaths>& {
    const auto [known, is_new] = kept.try_emplace(top);
    if (!is_new) return known->second;
    Kept answer = kept_files(tools.files, trees, top);
    add_remarks(found, std::move(answer.remarks));
    return known->second = std::move(answer.paths);
  };
  std::erase_if(found.candidates, [&](const Candidate& candidate) {
    if (!candidate.named) return false;
    if (tools.recogniser.given(found.shown(candidate)).excluded) return true;
    const auto top = trees.top_of(std::string(folder_of(candidate.key)));
    if (!top || !trees.has_git()) return is_never_walked(found.shown(candidate));
    const std::string_view path = below(candidate.key, *top);
    if (is_never_walked(path)) return true;
    const auto& listing = kept_in(*top);
    return listing && !std::binary_search(listing->begin(), listing->end(), path);
  });
}

/// A hook names every YAML file that changed: what neither the configuration nor a name tells is asked by its
/// text, and left out if that does not tell it either. What has a name and may be something else all the same
/// is doubted as in a walk.
void ask_as_a_walk_does(const WalkTools& tools, Found& found) {
  for (Candidate& candidate : found.candidates) {
    if (!candidate.named) continue;
    const std::string path = found.shown(candidate);
    const Recogniser::Answer answer = tools.recogniser.by_name(std::string(folder_of(path)), name_of(path));
    if (answer.kind && answer.kind->doubt && !answer.is_chosen) candidate.named = false;
    if (answer.kind || !answer.ask_text) continue;
    candidate.named = false;
    candidate.kind = nullptr;
  }
}

/// What changed in each work tree; nothing, and an error, where nobody can say.
class Changes {
 public:
  Changes(WorkTrees& trees, const ChangesWanted& wanted, std::vector<Error>& errors)
      : trees_(trees), wanted_(wanted), errors_(errors) {}

  [[nodiscard]] bool has(const std::string& resolved, const std::string& shown) {
    const std::string folder(folder_of(resolved));
    const auto top = trees_.top_of(folder);
    const auto [known, is_new] = changed_.try_emplace(top.value_or(folder));
    if (is_new) known->second = top ? in_work_tree(*top) : not_in_any(std::string(folder_of(shown)));
    return top && known->second &&
           std::binary_search(known->second->begin(), known->second->end(), below(resolved, *top));
  }

 private:
  std::optional<GitPaths> in_work_tree(const std::string& top) {
    const Result<GitRepository>& repository = trees_.repository(top);
    auto listing = repository ? repository->changed_files(wanted_) : Result<GitPaths>(repository.error());
    if (listing) return *std::move(listing);
    errors_.push_back(std::move(listing).error());
    return std::nullopt;
  }
  std::optional<GitPaths> not_in_any(std::string folder) {
    errors_.push_back(
        {.message = "not in a git work tree, so nobody can say what changed", .path = std::move(folder)});
    return std::nullopt;
  }

  WorkTrees& trees_;
  const ChangesWanted& wanted_;
  std::vector<Error>& errors_;
  std::map<std::string, std::optional<GitPaths>> changed_;
};

void leave_out_unchanged(FileSystem& files, WorkTrees& trees, const ChangesWanted& wanted,
                         std::span<const std::string> env_files, Found& found) {
  Changes changes(trees, wanted, found.errors);
  // Outside of all work trees nothing changes, as far as anybody knows.
  const auto has_changed = [&](const std::string& path) {
    const auto folder = files.resolve(std::string(folder_of(path)));
    return folder && trees.top_of(*folder) && changes.has(join_path(*folder, name_of(path)), path);
  };
  const bool all_values_changed = std::ranges::any_of(env_files, has_changed);
  std::erase_if(found.candidates, [&](Candidate& candidate) {
    const std::string shown = found.shown(candidate);
    if (changes.has(candidate.key, shown)) return false;
    if (candidate.kind && !candidate.kind->reads_env_files) return true;
    candidate.is_for_environment = true;
    if (all_values_changed || changes.has(join_path(folder_of(candidate.key), environment_name), shown))
      return false;
    return !candidate.kind || std::ranges::none_of(included_env_files(files, shown), has_changed);
  });
}

/// A link adds nothing beside the file that it leads to, or beside another one that leads there.
void leave_out_links(Found& found) {
  if (found.links.empty()) return;
  std::set<std::string> known;
  for (const Candidate& candidate : found.candidates)
    if (!found.links.contains(candidate.key)) known.insert(candidate.key);
  std::erase_if(found.candidates, [&](const Candidate& candidate) {
    const auto link = found.links.find(candidate.key);
    return link != found.links.end() && !known.insert(link->second).second;
  });
}

/// Each file once, by the bytes of its path. Of a file found in two ways the user's own name for it stays,
/// the first of several.
Discovery in_order(Found found) {
  leave_out_links(found);
  auto& candidates = found.candidates;
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    if (const int order = a.key.compare(b.key); order != 0) return order < 0;
    return a.named != b.named ? a.named : a.root < b.root;
  });
  const auto same = [](const Candidate& a, const Candidate& b) { return a.key == b.key; };
  candidates.erase(std::unique(candidates.begin(), candidates.end(), same), candidates.end());
  Discovery discovery;
  discovery.files.reserve(candidates.size());
  for (Candidate& candidate : candidates) {
    discovery.files.push_back({found.shown(candidate), candidate.kind, candidate.named,
                               found.given(candidate), candidate.chosen, candidate.beside});
    std::string().swap(candidate.key);
  }
  std::sort(discovery.files.begin(), discovery.files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  discovery.errors = std::move(found.errors);
  discovery.remarks = std::move(found.remarks);
  discovery.ignore_files = std::move(found.ignore_files);
  discovery.stopped = found.stopped;
  return discovery;
}

}  // namespace

Discovery discover(FileSystem& files, std::span<const std::string> paths, const DiscoverOptions& options) {
  return discover(files, paths, options, {});
}

Discovery discover(FileSystem& files, std::span<const std::string> paths, const DiscoverOptions& options,
                   std::span<const std::string> env_files) {
  WorkTrees trees(files, options.git, options.changes.staged);
  Recogniser recogniser(options.choose, options.include);
  const WalkTools tools{files, trees, recogniser, options.stop};
  Found found = collect(tools, paths, options);
  if (options.force_exclude) {
    leave_out_ignored(tools, found);
    ask_as_a_walk_does(tools, found);
  }
  if (options.changes.any()) leave_out_unchanged(files, trees, options.changes, env_files, found);
  leave_out_unrecognised(files, options, found);
  return in_order(std::move(found));
}

}  // namespace imglint
