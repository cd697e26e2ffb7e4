#include "project/git_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/printable.hpp"
#include "base/process.hpp"
#include "project/git_warnings.hpp"
#include "project/ignore_files.hpp"

namespace imglint {
namespace {

namespace fs = std::filesystem;

/// The largest repositories take git some seconds on a cold disk.
constexpr std::chrono::milliseconds slow{1000}, too_long{20'000};

/// What `git rev-parse --local-env-vars` lists: a hook sets some of these for the repository it runs in, and
/// they would turn a question about another folder into one about that repository.
const std::vector<std::string>& unwanted_variables() {
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
      // What would start a program.
      "GIT_EXTERNAL_DIFF",
      "GIT_SSH",
      "GIT_SSH_COMMAND",
      "GIT_PROXY_COMMAND",
      "GIT_ASKPASS",
      "SSH_ASKPASS",
      "GIT_PAGER",
      "GIT_EDITOR",
  };
  return names;
}

/// git in a folder, with a git folder of ours. What the user's own configuration names is not started either.
Invocation git_in(const std::string& git, const std::string& folder, const std::string& git_folder) {
  return {.words = {git, "-C", folder, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c",
                    "core.attributesFile=/dev/null", "-c", "core.pager=cat", "-c", "diff.external=", "-c",
                    "credential.helper="},
          .without = unwanted_variables(),
          .settings = {{"LC_ALL", "C"},
                       {"GIT_OPTIONAL_LOCKS", "0"},
                       {"GIT_ATTR_NOSYSTEM", "1"},
                       {"GIT_ALLOW_PROTOCOL", "none"},
                       {"GIT_NO_LAZY_FETCH", "1"},
                       {"GIT_TERMINAL_PROMPT", "0"},
                       {"GIT_DIR", git_folder}}};
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
  text = text.substr(0, text.find('\n'));
  if (text.starts_with("fatal: ")) text.remove_prefix(7);
  return {.message = "git failed: " + printable(text), .path = folder};
}

/// What a program says that is run for a folder; whether it waits for ever is looked at when it is slow. It
/// may end with one status beside 0.
Result<std::string> output_of(FileSystem& files, Invocation command, const std::string& folder,
                              std::string* warnings = nullptr, int fine_status = 0) {
  std::optional<Error> cause;
  command.patience = {.first = slow, .longest = too_long, .is_hopeless = [&] {
                        cause = unfit_ignore_file_below(files, folder);
                        return cause.has_value();
                      }};
  auto result = run(command);
  if (!result) {
    if (result.error() == std::errc::no_such_file_or_directory)
      return Error{.message = "git was not found", .hint = "install git", .path = folder};
    if (result.error() == std::errc::timed_out && cause) return *cause;
    if (result.error() == std::errc::timed_out)
      return Error{.message = "git did not answer within " + std::to_string(too_long.count() / 1000) + " s",
                   .path = folder};
    return file_error("cannot run git", folder, result.error());
  }
  if (result->status != 0 && result->status != fine_status) return refusal(folder, *result);
  if (warnings) *warnings = std::move(result->errors);
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

/// Only git reads ignore files, and it sees no file in an index that is not there: so each is untracked, and
/// the ignore file holds for all of them.
const std::vector<std::string> by_imglintignore = {
    "ls-files", "-z", "-o", "-x", "node_modules", "--exclude-per-directory=.imglintignore"};
constexpr const char* no_index = "/nonexistent/imglint";

bool is_zero(std::string_view hash) { return hash.find_first_not_of('0') == hash.npos; }

/// An entry of `git diff-index --raw -z`.
struct Difference {
  std::string path;
  std::string old_hash;
  std::string status;        ///< a letter: `A`, `D`, `M`, `T`, `U`
  bool was_regular = false;  ///< no symbolic link, no submodule
  bool same_kind = false;    ///< a regular file before and now, whose bytes nobody has compared
};

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

/// Each is `:MODE MODE HASH HASH STATUS NUL path NUL`.
std::vector<Difference> read_differences(std::string_view output) {
  std::vector<Difference> result;
  while (output.starts_with(':')) {
    output.remove_prefix(1);
    const std::string_view old_mode = take_until(output, ' '), new_mode = take_until(output, ' ');
    const std::string_view old_hash = take_until(output, ' '), new_hash = take_until(output, ' ');
    const std::string_view status = take_until(output, '\0'), path = take_until(output, '\0');
    const bool compared = status != "M" || !is_zero(new_hash);
    const bool regular = old_mode.starts_with("100") && old_mode == new_mode;
    result.push_back({.path = std::string(path),
                      .old_hash = std::string(old_hash),
                      .status = std::string(status),
                      .was_regular = old_mode.starts_with("100"),
                      .same_kind = regular && !compared});
  }
  return result;
}

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

Result<GitRepository> GitRepository::open(FileSystem& files, const std::string& git, const std::string& top) {
  auto view = GitView::of(files, top);
  if (!view) return std::move(view).error();
  return GitRepository(files, git, top, *std::move(view));
}

Result<std::string> GitRepository::ask(const std::string& folder, const std::vector<std::string>& words,
                                       const std::string& index, std::string* warnings) const {
  Invocation command = git_in(git_, folder, view_.path());
  command.settings.emplace_back("GIT_WORK_TREE", top_);
  if (!index.empty()) command.settings.emplace_back("GIT_INDEX_FILE", index);
  // Filters may be the user's own, and still are no business of a linter.
  if (words[0] != "ls-files") {
    command.settings.emplace_back("GIT_CONFIG_GLOBAL", "/dev/null");
    command.settings.emplace_back("GIT_CONFIG_NOSYSTEM", "1");
  }
  command.words.insert(command.words.end(), words.begin(), words.end());
  return output_of(*files_, std::move(command), folder, warnings);
}

Result<GitPaths> GitRepository::list(const std::string& folder, const std::vector<std::string>& words,
                                     const std::string& index) const {
  const auto output = ask(folder, words, index);
  if (!output) return output.error();
  return split(*output);
}

Result<GitListing> GitRepository::files_by_gitignore(const std::string& folder) const {
  if (auto unfit = unfit_ignore_file_above(*files_, folder, top_)) return *std::move(unfit);
  std::string warnings;
  const auto output = ask(folder, {"ls-files", "-z", "-c", "-o", "--exclude-standard"}, {}, &warnings);
  if (!output) return output.error();
  return GitListing{split(*output), unopened_folders(warnings)};
}

Result<bool> GitRepository::ignores(const std::string& path) const {
  const std::string folder(folder_of(join_path(top_, path)));
  if (auto unfit = unfit_ignore_file_above(*files_, folder, top_)) return *std::move(unfit);
  Invocation command = git_in(git_, top_, view_.path());
  command.settings.emplace_back("GIT_WORK_TREE", top_);
  command.words.insert(command.words.end(), {"check-ignore", "--", "./" + path});
  const auto output = output_of(*files_, std::move(command), top_, nullptr, 1);  // that it is not
  if (!output) return output.error();
  return !output->empty();
}

Result<GitPaths> GitRepository::files_by_imglintignore(const std::string& folder) const {
  if (auto unfit = unfit_ignore_file_above(*files_, folder, top_)) return *std::move(unfit);
  if (staged_) {
    const auto state = index_state();
    if (!state) return state.error();
    const auto is_ours = [](const std::string& path) { return name_of(path) == imglintignore_name; };
    if (std::ranges::any_of(state->changed, is_ours) || std::ranges::any_of(state->absent, is_ours))
      return files_by_staged_imglintignore(folder);
  }
  return list(folder, by_imglintignore, no_index);
}

/// git takes an ignore file from the index if the disk has none and it is marked as not to be checked out: it
/// gets a copy of the index with such marks, and an empty folder as work tree.
Result<GitPaths> GitRepository::files_by_staged_imglintignore(const std::string& folder) const {
  const std::string index = join_path(view_.path(), "imglint-index");
  const std::string nothing = join_path(view_.path(), "imglint-nothing");
  std::error_code failed;
  fs::copy_file(index_of_hook(top_).value_or(join_path(view_.path(), "index")), index,
                fs::copy_options::overwrite_existing, failed);
  if (!failed) fs::create_directory(nothing, failed);
  if (failed) return Error{.message = "cannot copy git's index: " + failed.message(), .path = top_};
  const std::string pattern = ":(top,glob)**/" + std::string(imglintignore_name);
  auto ours = list(top_, {"ls-files", "-z", "-c", "--", pattern}, index);
  if (!ours) return ours;
  std::vector<std::string> mark = {"update-index", "--skip-worktree", "--"};
  mark.insert(mark.end(), ours->begin(), ours->end());
  if (const auto marked = ask(top_, mark, index); !ours->empty() && !marked) return marked.error();
  auto all = list(top_, {"ls-files", "-z", "-c"}, index);
  if (!all) return all;
  Invocation command = git_in(git_, nothing, view_.path());
  command.settings.emplace_back("GIT_WORK_TREE", nothing);
  command.settings.emplace_back("GIT_INDEX_FILE", index);
  for (const char* word : {"ls-files", "-z", "-c", "-i", "-x", "node_modules"})
    command.words.emplace_back(word);
  command.words.push_back(by_imglintignore.back());
  const auto ignored = output_of(*files_, std::move(command), top_);
  if (!ignored) return ignored.error();
  const GitPaths left_out = split(*ignored);
  const std::string before = folder == top_ ? "" : folder.substr(top_ == "/" ? 1 : top_.size() + 1) + '/';
  GitPaths kept;
  for (const std::string& path : *all)
    if (path.starts_with(before) && !std::ranges::binary_search(left_out, path))
      kept.push_back(path.substr(before.size()));
  return kept;
}

Result<GitPaths> files_by_imglintignore(FileSystem& files, const std::string& git,
                                        const std::string& folder) {
  if (auto unfit = unfit_ignore_file_above(files, folder, folder)) return *std::move(unfit);
  const auto view = GitView::empty();
  if (!view) return view.error();
  Invocation command = git_in(git, folder, view->path());
  command.settings.emplace_back("GIT_WORK_TREE", folder);
  command.words.insert(command.words.end(), by_imglintignore.begin(), by_imglintignore.end());
  const auto output = output_of(files, std::move(command), folder);
  if (!output) return output.error();
  return split(*output);
}

Result<std::string> GitRepository::commit(const std::string& name) const {
  auto hash = ask(top_, {"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
  if (hash) return hash->substr(0, hash->find('\n'));
  if (const auto version = ask(top_, {"--version"}); !version) return version.error();  // there is no git
  return Error{.message = "git knows no commit '" + printable(name) + "'",
               .hint = "a shallow clone may lack it: git fetch --depth or --unshallow brings it",
               .path = top_};
}

/// What the changes count from; before the first commit, the empty tree.
Result<std::string> GitRepository::first_state(const ChangesWanted& wanted) const {
  if (!wanted.staged) return commit(wanted.since);
  if (auto head = commit("HEAD")) return head;
  auto empty = ask(top_, {"hash-object", "-t", "tree", "/dev/null"});
  if (!empty) return empty;
  return empty->substr(0, empty->find('\n'));
}

/// A file whose time changed need not have other bytes. Those are compared as they are: no filter is run.
GitPaths GitRepository::without_equal(std::string_view output) const {
  constexpr std::size_t at_a_time = 200;
  std::vector<Difference> differences = read_differences(output);
  std::vector<Difference*> unsure;
  for (Difference& difference : differences)
    if (difference.same_kind) unsure.push_back(&difference);
  for (std::size_t begin = 0; begin < unsure.size(); begin += at_a_time) {
    const std::size_t end = std::min(begin + at_a_time, unsure.size());
    std::vector<std::string> words = {"hash-object", "--no-filters", "--"};
    for (std::size_t i = begin; i < end; ++i) words.push_back(unsure[i]->path);
    const auto hashes = ask(top_, words);
    if (!hashes) continue;
    std::string_view rest = *hashes;
    for (std::size_t i = begin; i < end; ++i)
      if (take_until(rest, '\n') == unsure[i]->old_hash) unsure[i]->path.clear();
  }
  GitPaths changed;
  for (Difference& difference : differences)
    if (stays_inside(difference.path)) changed.push_back(std::move(difference.path));
  return sorted(std::move(changed));
}

Result<GitPaths> GitRepository::changed_files(const ChangesWanted& wanted) const {
  const auto from = first_state(wanted);
  if (!from) return from.error();
  std::vector<std::string> words = {
      "diff-index", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules"};
  // What is only meant to be added is not staged.
  if (wanted.staged) words.insert(words.end(), {"--cached", "--ita-invisible-in-index"});
  words.insert(words.end(), {*from, "--"});
  const auto output = ask(top_, words, wanted.staged ? index_of_hook(top_).value_or("") : "");
  if (!output) return output.error();
  GitPaths changed = without_equal(*output);
  if (wanted.staged) return changed;
  auto fresh = list(top_, {"ls-files", "-z", "-o", "--exclude-standard"});
  if (!fresh) return fresh;
  changed.insert(changed.end(), fresh->begin(), fresh->end());
  return sorted(std::move(changed));
}

Result<std::string> GitRepository::staged_bytes(const std::string& path) const {
  return ask(top_, {"cat-file", "blob", ":0:" + path}, index_of_hook(top_).value_or(""));
}

Result<IndexState> GitRepository::index_state() const {
  const std::string index = index_of_hook(top_).value_or("");
  const std::vector<std::string> how = {
      "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules"};
  const auto ask_for = [&](std::vector<std::string> words, std::initializer_list<std::string> more) {
    words.insert(words.end(), how.begin(), how.end());
    words.insert(words.end(), more);
    return ask(top_, words, index);
  };
  const auto unstaged = ask_for({"diff-files"}, {"--ita-invisible-in-index", "--"});
  if (!unstaged) return unstaged.error();
  IndexState state;
  for (Difference& difference : read_differences(*unstaged)) {
    if (!stays_inside(difference.path)) continue;
    if (difference.status == "A")
      state.absent.push_back(std::move(difference.path));
    else if (difference.was_regular && difference.status != "U")
      state.changed.push_back(std::move(difference.path));
  }
  // Before the first commit nothing can be removed.
  const auto head = commit("HEAD");
  if (!head) return state;
  const auto removed =
      ask_for({"diff-index", "--cached"}, {"--diff-filter=D", "--ita-invisible-in-index", *head, "--"});
  if (!removed) return removed.error();
  for (Difference& difference : read_differences(*removed))
    if (stays_inside(difference.path)) state.absent.push_back(std::move(difference.path));
  return state;
}

Result<GitPaths> GitRepository::submodules(const std::string& folder) const {
  auto paths = list(folder, {"ls-files", "-z", "--stage"});
  if (!paths) return paths;
  // Each is `mode hash stage TAB path`.
  std::erase_if(*paths, [](const std::string& entry) { return !entry.starts_with("160000 "); });
  for (std::string& entry : *paths) entry.erase(0, entry.find('\t') + 1);
  return sorted(*std::move(paths));
}

}  // namespace imglint
