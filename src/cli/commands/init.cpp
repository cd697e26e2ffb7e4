// imglint init: a first configuration from what a repository uses.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/counted.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "check/baseline.hpp"
#include "check/baseline_json.hpp"
#include "check/check.hpp"
#include "check/in_use.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/program.hpp"
#include "config/hadolint.hpp"
#include "config/other_tools.hpp"
#include "config/policy_cache.hpp"
#include "output/pages/first_config.hpp"
#include "rules/index.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"
#include "source/write_file.hpp"

namespace imglint {
namespace {

constexpr const char* init_footer =
    "The registries in use become 'registries.allow'; rules that find much become info until that is "
    "mended.\n"
    "Findings that a baseline here (.imglint-baseline.json) lists stay hidden by it, and change no rule.\n"
    "A .hadolint.yaml in the folder is taken over, with a "
    "note of\n"
    "what changes its meaning and what has no counterpart.\n"
    "\n"
    "Examples:\n"
    "  imglint init                   write .imglint.yaml here\n"
    "  imglint init --stdout          only show it\n"
    "  imglint init --from hadolint.yaml api\n"
    "\n"
    "Exit codes: 0 written, 2 not written.";

constexpr std::string_view hadolint_names[] = {".hadolint.yaml", ".hadolint.yml"};

class InitCommand final : public Command {
 public:
  explicit InitCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  [[nodiscard]] Result<std::string> target(const Session& session) const;
  [[nodiscard]] Result<std::optional<HadolintConfig>> hadolint(const Session& session) const;
  [[nodiscard]] Result<std::optional<Baseline>> read_known(const std::string& path,
                                                           const Session& session) const;
  [[nodiscard]] Result<FirstConfig> make(const Session& session);

  CommonOptions common_;
  std::string folder_ = ".";
  std::string from_;
  bool stdout_ = false;
  bool force_ = false;
};

InitCommand::InitCommand(CLI::App& command) {
  command.add_option("FOLDER", folder_,
                     "Where the file goes, and which files are looked at (default: this folder)");
  command.add_flag("--stdout", stdout_, "Print the file, write nothing");
  command.add_flag("--force", force_, "Replace a configuration that is there");
  command.add_option("--from", from_, "Take over this configuration of hadolint")->type_name("FILE");
  command.footer(init_footer);
}

/// The file to write: that which is there, else the usual name.
Result<std::string> InitCommand::target(const Session& session) const {
  const auto status = session.files.status(folder_);
  if (!status) return file_error("cannot write there", folder_, status.error());
  if (status->kind != FileKind::folder)
    return Error{.message = "not a folder", .hint = "the file is written into a folder", .path = folder_};
  const auto is_there = [&](std::string_view name) {
    return session.files.link_status(join_path(folder_, name)).has_value();
  };
  if (!stdout_ && std::ranges::all_of(config_names, is_there))
    return Error{.message = "there is " + std::string(config_names[0]) + " and " +
                            std::string(config_names[1]) + " in one folder",
                 .hint = "remove one of them first",
                 .path = folder_};
  for (const std::string_view name : config_names) {
    const std::string path = join_path(folder_, name);
    const auto present = session.files.link_status(path);
    if (!present) continue;
    if (present->kind == FileKind::symbolic_link && !stdout_)
      return Error{.message = "it is a symbolic link, which may lead anywhere; nothing is written through it",
                   .hint = "remove the link, or show the text with --stdout",
                   .path = path};
    if (force_ || stdout_) return path;
    return Error{.message = "there is a configuration already",
                 .hint = "--force replaces it, --stdout shows what would be written",
                 .path = path};
  }
  return join_path(folder_, config_names[0]);
}

/// Of a file that was named and is none of hadolint's.
Error not_of_hadolint(const std::string& path, std::string_view tool) {
  const bool is_ours = tool == "imglint";
  return {.message = tool.empty()
                         ? "no key of it is hadolint's, whose configuration --from takes (.hadolint.yaml)"
                         : "this is " + std::string(tool) +
                               "'s configuration; --from takes that of hadolint (.hadolint.yaml)",
          .hint = is_ours
                      ? "the key 'extends' takes the settings of another over"
                      : "'imglint init' without --from makes one from what is in use, and lets comments of "
                        "other linters count as before",
          .path = path};
}

Result<std::optional<HadolintConfig>> InitCommand::hadolint(const Session& session) const {
  std::string path = from_;
  for (const std::string_view name : hadolint_names)
    if (path.empty() && session.files.status(join_path(folder_, name))) path = join_path(folder_, name);
  if (path.empty()) return std::optional<HadolintConfig>();
  const bool named = !from_.empty();
  const auto folder = session.files.resolve(folder_);
  if (!folder) return file_error("cannot read", folder_, folder.error());
  Result<FileContent> content =
      named ? read_file(session.files, path, default_max_file_size)
            : read_file_inside(session.files, path, own_tree(session.files, *folder, *folder),
                               default_max_file_size);
  if (!content) return std::move(content).error();
  const std::string_view tool = named ? tool_of_config_name(path) : std::string_view();
  if (!tool.empty()) return not_of_hadolint(path, tool);
  const Source source(path, std::move(content->bytes));
  Result<HadolintConfig> config = read_hadolint_config(source);
  if (!config) return std::move(config).error();
  if (named && config->other_tool) return not_of_hadolint(path, *config->other_tool);
  return std::optional<HadolintConfig>(*std::move(config));
}

/// The baseline of the usual name; nothing if there is none. One that is broken would make the configuration
/// that names it useless.
Result<std::optional<Baseline>> InitCommand::read_known(const std::string& path,
                                                        const Session& session) const {
  if (!session.files.status(path)) return std::optional<Baseline>();
  const auto folder = session.files.resolve(folder_);
  if (!folder) return file_error("cannot read", folder_, folder.error());
  const auto content =
      read_file_inside(session.files, path, own_tree(session.files, *folder, *folder), largest_max_file_size);
  if (!content) return content.error();
  auto baseline = read_baseline_json(content->bytes);
  if (baseline) return std::optional<Baseline>(*std::move(baseline));
  Error error = std::move(baseline).error();
  error.path = path;
  return error;
}

/// What the preset finds where no configuration says anything, and how much of it a baseline hides.
struct FoundFirst {
  std::map<std::string_view, RuleUse> rules;  ///< without what is hidden
  std::optional<std::size_t> hidden;          ///< nothing without a baseline
};

FoundFirst find_first(const Project& project, const Session& session, const std::optional<Baseline>& known,
                      const std::string& baseline) {
  PolicyCache policies(session.files, all_rule_infos(), {.isolated = true, .as_of = today()});
  std::vector<CheckTarget> targets;
  for (const ProjectFile& file : project.files) {
    if (!file.document) continue;
    const Policy* policy = policies.policy_for(file.source->path()).policy;
    targets.push_back({file.document.get(), policy});
    for (const auto& variant : file.variants) targets.push_back({variant.get(), policy, true});
  }
  std::vector<Finding> findings = check(targets).findings;
  FoundFirst found;
  if (known) {
    const std::size_t all = findings.size();
    BaselineNames names(session.files, baseline);
    static_cast<void>(hide_known(*known, findings, names));
    found.hidden = all - findings.size();
  }
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::info) continue;
    RuleUse& use = found.rules[finding.rule];
    use.severity = policies.policy_for(finding.place.source->path()).policy->settings(finding.rule).severity;
    ++use.findings;
    if (finding.severity == Severity::error) ++use.errors;
  }
  return found;
}

/// At the first of the places.
Error without_registry(const std::vector<Location>& places) {
  const Source& source = *places.front().source;
  const Position first = source.position(places.front().span.begin);
  return {.message = places.size() == 1
                         ? "no file tells the registry of this reference; it is not judged"
                         : "no file tells the registry of this and " +
                               counted(places.size() - 1, "more reference") + "; those are not judged",
          .path = source.path(),
          .line = first.line,
          .column = first.column};
}

/// Of folders that others wrote, as a comment of the file and a remark.
void propose_exclusion(const std::map<std::string_view, std::size_t>& folders, FirstConfig& config) {
  if (folders.empty()) return;
  std::string names;
  std::size_t files = 0;
  for (const auto& [name, count] : folders) {
    names.append(names.empty() ? "" : ", ").append(name);
    files += count;
  }
  const std::string key = "exclude: [" + names + "]";
  config.text += "\n# " + key + "  # " + counted(files, "file") + " that others wrote\n";
  config.remarks.push_back({.message = counted(files, "file") + " in folders named " + names +
                                       (files == 1 ? " is judged, too" : " are judged, too"),
                            .hint = "'" + key + "' in .imglint.yaml leaves what others wrote out"});
}

Result<FirstConfig> InitCommand::make(const Session& session) {
  auto from_hadolint = hadolint(session);
  if (!from_hadolint) return std::move(from_hadolint).error();
  Project project;
  common_.paths = {folder_};
  if (load(common_, session, project).error) return Error{.message = "some files could not be read"};
  const std::string baseline = join_path(folder_, default_baseline);
  const auto known = read_known(baseline, session);
  if (!known) return known.error();
  const FoundFirst found = find_first(project, session, *known, baseline);
  FirstConfig config = first_config(registries_in_use(project, today()), found.rules,
                                    foreign_comments(project), *from_hadolint, found.hidden);
  if (found.hidden)
    config.remarks.push_back(
        {.message = "this baseline hides " + counted(*found.hidden, "finding") + " of today",
         .path = baseline});
  if (const auto places = references_without_registry(project); !places.empty())
    config.remarks.push_back(without_registry(places));
  propose_exclusion(folders_of_others(project), config);
  // What is written must be what can be read.
  const ConfigSource source{.path = {}, .shown = std::string(config_names[0]), .folder = "/"};
  const auto read = parse_config(config.text, source, all_rule_infos());
  if (!read) return read.error().front();
  return config;
}

/// Tells of the configuration further up that has held in a folder so far and that a new one hides.
void tell_what_is_hidden(const std::string& folder, const std::string& path, const Session& session) {
  if (session.files.link_status(path)) return;  // it hid that already
  PolicyCache policies(session.files, all_rule_infos(), {.as_of = today()});
  const Config* config = policies.policy_for(join_path(folder, "any-file")).config;
  if (config == nullptr || config->file().empty()) return;
  print_remark({.message = "what " + quote(config->file()) +
                           " says does not hold beside it: the nearest configuration counts",
                .hint = "the key 'extends' takes the settings of another over",
                .path = path},
               session);
}

ExitCode InitCommand::run(const Session& session) {
  const auto fail = [&](const Error& error) {
    print(error, session);
    return ExitCode::failed;
  };
  const Result<std::string> path = target(session);
  if (!path) return fail(path.error());
  const Result<FirstConfig> config = make(session);
  if (!config) return fail(config.error());
  for (const Error& remark : config->remarks) print_remark(remark, session);
  tell_what_is_hidden(folder_, *path, session);
  if (stdout_) {
    session.out(config->text);
    return ExitCode::clean;
  }
  if (const auto error = write_file(session.files, *path, config->text)) return fail(*error);
  if (!session.quiet) session.err(printable_path(*path) + ": written\n");
  return ExitCode::clean;
}

}  // namespace

std::unique_ptr<Command> add_init_command(CLI::App& program) {
  return std::make_unique<InitCommand>(
      *program.add_subcommand("init", "Write a first configuration from what is in use"));
}

}  // namespace imglint
