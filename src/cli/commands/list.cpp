// imglint list: every reference found, with role, place, spelling and meaning.
#include <memory>

#include <CLI/CLI.hpp>

#include "check/early.hpp"
#include "cli/common_options.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/run_settings.hpp"
#include "output/list_output.hpp"

namespace imglint {
namespace {

class ListCommand final : public Command {
 public:
  explicit ListCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  CommonOptions common_;
  ListFormat format_ = ListFormat::text;
};

ListCommand::ListCommand(CLI::App& command) {
  command.footer(
      "Examples:\n"
      "  imglint list                              the repository\n"
      "  imglint list --format jsonl | jq -r .value");
  add_common_options(command, common_);
  add_configuration_options(command, common_);
  add_include_option(command, common_, "Choice of files", "Also read these: scripts, docs (comma separated)");
  command.add_option("--format", format_, "text, json or jsonl")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ListFormat>{
          {"text", ListFormat::text}, {"json", ListFormat::json}, {"jsonl", ListFormat::jsonl}}))
      ->type_name("FORMAT");
}

ExitCode ListCommand::run(const Session& session) {
  ConfiguredContexts contexts(common_, session);
  if (const auto good = apply(contexts.run_config(), session, common_); !good) {
    print(good.error(), session);
    return ExitCode::failed;
  }
  Project project;
  ListWriter writer(format_, session.out);
  bool saw_no_text = false;
  const EarlyUse early{.begin = [&](std::size_t files) { writer.begin(files); },
                       .use =
                           [&](const ProjectFile& file, std::size_t index) {
                             return
                                 [&writer, &saw_no_text, index, no_text = is_no_text(*file.document),
                                  piece = list_piece(format_, *file.document)](ProjectFile& taken) mutable {
                                   saw_no_text = saw_no_text || no_text;
                                   writer.put(index, std::move(piece));
                                   taken.source.reset();
                                 };
                           },
                       .missing = [&](std::size_t index) { writer.put(index, {}); }};
  LoadHooks hooks = contexts.hooks();
  hooks.early = early;
  hooks.variants = false;
  const LoadSummary summary = load(common_, session, project, std::move(hooks));
  writer.end();
  session.err(writer.troubles_text());
  if (!contexts.are_good(session) || summary.error || saw_no_text) return ExitCode::failed;
  return writer.troubled() ? ExitCode::findings : ExitCode::clean;
}

}  // namespace

std::unique_ptr<Command> add_list_command(CLI::App& program) {
  return std::make_unique<ListCommand>(
      *program.add_subcommand("list", "Show every reference: role, place, spelling, meaning"));
}

}  // namespace imglint
