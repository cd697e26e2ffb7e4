// What the project that a compose file is read in says of it (src/project/compose): which of its values count
// there, and what the services are that they reach.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/document.hpp"
#include "model/read_options.hpp"
#include "tree/tree.hpp"
#include "yaml/events.hpp"

namespace imglint {

/// A service of a project, as far as its files ask.
struct PartService {
  std::string_view name;
  bool built = false;
  Build build = {};  ///< if it is built; without owner
};

struct ComposePart {
  const yaml::Parsed* parsed = nullptr;           ///< the file
  const std::vector<Trouble>* refused = nullptr;  ///< why docker compose does not take it
  /// Read only for services that others extend, so it need not be right as a whole.
  bool is_base = false;
  const std::vector<PartService>* services = nullptr;  ///< of the project, put together
  const std::unordered_map<std::string_view, std::uint32_t>* numbers = nullptr;  ///< of the services, by name
  std::shared_ptr<const BuiltNames> built;  ///< names of what the project builds; null if there is none
  /// The scalars that count, with the services they reach.
  const std::unordered_map<yaml::NodeIndex, std::vector<std::uint32_t>>* effective = nullptr;
  /// Where values begin that are nothing, but are put over others.
  const std::unordered_set<std::uint32_t>* harmless = nullptr;
};

}  // namespace imglint
