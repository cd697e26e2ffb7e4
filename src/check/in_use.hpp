// What a project's files use that a first configuration should know of.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "project/project.hpp"

namespace imglint {

struct RegistryUse {
  std::size_t references = 0;      ///< places, each counted once
  std::set<std::string> accounts;  ///< what stands before the last component: `library`, `acme/tools`
  std::set<std::string> repositories;
  std::string suspicion;  ///< why it is not to be allowed as it is; empty: nothing speaks against it
};

/// What registry-not-allowed would judge, unknown registries left out: by registry_key(), or by the spelling
/// of a host with capitals.
[[nodiscard]] std::map<std::string, RegistryUse> registries_in_use(const Project& project,
                                                                   std::string_view as_of);

/// References whose registry depends on a variable that has a value in no reading of their file.
[[nodiscard]] std::vector<Location> references_without_registry(const Project& project);

/// Names of folders that hold what others wrote (`vendor`, `third_party`), with the number of files in them
/// that have references.
[[nodiscard]] std::map<std::string_view, std::size_t> folders_of_others(const Project& project);

/// Comments for other linters that silence what has a counterpart here.
[[nodiscard]] std::size_t foreign_comments(const Project& project);

}  // namespace imglint
