#include "cli/configured_contexts.hpp"

#include "cli/commands/check_options.hpp"
#include "cli/run_settings.hpp"
#include "rules/index.hpp"

namespace imglint {

ConfiguredContexts::ConfiguredContexts(const CommonOptions& options, const Session& session)
    : policies_(session.files, all_rule_infos(),
                {.config = options.config, .isolated = options.isolated, .as_of = today()}) {}

LoadHooks ConfiguredContexts::hooks() {
  return {
      .contexts_of = [this](const std::string& path) { return policies_.policy_for(path).policy->contexts; },
      .places_of = [this](const std::string& path) { return policies_.places_for(path); },
      .choose = policies_.chooser()};
}

RunConfig ConfiguredContexts::run_config() { return run_config_here(policies_); }

bool ConfiguredContexts::are_good(const Session& session) const {
  for (const Error& error : policies_.errors()) print(error, session);
  return policies_.errors().empty();
}

}  // namespace imglint
