// The commands and options of the program as data, read off CLI11's objects: help, man page and completions
// are made from this one table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace imglint {

struct OptionEntry {
  std::vector<std::string>
      names;            ///< with their dashes, short ones first; one without dashes for a positional
  std::string metavar;  ///< what stands for the value; empty for a flag
  std::string description;
  std::string group;                ///< the heading of the help
  std::vector<std::string> values;  ///< the words it takes, if only these make sense
  bool positional = false;
  bool optional_value = false;  ///< the option stands alone or with `=VALUE`, never with a word behind it
  bool repeatable = false;
  bool list = false;  ///< one word may hold several values, divided by commas
};

struct CommandEntry {
  std::string name;
  std::string description;
  std::string examples;  ///< the text below the options
  bool hidden = false;
  std::vector<OptionEntry> options;  ///< in the order of the help
};

/// What an option takes, for help and completion; does not check the words.
void offer(CLI::Option& option, std::span<const std::string_view> values);

[[nodiscard]] OptionEntry option_entry(const CLI::Option& option);
/// The program itself first, then its commands.
[[nodiscard]] std::vector<CommandEntry> option_table(const CLI::App& program);

/// The text of --help for the program or a command.
[[nodiscard]] std::string help_text(const CLI::App& app);
/// The manual page, for the macros of `man` (man 7 groff_man).
[[nodiscard]] std::string manual_page(const CLI::App& program);
/// A script for bash, zsh or fish; empty for any other word.
[[nodiscard]] std::string completion_script(const CLI::App& program, std::string_view shell);

}  // namespace imglint
