// imglint list: every reference found, with role, place, spelling and meaning.
#include <memory>

#include <CLI/CLI.hpp>

#include "check/early.hpp"
#include "cli/common_options.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/run_settings.hpp"
#include "output/list_output.hpp"
#include "output/projects_output.hpp"

namespace imglint {
namespace {

class ListCommand final : public Command {
 public:
  explicit ListCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  CommonOptions common_;
  ListFormat format_ = ListFormat::text;
  bool projects_ = false;
};

ListCommand::ListCommand(CLI::App& command) {
  command.footer(
      "Examples:\n"
      "  imglint list                              the repository\n"
      "  imglint list --format jsonl | jq -r .value");
  common_.salvage = Salvage::around_faults;
  add_common_options(command, common_);
  add_configuration_options(command, common_);
  command.add_flag("--projects", projects_, "The compose projects, and which file gave each image");
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
  ListWriter writer(format_, projects_ ? OrderedPieces::Sink([](std::string_view) {}) : session.out);
  bool saw_no_text = false;
  const EarlyUse early{.begin = [&](std::size_t files) { writer.begin(files); },
                       .use =
                           [&](const ProjectFile& file, std::size_t index) {
                             return [&writer, &saw_no_text, index, no_text = is_no_text(*file.document),
                                     piece = list_piece(format_, file)](ProjectFile& taken) mutable {
                               saw_no_text = saw_no_text || no_text;
                               writer.put(index, std::move(piece));
                               taken.source.reset();
                             };
                           },
                       .missing = [&](std::size_t index) { writer.put(index, {}); }};
  LoadHooks hooks = contexts.hooks();
  hooks.early = early;
  hooks.keeps_projects = projects_;
  const LoadSummary summary = load(common_, session, project, std::move(hooks));
  for (const auto& [path, file] : project.environment)
    for (const Trouble& trouble : file.content.troubles)
      if (EnvironmentFile::is_refused_for(trouble)) writer.add(*file.source, trouble);
  for (const ProjectFile& file : project.files) {
    saw_no_text = saw_no_text || is_no_text(*file.document);
    writer.put(file.index, list_piece(format_, file));
  }
  writer.end();
  if (projects_) session.out(list_projects(format_, project));
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
