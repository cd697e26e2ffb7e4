#include "cli/commands/unread_files.hpp"

#include <algorithm>

#include "base/path.hpp"

namespace imglint {
namespace {

bool is_one_of(const std::vector<std::string>& paths, const std::string& path) {
  return std::ranges::find(paths, path) != paths.end();
}

/// Whether a run would do without a file that the configuration excludes: it was not named, and no one else
/// reads it. An environment file is read in spite of that.
bool may_be_excluded(const std::string& path, const LoadSummary& summary, const CommonOptions& options,
                     FileSystem& files) {
  const std::string_view name = name_of(path);
  const auto status = files.status(path);
  const bool is_configuration = std::ranges::any_of(
      options.missing_env_files, [&](const MissingFile& missing) { return missing.error.path == path; });
  return !is_configuration && status && status->kind == FileKind::regular && !name.ends_with(".env") &&
         !name.starts_with(".env.") && !is_one_of(options.paths, path) &&
         !is_one_of(options.compose_files, path) && summary.left_out &&
         summary.left_out->why(normal_path(path)).empty();
}

}  // namespace

void tell_that_nothing_changes(const LoadSummary& summary, const Project& project,
                               const CommonOptions& options, const Session& session) {
  if (project.errors.empty()) return;
  constexpr std::size_t most_named = 3;
  std::string list;
  std::size_t count = 0;
  for (const Error& error : project.errors) {
    if (!may_be_excluded(error.path, summary, options, session.files)) continue;
    if (count < most_named) list += (count == 0 ? "" : ", ") + error.path;
    if (++count == most_named + 1) list += ", …";
  }
  Error told{.message = "nothing is changed while a file cannot be read"};
  if (count > 0) told.hint = "'exclude: [" + list + "]' in .imglint.yaml leaves out what no other file needs";
  print(told, session);
}

}  // namespace imglint
