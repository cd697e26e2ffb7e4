// Which options of docker, podman and nerdctl take a value: without that nobody can tell where the image
// stands.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace imglint::shell {

struct CommandOptions {
  std::string_view command;  ///< `container run`; empty for what stands before the command
  std::string_view flags;    ///< without a value, separated by blanks
  std::string_view values;   ///< with one
};

struct ProgramOptions {
  std::string_view flags;  ///< of all commands
  std::string_view values;
  std::span<const CommandOptions> commands;
};

extern const ProgramOptions docker_options;
extern const ProgramOptions podman_options;
extern const ProgramOptions nerdctl_options;

/// How an option goes on.
enum class OptionForm : std::uint8_t { unknown, flag, value };

/// The options of one command of one program.
class Options {
 public:
  Options() = default;
  /// For a command that the program does not have, those of all commands.
  Options(const ProgramOptions& program, std::string_view command);
  /// Of a program that has few: those with a value, all others have none.
  static Options with_values(std::string_view values) {
    Options options;
    options.values_ = values;
    return options;
  }

  [[nodiscard]] OptionForm form(std::string_view option) const;
  /// The command is in the tables.
  [[nodiscard]] bool is_known() const { return known_; }

 private:
  std::string_view common_flags_;
  std::string_view common_values_;
  std::string_view flags_;
  std::string_view values_;
  bool known_ = true;
};

}  // namespace imglint::shell
