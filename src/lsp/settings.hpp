// What the client's user has set for this server.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "lsp/json.hpp"

namespace imglint::lsp {

/// Which references get a hint with what they mean.
enum class InlayHints : std::uint8_t {
  off,
  variables,  ///< those whose text is made from variables, unless it is long
  all,
};

struct Settings {
  bool enable = true;
  std::string config;  ///< as --config; below the workspace folder if relative
  bool isolated = false;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::pair<std::string, std::string>> env;
  std::vector<std::pair<std::string, std::string>> build_args;
  std::vector<std::string> env_files;
  std::vector<std::string> contexts;
  std::string as_of;  ///< YYYY-MM-DD; empty: today
  InlayHints inlay_hints = InlayHints::variables;
  bool code_lens = true;
  bool unsafe_fixes = true;               ///< offer them one by one; never in source.fixAll
  std::string rule_pages;                 ///< URL that the name of a rule is put behind; empty: no links
  std::vector<std::string> move_targets;  ///< `HOST[/NS]` that the move actions offer
  friend bool operator==(const Settings&, const Settings&) = default;
};

/// Changes what the object names, itself or below the key `imglint`. Values of a wrong type are left out and
/// told in `problems`, as are unknown names.
void read_settings(const Json& object, Settings& settings, std::vector<std::string>& problems);

}  // namespace imglint::lsp
