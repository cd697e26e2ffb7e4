// imglint list: every reference found, with role, place, spelling and meaning.
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>

#include "check/early.hpp"
#include "cli/commands/elsewhere.hpp"
#include "cli/common_options.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/run_settings.hpp"
#include "output/elsewhere_output.hpp"
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
  std::string elsewhere_;  ///< names with commas between, `*`: those of all references; empty: not asked
  [[nodiscard]] ExitCode run_elsewhere(ConfiguredContexts& contexts, const Session& session) const;
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
  add_include_option(command, common_, "Choice of files",
                     "Also read these: scripts, docs, markers (comma separated)");
  command.add_option("--format", format_, "text, json or jsonl")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ListFormat>{
          {"text", ListFormat::text}, {"json", ListFormat::json}, {"jsonl", ListFormat::jsonl}}))
      ->type_name("FORMAT");
  command
      .add_flag(
          "--elsewhere{*}", elsewhere_,
          "Where names stand that are no references of files that are read: NAME,… (default: of all that "
          "are)")
      ->type_name("NAMES");
}

/// Names in files that are not read, and in comments of those that are.
ExitCode ListCommand::run_elsewhere(ConfiguredContexts& contexts, const Session& session) const {
  Project project;
  const LoadSummary summary = load(common_, session, project, contexts.hooks());
  if (!contexts.are_good(session) || summary.error) return ExitCode::failed;
  const auto documents = project.documents();
  std::vector<std::string> names;
  if (elsewhere_ == "*") {
    names = names_of(documents);
  } else {
    for (std::size_t begin = 0; begin <= elsewhere_.size();) {
      const std::size_t end = std::min(elsewhere_.find(',', begin), elsewhere_.size());
      if (end > begin) names.push_back(elsewhere_.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  const Elsewhere found = search_elsewhere(std::move(names), {}, common_, documents, {}, session);
  session.out(format_ == ListFormat::text ? elsewhere_table(found) : elsewhere_json(found));
  return ExitCode::clean;
}

ExitCode ListCommand::run(const Session& session) {
  ConfiguredContexts contexts(common_, session);
  if (const auto good = apply(contexts.run_config(), session, common_); !good)
    return stop(good.error(), session);
  if (!elsewhere_.empty()) return run_elsewhere(contexts, session);
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
