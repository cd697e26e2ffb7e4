#include "project/git_view.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdlib.h>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "project/git_config.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_git_file = 1u << 20;

/// Where the parts of a repository lie. They are two folders in a linked work tree.
struct GitFolders {
  std::string own;     ///< HEAD and the index
  std::string common;  ///< objects and references
};

std::string one_line(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

/// The text of a small file that need not be there; empty if it is not.
Result<std::string> text_of(FileSystem& files, const std::string& path) {
  const auto status = files.link_status(path);
  if (!status && is_absent(status.error())) return std::string();
  if (!status) return file_error("cannot read", path, status.error());
  if (status->kind != FileKind::regular)
    return Error{.message = "'" + printable(path) + "' is no regular file", .path = path};
  auto content = read_file(files, path, largest_git_file);
  if (!content) return std::move(content).error();
  return std::move(content->bytes);
}

std::string from(const std::string& folder, const std::string& path) {
  return path.starts_with('/') ? path : join_path(folder, path);
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (folder == "/" || path.substr(folder.size()).starts_with('/'));
}

/// The other side says so too: a linked work tree is listed there, a submodule is its configured work tree.
bool knows(FileSystem& files, const std::string& git_folder, const std::string& top) {
  if (is_below(git_folder, top)) return true;
  const auto link = text_of(files, join_path(git_folder, "gitdir"));
  if (link && !link->empty() &&
      normal_path(from(git_folder, one_line(*link))) == normal_path(join_path(top, ".git")))
    return true;
  const auto config = text_of(files, join_path(git_folder, "config"));
  if (!config) return false;
  const std::string work_tree = work_tree_in(*config);
  return !work_tree.empty() && normal_path(from(git_folder, work_tree)) == normal_path(top);
}

Result<GitFolders> folders_of(FileSystem& files, const std::string& top) {
  const std::string entry = join_path(top, ".git");
  const auto status = files.link_status(entry);
  if (!status) return file_error("cannot read", entry, status.error());
  if (status->kind == FileKind::symbolic_link)
    return Error{.message = "its .git is a symbolic link", .path = entry};
  if (status->kind == FileKind::folder) return GitFolders{entry, entry};
  const auto text = text_of(files, entry);
  if (!text) return text.error();
  constexpr std::string_view word = "gitdir: ";
  if (!text->starts_with(word))
    return Error{.message = "git failed: invalid gitfile format: " + printable(entry), .path = entry};
  const auto own = files.resolve(from(top, one_line(text->substr(word.size()))));
  if (!own) return file_error("git failed: cannot read what .git leads to", entry, own.error());
  if (!knows(files, *own, top))
    return Error{.message = "its .git file leads to a repository that does not know of this folder",
                 .path = entry};
  const auto common = text_of(files, join_path(*own, "commondir"));
  if (!common) return common.error();
  if (common->empty()) return GitFolders{*own, *own};
  const auto resolved = files.resolve(from(*own, one_line(*common)));
  if (!resolved) return file_error("git failed: cannot read its common folder", *own, resolved.error());
  return GitFolders{*own, *resolved};
}

Error no_temporary_folder() {
  return {.message = "cannot make a temporary folder", .hint = "set TMPDIR to a writable folder"};
}

std::string new_folder() {
  std::error_code failed;
  for (const std::string& parent : {fs::temp_directory_path(failed).string(), std::string("/dev/shm")}) {
    std::string pattern = join_path(parent, "imglint-XXXXXX");
    if (!parent.empty() && mkdtemp(pattern.data()) != nullptr) return pattern;
  }
  return {};
}

/// A part that need not be there, but is of the kind if it is.
Result<bool> has(FileSystem& files, const std::string& path, FileKind kind) {
  const auto status = files.link_status(path);
  if (!status && is_absent(status.error())) return false;
  if (!status) return file_error("cannot read", path, status.error());
  if (status->kind == kind) return true;
  return Error{.message = "'" + printable(path) + "' is no regular file or folder", .path = path};
}

struct RepositoryPart {
  std::string_view name;
  FileKind kind;
  bool own;  ///< of the work tree, not of all work trees
};
constexpr std::array parts = {
    RepositoryPart{"objects", FileKind::folder, false},
    RepositoryPart{"refs", FileKind::folder, false},
    RepositoryPart{"packed-refs", FileKind::regular, false},
    RepositoryPart{"reftable", FileKind::folder, false},
    RepositoryPart{"shallow", FileKind::regular, false},
    RepositoryPart{"info/exclude", FileKind::regular, false},
    RepositoryPart{"index", FileKind::regular, true},
    RepositoryPart{"logs", FileKind::folder, true},
};

/// References that are no more than a file each.
constexpr std::array heads = {"HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD"};

Result<void> link_parts(FileSystem& files, const GitFolders& folders, const std::string& view) {
  std::error_code failed;
  const auto link = [&](const std::string& path, std::string_view name) {
    fs::create_symlink(path, join_path(view, name), failed);
  };
  for (const RepositoryPart& part : parts) {
    const std::string path = join_path(part.own ? folders.own : folders.common, part.name);
    const auto there = has(files, path, part.kind);
    if (!there) return there.error();
    if (*there) link(path, part.name);
  }
  const auto entries = files.list(folders.own);
  if (!entries) return file_error("cannot read the folder", folders.own, entries.error());
  for (const FolderEntry& entry : *entries)
    if (entry.kind == FileKind::regular && entry.name.starts_with("sharedindex."))
      link(join_path(folders.own, entry.name), entry.name);
  if (failed) return no_temporary_folder();
  return {};
}

Result<void> copy_parts(FileSystem& files, const GitFolders& folders, const std::string& view) {
  const auto config = text_of(files, join_path(folders.common, "config"));
  if (!config) return config.error();
  std::ofstream(join_path(view, "config")) << harmless_config(*config);
  for (const char* name : heads) {
    const auto text = text_of(files, join_path(folders.own, name));
    if (!text) return text.error();
    if (!text->empty()) std::ofstream(join_path(view, name)) << *text;
  }
  return {};
}

}  // namespace

GitView::~GitView() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<GitView> GitView::of(FileSystem& files, const std::string& top) {
  const auto folders = folders_of(files, top);
  if (!folders) return folders.error();
  GitView view(new_folder());
  if (view.path_.empty()) return no_temporary_folder();
  std::error_code failed;
  fs::create_directory(view.path_ + "/info", failed);
  if (auto linked = link_parts(files, *folders, view.path_); !linked) return linked.error();
  if (auto copied = copy_parts(files, *folders, view.path_); !copied) return copied.error();
  return view;
}

Result<GitView> GitView::empty() {
  GitView view(new_folder());
  if (view.path_.empty()) return no_temporary_folder();
  std::error_code failed;
  fs::create_directory(view.path_ + "/objects", failed);
  fs::create_directory(view.path_ + "/refs", failed);
  std::ofstream(view.path_ + "/HEAD") << "ref: refs/heads/none\n";
  return view;
}

}  // namespace imglint
