// How a registry asks for credentials: the challenges of WWW-Authenticate.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

struct Challenge {
  std::string scheme;                             ///< lower case: `bearer`, `basic`
  std::map<std::string, std::string> parameters;  ///< names in lower case; a name's first value counts

  /// Empty if there is no such parameter.
  [[nodiscard]] std::string parameter(const std::string& name) const;
};

/// The challenges of a header's value; of several such headers, joined by commas. None if it breaks the
/// grammar anywhere: half a challenge is nothing to send a password for.
[[nodiscard]] std::vector<Challenge> read_challenges(std::string_view value);

}  // namespace imglint
