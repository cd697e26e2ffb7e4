// imglint mirror: another tool copies the images of a move, imglint proves that they have arrived.
#include <memory>

#include <CLI/CLI.hpp>

#include "base/process.hpp"
#include "cli/choice.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/registries/asked_references.hpp"
#include "cli/registries/move_targets.hpp"
#include "cli/registries/report_states.hpp"

namespace imglint {
namespace {

struct MirrorWords {
  CommonOptions common;  ///< of which only the configuration counts
  RegistryOptions registries;
  std::string plan;
  std::string with = "skopeo";
  bool verify_only = false;
  unsigned jobs = 0;
  StateReport report;
};

void add_options(CLI::App& command, MirrorWords& words) {
  command.footer(
      "Examples:\n"
      "  imglint retarget --to ghcr.io/acme --dry-run --format json >plan.json\n"
      "  imglint mirror plan.json                 copy what is missing, prove all of it\n"
      "  imglint mirror plan.json --with crane\n"
      "\n"
      "Exit codes: 0 every target is there, 1 one is not, 2 nobody can say, or a copy failed.");
  command
      .add_option("PLAN", words.plan, "From 'retarget --format json' or '--plan list'; '-' is standard input")
      ->required()
      ->type_name("PLAN");
  const char* const group = "Copying";
  command
      .add_option("--with", words.with, "The tool that copies: skopeo (default), crane, regctl, imagetools")
      ->check(word_of({"skopeo", "crane", "regctl", "imagetools"}))
      ->type_name("TOOL")
      ->group(group);
  command.add_flag("--verify-only", words.verify_only, "Copy nothing, only look")->group(group);
  add_report_options(command, words.report, "Print what is well, too", group);
  command.add_option("-j,--jobs", words.jobs, "Requests at once to one registry (default: 8)")
      ->check(CLI::Range(1u, 32u))
      ->type_name("N")
      ->group(group);
  add_registry_options(command, words.registries);
  add_configuration_options(command, words.common);
}

bool is_plain(const std::string& registry, const RegistryAccess& access) {
  return std::find(access.plain_http.begin(), access.plain_http.end(), registry) != access.plain_http.end();
}

/// The words of a copy: always by digest, so that nothing moves between the look and the copy.
std::vector<std::string> copy_words(const TargetState& state, const std::string& tool,
                                    const RegistryAccess& access) {
  const MovedImage& image = state.image;
  const std::string& digest = state.source.digest;
  const std::string source = image.source.registry + "/" + image.source.repository + "@" + digest;
  std::string target = image.target.registry + "/" + image.target.repository;
  if (!image.target_tag.empty())
    target += ":" + image.target_tag;
  else if (image.target.reference.find(':') == std::string::npos)
    target += ":" + image.target.reference;
  else if (tool == "skopeo" || tool == "crane")
    target += "@" + digest;
  else  // not every tool can write to a digest
    target += ":imglint-" + digest.substr(digest.find(':') + 1, 12);
  const bool plain_source = state.source.plain || is_plain(image.source.registry, access);
  const bool plain_target = state.plain_target || is_plain(image.target.registry, access);
  if (tool == "crane") {
    std::vector<std::string> words = {"crane", "copy", source, target};
    if (plain_source || plain_target) words.emplace_back("--insecure");
    return words;
  }
  if (tool == "regctl") return {"regctl", "image", "copy", source, target};
  if (tool == "imagetools") return {"docker", "buildx", "imagetools", "create", "--tag", target, source};
  std::vector<std::string> words = {"skopeo", "copy", "--all", "--preserve-digests"};
  if (plain_source) words.emplace_back("--src-tls-verify=false");
  if (plain_target) words.emplace_back("--dest-tls-verify=false");
  if (!access.authfile.empty()) words.push_back("--authfile=" + access.authfile);
  words.push_back("docker://" + source);
  words.push_back("docker://" + target);
  return words;
}

std::string last_line(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1));
}

/// Stops at the first copy that fails. A target that holds another image is not overwritten.
std::optional<Error> copy_missing(const std::vector<TargetState>& states, const std::string& tool,
                                  const RegistryAccess& access, const Session& session) {
  std::size_t done = 0;
  for (const TargetState& state : states) {
    if (session.progress) session.progress("copying images", done++, states.size());
    const bool copies =
        state.judgement.verdict == Verdict::missing && state.source.state == AnswerState::found;
    if (!copies) continue;
    const auto words = copy_words(state, tool, access);
    const auto result = imglint::run({.words = words});
    if (!result)
      return Error{.message = words.front() + " cannot be started", .hint = "choose a tool with --with"};
    if (result->status != 0)
      return Error{.message = words.front() + " could not copy " + state.image.name.source + " to " +
                              state.image.name.target + ": " + last_line(result->errors),
                   .hint = "what was copied before stays; the next run goes on from there"};
  }
  return std::nullopt;
}

ExitCode run_mirror(const MirrorWords& words, const Session& session) {
  const auto plan = read_moved_images(words.plan, session);
  if (!plan) return stop(plan.error(), session);
  auto access = registry_access(words.registries, words.jobs, session);
  if (!access) return stop(access.error(), session);
  ConfiguredContexts contexts(words.common, session);
  HostGate gate(contexts.policies(), words.registries);
  admit_hosts(plan->images, gate);
  const auto resolver =
      open_resolver(words.registries, *access, gate, {.verbose = words.registries.verbose, .cache = {}},
                    session);  // what was copied must be seen
  std::vector<TargetState> targets = ask_for_targets(plan->images, gate, *resolver);
  if (!words.verify_only) {
    if (const auto error = copy_missing(targets, words.with, *access, session)) return stop(*error, session);
    targets = ask_for_targets(plan->images, gate, *resolver);
  }
  return report_states(states_of(targets, plan->source.get()), words.report, session);
}

class MirrorCommand final : public Command {
 public:
  explicit MirrorCommand(CLI::App& command) { add_options(command, words_); }
  ExitCode run(const Session& session) override {
    return run_with_progress(session, [&](const Session& own) { return run_mirror(words_, own); });
  }

 private:
  MirrorWords words_;
};

}  // namespace

std::unique_ptr<Command> add_mirror_command(CLI::App& program) {
  return std::make_unique<MirrorCommand>(
      *program.add_subcommand("mirror", "Copy the images of a move and prove that they arrived"));
}

}  // namespace imglint
