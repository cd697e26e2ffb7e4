// Reads a .env file into the values that compose files are interpolated with (docs/spec/compose.md 2.5).
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "source/source.hpp"

namespace imglint {

class TemplateValues;

/// What a .env file says.
struct EnvFile {
  std::vector<GivenValue> values;  ///< the last assignment of each name, in the order of the first
  std::vector<Trouble> troubles;   ///< at places in the file; what stands behind one was not read
};

/// Reads. Values see `env` (the --env options) first, then earlier lines; a bare name takes its value from
/// `env` and is not listed. Views point into the source and the arena.
[[nodiscard]] EnvFile read_env_file(const Source& source,
                                    std::span<const std::pair<std::string, std::string>> env, Arena& arena);
/// The same with `given` in place of the options. `earlier` has what it has, and the values of env files that
/// were read before. Both are asked while it reads, not afterwards.
[[nodiscard]] EnvFile read_env_file(const Source& source, const TemplateValues& given,
                                    const TemplateValues& earlier, Arena& arena);

}  // namespace imglint
