// Checks the nodes of a configuration file against the table of keys, and says all that is wrong with it.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "config/keys.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"

namespace imglint {

/// A configuration file with its nodes. Borrows from the source.
struct ConfigFile {
  const Source* source = nullptr;
  const yaml::Tree* tree = nullptr;
};

/// Every mistake with its line and column, in the order of the file. Without any, what is read by the same
/// keys has the types that they name.
[[nodiscard]] std::vector<Error> check_config(const ConfigFile& file, const std::vector<ConfigKey>& keys);

/// The error at a node.
[[nodiscard]] Error config_error(const ConfigFile& file, yaml::NodeIndex node, std::string message,
                                 std::string hint = {});

}  // namespace imglint
