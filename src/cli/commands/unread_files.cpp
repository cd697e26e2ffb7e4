#include "cli/commands/unread_files.hpp"

#include <algorithm>
#include <span>

#include "base/path.hpp"
#include "base/path_glob.hpp"
#include "base/word_list.hpp"
#include "output/yaml_word.hpp"
#include "source/inside.hpp"

namespace imglint {
namespace {

/// Whether a run would do without a file that the configuration excludes: it was not named, and no one else
/// reads it. An environment file is read in spite of that.
bool may_be_excluded(const std::string& path, const LoadSummary& summary, const CommonOptions& options,
                     FileSystem& files) {
  const std::string_view name = name_of(path);
  const auto status = files.status(path);
  const bool is_configuration = std::ranges::any_of(
      options.missing_env_files, [&](const MissingFile& missing) { return missing.error.path == path; });
  return !is_configuration && status && status->kind == FileKind::regular && !name.ends_with(".env") &&
         !name.starts_with(".env.") && !has_word(options.paths, path) &&
         !has_word(options.compose_files, path) && summary.left_out &&
         summary.left_out->why(normal_path(path)).empty();
}

/// Where the entries for some files belong, and these.
struct Exclusion {
  std::string file;  ///< the configuration, as it is shown
  std::vector<std::string> globs;
};

/// Adds what excludes a file in the configuration that counts for it; of the first of several.
void add_to(Exclusion& exclusion, const std::string& path, PolicyCache& policies, FileSystem& files) {
  const Config* config = policies.policy_for(path).config;
  const std::string file(config ? config->file() : config_names[0]);
  if (!exclusion.file.empty() && exclusion.file != file) return;
  const FileResult<std::string> top = config ? config->layers.back().folder : files.resolve(".");
  const std::string below = top ? path_inside(files, path, *top) : std::string();
  if (below.empty()) return;
  exclusion.file = file;
  exclusion.globs.push_back(glob_of_path(below));
}

/// How to go on without the files; empty if nothing that a configuration says leaves them out.
std::string hint_of(const Exclusion& exclusion) {
  constexpr std::size_t most_named = 3;
  const std::size_t count = exclusion.globs.size();
  if (count == 0) return {};
  const std::size_t named = std::min(count, most_named);
  return "'exclude: " + yaml_list(std::span(exclusion.globs).first(named)) + "'" +
         (count > named ? " and " + std::to_string(count - named) + " more" : "") + " in " + exclusion.file +
         " leaves out what no other file needs";
}

}  // namespace

void tell_that_nothing_changes(const LoadSummary& summary, const Project& project,
                               const CommonOptions& options, PolicyCache& policies, const Session& session) {
  if (project.errors.empty()) return;
  Exclusion exclusion;
  if (!options.isolated)
    for (const Error& error : project.errors)
      if (may_be_excluded(error.path, summary, options, session.files))
        add_to(exclusion, error.path, policies, session.files);
  print({.message = "nothing is changed while a file cannot be read", .hint = hint_of(exclusion)}, session);
}

}  // namespace imglint
