#include "cli/program.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/edit_distance.hpp"
#include "base/printable.hpp"
#include "base/version.hpp"
#include "cli/choice.hpp"
#include "cli/commands/retarget_run.hpp"
#include "cli/option_table.hpp"
#include "cli/program_commands.hpp"
#include "cli/words.hpp"
#include "config/keys.hpp"
#include "config/other_tools.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

constexpr std::string_view description =
    "Finds, judges and moves container image references in files of many kinds.";
constexpr std::string_view footer =
    "Examples:\n"
    "  imglint                                  lint the repository\n"
    "  imglint check --fix api/Dockerfile       repair what is safe to repair\n"
    "  imglint retarget --to ghcr.io/org --diff show what a move would change\n"
    "\n"
    "Exit codes: 0 nothing to report, 1 findings, 2 could not do the job.\n"
    "'imglint COMMAND --help' explains a command, 'imglint kinds' lists the kinds.";

/// Options of the program that every command takes too.
struct ProgramOptions {
  std::string color = "auto";
  bool quiet = false;
  bool version = false;
  bool json = false;  ///< for --version
};

std::vector<const CLI::App*> all_commands(const CLI::App& program) {
  return program.get_subcommands([](const CLI::App*) { return true; });
}

/// The word nearest to what the user wrote, among the options and commands in reach.
std::optional<std::string> nearest(const std::string& word, const CLI::App& app) {
  std::vector<std::string> words;
  const bool option = word.starts_with('-');
  for (const CLI::Option* candidate : app.get_options())
    if (option)
      for (const std::string& name : candidate->get_lnames()) words.push_back("--" + name);
  for (const CLI::App* command : all_commands(app))
    if (!option) words.push_back(command->get_name());
  return nearest_word(word.substr(0, word.find('=')), words);
}

/// An option that can be given several times takes one word each time; the next word is a path.
void take_one_word_each(CLI::App& command) {
  for (CLI::Option* option : command.get_options())
    if (!option->get_positional()) option->allow_extra_args(false);
}

void add_output_options(CLI::App& app, ProgramOptions& options) {
  const char* const group = "Messages";
  app.add_flag("-q,--quiet", options.quiet, "Only findings and errors: no remarks, no summary")->group(group);
  app.add_option("--color", options.color, "Colours: auto (on a terminal), always or never")
      ->check(word_of({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->group(group);
}

void add_version_options(CLI::App& program, ProgramOptions& options) {
  program.add_flag("--version", options.version, "Show the version");
  program
      .add_option_function<std::string>(
          "--format", [&options](const std::string& name) { options.json = name == "json"; },
          "Of the version: text or json")
      ->check(word_of({"text", "json"}))
      ->type_name("FORMAT");
}

ExitCode show_version(const ProgramOptions& options, const Session& session) {
  const std::string number(version);
  session.out(options.json ? "{\"name\":\"imglint\",\"version\":\"" + number +
                                 "\",\"rules\":" + std::to_string(all_rule_infos().size()) + "}\n"
                           : "imglint " + number + '\n');
  return ExitCode::clean;
}

Session with_options(const Session& session, const ProgramOptions& options) {
  Session result = session;
  result.quiet = options.quiet;
  if (options.color != "auto") result.color = options.color == "always";
  return result;
}

const CLI::App& chosen(const CLI::App& program) {
  const auto commands = program.get_subcommands();
  return commands.empty() ? program : *commands.front();
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
  };
  const std::string_view option = word.substr(0, word.find('='));
  for (const auto& [theirs, ours] : names)
    if (option == theirs && command.get_option_no_throw(std::string(ours))) return ours;
  return {};
}

/// The format of reports that `--json` or `--codeclimate` means; empty if it means none.
std::string_view format_of(std::string_view word) {
  if (!word.starts_with("--")) return {};
  const std::string_view name = word.substr(2, word.find('=') - 2);
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

/// What is said in the configuration, where other linters have an option for it; empty if it is none of
/// these.
std::string_view configured_here(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> keys[] = {
      {"--exclude", "'exclude' in .imglint.yaml, or a file .imglintignore"},
      {"--trusted-registry", "'registries' with 'allow' in .imglint.yaml"},
  };
  const std::string_view option = word.substr(0, word.find('='));
  for (const auto& [theirs, ours] : keys)
    if (option == theirs) return ours;
  return {};
}

/// What to do about a word that no command or option is.
std::string hint_for(const std::string& word, const CLI::App& command, const CLI::App& program) {
  if (&command == &program && (word == "lint" || word == "scan" || word == "fix"))
    return word == "fix" ? "did you mean check --fix?" : "did you mean check?";
  if (const auto ours = known_elsewhere(word, command); !ours.empty())
    return "here it is " + std::string(ours);
  if (const auto ours = configured_here(word); !ours.empty()) return "here it is " + std::string(ours);
  if (auto ours = format_meant(word, command, *program.get_subcommand("check")); !ours.empty()) return ours;
  if (const auto guess = nearest(word, command)) return "did you mean " + *guess + "?";
  if (word.starts_with('-') && command.get_option_no_throw("references"))
    return "for a reference that begins with '-' write 'imglint " + command.get_name() + " -- " +
           printable(word) + "'";
  if (word.starts_with('-') && &command == &program) {
    for (const CLI::App* other : all_commands(program))
      if (other->get_option_no_throw(word.substr(0, word.find('='))))
        return "it stands after its command, as in 'imglint " + other->get_name() + ' ' + printable(word) +
               "'";
  } else if (&command == &program) {
    return "for a file or folder write 'imglint check " + printable(word) +
           "'; 'imglint --help' lists the commands";
  }
  return "'imglint " + (&command == &program ? "" : command.get_name() + ' ') + "--help' lists the options";
}

/// In words of our own, where there are words that nobody takes.
void explain_extra_words(const CLI::App& program, Error& error) {
  // Those before the command are the program's.
  const CLI::App* command = &program;
  auto unknown = program.remaining(false);
  if (unknown.empty()) {
    command = &chosen(program);
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

ExitCode report_usage_error(const CLI::ParseError& error, const CLI::App& program, const Session& session) {
  const CLI::App& command = chosen(program);
  Error result{.message = error.what()};
  std::replace(result.message.begin(), result.message.end(), '\n', ' ');
  result.message = printable(result.message);
  // A word that nobody takes says more than the one that is missing for it.
  if (dynamic_cast<const CLI::ExtrasError*>(&error) || dynamic_cast<const CLI::RequiredError*>(&error))
    explain_extra_words(program, result);
  const std::string name = &command == &program ? "imglint" : "imglint " + command.get_name();
  if (result.hint.empty()) result.hint = "'" + name + " --help' lists the options";
  if (command.get_name() == "retarget") {
    const auto formats = command.get_option("--format")->results();
    const bool json = !formats.empty() && formats.back() == "json";
    return report_error(RunError{RefusalKind::usage, std::move(result)}, json, session);
  }
  print(result, session);
  return ExitCode::failed;
}

/// `imglint help`, `imglint help check` and `imglint version`, as other programs have them.
std::vector<std::string> as_options(std::vector<std::string> words) {
  if (words == std::vector<std::string>{"version"}) return {"--version"};
  if (words.empty() || words.front() != "help" || words.size() > 2) return words;
  words.erase(words.begin());
  words.emplace_back("--help");
  return words;
}

/// With --staged all is read as git's index has it.
ExitCode run_command(const CLI::App& app, Command& command, const Session& session) {
  const CLI::Option* option = app.get_option_no_throw("--staged");
  if (option == nullptr || option->count() == 0) return command.run(session);
  StagedFileSystem staged(session.files);
  return command.run(as_staged(session, staged));
}

/// The options of some commands, or of all, and what the user's words make of them.
class CommandLine {
 public:
  explicit CommandLine(std::span<const ProgramCommand> entries) {
    program_.footer(std::string(footer));
    program_.require_subcommand(0, 1);
    add_version_options(program_, options_);
    for (const ProgramCommand& entry : entries) {
      auto command = entry.set_up(program_);
      commands_.emplace_back(all_commands(program_).back(), std::move(command));
    }
    add_output_options(program_, options_);
    for (CLI::App* app : program_.get_subcommands({})) {
      add_output_options(*app, options_);
      if (app->get_footer() == footer) app->footer("");  // CLI11 hands it down
      take_one_word_each(*app);
      unmark_options(*app);
    }
  }
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Throws what CLI11 does where the words ask for help or are no such options.
  void parse(const std::vector<std::string>& words) {
    std::vector<std::string> reversed = mark_words(words);
    std::reverse(reversed.begin(), reversed.end());
    program_.parse(std::move(reversed));
  }
  [[nodiscard]] ExitCode run(const Session& session) {
    if (options_.version) return show_version(options_, session);
    const Session own = with_options(session, options_);
    for (const auto& [app, command] : commands_)
      if (app->parsed()) return run_command(*app, *command, own);
    return commands_.front().second->run(own);  // without a command: check
  }
  [[nodiscard]] const CLI::App& program() const { return program_; }

 private:
  CLI::App program_{std::string(description), "imglint"};
  ProgramOptions options_;
  std::vector<std::pair<const CLI::App*, std::unique_ptr<Command>>> commands_;
};

/// To set up the options of all commands takes most of the time of a short run. Nothing if the words are not
/// surely for one of them, and right.
std::optional<ExitCode> run_alone(const std::vector<std::string>& words, const Session& session) {
  if (words.empty()) return std::nullopt;
  const std::span<const ProgramCommand> entries = program_commands();
  const auto entry =
      std::ranges::find_if(entries, [&](const ProgramCommand& one) { return one.name == words.front(); });
  const bool version = words == std::vector<std::string>{"--version"};
  if (!version && (entry == entries.end() || entry->describes_all)) return std::nullopt;
  CommandLine line(version ? std::span<const ProgramCommand>() : std::span(entry, 1));
  try {
    line.parse(words);
  } catch (const CLI::Error&) {  // told of with all commands in view
    return std::nullopt;
  }
  return line.run(session);
}

}  // namespace

ExitCode run_program(const std::vector<std::string>& arguments, const Session& session) {
  const std::vector<std::string> words = as_options(arguments);
  if (const auto code = run_alone(words, session)) return *code;
  CommandLine line(program_commands());
  try {
    line.parse(words);
  } catch (const CLI::CallForHelp&) {
    session.out(help_text(chosen(line.program())));
    return ExitCode::clean;
  } catch (const CLI::ParseError& error) {
    return report_usage_error(error, line.program(), session);
  }
  return line.run(session);
}

Session as_staged(const Session& session, StagedFileSystem& staged) {
  return {.files = staged,
          .read_input = session.read_input,
          .out = session.out,
          .err = session.err,
          .out_is_terminal = session.out_is_terminal,
          .err_is_terminal = session.err_is_terminal,
          .columns = session.columns,
          .github_actions = session.github_actions,
          .in_pipeline = session.in_pipeline,
          .quiet = session.quiet,
          .progress = session.progress,
          .color = session.color,
          .read_some = session.read_some,
          .staged = &staged};
}

namespace {

void print_as(std::string_view word, const Error& error, const Session& session) {
  std::string text = error.path.empty() ? "imglint" : printable_path(error.path);
  if (error.line > 0) text += ':' + std::to_string(error.line);
  if (error.column > 0) text += ':' + std::to_string(error.column);
  text.append(": ").append(word).append(": ").append(printable(error.message)) += '\n';
  if (!error.hint.empty()) text += "  hint: " + printable(error.hint) + '\n';
  session.err(text);
}

}  // namespace

void print(const Error& error, const Session& session) { print_as("error", error, session); }
void print_remark(const Error& remark, const Session& session) {
  if (!session.quiet) print_as("note", remark, session);
}

void print_diff(std::string_view diff, const Session& session) {
  session.out(session.out_is_terminal ? printable_lines(diff) : diff);
}

}  // namespace imglint
