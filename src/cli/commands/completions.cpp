// imglint completions, imglint man: what packages install beside the program.
#include <array>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/choice.hpp"
#include "cli/option_table.hpp"
#include "cli/program.hpp"

namespace imglint {
namespace {

class CompletionsCommand final : public Command {
 public:
  CompletionsCommand(const CLI::App& program, CLI::App& command) : program_(program) {
    command.add_option("SHELL", shell_, "bash, zsh or fish")
        ->required()
        ->check(word_of({"bash", "zsh", "fish"}))
        ->type_name("SHELL");
    command.footer(
        "Examples:\n"
        "  imglint completions bash > ~/.local/share/bash-completion/completions/imglint\n"
        "  imglint completions zsh > ~/.zfunc/_imglint\n"
        "  imglint completions fish > ~/.config/fish/completions/imglint.fish");
  }
  ExitCode run(const Session& session) override {
    session.out(completion_script(program_, shell_));
    return ExitCode::clean;
  }

 private:
  const CLI::App& program_;
  std::string shell_;
};

class ManualCommand final : public Command {
 public:
  explicit ManualCommand(const CLI::App& program) : program_(program) {}
  ExitCode run(const Session& session) override {
    session.out(manual_page(program_));
    return ExitCode::clean;
  }

 private:
  const CLI::App& program_;
};

}  // namespace

std::unique_ptr<Command> add_completions_command(CLI::App& program) {
  return std::make_unique<CompletionsCommand>(
      program, *program.add_subcommand("completions", "The completion script for a shell"));
}

std::unique_ptr<Command> add_manual_command(CLI::App& program) {
  program.add_subcommand("man", "The manual page, as groff source");
  return std::make_unique<ManualCommand>(program);
}

}  // namespace imglint
