#include "cli/run_settings.hpp"

#include <algorithm>
#include <iterator>

#include "base/path.hpp"
#include "check/configured_projects.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/retarget_options.hpp"

namespace imglint {
namespace {

/// Values of the configuration with their places, where no option has given any.
void take(const std::vector<Placed<std::string>>& from, std::vector<std::string>& values,
          std::vector<ConfigPlace>& places) {
  if (!values.empty()) return;
  values = values_of(from);
  for (const Placed<std::string>& word : from) places.push_back(word.place);
}

/// By the names of `NAME=VALUE`; the last of a name counts.
std::map<std::string, OptionPlace, std::less<>> places_by_name(const std::vector<std::string>& values,
                                                               const std::vector<ConfigPlace>& places) {
  std::map<std::string, OptionPlace, std::less<>> result;
  for (std::size_t i = 0; i < std::min(values.size(), places.size()); ++i)
    result.insert_or_assign(values[i].substr(0, values[i].find('=')),
                            OptionPlace{places[i].file, places[i].line, places[i].column});
  return result;
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

GivenPlaces given_places(const CommonOptions& options) {
  return {.env = places_by_name(options.env, options.env_places),
          .build_args = places_by_name(options.build_args, options.build_arg_places)};
}

Result<void> apply(const RunConfig& run, const Session& session, CommonOptions& options) {
  if (options.env_files.empty()) {
    for (const Placed<std::string>& file : run.env_files)
      if (auto good = check_inside(file, session.files); !good) return good;
    options.env_files = values_of(run.env_files);
    RunConfig named;
    named.env_files = run.env_files;
    options.missing_env_files = missing_files(named, session.files);
  }
  auto projects = configured_projects(run, session.files);
  if (!projects) return std::move(projects).error();
  options.projects = *std::move(projects);
  if (options.include.empty()) options.include = values_of(run.include);
  take(run.env, options.env, options.env_places);
  take(run.build_args, options.build_args, options.build_arg_places);
  return {};
}

Result<void> apply(const RunConfig& run, const Session& session, CheckOptions& options) {
  if (auto good = apply(run, session, options.common); !good) return good;
  if (run.baseline && options.baseline.empty() && !options.no_baseline) {
    if (auto good = check_inside(*run.baseline, session.files); !good) return good;
    options.baseline = run.baseline->value;
    options.baseline_place = run.baseline->place;
  }
  if (run.fail_on && options.fail_on.empty()) options.fail_on = run.fail_on->value;
  if (run.format && options.formats.empty()) options.formats = {run.format->value};
  return {};
}

Result<void> apply(const RunConfig& run, const Session& session, RetargetWords& words) {
  if (auto good = apply(run, session, words.common); !good) return good;
  // What shall stay stays, whatever options say of the rest.
  words.except_places.resize(words.except.size());
  for (const Placed<std::string>& word : run.retarget.except) {
    words.except.push_back(word.value);
    words.except_places.push_back(word.place);
  }
  if (says_where(words)) return {};
  if (run.retarget.to) {
    words.to = run.retarget.to->value;
    words.to_place = {run.retarget.to->place};
  }
  take(run.retarget.map, words.maps, words.map_places);
  take(run.retarget.from, words.from, words.from_places);
  if (words.common.include.empty() || words.common.include == values_of(run.include))
    for (std::string& word : values_of(run.retarget.include)) words.common.include.push_back(std::move(word));
  if (run.retarget.paths && words.paths.empty() && words.path_template.empty())
    words.paths = run.retarget.paths->value;
  return {};
}

}  // namespace imglint
