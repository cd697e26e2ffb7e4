// What the configuration says of a whole run, put where no option says it (docs/configuration.md).
#pragma once

#include "base/result.hpp"
#include "cli/common_options.hpp"
#include "config/policy_cache.hpp"
#include "config/run_config.hpp"
#include "move/move.hpp"

namespace imglint {

struct CheckOptions;
struct RetargetWords;

/// Of the configuration that counts for the current folder, or that `--config` names; empty if there is none,
/// or if it is faulty, which the policies then know.
[[nodiscard]] RunConfig run_config_here(PolicyCache& policies);

/// Variables and their files. Each kind of value is taken only where no option of that kind is given. An
/// error if a file lies outside of the folder of the configuration, or is said wrongly.
[[nodiscard]] Result<void> apply(const RunConfig& run, const Session& session, CommonOptions& options);
/// The same, and the baseline, the format and what makes the exit code 1.
[[nodiscard]] Result<void> apply(const RunConfig& run, const Session& session, CheckOptions& options);
/// The same, and where images go, if no option says so.
[[nodiscard]] Result<void> apply(const RunConfig& run, const Session& session, RetargetWords& words);

/// Where the configuration gives the values that were put so.
[[nodiscard]] GivenPlaces given_places(const CommonOptions& options);

}  // namespace imglint
