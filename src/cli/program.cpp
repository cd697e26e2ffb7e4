#include "cli/program.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/printable.hpp"
#include "base/version.hpp"
#include "cli/choice.hpp"
#include "cli/commands/retarget_run.hpp"
#include "cli/option_table.hpp"
#include "cli/program_commands.hpp"
#include "cli/usage_hints.hpp"
#include "cli/words.hpp"
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
  std::string format = {};  ///< of --version alone
};

std::vector<const CLI::App*> all_commands(const CLI::App& program) {
  return program.get_subcommands([](const CLI::App*) { return true; });
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
  program.add_option("--format", options.format, "Of the version: text or json")
      ->check(word_of({"text", "json"}))
      ->type_name("FORMAT");
}

ExitCode show_version(const ProgramOptions& options, const Session& session) {
  const std::string number(version);
  session.out(options.format == "json" ? "{\"name\":\"imglint\",\"version\":\"" + number +
                                             "\",\"rules\":" + std::to_string(all_rule_infos().size()) + "}\n"
                                       : "imglint " + number + '\n');
  return ExitCode::clean;
}

/// A format that stands before the command, or without one, would be taken for that of the command.
ExitCode refuse_format(const ProgramOptions& options, const CLI::App& program, const Session& session) {
  const CLI::App& chosen = chosen_command(program);
  const std::string command = &chosen == &program ? "check" : chosen.get_name();
  Error error{.message = "--format stands before the command, where it is about --version alone"};
  if (program.get_subcommand(command)->get_option_no_throw("--format"))
    error.hint = "write 'imglint " + command + " --format " + options.format + "'";
  print(error, session);
  return ExitCode::failed;
}

Session with_options(const Session& session, const ProgramOptions& options) {
  Session result = session;
  result.quiet = options.quiet;
  if (options.color != "auto") result.color = options.color == "always";
  return result;
}

ExitCode report_usage_error(const CLI::ParseError& error, const CLI::App& program, const Session& session) {
  const CLI::App& command = chosen_command(program);
  Error result = explain_usage(error, program);
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
    if (!options_.format.empty()) return refuse_format(options_, program_, session);
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
    session.out(help_text(chosen_command(line.program())));
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
