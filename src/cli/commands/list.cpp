// imglint list: every reference found, with role, place, spelling and meaning.
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>

#include "base/printable.hpp"
#include "base/version.hpp"
#include "check/early.hpp"
#include "cli/choice.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/elsewhere.hpp"
#include "cli/common_options.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/result_name.hpp"
#include "cli/run_settings.hpp"
#include "output/elsewhere_output.hpp"
#include "output/html/images.hpp"
#include "output/list_output.hpp"
#include "output/projects_output.hpp"
#include "project/compose/projects.hpp"
#include "source/result_file.hpp"

namespace imglint {
namespace {

enum class Shape : std::uint8_t { text, json, jsonl, html };

/// Of what is asked for beside references; no page shows it.
ListFormat format_of(Shape shape) {
  if (shape == Shape::json) return ListFormat::json;
  return shape == Shape::jsonl ? ListFormat::jsonl : ListFormat::text;
}

class ListCommand final : public Command {
 public:
  explicit ListCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  CommonOptions common_;
  Shape shape_ = Shape::text;
  std::string output_;
  std::string title_;
  std::string as_of_;
  bool projects_ = false;
  std::string elsewhere_;  ///< names with commas between, `*`: those of all references; empty: not asked
  [[nodiscard]] ExitCode run_to(const Session& session);
  [[nodiscard]] ExitCode run_elsewhere(ConfiguredContexts& contexts, const Session& session) const;
  [[nodiscard]] Elsewhere find_elsewhere(const std::vector<const Document*>& documents,
                                         ConfiguredContexts& contexts, const Session& session) const;
  [[nodiscard]] Result<void> check_no_name_is_meant(FileSystem& files) const;
  [[nodiscard]] ExitCode write_page(ConfiguredContexts& contexts, const Session& session) const;
};

ListCommand::ListCommand(CLI::App& command) {
  command.footer(
      "Examples:\n"
      "  imglint list                              the repository\n"
      "  imglint list --format jsonl | jq -r .value\n"
      "  imglint list --format html --output images.html");
  common_.salvage = Salvage::around_faults;
  add_common_options(command, common_);
  add_configuration_options(command, common_);
  command.add_flag("--projects", projects_, "The compose projects, and which file gave each image");
  add_include_option(command, common_, "Choice of files",
                     "Also read these: scripts, docs, markers (comma separated)");
  add_choice<Shape>(
      command, "--format", shape_,
      {{"text", Shape::text}, {"json", Shape::json}, {"jsonl", Shape::jsonl}, {"html", Shape::html}},
      "text, json, jsonl, or html: a page of the images in use")
      ->type_name("FORMAT");
  command.add_option("--output", output_, "Write the list to a file")->type_name("FILE");
  command.add_option("--title", title_, "Title of the page (--format html)")->type_name("TEXT");
  command.add_option("--as-of", as_of_, "Date of the page (default: today)")->type_name("YYYY-MM-DD");
  command
      .add_flag(
          "--elsewhere{*}", elsewhere_,
          "Where names stand that are no references of files that are read: NAME,… (default: of all that "
          "are)")
      ->type_name("NAMES");
}

/// Names in files that are not read, and in comments of those that are.
Elsewhere ListCommand::find_elsewhere(const std::vector<const Document*>& documents,
                                      ConfiguredContexts& contexts, const Session& session) const {
  ListedNames listed;
  for (const Document* document : documents) listed.add(*document);
  listed.known.add(contexts.policies(), session.files);
  std::vector<std::string> names;
  if (elsewhere_ == "*") {
    names.assign(listed.names.begin(), listed.names.end());
  } else {
    for (std::size_t begin = 0; begin <= elsewhere_.size();) {
      const std::size_t end = std::min(elsewhere_.find(',', begin), elsewhere_.size());
      if (end > begin) names.push_back(elsewhere_.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return search_elsewhere(std::move(names), {}, common_, std::move(listed.known), session);
}

ExitCode ListCommand::run_elsewhere(ConfiguredContexts& contexts, const Session& session) const {
  Project project;
  const LoadSummary summary = load(common_, session, project, contexts.hooks());
  if (!contexts.are_good(session) || summary.error) return ExitCode::failed;
  const Elsewhere found = find_elsewhere(project.documents(), contexts, session);
  session.out(shape_ == Shape::text    ? elsewhere_table(found)
              : shape_ == Shape::jsonl ? elsewhere_lines(found)
                                       : elsewhere_json(found));
  return ExitCode::clean;
}

/// The images in use, for people who do not run the program.
ExitCode ListCommand::write_page(ConfiguredContexts& contexts, const Session& session) const {
  Project project;
  const LoadSummary summary = load(common_, session, project, contexts.hooks());
  if (!contexts.are_good(session)) return ExitCode::failed;
  std::vector<const Document*> documents;
  Inventory images(true);
  bool saw_no_text = false;
  for (const ProjectFile& file : project.files) {
    documents.push_back(file.document.get());
    images.add(file.index, *file.document);
    saw_no_text = saw_no_text || is_no_text(*file.document);
  }
  const std::string title = page_title(title_, session.files);
  const std::string date = as_of_.empty() ? today() : as_of_;
  html::InventoryPage page{
      .title = title, .date = date, .version = version, .files = documents.size(), .failures = {}};
  for (const Error& error : project.errors)
    page.failures.push_back(printable_path(error.path) + ": " + error.message);
  Elsewhere elsewhere;
  if (!elsewhere_.empty()) {
    elsewhere = find_elsewhere(documents, contexts, session);
    page.elsewhere = &elsewhere;
  }
  std::string out;
  write_inventory_page(page, html::image_rows(images.entries()), out);
  session.out(out);
  return summary.error || saw_no_text ? ExitCode::failed : ExitCode::clean;
}

/// --elsewhere takes names behind '=' alone: the next word is a path.
Result<void> ListCommand::check_no_name_is_meant(FileSystem& files) const {
  if (elsewhere_ != "*" || reads_input(common_)) return {};
  for (const std::string& path : common_.paths)
    if (!files.link_status(path))
      return Error{.message = "no such file or folder",
                   .hint = "'--elsewhere=" + path + "' looks for the name",
                   .path = path};
  return {};
}

ExitCode ListCommand::run(const Session& session) {
  if (const auto date = check_date(as_of_); !date) return stop(date.error(), session);
  if (shape_ != Shape::html) tell_without_page({{"--title", title_}, {"--as-of", as_of_}}, session);
  if (const auto good = check_no_name_is_meant(session.files); !good) return stop(good.error(), session);
  if (projects_ && shape_ == Shape::html)
    return stop({.message = "--projects has no page", .hint = "use --format text, json or jsonl"}, session);
  if (output_.empty() || output_ == standard_output) return run_to(session);
  if (const auto good = check_result_name(session.files, output_); !good) return stop(good.error(), session);
  if (shape_ == Shape::text) tell_if_named_otherwise(output_, "json, jsonl, html", session);
  ResultFile file(session.files, output_);
  Session to_file = session;
  to_file.out = [&file](std::string_view block) { file.write(block); };
  const ExitCode code = run_to(to_file);
  if (const auto error = file.finish()) return stop(*error, session);
  return code;
}

ExitCode ListCommand::run_to(const Session& session) {
  ConfiguredContexts contexts(common_, session);
  if (const auto good = apply(contexts.run_config(), session, common_); !good)
    return stop(good.error(), session);
  if (shape_ == Shape::html) return write_page(contexts, session);
  if (!elsewhere_.empty()) return run_elsewhere(contexts, session);
  const ListFormat format = format_of(shape_);
  const ReadProject read(session);
  Project& project = *read;
  ListWriter writer(format, projects_ ? OrderedPieces::Sink([](std::string_view) {}) : session.out);
  bool saw_no_text = false;
  const EarlyUse early{.begin = [&](std::size_t files) { writer.begin(files); },
                       .use =
                           [&](const ProjectFile& file, std::size_t index) {
                             return [&writer, &saw_no_text, index, no_text = is_no_text(*file.document),
                                     piece = list_piece(format, file)](ProjectFile& taken) mutable {
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
    writer.put(file.index, list_piece(format, file));
  }
  for (const Error& error : project.errors) writer.add(error);
  writer.end();
  if (projects_) {
    if (!summary.error && (!project.compose || project.compose->projects().empty()))
      print_remark({.message = "no compose project: no file here has a default name, as compose.yaml",
                    .hint = "files of other names make one with -f, or under 'projects' in .imglint.yaml"},
                   session);
    session.out(list_projects(format, project));
  }
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
