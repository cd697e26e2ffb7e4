// RunConfig: what a configuration says of a whole run, where no option says it: the baseline, values of
// variables, how a report looks, where images are moved to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace imglint {

/// Paths are as they can be opened from the current folder. Lists of files that are extended come first.
struct RunConfig {
  std::optional<Placed<std::string>> baseline;
  std::optional<Placed<std::string>> fail_on;
  std::optional<Placed<std::string>> format;
  std::vector<Placed<std::string>> include;  ///< what is read besides
  std::vector<Placed<std::string>> env_files;
  std::vector<Placed<std::string>> env;         ///< NAME=VALUE
  std::vector<Placed<std::string>> build_args;  ///< NAME=VALUE
  std::vector<ProjectConfig> projects;
  RetargetConfig retarget;
};

[[nodiscard]] RunConfig run_config(const Config& config);

/// What a configuration says of runs that is not in that of the folder where imglint is started, and so does
/// not count: a remark for each file, at the first such value.
[[nodiscard]] std::vector<Error> ignored_run_keys(const Config& config, const Config& here);

}  // namespace imglint
