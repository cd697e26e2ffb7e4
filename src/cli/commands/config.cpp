// imglint config: what holds for a file and where it is set; the keys, and their JSON Schema.
#include "output/pages/config.hpp"

#include <memory>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
#include "check/configured_projects.hpp"
#include "cli/choice.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/program.hpp"
#include "cli/run_settings.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

constexpr const char* config_footer =
    "Examples:\n"
    "  imglint config                          what holds for files in this folder\n"
    "  imglint config api/Dockerfile           what holds for this file, and which line says so\n"
    "  imglint config --keys                   every key and option\n"
    "  imglint config --schema > imglint.json  a JSON Schema, for editors\n"
    "\n"
    "Exit codes: 0 shown, 2 the configuration is faulty.";

class ConfigCommand final : public Command {
 public:
  explicit ConfigCommand(CLI::App& command);
  ExitCode run(const Session& session) override;

 private:
  [[nodiscard]] ExitCode show_settings(const Session& session) const;

  CheckOptions options_;
  std::string path_ = ".";
  bool json_ = false;
  bool schema_ = false;
  bool keys_ = false;
};

ConfigCommand::ConfigCommand(CLI::App& command) {
  command.add_option("PATH", path_, "A file, which need not be there, or a folder (default: this folder)");
  add_choice<bool>(command, "--format", json_, {{"text", false}, {"json", true}}, "text or json")
      ->type_name("FORMAT");
  auto* config =
      command.add_option("--config", options_.common.config, "Use this configuration")->type_name("FILE");
  command.add_flag("--isolated", options_.common.isolated, "Use no configuration file")->excludes(config);
  command
      .add_option("--as-of", options_.as_of,
                  "Leave out exceptions that are over by this date (default: today)")
      ->type_name("YYYY-MM-DD");
  auto* schema = command.add_flag("--schema", schema_, "Print the JSON Schema of .imglint.yaml (draft-07)");
  command.add_flag("--keys", keys_, "Print every key with its meaning")->excludes(schema);
  command.footer(config_footer);
}

ExitCode ConfigCommand::show_settings(const Session& session) const {
  const auto status = session.files.status(path_);
  const bool folder = status ? status->kind == FileKind::folder : path_.ends_with('/');
  std::string path = path_;
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (!status)
    print_remark({.message = "there is no " + quote(path) + "; this is what would hold for it"}, session);
  // Any name does: what is asked for is what holds for files without a name of their own.
  const std::string file = folder ? join_path(path, "any-file") : path;
  PolicyCache policies(session.files, all_rule_infos(), policy_options(options_));
  const FilePolicy found = policies.policy_for(file);
  SettingsPage page{.path = folder ? path + "/" : path,
                    .files = {},
                    .settings = policies.settings_for(file),
                    .run = run_config_here(policies),
                    .rules = all_rule_infos()};
  for (const Error& error : policies.errors()) print(error, session);
  if (!policies.errors().empty()) return ExitCode::failed;
  for (const auto& remarks :
       {policies.ignored_run_keys(), policies.misnamed(), policies.idle_settings(false)})
    for (const Error& remark : remarks) print_remark(remark, session);
  for (const MissingFile& missing : missing_files(page.run, session.files))
    print_remark(missing.error, session);
  CheckOptions options = options_;
  if (const auto good = apply(page.run, session, options); !good) return stop(good.error(), session);
  if (found.config != nullptr)
    for (const ConfigLayer& layer : found.config->layers) page.files.insert(page.files.begin(), layer.file);
  std::string out;
  if (json_)
    write_settings_json(page, out);
  else
    write_settings_text(page, out);
  session.out(out);
  return ExitCode::clean;
}

ExitCode ConfigCommand::run(const Session& session) {
  if (const auto date = check_date(options_.as_of); !date) {
    print(date.error(), session);
    return ExitCode::failed;
  }
  if (keys_ && json_)
    return stop({.message = "--keys is text", .hint = "--schema prints the keys as JSON"}, session);
  if (!schema_ && !keys_) return show_settings(session);
  std::string out;
  if (schema_)
    write_config_schema(config_keys(all_rule_infos()), out);
  else
    write_config_keys_text(config_keys(all_rule_infos()), out);
  session.out(out);
  return ExitCode::clean;
}

}  // namespace

std::unique_ptr<Command> add_config_command(CLI::App& program) {
  return std::make_unique<ConfigCommand>(
      *program.add_subcommand("config", "The settings of a file and where each is set"));
}

}  // namespace imglint
