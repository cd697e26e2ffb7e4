// imglint retarget: moves references to another registry.
#include <memory>

#include <CLI/CLI.hpp>

#include "base/printable.hpp"
#include "cli/commands/retarget_options.hpp"
#include "cli/commands/retarget_run.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/result_name.hpp"
#include "cli/run_settings.hpp"
#include "move/move.hpp"
#include "output/retarget_output.hpp"

namespace imglint {
namespace {

class RetargetCommand final : public Command {
 public:
  explicit RetargetCommand(CLI::App& command) { add_retarget_options(command, words_); }
  ExitCode run(const Session& session) override;

 private:
  ExitCode map_reference(const Mapping& mapping, const Session& session) const;

  RetargetWords words_;
};

ExitCode RetargetCommand::map_reference(const Mapping& mapping, const Session& session) const {
  const auto mapped = move_reference(*words_.reference, mapping);
  if (const auto* text = std::get_if<std::string>(&mapped)) {
    session.out(*text + "\n");
    return ExitCode::clean;
  }
  const Refusal& refusal = std::get<Refusal>(mapped);
  if (ends_run(refusal.kind))
    return report_error(RunError{refusal.kind, Error{.message = refusal.message}}, words_.json, session);
  session.err(printable(*words_.reference) + ": error: " + printable(refusal.message) + " [" +
              std::string(to_string(refusal.kind)) + "]\n");
  return ExitCode::findings;
}

ExitCode RetargetCommand::run(const Session& session) {
  ConfiguredContexts configured(words_.common, session);
  const RunConfig run = configured.run_config();
  if (const ConfigErrors& errors = configured.policies().errors(); !errors.empty() && words_.json)
    return report_error(RunError{RefusalKind::usage, errors.front()}, true, session);
  if (!configured.are_good(session)) return ExitCode::failed;
  if (const auto good = apply(run, session, words_); !good)
    return report_error(RunError{RefusalKind::usage, good.error()}, words_.json, session);
  const auto settings = settings_of(words_);
  if (const auto* error = std::get_if<RunError>(&settings)) return report_error(*error, words_.json, session);
  if (const auto& plan = std::get<RetargetSettings>(settings).plan) {
    if (const auto good = check_result_name(session.files, plan->file); !good)
      return report_error(RunError{RefusalKind::usage, good.error()}, words_.json, session);
    if (is_one_file(session.files, plan->file, words_.lock))
      return report_error(RunError{RefusalKind::usage,
                                   {.message = "--lock and --plan name one file",
                                    .hint = "give each a file of its own",
                                    .path = plan->file}},
                          words_.json, session);
  }
  if (!words_.revert.empty())
    return run_revert(words_, std::get<RetargetSettings>(settings), configured, session);
  const auto mapping = mapping_of(words_, session.files);
  if (const auto* error = std::get_if<RunError>(&mapping)) return report_error(*error, words_.json, session);
  if (words_.reference) return map_reference(std::get<Mapping>(mapping), session);
  return run_retarget(words_, std::get<RetargetSettings>(settings), std::get<Mapping>(mapping), configured,
                      session);
}

}  // namespace

std::unique_ptr<Command> add_retarget_command(CLI::App& program) {
  return std::make_unique<RetargetCommand>(
      *program.add_subcommand("retarget", "Move references to another registry, byte for byte"));
}

}  // namespace imglint
