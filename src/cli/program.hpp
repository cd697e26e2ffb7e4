// The command line: options, help and exit codes. Each command is one file that adds itself to the program.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace imglint {

/// Runs the program. `arguments` are those after the program's name. Never throws.
[[nodiscard]] ExitCode run_program(const std::vector<std::string>& arguments, const Session& session);

/// One command of the program: its options are filled by CLI11, then it runs once.
class Command {
 public:
  virtual ~Command() = default;
  [[nodiscard]] virtual ExitCode run(const Session& session) = 0;
};

/// Says what went wrong; what a command then returns.
[[nodiscard]] inline ExitCode stop(const Error& error, const Session& session) {
  print(error, session);
  return ExitCode::failed;
}

// One function for each src/cli/commands/<name>.cpp: adds a subcommand with its options and returns what runs
// it.
std::unique_ptr<Command> add_check_command(CLI::App& program);
std::unique_ptr<Command> add_config_command(CLI::App& program);
std::unique_ptr<Command> add_completions_command(CLI::App& program);
std::unique_ptr<Command> add_explain_command(CLI::App& program);
std::unique_ptr<Command> add_init_command(CLI::App& program);
std::unique_ptr<Command> add_kinds_command(CLI::App& program);
std::unique_ptr<Command> add_list_command(CLI::App& program);
std::unique_ptr<Command> add_manual_command(CLI::App& program);
std::unique_ptr<Command> add_lsp_command(CLI::App& program);
std::unique_ptr<Command> add_outdated_command(CLI::App& program);
std::unique_ptr<Command> add_parse_command(CLI::App& program);
std::unique_ptr<Command> add_pin_command(CLI::App& program);
std::unique_ptr<Command> add_unpin_command(CLI::App& program);
std::unique_ptr<Command> add_verify_command(CLI::App& program);
std::unique_ptr<Command> add_merge_command(CLI::App& program);
std::unique_ptr<Command> add_mirror_command(CLI::App& program);
std::unique_ptr<Command> add_rules_command(CLI::App& program);
std::unique_ptr<Command> add_retarget_command(CLI::App& program);

}  // namespace imglint
