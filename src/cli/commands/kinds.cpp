// imglint kinds: the kinds of file that are read.
#include "output/pages/kinds.hpp"

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/choice.hpp"
#include "cli/program.hpp"
#include "kinds/index.hpp"

namespace imglint {
namespace {

using Write = void (*)(Kinds kinds, std::string& out);

class KindsCommand final : public Command {
 public:
  explicit KindsCommand(CLI::App& command) {
    add_choice<Write>(
        command, "--format", write_,
        {{"text", write_kinds_table}, {"markdown", write_kinds_markdown}, {"json", write_kinds_json}},
        "text, markdown or json")
        ->type_name("FORMAT");
  }

  ExitCode run(const Session& session) override {
    std::string out;
    write_(all_kinds(), out);
    session.out(out);
    return ExitCode::clean;
  }

 private:
  Write write_ = write_kinds_table;
};

}  // namespace

std::unique_ptr<Command> add_kinds_command(CLI::App& program) {
  return std::make_unique<KindsCommand>(*program.add_subcommand("kinds", "The kinds of file that are read"));
}

}  // namespace imglint
