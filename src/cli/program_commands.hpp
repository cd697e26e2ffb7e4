// Which commands a program has. imglint has all of them; the page for browsers has a few, and then holds
// nothing of the rest.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "cli/program.hpp"

namespace imglint {

struct ProgramCommand {
  std::string_view name;
  std::unique_ptr<Command> (*set_up)(CLI::App&);
  bool describes_all = false;  ///< it needs the others to be set up, too
};

/// In the order of the help; the first is the one that runs without a name.
[[nodiscard]] std::span<const ProgramCommand> program_commands();

}  // namespace imglint
