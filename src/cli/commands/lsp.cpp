// imglint lsp: the language server on the standard streams.
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands/check_options.hpp"
#include "cli/program.hpp"
#include "lsp/run.hpp"

namespace imglint {
namespace {

class LspCommand final : public Command {
 public:
  explicit LspCommand(CLI::App& command) {
    command.add_flag("--stdio", stdio_, "Standard input and output, as always");
  }

  ExitCode run(const Session& session) override {
    const lsp::Streams streams{.read = session.read_some, .write = session.out};
    return lsp::run_server(session.files, today, streams) ? ExitCode::clean : ExitCode::findings;
  }

 private:
  bool stdio_ = false;
};

}  // namespace

std::unique_ptr<Command> add_lsp_command(CLI::App& program) {
  return std::make_unique<LspCommand>(
      *program.add_subcommand("lsp", "The language server, for editors, on the standard streams"));
}

}  // namespace imglint
