#include "output/pages/rules.hpp"

#include <algorithm>

#include "base/wrapped.hpp"
#include "output/pages/marked_text.hpp"

namespace imglint {
namespace {

std::string_view type_name(OptionType type) {
  switch (type) {
    case OptionType::boolean:
      return "true or false";
    case OptionType::integer:
      return "number";
    case OptionType::text:
      return "text";
    case OptionType::date:
      return "date";
    case OptionType::choice:
      return "choice";
    case OptionType::regex:
      return "regular expression";
    case OptionType::location:
      return "registry with an optional path";
    case OptionType::count:
      return "number or range";
    case OptionType::text_list:
      return "list";
    case OptionType::word_list:
      return "word or list";
    case OptionType::regex_list:
      return "regular expression or list of them";
    case OptionType::pattern_list:
      return "list of image patterns";
    case OptionType::table_list:
      return "list of mappings";
  }
  return {};
}

std::string joined(std::span<const std::string_view> words, std::string_view between) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

std::string option_text(const OptionInfo& option) {
  std::string text(option.doc);
  text.append(" (");
  if (option.type == OptionType::choice) {
    text.append(joined(option.choices, " or "));
  } else {
    text.append(type_name(option.type));
    std::string_view between = " with ";
    for (const ColumnInfo& column : option.columns) {
      text.append(between).append(column.name);
      between = ", ";
    }
  }
  if (!option.default_value.empty()) text.append("; default ").append(option.default_value);
  return text.append(")");
}

std::string severity_text(const RuleInfo& rule) {
  std::string text(to_string(rule.severity));
  if (rule.needs_configuration) text.append(", once configured");
  if (rule.strict_severity != rule.severity)
    text.append(" (strict: ").append(to_string(rule.strict_severity)).append(")");
  return text;
}

std::string_view verdict_text(const Example& example) {
  return example.text.find(mark_opening) == example.text.npos ? "passes" : "reported";
}

void append_example_markdown(const Example& example, std::string& out) {
  out.append(example.text.find(mark_opening) == example.text.npos ? "Passes" : "Reported");
  if (!example.note.empty()) out.append(" – ").append(example.note);
  out.append(":\n\n");
  if (!example.lock.empty()) out.append("With an `imglint.lock`:\n\n");
  if (!example.config.empty())
    out.append("```yaml\n# .imglint.yaml\n").append(example.config).append("```\n");
  out.append("```").append(example.file == "Dockerfile" ? "dockerfile" : "yaml").append("\n");
  append_example_text(out, example.text, "");
  out.append("```\n\n");
}

}  // namespace

std::string_view fix_text(Fixability fixability) {
  switch (fixability) {
    case Fixability::none:
      return "none";
    case Fixability::suggestion:
      return "suggested, never written";
    case Fixability::unsafe:
      return "unsafe (--unsafe-fixes)";
    case Fixability::safe:
      return "safe (--fix)";
  }
  return {};
}

std::string how_to_silence(std::string_view rule, std::string_view indent) {
  struct Form {
    std::string_view where, before, behind;
    bool names_rule = true;
  };
  constexpr Form forms[] = {
      {"a line, stage, service, job: above it", "# imglint ignore=", " why"},
      {"a line of YAML: behind it", "# imglint ignore=", " why"},
      {"HCL, JSON for containers: above it", "/* imglint ignore=", " why */"},
      {"a chart's template: above it", "{{- /* imglint ignore=", " why */}}"},
      {"a fence of Markdown: above it", "<!-- imglint ignore=", " why -->"},
      {"the stage that follows", "# imglint ignore-stage=", " why"},
      {"a file: anywhere in it", "# imglint ignore-file=", " why"},
      {"each of these up to a day", "# imglint ignore=", " until=2027-01-31 why"},
      {"each of these for every rule", "# imglint ignore=* why", "", false},
      {"an image: in .imglint.yaml", "exceptions: [{images: [redis], rules: [", "]}]"},
      {"a folder: in .imglint.yaml", "overrides: [{paths: [\"examples/**\"], rules: {", ": off}}]"},
      {"everywhere: in .imglint.yaml", "rules: {", ": off}"},
      {"one run", "imglint check --ignore ", ""},
  };
  std::string text;
  for (const Form& form : forms) {
    text.append(indent).append(form.where).append(38 - form.where.size(), ' ');
    text.append(form.before).append(form.names_rule ? rule : "").append(form.behind).push_back('\n');
  }
  return text;
}

void write_rule_text(const RuleInfo& rule, std::string& out) {
  out.append(rule.name).append("\n\n");
  append_wrapped(out, rule.summary, "  ");
  out.push_back('\n');
  append_wrapped(out, rule.why, "  ");
  out.append("\n  severity: ")
      .append(severity_text(rule))
      .append("\n  fix: ")
      .append(fix_text(rule.fixability));
  out.append("\n");
  if (!rule.options.empty()) out.append("\n  Options\n");
  for (const OptionInfo& option : rule.options) {
    out.append("    ").append(option.name).push_back('\n');
    append_wrapped(out, option_text(option), "      ");
  }
  out.append("\n  Examples\n");
  for (const Example& example : rule.examples) {
    out.append("    ").append(example.file).append(", ").append(verdict_text(example));
    if (!example.note.empty()) out.append(": ").append(example.note);
    out.push_back('\n');
    if (!example.config.empty()) append_example_text(out, example.config, "      | ");
    append_example_text(out, example.text, "      ");
  }
  out.append("\n  Silence it\n").append(how_to_silence(rule.name, "    "));
}

void write_rule_markdown(const RuleInfo& rule, std::string& out) {
  out.append("## ").append(rule.name).append("\n\n").append(rule.summary).append("\n\n");
  append_wrapped(out, rule.why, "");
  out.append("\nSeverity: ")
      .append(severity_text(rule))
      .append(". Fix: ")
      .append(fix_text(rule.fixability))
      .append(".\n\n");
  for (const OptionInfo& option : rule.options)
    out.append("- `").append(option.name).append("`: ").append(option_text(option)).push_back('\n');
  if (!rule.options.empty()) out.push_back('\n');
  for (const Example& example : rule.examples) append_example_markdown(example, out);
}

void write_rules_markdown(std::span<const RuleInfo* const> rules, std::string& out) {
  out.append(
      "# Rules\n\n"
      "Made by `imglint explain --all --format markdown` from the rules themselves; the examples run as "
      "tests.\n\n"
      "Every rule takes `severity` (off, info, warning, error) and `locked` (comments cannot silence it) in "
      "the\n"
      "configuration; those that depend on what may be unknown also take `unresolved`, the severity of "
      "\"cannot "
      "judge\".\n\n"
      "| rule | severity | fix | |\n|---|---|---|---|\n");
  for (const RuleInfo* rule : rules)
    out.append("| [")
        .append(rule->name)
        .append("](#")
        .append(rule->name)
        .append(") | ")
        .append(severity_text(*rule))
        .append(" | ")
        .append(fix_text(rule->fixability))
        .append(" | ")
        .append(rule->summary)
        .append(" |\n");
  out.push_back('\n');
  for (const RuleInfo* rule : rules) write_rule_markdown(*rule, out);
  while (out.ends_with("\n\n")) out.pop_back();
}

void write_rules_table(std::span<const RuleInfo* const> rules, std::string& out) {
  std::size_t longest = 0;
  for (const RuleInfo* rule : rules) longest = std::max(longest, rule->name.size());
  for (const RuleInfo* rule : rules) {
    std::string line(rule->name);
    line.resize(longest + 2, ' ');
    line.append(to_string(rule->severity));
    line.resize(longest + 11, ' ');
    out.append(line).append(rule->summary).push_back('\n');
  }
}

}  // namespace imglint
