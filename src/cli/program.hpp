// The command line: options, help and exit codes. Each command is one file that adds itself to the program.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace imglint {

/// Runs the program. `arguments` are those after the program's name. Never throws.
[[nodiscard]] ExitCode run_program(const std::vector<std::string>& arguments, const Session& session);

/// What a command's set-up function gives back: called when the command was chosen.
using Command = std::function<ExitCode(const Session&)>;

// One function for each src/cli/<name>_command.cpp: adds a subcommand with its options and returns what runs
// it.
Command add_list_command(CLI::App& program);

}  // namespace imglint
