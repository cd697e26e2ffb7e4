// imglint retarget --revert: the way back from a run, by its lock.
#include <algorithm>
#include <map>

#include "base/printable.hpp"
#include "cli/commands/retarget_run.hpp"
#include "cli/configured_contexts.hpp"
#include "edit/unified_diff.hpp"
#include "kinds/index.hpp"
#include "output/retarget_lock_json.hpp"
#include "output/retarget_output.hpp"
#include "project/recogniser.hpp"
#include "retarget/lock.hpp"
#include "retarget/prove_revert.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

Result<Lock> read_lock(const std::string& path, FileSystem& files) {
  auto content = read_file(files, path);
  if (!content) return std::move(content).error();
  Result<Lock> lock = read_lock_json(content->bytes);
  if (lock) return lock;
  Error error = lock.error();
  error.path = path;
  return error;
}

/// Only what lies at or below the given paths; everything if there are none.
bool is_wanted(const std::string& path, const std::vector<std::string>& paths) {
  if (paths.empty()) return true;
  return std::any_of(paths.begin(), paths.end(), [&](std::string wanted) {
    while (wanted.size() > 1 && wanted.ends_with('/')) wanted.pop_back();
    return wanted == "." || path == wanted || (path.starts_with(wanted) && path[wanted.size()] == '/');
  });
}

/// A path under which the lock has no file, most likely a mistake.
std::optional<Error> unknown_path(const Lock& lock, const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    if (std::none_of(lock.files.begin(), lock.files.end(),
                     [&](const LockedFile& file) { return is_wanted(file.path, {path}); }))
      return Error{.message = "the lock has no file here",
                   .hint = "its paths are those of the run, from the folder where that was started",
                   .path = path};
  return std::nullopt;
}

/// What is left to do about an edit that only put something in, or only took something away, too.
std::string lost_message(const Source& source, const LockedEdit& edit) {
  const std::string now = "'" + printable(edit.now) + "'";
  const std::string was = "'" + printable(edit.was) + "'";
  std::string what = "the line with " + now + " was changed since; write " + was + " in its place by hand";
  if (edit.now.empty()) what = "a line that had " + was + " was changed since; put that back by hand";
  if (edit.was.empty()) what = "the line with " + now + " was changed since; take that out by hand";
  return printable_path(source.path()) + ": error: " + what + " [" +
         std::string(to_string(RefusalKind::not_editable)) + "]\n";
}

LockScope scope_of(const std::vector<std::string>& paths, FileSystem& files) {
  LockScope scope;
  if (auto folder = files.resolve(".")) scope.folder = *std::move(folder);
  for (const std::string& path : paths)
    if (auto resolved = files.resolve(path)) scope.named.push_back(*std::move(resolved));
  return scope;
}

/// `.env`, `prod.env`, `.env.prod`: files of assignments, which are read beside the compose files they are
/// for.
bool is_environment(const std::string& path) {
  const std::string_view name = name_of(path);
  return name.ends_with(".env") || name.starts_with(".env.");
}

/// What a revert reads: the files of its lock that are wanted, and those that tell what these hold.
struct LockedFiles {
  std::vector<LockedFile> wanted;
  std::vector<LockedReader> readers;
};

/// A reader that a lock must not name, or that is gone, is not read: what it told is then no reference.
LockedFiles wanted_files(const Lock& lock, const std::vector<std::string>& paths, const LockScope& scope,
                         FileSystem& files) {
  LockedFiles result;
  for (const LockedFile& locked : lock.files)
    if (is_wanted(locked.path, paths)) result.wanted.push_back(locked);
  for (const LockedReader& reader : lock.readers)
    if (!fault_of_locked_path(reader.path, scope, files)) result.readers.push_back(reader);
  return result;
}

/// What a file is read as: what the lock says, if its text and name allow some run to read it so.
const KindInfo* kind_as_locked(const std::string& path, const std::string& locked, const FileChooser& choose,
                               Recogniser& recogniser, FileSystem& files) {
  const KindInfo* named = named_kind(files, recogniser, path);
  const KindInfo* wanted = locked.empty() ? nullptr : find_kind(locked);
  if (wanted == nullptr || wanted == named) return named;
  Recogniser walk(choose, {std::string(wanted->include)});
  const Recogniser::Answer answer = walk.by_name(std::string(folder_of(path)), name_of(path));
  const bool is_walked = answer.kind == wanted ||
                         (answer.ask_text && kind_by_text(files, AskedFile{path}, walk.include()) == wanted);
  return is_walked ? wanted : named;
}

using KindsOfFiles = std::map<std::string, const KindInfo*>;

/// Adds the files beside a file of assignments, which take values from it whether they were edited or not.
void add_readers(const std::string& environment, Recogniser& recogniser, FileSystem& files,
                 KindsOfFiles& into) {
  const std::string folder(folder_of(environment));
  const auto entries = files.list(folder);
  if (!entries) return;
  for (const FolderEntry& entry : *entries) {
    if (entry.kind != FileKind::regular) continue;
    const Recogniser::Answer answer = recogniser.by_name(folder, entry.name);
    if (!answer.may_be_taken()) continue;
    const std::string path = join_path(folder, entry.name);
    const KindInfo* kind = answer.kind ? answer.kind : kind_by_text(files, AskedFile{path});
    if (kind != nullptr && kind->reads_env_files) into.emplace(path, kind);
  }
}

/// What is read to undo a run: the files of the lock, and who takes values from them. Each is read as the run
/// has read it.
std::vector<FoundFile> documents_of(const LockedFiles& locked, const FileChooser& choose,
                                    const std::vector<std::string>& include, FileSystem& files) {
  Recogniser recogniser(choose, include);
  KindsOfFiles kinds;
  const auto add = [&](const std::string& path, const std::string& kind) {
    if (is_environment(path))
      add_readers(path, recogniser, files, kinds);
    else
      kinds.insert_or_assign(path, kind_as_locked(path, kind, choose, recogniser, files));
  };
  for (const LockedReader& reader : locked.readers) add(reader.path, reader.kind);
  for (const LockedFile& file : locked.wanted) add(file.path, file.kind);
  std::vector<FoundFile> found;
  for (const auto& [path, kind] : kinds) found.push_back({.path = path, .kind = kind, .named = true});
  return found;
}

/// A file of assignments that nothing takes values from.
std::optional<Error> unused_environment(const std::vector<LockedFile>& locked, const Project& project) {
  for (const LockedFile& file : locked)
    if (is_environment(file.path) && !project.environment.contains(file.path))
      return Error{.message = "no compose file beside it takes values from it",
                   .hint = "give it with --env-file if the run did",
                   .path = file.path};
  return std::nullopt;
}

/// The edits that undo the run, and messages about those whose line was changed since.
struct Undone {
  std::vector<EditSet> edits;
  std::vector<std::string> lost;
};

Undone undo(const std::vector<LockedFile>& wanted, const Project& project) {
  std::map<std::string_view, const Source*> sources;
  for (const ProjectFile& file : project.files) sources.emplace(file.source->path(), file.source.get());
  for (const auto& [path, file] : project.environment)
    if (file.source) sources.emplace(path, file.source.get());
  Undone result;
  for (const LockedFile& locked : wanted) {
    const auto source = sources.find(locked.path);
    if (source == sources.end()) continue;
    Reverted reverted = revert_edits(*source->second, locked);
    for (const LockedEdit& edit : reverted.lost) result.lost.push_back(lost_message(*source->second, edit));
    if (!reverted.edits.empty()) result.edits.push_back(std::move(reverted.edits));
  }
  return result;
}

}  // namespace

ExitCode run_revert(const RetargetWords& words, const RetargetSettings& settings,
                    ConfiguredContexts& contexts, const Session& session) {
  const Result<Lock> lock = read_lock(words.revert, session.files);
  if (!lock) return failed(lock.error(), false, session);
  if (const auto error = unknown_path(*lock, words.common.paths)) return failed(*error, false, session);
  const LockScope scope = scope_of(words.common.paths, session.files);
  const LockedFiles locked_files = wanted_files(*lock, words.common.paths, scope, session.files);
  const std::vector<LockedFile>& wanted = locked_files.wanted;
  for (const LockedFile& locked : wanted)
    if (const auto error = fault_of_locked_path(locked.path, scope, session.files))
      return failed(*error, false, session);
  LoadHooks hooks = contexts.hooks();
  LoadOptions load = load_options(words.common).value();
  load.contexts_of = std::move(hooks.contexts_of);
  load.places_of = std::move(hooks.places_of);
  Project project;
  load.scripts = true;
  load_project(documents_of(locked_files, hooks.choose, words.common.include, session.files), load,
               session.files, project);
  if (!contexts.are_good(session)) return ExitCode::failed;
  if (!project.errors.empty()) return failed(project.errors.front(), false, session);
  if (const auto error = unused_environment(wanted, project)) return failed(*error, false, session);
  const Undone undone = undo(wanted, project);
  if (const auto error =
          fault_of_revert(undone.edits, project, {.load = load, .is_text = false, .files = session.files}))
    return failed(*error, false, session);
  for (const std::string& message : undone.lost) session.err(message);
  const bool lost = !undone.lost.empty();
  if (lost && settings.options.strict) return ExitCode::findings;
  if (settings.mode == RetargetMode::write) {
    if (const auto error = write_edits(undone.edits, project, session).error)
      return failed(*error, false, session);
    RetargetPlan plan;
    plan.edits = undone.edits;
    session.out(retarget_summary(plan));
  } else if (settings.mode == RetargetMode::diff) {
    for (const EditSet& set : undone.edits) print_diff(unified_diff(set), session);
  } else {
    session.out(edits_table(undone.edits));
  }
  const bool hit = settings.mode == RetargetMode::check && !undone.edits.empty();
  return lost || hit ? ExitCode::findings : ExitCode::clean;
}

}  // namespace imglint
