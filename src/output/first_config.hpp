// The text of a first .imglint.yaml, for `imglint init`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/registries_in_use.hpp"
#include "policy/hadolint_config.hpp"

namespace imglint {

struct FirstConfig {
  std::string text;
  std::vector<Error> remarks;  ///< to be said beside it
};

/// What is in use is allowed, and what hadolint trusted; its rules and comments are taken over.
[[nodiscard]] FirstConfig first_config(const std::map<std::string, RegistryUse>& registries,
                                       const std::optional<HadolintConfig>& hadolint);

}  // namespace imglint
