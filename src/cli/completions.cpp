// Completion scripts for bash, zsh and fish, from the option table.
#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/option_table.hpp"

namespace imglint {
namespace {

bool takes_path(const OptionEntry& option) {
  return option.metavar == "PATH" || option.metavar == "FILE" || option.metavar == "LOCK" ||
         option.metavar == "DIR";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

std::vector<std::string> command_names(const std::vector<CommandEntry>& table) {
  std::vector<std::string> names;
  for (std::size_t index = 1; index < table.size(); ++index)
    if (!table[index].hidden) names.push_back(table[index].name);
  return names;
}

bool completes_paths(const CommandEntry& command) {
  return std::any_of(command.options.begin(), command.options.end(),
                     [](const OptionEntry& option) { return option.positional && takes_path(option); });
}

/// The words of a positional that takes a few only.
std::vector<std::string> positional_words(const CommandEntry& command) {
  for (const OptionEntry& option : command.options)
    if (option.positional) return option.values;
  return {};
}

/// Between single quotes for a POSIX shell.
std::string shell_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// For fish, where a backslash escapes in single quotes too.
std::string fish_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

std::string case_pattern(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : "|").append(name);
  return text;
}

void bash_values(const std::string& command, const OptionEntry& option, std::string& out) {
  if (option.positional || option.metavar.empty() || option.optional_value) return;
  std::string pattern;
  for (const std::string& name : option.names)
    pattern.append(pattern.empty() ? "" : "|").append(command).append(":").append(name);
  out += "    " + pattern + ") ";
  if (!option.values.empty()) {
    out += "_imglint_words \"" + joined(option.values) + "\"";
  } else if (takes_path(option)) {
    out += "_imglint_files";
  } else {
    out += ":";
  }
  out += "; return ;;\n";
}

std::string bash_script(const std::vector<CommandEntry>& table) {
  std::string options;
  std::string values;
  for (const CommandEntry& command : table) {
    if (command.hidden) continue;
    const std::string name = &command == table.data() ? "" : command.name;
    std::string names;
    for (const OptionEntry& option : command.options) {
      if (!option.positional) names.append(names.empty() ? "" : " ").append(joined(option.names));
      bash_values(name, option, values);
    }
    options += "    '" + name + "') options=\"" + names + "\"; words=\"" +
               joined(name.empty() ? command_names(table) : positional_words(command)) +
               "\"; paths=" + (completes_paths(command) ? "1" : "0") + " ;;\n";
  }
  return "# bash completion for imglint\n"
         "_imglint_words() {\n"
         "  local prefix=\"\" rest=\"$word\"\n"
         "  if [[ $word == *,* ]]; then prefix=\"${word%,*},\"; rest=\"${word##*,}\"; fi\n"
         "  mapfile -t COMPREPLY < <(compgen -P \"$prefix\" -W \"$1\" -- \"$rest\")\n"
         "}\n"
         "_imglint_files() {\n"
         "  mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "  compopt -o filenames 2>/dev/null\n"
         "}\n"
         "_imglint() {\n"
         "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"\" command=\"\" options words paths index\n"
         "  COMPREPLY=()\n"
         "  ((COMP_CWORD > 0)) && before=\"${COMP_WORDS[COMP_CWORD - 1]}\"\n"
         "  if [[ $word == \"=\" ]]; then word=\"\"; fi\n"
         "  if [[ $before == \"=\" ]] && ((COMP_CWORD > 1)); then before=\"${COMP_WORDS[COMP_CWORD - 2]}\"; "
         "fi\n"
         "  for ((index = 1; index < COMP_CWORD; ++index)); do\n"
         "    case \"${COMP_WORDS[index]}\" in\n"
         "    " +
         case_pattern(command_names(table)) +
         ") command=\"${COMP_WORDS[index]}\"; break ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$command:$before\" in\n" +
         values +
         "  esac\n"
         "  case \"$command\" in\n" +
         options +
         "  esac\n"
         "  if [[ $word == -* ]]; then _imglint_words \"$options\"; return; fi\n"
         "  _imglint_words \"$words\"\n"
         "  if ((paths && ${#COMPREPLY[@]} == 0)); then _imglint_files; fi\n"
         "}\n"
         "complete -F _imglint imglint\n";
}

/// Within zsh's specifications these end a part.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_action(const OptionEntry& option) {
  if (option.metavar.empty()) return "";
  const std::string head = ':' + zsh_text(option.metavar) + ':';
  if (option.values.empty()) return head + (takes_path(option) ? "_files" : " ");
  return head +
         (option.list ? "_sequence compadd - " + joined(option.values) : '(' + joined(option.values) + ')');
}

void zsh_option(const OptionEntry& option, std::string& out) {
  if (option.positional) {
    out += " \\\n    " + shell_quoted((option.repeatable ? "*" : "1") + zsh_action(option));
    return;
  }
  const std::string description = '[' + zsh_text(option.description) + ']';
  const std::string action = (option.optional_value ? ":" : "") + zsh_action(option);
  for (const std::string& name : option.names)
    out += " \\\n    " + shell_quoted((option.repeatable ? "*" : "") + name +
                                      (option.optional_value ? "=-" : "") + description + action);
}

std::string zsh_script(const std::vector<CommandEntry>& table) {
  std::string commands;
  std::string cases;
  for (std::size_t index = 1; index < table.size(); ++index) {
    const CommandEntry& command = table[index];
    if (command.hidden) continue;
    commands += "    " + shell_quoted(command.name + ':' + command.description) + '\n';
    std::string options;
    for (const OptionEntry& option : command.options) zsh_option(option, options);
    cases += "  " + command.name + ")\n    _arguments -s" + options + "\n    ;;\n";
  }
  std::string program;
  for (const OptionEntry& option : table.front().options) zsh_option(option, program);
  return "#compdef imglint\n"
         "_imglint() {\n"
         "  local curcontext=\"$curcontext\" state line\n"
         "  typeset -A opt_args\n"
         "  local -a commands\n"
         "  commands=(\n" +
         commands +
         "  )\n"
         "  _arguments -C" +
         program +
         " \\\n    '1: :->command' '*:: :->argument'\n"
         "  case $state in\n"
         "  command) _describe command commands ;;\n"
         "  argument)\n"
         "  case $words[1] in\n" +
         cases +
         "  esac\n"
         "  ;;\n"
         "  esac\n"
         "}\n"
         "if [[ $funcstack[1] == _imglint ]]; then _imglint \"$@\"; else compdef _imglint imglint; fi\n";
}

void fish_option(const CommandEntry& command, const OptionEntry& option, bool of_program, std::string& out) {
  std::string line = "complete -c imglint -n ";
  line += of_program ? "__fish_use_subcommand" : "'__fish_seen_subcommand_from " + command.name + "'";
  if (option.positional) {
    if (!option.values.empty()) out += line + " -f -a " + fish_quoted(joined(option.values)) + '\n';
    if (option.values.empty() && !takes_path(option)) out += line + " -f\n";
    return;
  }
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.metavar.empty() && !option.optional_value) line += takes_path(option) ? " -r -F" : " -x";
  if (!option.values.empty()) line += " -a " + fish_quoted(joined(option.values));
  out += line + " -d " + fish_quoted(option.description) + '\n';
}

std::string fish_script(const std::vector<CommandEntry>& table) {
  std::string out = "# fish completion for imglint\n";
  for (const CommandEntry& command : table) {
    if (command.hidden) continue;
    const bool of_program = &command == table.data();
    if (!of_program)
      out += "complete -c imglint -f -n __fish_use_subcommand -a " + command.name + " -d " +
             fish_quoted(command.description) + '\n';
    for (const OptionEntry& option : command.options) fish_option(command, option, of_program, out);
  }
  return out;
}

}  // namespace

std::string completion_script(const CLI::App& program, std::string_view shell) {
  const std::vector<CommandEntry> table = option_table(program);
  if (shell == "bash") return bash_script(table);
  if (shell == "zsh") return zsh_script(table);
  if (shell == "fish") return fish_script(table);
  return "";
}

}  // namespace imglint
