// The text of a first .imglint.yaml, for `imglint init`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "check/in_use.hpp"
#include "config/hadolint.hpp"

namespace imglint {

struct FirstConfig {
  std::string text;
  std::vector<Error> remarks;  ///< to be said beside it
};

/// What is in use is allowed, and what hadolint trusted; its rules are taken over, and comments for other
/// linters if there are any.
[[nodiscard]] FirstConfig first_config(const std::map<std::string, RegistryUse>& registries,
                                       std::size_t foreign_comments,
                                       const std::optional<HadolintConfig>& hadolint);

}  // namespace imglint
