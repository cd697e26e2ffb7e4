// ConfiguredContexts: what the configuration says of reading files, the names of build contexts among it, for
// commands that take nothing else from it.
#pragma once

#include "cli/common_options.hpp"
#include "cli/session.hpp"
#include "config/policy_cache.hpp"
#include "config/run_config.hpp"

namespace imglint {

class ConfiguredContexts {
 public:
  ConfiguredContexts(const CommonOptions& options, const Session& session);

  /// Of all files of the run.
  [[nodiscard]] PolicyCache& policies() { return policies_; }
  /// Borrows this.
  [[nodiscard]] LoadHooks hooks();
  /// What the configuration of the current folder says of the run.
  [[nodiscard]] RunConfig run_config();
  /// Says what is wrong with the configurations met so far; false if anything is.
  [[nodiscard]] bool are_good(const Session& session) const;

 private:
  PolicyCache policies_;
};

}  // namespace imglint
