// imglint explain: what a rule wants and why, with examples.
#include <memory>

#include <CLI/CLI.hpp>

#include "base/printable.hpp"
#include "cli/choice.hpp"
#include "cli/option_table.hpp"
#include "cli/program.hpp"
#include "config/value.hpp"
#include "output/pages/places.hpp"
#include "output/pages/rules.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

enum class PageFormat : std::uint8_t { text, markdown, json };

class ExplainCommand final : public Command {
 public:
  explicit ExplainCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  void write(std::span<const RuleInfo* const> rules, std::string& out) const;

  std::string rule_;
  bool all_ = false;
  PageFormat format_ = PageFormat::text;
};

ExplainCommand::ExplainCommand(CLI::App& command) {
  command.footer(
      "Examples:\n"
      "  imglint explain latest-tag\n"
      "  imglint explain places                    images in files that no kind knows\n"
      "  imglint explain --all --format markdown");
  std::vector<std::string_view> rules;
  for (const RuleInfo* rule : all_rule_infos()) rules.push_back(rule->name);
  rules.emplace_back("places");
  offer(*command
             .add_option("RULE", rule_, "The rule to explain, or 'places'; without one all rules are listed")
             ->type_name("RULE"),
        rules);
  command.add_flag("--all", all_, "Explain every rule");
  add_choice<PageFormat>(
      command, "--format", format_,
      {{"text", PageFormat::text}, {"markdown", PageFormat::markdown}, {"json", PageFormat::json}},
      "text, markdown or json")
      ->type_name("FORMAT");
}

void ExplainCommand::write(std::span<const RuleInfo* const> rules, std::string& out) const {
  switch (format_) {
    case PageFormat::text:
      for (const RuleInfo* rule : rules) {
        if (rule != rules.front()) out.push_back('\n');
        write_rule_text(*rule, out);
      }
      return;
    case PageFormat::markdown:
      if (all_) return write_rules_markdown(rules, out);
      for (const RuleInfo* rule : rules) write_rule_markdown(*rule, out);
      return;
    case PageFormat::json:
      return write_rules_json(rules, out);
  }
}

ExitCode ExplainCommand::run(const Session& session) {
  std::string out;
  if (rule_ == "places") {
    out = places_page();
  } else if (all_) {
    write(all_rule_infos(), out);
  } else if (rule_.empty()) {
    write_rules_table(all_rule_infos(), out);
  } else {
    const Rule* rule = find_rule(rule_);
    if (!rule) {
      std::vector<std::string> names;
      for (const RuleInfo* info : all_rule_infos()) names.emplace_back(info->name);
      print({.message = "no such rule: " + printable(rule_), .hint = rule_suggestion(rule_, names, {})},
            session);
      return ExitCode::failed;
    }
    const RuleInfo* const only[] = {&rule->info};
    write(only, out);
  }
  session.out(out);
  return ExitCode::clean;
}

}  // namespace

std::unique_ptr<Command> add_explain_command(CLI::App& program) {
  return std::make_unique<ExplainCommand>(
      *program.add_subcommand("explain", "What a rule wants and why, with examples"));
}

}  // namespace imglint
