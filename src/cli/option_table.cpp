#include "cli/option_table.hpp"

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>

#include "base/wrapped.hpp"

namespace imglint {
namespace {

/// The words between the braces of `FORMAT:{text,json}`, which is how CLI11 shows what a validator takes.
std::vector<std::string> words_in_braces(std::string_view type) {
  std::vector<std::string> words;
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}', std::min(open, type.size()));
  if (close == type.npos) return words;
  std::string_view rest = type.substr(open + 1, close - open - 1);
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(','));
    words.emplace_back(word.substr(0, word.find("->")));  // a translation names both sides
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return words;
}

/// CLI11's layout with what a reader needs of an option: its value's name, and whether it may come again.
class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() {
    column_width(30);
    label("SUBCOMMAND", "COMMAND");
    label("Subcommands", "Commands");
    label("Positionals", "Arguments");
  }
  std::string make_option_name(const CLI::Option* option, bool positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, positional);
    for (std::size_t at = name.find(",-"); at != name.npos; at = name.find(",-", at + 2))
      name.insert(at + 1, " ");
    // A flag with a value for when it has none: --flag{default}.
    if (const std::size_t brace = name.find('{'); brace != name.npos && !positional)
      name.replace(brace, name.npos, "[=" + option_entry(*option).metavar + "]");
    return name;
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    const OptionEntry entry = option_entry(*option);
    std::string text;
    if (!entry.metavar.empty() && !entry.positional && !entry.optional_value) text = ' ' + entry.metavar;
    return entry.repeatable && !entry.metavar.empty() ? text + " ..." : text;
  }
  /// In lines that a terminal of 80 columns holds; CLI11 puts the indent before them.
  std::string make_option_desc(const CLI::Option* option) const override {
    std::string text;
    append_wrapped(text, option->get_description(), "", page_width - get_column_width());
    text.pop_back();
    return text;
  }
};

std::string without_double_blank_lines(std::string text) {
  for (std::size_t at = text.find("\n\n\n"); at != text.npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

CommandEntry command_entry(const CLI::App& app) {
  CommandEntry entry{.name = app.get_name(),
                     .description = app.get_description(),
                     .examples = app.get_footer(),
                     .hidden = app.get_group().empty()};
  for (const std::string& group : app.get_groups())
    for (const CLI::Option* option : app.get_options())
      if (option->get_group() == group && !group.empty()) entry.options.push_back(option_entry(*option));
  return entry;
}

}  // namespace

void offer(CLI::Option& option, std::span<const std::string_view> values) {
  std::string words;
  for (const std::string_view value : values) words.append(words.empty() ? "{" : ",").append(value);
  option.check(CLI::Validator([](const std::string&) { return std::string(); }, words + "}"));
}

OptionEntry option_entry(const CLI::Option& option) {
  OptionEntry entry{.description = option.get_description(), .group = option.get_group()};
  entry.positional = option.get_positional();
  if (entry.positional) entry.names.push_back(option.get_name(true, false));
  for (const std::string& name : option.get_snames()) entry.names.push_back('-' + name);
  for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
  if (option.get_type_size() == 0) return entry;
  const std::string type = option.get_type_name();
  entry.metavar = type.substr(0, type.find(':'));
  entry.values = words_in_braces(type);
  entry.optional_value = !option.get_fnames().empty();
  entry.list = option.get_delimiter() != '\0';
  entry.repeatable = option.get_expected_max() >= CLI::detail::expected_max_vector_size;
  return entry;
}

std::vector<CommandEntry> option_table(const CLI::App& program) {
  std::vector<CommandEntry> table = {command_entry(program)};
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; }))
    table.push_back(command_entry(*command));
  return table;
}

std::string help_text(const CLI::App& app) {
  const std::string name = app.get_parent() ? "imglint " + app.get_name() : "imglint";
  return without_double_blank_lines(HelpFormatter().make_help(&app, name, CLI::AppFormatMode::Normal));
}

}  // namespace imglint
