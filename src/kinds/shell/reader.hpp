// What the readers of single programs share.
#pragma once

#include <string_view>
#include <vector>

#include "kinds/shell/arguments.hpp"

namespace imglint::shell {

/// A command behind its program, and what is found in it.
struct CommandReading {
  Arguments arguments;
  const Lookup* lookup = nullptr;
  const Script* script = nullptr;
  Arena* arena = nullptr;
  bool probable = false;  ///< all of it: the program is a guess
  std::vector<ShellPlace> places = {};

  [[nodiscard]] bool skips(const Argument& argument) const {
    return holds_options(argument, lookup, script, *arena);
  }
  [[nodiscard]] std::optional<ParsedOptions> parse(std::size_t first, const Options& options,
                                                   Until until = Until::end) const {
    return parse_options(arguments, first, options, until,
                         [&](const Argument& argument) { return skips(argument); });
  }
  void add(const Stretch& stretch, const RoleInfo& role, bool guess = false);
  /// The same without `docker://` in front.
  void add_behind_scheme(const Stretch& stretch, const RoleInfo& role, bool guess = false);
};

void read_docker(CommandReading& reading, std::string_view program);
void read_skopeo(CommandReading& reading);
void read_crane(CommandReading& reading);
void read_kubectl(CommandReading& reading);
void read_helm(CommandReading& reading);
void read_kind(CommandReading& reading);

}  // namespace imglint::shell
