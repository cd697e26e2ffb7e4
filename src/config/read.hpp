// Reads one configuration file into a layer.
#pragma once

#include "config/check.hpp"
#include "config/config.hpp"

namespace imglint {

/// Checks and reads; errors if there is any mistake. `source` holds the bytes of the file and its name.
[[nodiscard]] Result<ConfigLayer, ConfigErrors> read_config_layer(const Source& source, std::string folder,
                                                                  const std::vector<ConfigKey>& keys);

/// Mistakes that show only when all layers are known: rules that contradict each other, patterns both allowed
/// and denied, options of a rule that nothing turns on.
[[nodiscard]] ConfigErrors find_contradictions(const Config& config, std::span<const RuleInfo* const> rules);

}  // namespace imglint
