#include "cli/configured_contexts.hpp"

#include "cli/commands/check_options.hpp"
#include "rules/index.hpp"

namespace imglint {

ConfiguredContexts::ConfiguredContexts(const CommonOptions& options, const Session& session)
    : policies_(session.files, all_rule_infos(),
                {.config = options.config, .isolated = options.isolated, .as_of = today()}) {}

ContextsOf ConfiguredContexts::function() {
  return [this](const std::string& path) { return policies_.policy_for(path).policy->contexts; };
}

bool ConfiguredContexts::are_good(const Session& session) const {
  for (const Error& error : policies_.errors()) print(error, session);
  return policies_.errors().empty();
}

}  // namespace imglint
