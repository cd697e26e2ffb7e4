// imglint retarget --revert: the way back from a run, by its lock.
#include <algorithm>
#include <memory>

#include "base/printable.hpp"
#include "cli/commands/retarget_run.hpp"
#include "edit/unified_diff.hpp"
#include "kinds/index.hpp"
#include "output/retarget_lock_json.hpp"
#include "output/retarget_output.hpp"
#include "retarget/lock.hpp"
#include "retarget/verify.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

/// A file of the lock and the edits that undo the run in it.
struct File {
  std::unique_ptr<Source> source;
  std::vector<LockedEdit> lost;
};

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

std::string lost_message(const Source& source, const LockedEdit& edit) {
  return printable(source.path()) + ": error: the line with '" + printable(edit.now) +
         "' was changed since; write '" + printable(edit.was) + "' in its place by hand [" +
         std::string(to_string(RefusalKind::not_editable)) + "]\n";
}

}  // namespace

ExitCode run_revert(const RetargetWords& words, const RetargetSettings& settings, const Session& session) {
  const Result<Lock> lock = read_lock(words.revert, session.files);
  if (!lock) return failed(lock.error(), false, session);
  if (const auto error = unknown_path(*lock, words.common.paths)) return failed(*error, false, session);
  std::vector<File> files;
  RetargetPlan plan;
  for (const LockedFile& locked : lock->files) {
    if (!is_wanted(locked.path, words.common.paths)) continue;
    auto content = read_file(session.files, locked.path);
    if (!content) {
      Error error = content.error();
      if (error.hint.empty())
        error.hint = "a lock counts from the folder of its run; paths on the command line limit it";
      return failed(error, false, session);
    }
    files.push_back({.source = std::make_unique<Source>(locked.path, std::move(content->bytes)), .lost = {}});
    Reverted reverted = revert_edits(*files.back().source, locked);
    files.back().lost = std::move(reverted.lost);
    if (reverted.edits.empty()) continue;
    if (auto reason = why_unproven(reverted.edits, kind_of_path(locked.path)))
      return failed(Error{.message = *std::move(reason), .path = locked.path}, false, session);
    plan.edits.push_back(std::move(reverted.edits));
  }
  bool lost = false;
  for (const File& file : files)
    for (const LockedEdit& edit : file.lost) {
      session.err(lost_message(*file.source, edit));
      lost = true;
    }
  if (lost && settings.options.strict) return ExitCode::findings;
  if (settings.mode == RetargetMode::write) {
    if (const auto error = write_edits(plan.edits, session).error) return failed(*error, false, session);
    session.out(retarget_summary(plan));
  } else if (settings.mode == RetargetMode::diff) {
    for (const EditSet& set : plan.edits) print_diff(unified_diff(set), session);
  } else {
    session.out(edits_table(plan.edits));
  }
  const bool hit = settings.mode == RetargetMode::check && !plan.edits.empty();
  return lost || hit ? ExitCode::findings : ExitCode::clean;
}

}  // namespace imglint
