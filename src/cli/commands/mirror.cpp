// imglint mirror: another tool copies the images of a move, imglint proves that they have arrived.
#include <memory>

#include <CLI/CLI.hpp>

#include "base/process.hpp"
#include "cli/choice.hpp"
#include "cli/commands/move_targets.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"

namespace imglint {
namespace {

struct MirrorWords {
  CommonOptions common;  ///< of which only the configuration counts
  RegistryOptions registries;
  std::string plan;
  std::string with = "skopeo";
  bool verify_only = false;
  bool all = false;
  unsigned jobs = 0;
  std::string format = "text";
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
  command.add_flag("--all", words.all, "Print what is well, too")->group(group);
  const auto names = state_format_names();
  command.add_option("--format", words.format, "text, json, jsonl or sarif")
      ->check(word_of({names.begin(), names.end()}))
      ->type_name("FORMAT")
      ->group(group);
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

class MirrorRun {
 public:
  MirrorRun(const MirrorWords& words, const Session& session)
      : words_(&words),
        session_(&session),
        contexts_(words.common, session),
        gate_(contexts_.policies(), words.registries) {}

  ExitCode run() {
    const auto text = read_plan_text(words_->plan, *session_);
    if (!text) return stop(text.error(), *session_);
    const auto names = read_move_plan(*text);
    if (!names) return stop(names.error(), *session_);
    const auto images = moved_images(*names);
    if (!images) return stop(images.error(), *session_);
    auto access = registry_access(words_->registries, words_->jobs, *session_);
    if (!access) return stop(access.error(), *session_);
    admit_hosts(*images, gate_);
    gate_.complete(*access);
    const std::unique_ptr<Source> plan = plan_source(words_->plan, *text);
    Resolver resolver(resolver_words(words_->registries), *access, *session_);
    resolver.set({.verbose = words_->registries.verbose, .cache = {}});  // what was copied must be seen
    std::vector<TargetState> states = ask_for_targets(*images, gate_, resolver);
    if (!words_->verify_only) {
      if (const auto error = copy_missing(states, *access)) return stop(*error, *session_);
      states = ask_for_targets(*images, gate_, resolver);
    }
    const std::vector<ReferenceState> shown = states_of(states, plan.get());
    session_->out(
        states_text(shown, state_format_named(words_->format).value_or(StateFormat::text), words_->all));
    if (!session_->quiet) session_->err(states_summary(shown));
    return exit_code_of(shown);
  }

 private:
  /// Stops at the first copy that fails. A target that holds another image is not overwritten.
  [[nodiscard]] std::optional<Error> copy_missing(const std::vector<TargetState>& states,
                                                  const RegistryAccess& access) const {
    std::size_t done = 0;
    for (const TargetState& state : states) {
      if (session_->progress) session_->progress("copying images", done++, states.size());
      const bool copies =
          state.judgement.verdict == Verdict::missing && state.source.state == AnswerState::found;
      if (!copies) continue;
      const auto words = copy_words(state, words_->with, access);
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

  const MirrorWords* words_;
  const Session* session_;
  ConfiguredContexts contexts_;
  HostGate gate_;
};

class MirrorCommand final : public Command {
 public:
  explicit MirrorCommand(CLI::App& command) { add_options(command, words_); }
  ExitCode run(const Session& session) override {
    Progress progress(session);
    const Session own = progress.session();
    return MirrorRun(words_, own).run();
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
