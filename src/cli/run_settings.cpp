#include "cli/run_settings.hpp"

#include <algorithm>
#include <iterator>

#include "base/path.hpp"
#include "base/quote.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/retarget_options.hpp"
#include "source/inside.hpp"

namespace imglint {
namespace {

Error at(const ConfigPlace& place, std::string message, std::string hint = {}) {
  return {.message = std::move(message),
          .hint = std::move(hint),
          .path = place.file,
          .line = place.line,
          .column = place.column};
}

std::vector<std::string> values(const std::vector<Placed<std::string>>& placed) {
  std::vector<std::string> result;
  for (const Placed<std::string>& word : placed) result.push_back(word.value);
  return result;
}

Result<void> check_assignments(const std::vector<Placed<std::string>>& words) {
  for (const Placed<std::string>& word : words)
    if (word.value.find('=') == std::string::npos || word.value.front() == '=')
      return at(word.place, quote(word.value) + " is no NAME=VALUE");
  return {};
}

/// A repository's own configuration must not have files read or written that lie elsewhere. A file that is
/// not there yet is judged by its folder.
Result<void> check_inside(const Placed<std::string>& file, const Session& session) {
  const auto folder = session.files.resolve(std::string(folder_of(file.place.file)).empty()
                                                ? std::string(".")
                                                : std::string(folder_of(file.place.file)));
  const bool there = session.files.link_status(file.value).has_value();
  const auto resolved = session.files.resolve(there ? file.value : std::string(folder_of(file.value)));
  if (!folder || (resolved && is_inside(*resolved, *folder))) return {};
  return at(file.place,
            quote(file.value) + (resolved ? " lies outside of the folder of this file" : " cannot be found"),
            "name it on the command line, if it is meant");
}

Result<void> check_include(const std::vector<Placed<std::string>>& words) {
  for (const Placed<std::string>& word : words)
    if (std::find(std::begin(include_words), std::end(include_words), word.value) == std::end(include_words))
      return at(word.place, "nothing is included by the name " + quote(word.value),
                "'imglint retarget --help' lists what can be");
  return {};
}

/// Files of a project lie where the configuration's own may lie.
Result<void> add_project(const ProjectConfig& project, const Session& session, CommonOptions& options) {
  for (const auto* files : {&project.files, &project.env_files})
    for (const Placed<std::string>& file : *files)
      if (auto good = check_inside(file, session); !good) return good;
  if (project.files.empty()) return {};
  options.projects.push_back({.folder = std::string(folder_of(project.files.front().value)),
                              .files = values(project.files),
                              .directory = project.directory ? project.directory->value : std::string(),
                              .env_files = values(project.env_files),
                              .profiles = values(project.profiles)});
  return {};
}

/// Whether options say where images go.
bool says_where(const RetargetWords& words) {
  return words.to || !words.maps.empty() || !words.map_files.empty() || !words.revert.empty();
}

}  // namespace

RunConfig run_config_here(PolicyCache& policies) {
  const FilePolicy found = policies.policy_for("any-file");
  return found.config && policies.errors().empty() ? run_config(*found.config) : RunConfig{};
}

Result<void> apply(const RunConfig& run, const Session& session, CommonOptions& options) {
  for (const auto* words : {&run.env, &run.build_args})
    if (auto good = check_assignments(*words); !good) return good;
  if (options.env_files.empty()) {
    for (const Placed<std::string>& file : run.env_files)
      if (auto good = check_inside(file, session); !good) return good;
    options.env_files = values(run.env_files);
  }
  for (const ProjectConfig& project : run.projects)
    if (auto good = add_project(project, session, options); !good) return good;
  if (auto good = check_include(run.include); !good) return good;
  if (options.include.empty()) options.include = values(run.include);
  if (options.env.empty()) options.env = values(run.env);
  if (options.build_args.empty()) options.build_args = values(run.build_args);
  return {};
}

Result<void> apply(const RunConfig& run, const Session& session, CheckOptions& options) {
  if (auto good = apply(run, session, options.common); !good) return good;
  if (run.baseline && options.baseline.empty()) {
    if (auto good = check_inside(*run.baseline, session); !good) return good;
    options.baseline = run.baseline->value;
  }
  if (run.fail_on && options.fail_on.empty()) options.fail_on = run.fail_on->value;
  if (run.format && options.formats.empty()) {
    if (!find_report_format(run.format->value))
      return at(run.format->place, "no such format: " + quote(run.format->value),
                "'imglint check --help' lists the formats");
    options.formats = {run.format->value};
  }
  return {};
}

Result<void> apply(const RunConfig& run, const Session& session, RetargetWords& words) {
  if (auto good = apply(run, session, words.common); !good) return good;
  if (says_where(words)) return {};
  if (run.retarget.to) words.to = run.retarget.to->value;
  words.maps = values(run.retarget.map);
  if (words.from.empty()) words.from = values(run.retarget.from);
  if (words.except.empty()) words.except = values(run.retarget.except);
  if (auto good = check_include(run.retarget.include); !good) return good;
  if (words.common.include.empty() || words.common.include == values(run.include))
    for (std::string& word : values(run.retarget.include)) words.common.include.push_back(std::move(word));
  if (run.retarget.paths && words.paths.empty()) words.paths = run.retarget.paths->value;
  return {};
}

}  // namespace imglint
