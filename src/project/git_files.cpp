#include "project/git_files.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/printable.hpp"
#include "base/process.hpp"

namespace imglint {
namespace {

namespace fs = std::filesystem;

/// What `git rev-parse --local-env-vars` lists: a hook sets some of these for the repository it runs in, and
/// they would turn a question about another folder into one about that repository.
const std::vector<std::string>& repository_variables() {
  static const std::vector<std::string> names = {
      "GIT_ALTERNATE_OBJECT_DIRECTORIES",
      "GIT_CONFIG",
      "GIT_CONFIG_PARAMETERS",
      "GIT_CONFIG_COUNT",
      "GIT_OBJECT_DIRECTORY",
      "GIT_DIR",
      "GIT_WORK_TREE",
      "GIT_IMPLICIT_WORK_TREE",
      "GIT_GRAFT_FILE",
      "GIT_INDEX_FILE",
      "GIT_NO_REPLACE_OBJECTS",
      "GIT_REPLACE_REF_BASE",
      "GIT_PREFIX",
      "GIT_INTERNAL_SUPER_PREFIX",
      "GIT_SHALLOW_FILE",
      "GIT_COMMON_DIR",
      "GIT_LITERAL_PATHSPECS",
      "GIT_GLOB_PATHSPECS",
      "GIT_NOGLOB_PATHSPECS",
      "GIT_ICASE_PATHSPECS",
  };
  return names;
}

/// git in a folder. A repository may come from a stranger: its configuration must not start programs
/// (fsmonitor, transports of a partial clone).
Invocation git_in(const std::string& git, const std::string& folder,
                  const std::vector<std::string>& options) {
  Invocation command{.words = {git, "-C", folder, "-c", "core.fsmonitor=false"},
                     .without = repository_variables(),
                     .settings = {{"LC_ALL", "C"},
                                  {"GIT_OPTIONAL_LOCKS", "0"},
                                  {"GIT_ALLOW_PROTOCOL", "none"},
                                  {"GIT_TERMINAL_PROMPT", "0"}}};
  command.words.insert(command.words.end(), options.begin(), options.end());
  return command;
}

Invocation ls_files(const std::string& git, const std::string& folder, std::vector<std::string> options) {
  options.insert(options.begin(), {"ls-files", "-z"});
  return git_in(git, folder, options);
}

/// A commit of some files only has an index of its own, which git names to its hooks by a path in the
/// repository.
std::optional<std::string> index_of_hook(const std::string& top) {
  const char* index = getenv("GIT_INDEX_FILE");
  if (index == nullptr) return std::nullopt;
  std::error_code failed;
  const fs::path path = fs::weakly_canonical(index, failed);
  if (failed || !path.string().starts_with(top == "/" ? top : top + '/')) return std::nullopt;
  return path.string();
}

Error refusal(const std::string& folder, const ProcessOutput& output) {
  std::string_view text = output.errors;
  if (text.find("dubious ownership") != text.npos)
    return {.message = "git does not trust this repository, because it belongs to someone else",
            .hint = "git config --global --add safe.directory " + printable(folder),
            .path = folder};
  text = text.substr(0, text.find('\n'));
  if (text.starts_with("fatal: ")) text.remove_prefix(7);
  return {.message = "git failed: " + printable(text), .path = folder};
}

Result<std::string> output_of(const Invocation& command, const std::string& folder) {
  auto result = run(command);
  if (!result) {
    if (result.error() == std::errc::no_such_file_or_directory)
      return Error{.message = "git was not found", .hint = "install git", .path = folder};
    return file_error("cannot run git", folder, result.error());
  }
  if (result->status != 0) return refusal(folder, *result);
  return std::move(result->output);
}

GitPaths sorted(GitPaths paths) {
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

/// False for what a listing of a folder cannot mean.
bool stays_inside(std::string_view path) {
  return !path.empty() && path[0] != '/' && !path.starts_with("../") && path.find("/../") == path.npos;
}

GitPaths split(std::string_view output) {
  GitPaths paths;
  while (!output.empty()) {
    const auto end = std::min(output.find('\0'), output.size());
    if (stays_inside(output.substr(0, end))) paths.emplace_back(output.substr(0, end));
    output.remove_prefix(std::min(end + 1, output.size()));
  }
  return sorted(std::move(paths));
}

Result<GitPaths> paths_of(const Invocation& command, const std::string& folder) {
  const auto output = output_of(command, folder);
  if (!output) return output.error();
  return split(*output);
}

/// An empty repository of our own, outside of the user's files, for questions about folders without one.
class ScratchRepository {
 public:
  ScratchRepository() {
    std::error_code failed;
    std::string pattern = fs::temp_directory_path(failed).string() + "/imglint-XXXXXX";
    if (failed || mkdtemp(pattern.data()) == nullptr) return;
    path_ = pattern;
    fs::create_directory(path_ + "/objects", failed);
    fs::create_directory(path_ + "/refs", failed);
    std::ofstream(path_ + "/HEAD") << "ref: refs/heads/none\n";
  }
  ScratchRepository(const ScratchRepository&) = delete;
  ScratchRepository& operator=(const ScratchRepository&) = delete;
  ~ScratchRepository() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

std::optional<std::string> work_tree_of(FileSystem& files, const std::string& resolved) {
  std::string_view folder = resolved;
  for (;;) {
    const auto status = files.link_status(join_path(folder, ".git"));
    // If nobody can say, git is asked.
    if (status || !is_absent(status.error())) return std::string(folder);
    if (folder == "/" || folder == ".") return std::nullopt;
    folder = folder_of(folder);
  }
}

Result<GitPaths> files_by_gitignore(const std::string& git, const std::string& folder) {
  return paths_of(ls_files(git, folder, {"-c", "-o", "--exclude-standard"}), folder);
}

Result<GitPaths> files_by_imglintignore(const std::string& git, const std::string& folder,
                                        bool in_work_tree) {
  // With an empty index every file is untracked, so that the ignore file holds for all of them.
  Invocation command =
      ls_files(git, folder, {"-o", "-x", "node_modules", "--exclude-per-directory=.imglintignore"});
  if (in_work_tree) {
    command.settings.emplace_back("GIT_INDEX_FILE", "/nonexistent/imglint");
    return paths_of(command, folder);
  }
  const ScratchRepository scratch;
  if (scratch.path().empty())
    return Error{.message = "cannot make a temporary folder", .hint = "set TMPDIR to a writable folder"};
  command.settings.emplace_back("GIT_DIR", scratch.path());
  command.settings.emplace_back("GIT_WORK_TREE", folder);
  return paths_of(command, folder);
}

Result<GitPaths> changed_files(const std::string& git, const std::string& top, const ChangesWanted& wanted) {
  std::vector<std::string> words = {
      "diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", "--no-ext-diff", "--ignore-submodules"};
  if (wanted.staged) {
    words.emplace_back("--cached");
  } else {
    const auto commit = output_of(
        git_in(git, top,
               {"rev-parse", "--verify", "--quiet", "--end-of-options", wanted.since + "^{commit}"}),
        top);
    if (!commit)
      return Error{.message = "git knows no commit '" + printable(wanted.since) + "'",
                   .hint = "a shallow clone may lack it: git fetch --depth or --unshallow brings it",
                   .path = top};
    words.push_back(commit->substr(0, commit->find('\n')));
  }
  words.emplace_back("--");
  Invocation command = git_in(git, top, words);
  const auto index = wanted.staged ? index_of_hook(top) : std::nullopt;
  if (index) command.settings.emplace_back("GIT_INDEX_FILE", *index);
  auto changed = paths_of(command, top);
  if (!changed || wanted.staged) return changed;
  auto fresh = paths_of(ls_files(git, top, {"-o", "--exclude-standard"}), top);
  if (!fresh) return fresh;
  changed->insert(changed->end(), fresh->begin(), fresh->end());
  return sorted(*std::move(changed));
}

Result<GitPaths> submodules(const std::string& git, const std::string& folder) {
  const auto output = output_of(ls_files(git, folder, {"--stage"}), folder);
  if (!output) return output.error();
  GitPaths paths = split(*output);
  // Each is `mode hash stage TAB path`.
  std::erase_if(paths, [](const std::string& entry) { return !entry.starts_with("160000 "); });
  for (std::string& entry : paths) entry.erase(0, entry.find('\t') + 1);
  return sorted(std::move(paths));
}

}  // namespace imglint
