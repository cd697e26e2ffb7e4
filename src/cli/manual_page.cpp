// The manual page, from the option table.
#include <CLI/CLI.hpp>

#include "base/version.hpp"
#include "base/wrapped.hpp"
#include "cli/option_table.hpp"

namespace imglint {
namespace {

/// Text as groff prints it: a dash stays a dash, and no line starts a request.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) {
      result.append("\\&").push_back(c);
    } else {
      result += c;
    }
  }
  return result;
}

/// Without a newline at its end.
std::string filled(std::string_view text) {
  std::string result;
  append_wrapped(result, text, "");
  result.pop_back();
  return escaped(result);
}

void write_option(const OptionEntry& option, std::string& out) {
  out += ".TP\n";
  std::string line;
  for (const std::string& name : option.names) {
    if (!line.empty()) line += ", ";
    line += "\\fB" + escaped(name) + "\\fR";
  }
  if (option.optional_value)
    line += "[=\\fI" + escaped(option.metavar) + "\\fR]";
  else if (!option.metavar.empty() && !option.positional)
    line += " \\fI" + escaped(option.metavar) + "\\fR";
  if (option.repeatable) line += " ...";
  out += line + '\n' + filled(option.description) + ".\n";
}

void write_options(const CommandEntry& command, std::string& out) {
  std::string_view group;
  for (const OptionEntry& option : command.options) {
    if (option.group != group) {
      group = option.group;
      if (group != "Options" && group != "Positionals") out += ".PP\n" + escaped(group) + ":\n";
    }
    write_option(option, out);
  }
}

void write_examples(const CommandEntry& command, std::string& out) {
  if (!command.examples.empty()) out += ".PP\n.nf\n" + escaped(command.examples) + "\n.fi\n";
}

/// What the help says of the files and variables that matter to every command.
constexpr std::string_view tail =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nNothing to report.\n"
    ".TP\n.B 1\nFindings, or files that would change.\n"
    ".TP\n.B 2\nSomething asked for could not be done.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B NO_COLOR\nIf set and not empty: no colours.\n"
    ".TP\n.B CLICOLOR_FORCE\nIf set and neither empty nor 0: colours also where the output is no terminal.\n"
    ".TP\n.B GITHUB_ACTIONS\nIf true: check reports as workflow commands unless a format is given.\n"
    ".SH FILES\n"
    ".TP\n.I .imglint.yaml\nThe configuration of the files in its folder and below; the nearest one counts.\n"
    ".TP\n.I .imglintignore\nFiles that are not read when a folder is walked, as in .gitignore.\n"
    ".TP\n.I .env\nValues of compose variables, beside the compose file.\n";

}  // namespace

std::string manual_page(const CLI::App& program) {
  const std::vector<CommandEntry> table = option_table(program);
  std::string out = ".TH IMGLINT 1 \"" + std::string(release_date) + "\" \"imglint " + std::string(version) +
                    "\" \"User Commands\"\n";
  out += ".SH NAME\nimglint \\- find, judge and move container image references\n";
  out += ".SH SYNOPSIS\n.B imglint\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR ...] [\\fIPATH\\fR ...]\n";
  out += ".SH DESCRIPTION\n" + filled(table.front().description) + "\n";
  out += "Without a command it checks the files in this folder.\n.SH OPTIONS\n";
  write_options(table.front(), out);
  out += ".SH COMMANDS\n";
  for (std::size_t index = 1; index < table.size(); ++index) {
    if (table[index].hidden) continue;
    out += ".SS imglint " + escaped(table[index].name) + "\n" + filled(table[index].description) + ".\n";
    write_options(table[index], out);
    write_examples(table[index], out);
  }
  return out.append(tail);
}

}  // namespace imglint
