// imglint rules: the catalogue.
#include "output/pages/rules.hpp"

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/choice.hpp"
#include "cli/program.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

class RulesCommand final : public Command {
 public:
  explicit RulesCommand(CLI::App& command) {
    add_choice<bool>(command, "--format", json_, {{"text", false}, {"json", true}}, "text or json")
        ->type_name("FORMAT");
  }

  ExitCode run(const Session& session) override {
    std::string out;
    if (json_) {
      write_rules_json(all_rule_infos(), out);
    } else {
      write_rules_table(all_rule_infos(), out);
    }
    session.out(out);
    return ExitCode::clean;
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_rules_command(CLI::App& program) {
  return std::make_unique<RulesCommand>(*program.add_subcommand("rules", "The catalogue of rules"));
}

}  // namespace imglint
