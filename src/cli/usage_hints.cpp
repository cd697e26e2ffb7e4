#include "cli/usage_hints.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/edit_distance.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "cli/choice.hpp"
#include "cli/option_table.hpp"
#include "cli/words.hpp"
#include "config/keys.hpp"
#include "config/other_tools.hpp"

namespace imglint {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& program) {
  return program.get_subcommands([](const CLI::App*) { return true; });
}

/// `--format` of `--format=json`.
std::string_view option_in(std::string_view word) { return word.substr(0, word.find('=')); }

/// Dashes say nothing of what was meant, and a short word is near to too many.
std::optional<std::string> nearest_option(std::string_view word, const CLI::App& app) {
  const std::string_view name = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  std::vector<std::string> names;
  for (const CLI::Option* candidate : app.get_options())
    names.insert(names.end(), candidate->get_lnames().begin(), candidate->get_lnames().end());
  const std::optional<std::string> nearest = nearest_word(name, names);
  if (!nearest || edit_distance(name, *nearest) > std::max<std::size_t>(2, name.size() / 3))
    return std::nullopt;
  return "--" + *nearest;
}

/// The word nearest to what the user wrote, among the options and commands in reach.
std::optional<std::string> nearest(std::string_view word, const CLI::App& app) {
  if (word.starts_with('-')) return nearest_option(option_in(word), app);
  std::vector<std::string> words;
  for (const CLI::App* command : commands_of(app)) words.push_back(command->get_name());
  return nearest_word(option_in(word), words);
}

/// What other linters call an option that the command has; empty if it is none of these.
std::string_view known_elsewhere(std::string_view word, const CLI::App& command) {
  constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"--rule", "--select"},
      {"--rules", "--select"},
      {"--enable", "--select"},
      {"--only-rules", "--select"},
      {"--disable", "--ignore"},
      {"--skip", "--ignore"},
      {"--write", "--fix"},
      {"--dry-run", "--diff"},
      {"--reporter", "--format"},
      {"--formatter", "--format"},
      {"--output-format", "--format"},
      {"--no-fail", "--exit-zero"},
      {"--failure-threshold", "--fail-on"},
      {"--severity", "--fail-on"},
      {"--fail-level", "--fail-on"},
      {"--max-warnings", "--fail-on"},
      {"--only", "--select"},
      {"--no-config", "--isolated"},
  };
  for (const auto& [theirs, ours] : names)
    if (option_in(word) == theirs && command.get_option_no_throw(std::string(ours))) return ours;
  return {};
}

/// The format of reports that `--json` or `--codeclimate` means; empty if it means none.
std::string_view format_of(std::string_view word) {
  if (!word.starts_with("--")) return {};
  const std::string_view name = option_in(word).substr(2);
  const std::string_view meant = formats_meant(name);
  const std::string_view format = meant.empty() ? name : meant;
  const bool is_known = std::ranges::find(report_format_names, format.substr(0, format.find(' '))) !=
                        std::end(report_format_names);
  return is_known ? format : std::string_view();
}

/// `--format json` for `--json`, where a command writes that format; where it writes others, which those are.
std::string format_meant(std::string_view word, const CLI::App& command, const CLI::App& check) {
  const std::string_view format = format_of(word);
  const bool is_program = &command == check.get_parent();
  const CLI::Option* option = (is_program ? check : command).get_option_no_throw("--format");
  if (option == nullptr || format.empty()) return {};
  const std::vector<std::string> known = option_entry(*option).values;
  const std::string first(format.substr(0, format.find(' ')));
  if (std::ranges::find(known, first) != known.end())
    return "here it is " + std::string(is_program ? "imglint check " : "") + "--format " +
           std::string(format);
  return "here --format takes " + one_of({known.begin(), known.end()}) + "; 'imglint check --format " +
         first + "' writes findings";
}

/// `--format json` for `--jsn`; empty if no format of the command is near.
std::string format_near(std::string_view word, const CLI::App& command) {
  const CLI::Option* option = command.get_option_no_throw("--format");
  if (option == nullptr || !word.starts_with("--")) return {};
  const std::string_view name = option_in(word).substr(2);
  const auto near = nearest_word(name, option_entry(*option).values);
  return near && edit_distance(name, *near) == 1 ? "did you mean --format " + *near + "?" : std::string();
}

/// What is said in another place, where other linters have an option of the command for it; empty if it is
/// none of these.
std::string said_elsewhere(std::string_view word, const CLI::App& command, bool is_program) {
  const std::string_view option = option_in(word);
  if (option == "-V" || option == "--version")
    return is_program ? "here it is --version" : "here it is 'imglint --version'";
  if (option == "--trusted-registry") return "here it is 'registries' with 'allow' in .imglint.yaml";
  if (option == "--strict" && (is_program || command.get_option_no_throw("--select")))
    return "here it is 'preset: strict' in .imglint.yaml";
  if (option != "--exclude") return {};
  const std::string files = "'exclude' in .imglint.yaml, or a file .imglintignore";
  return command.get_option_no_throw("--except")
             ? "--except leaves an image as it is; to leave out files: " + files
             : "here it is " + files;
}

/// Where a word with dashes belongs that stands before the command.
std::string place_behind_command(std::string_view word, const CLI::App& program) {
  for (const CLI::App* other : commands_of(program))
    if (other->get_option_no_throw(std::string(option_in(word))))
      return "it stands after its command, as in 'imglint " + other->get_name() + ' ' + printable(word) + "'";
  return {};
}

/// What to do about a word that no command or option is.
std::string hint_for(const std::string& word, const CLI::App& command, const CLI::App& program) {
  const bool is_program = &command == &program;
  const CLI::App& check = *program.get_subcommand("check");
  if (is_program && (word == "lint" || word == "scan" || word == "fix"))
    return word == "fix" ? "did you mean check --fix?" : "did you mean check?";
  if (const auto ours = known_elsewhere(word, command); !ours.empty())
    return "here it is " + std::string(ours);
  if (auto there = said_elsewhere(word, command, is_program); !there.empty()) return there;
  if (auto ours = format_meant(word, command, check); !ours.empty()) return ours;
  if (const auto guess = nearest(word, command)) return "did you mean " + *guess + "?";
  if (!is_program)
    if (auto format = format_near(word, command); !format.empty()) return format;
  if (word.starts_with('-') && command.get_option_no_throw("references"))
    return "for a reference that begins with '-' write 'imglint " + command.get_name() + " -- " +
           printable(word) + "'";
  if (is_program && word.starts_with('-')) {
    if (auto place = place_behind_command(word, program); !place.empty()) return place;
    if (const auto ours = known_elsewhere(word, check); !ours.empty())
      return "here it is imglint check " + std::string(ours);
  } else if (is_program) {
    return "for a file or folder write 'imglint check " + printable(word) +
           "'; 'imglint --help' lists the commands";
  }
  return {};
}

/// In words of our own, where there are words that nobody takes.
void explain_extra_words(const CLI::App& program, Error& error) {
  // Those before the command are the program's.
  const CLI::App* command = &program;
  auto unknown = program.remaining(false);
  if (unknown.empty()) {
    command = &chosen_command(program);
    unknown = command->remaining(true);
  }
  if (unknown.empty()) return;
  const std::string word = unmark_word(unknown.front());
  const std::string_view what = word.starts_with('-') ? "no such option: "
                                : command == &program ? "no such command: "
                                                      : "one word too many: ";
  error.message = std::string(what) + printable(word);
  error.hint = hint_for(word, *command, program);
}

/// CLI11 knows the option and how often it was given only in its text: `--to: At Most 1 required but received
/// 2`, `--to: 1 required HOST missing`.
std::string count_in_words(const std::string& text, const CLI::App& command) {
  constexpr std::string_view before_count = ": At Most 1 required but received ";
  if (const auto at = text.find(before_count); at != text.npos)
    return text.substr(0, at) + " is given " + text.substr(at + before_count.size()) +
           " times, and can be given once";
  const auto colon = text.find(": ");
  const CLI::Option* option =
      text.ends_with(" missing") ? command.get_option_no_throw(text.substr(0, colon)) : nullptr;
  if (option == nullptr) return text;
  const OptionEntry entry = option_entry(*option);
  // A list may hold the names of all rules.
  return text.substr(0, colon) + " needs a word behind it: " +
         (entry.values.empty() || entry.list ? entry.metavar
                                             : one_of({entry.values.begin(), entry.values.end()}));
}

/// `--jobs: Value x not in range 1 to 256`
std::string range_in_words(const std::string& text) {
  constexpr std::string_view before_value = ": Value ";
  constexpr std::string_view before_range = " not in range ";
  const auto value = text.find(before_value);
  const auto range = text.rfind(before_range);
  if (value == text.npos || range == text.npos || range < value) return text;
  const auto begin = value + before_value.size();
  return text.substr(0, value) + ": must be " + text.substr(range + before_range.size()) + ", not " +
         quote(text.substr(begin, range - begin));
}

std::string in_plain_words(const CLI::ParseError& error, const CLI::App& command) {
  std::string text = error.what();
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error)) return count_in_words(text, command);
  if (dynamic_cast<const CLI::ValidationError*>(&error)) return range_in_words(text);
  return text;
}

}  // namespace

const CLI::App& chosen_command(const CLI::App& program) {
  const auto commands = program.get_subcommands();
  return commands.empty() ? program : *commands.front();
}

Error explain_usage(const CLI::ParseError& error, const CLI::App& program) {
  const CLI::App& command = chosen_command(program);
  Error result{.message = printable(in_plain_words(error, command))};
  // A word that nobody takes says more than the one that is missing for it.
  if (dynamic_cast<const CLI::ExtrasError*>(&error) || dynamic_cast<const CLI::RequiredError*>(&error))
    explain_extra_words(program, result);
  const std::string name = &command == &program ? "imglint" : "imglint " + command.get_name();
  if (result.hint.empty()) result.hint = "'" + name + " --help' lists the options";
  return result;
}

}  // namespace imglint
