// imglint verify: do the images exist, and are they what the files say?
#include <memory>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
#include "cli/choice.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/registries/asked_references.hpp"
#include "cli/registries/move_targets.hpp"
#include "cli/registries/pin_digests.hpp"
#include "cli/registries/report_states.hpp"
#include "policy/pattern.hpp"
#include "registry/digest.hpp"

namespace imglint {
namespace {

struct VerifyWords {
  CommonOptions common;
  RegistryOptions registries;
  std::string targets;
  bool deep = false;
  std::vector<std::string> platforms;
  ImageChoice choice;
  std::string lock{digest_lock_name};
  std::string fail_on = "mismatch";
  StateReport report;

  /// Whether digests alone do not tell all.
  [[nodiscard]] bool wants_manifests() const { return deep || !platforms.empty(); }
};

void add_options(CLI::App& command, VerifyWords& words) {
  command.footer(
      "Examples:\n"
      "  imglint verify                                does every image exist?\n"
      "  imglint verify --deep --platform linux/arm64  and all that its index names, arm64 among it\n"
      "  imglint retarget --to ghcr.io/acme --dry-run --format json | imglint verify --targets -\n"
      "\n"
      "Exit codes: 0 all is well, 1 something is not there or not what it should be, 2 nobody can say.");
  const char* const group = "What is asked";
  command
      .add_option("--targets", words.targets,
                  "Ask for the targets of a move, from 'retarget --format json'; '-' is standard input")
      ->type_name("PLAN")
      ->group(group);
  command.add_flag("--deep", words.deep, "Ask for every image that an index names")->group(group);
  command.add_option("--platform", words.platforms, "The image must be there for this platform")
      ->type_name("OS/ARCH")
      ->group(group);
  add_choice_options(command, words.choice, group);
  command.add_option("--lock", words.lock, "The lock that knows what tags meant (default: imglint.lock)")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--fail-on", words.fail_on,
                  "mismatch (default), or moved: a tag with a newer digest fails too")
      ->check(word_of({"mismatch", "moved"}))
      ->type_name("WORD")
      ->group(group);
  add_report_options(command, words.report, "Print what is well, too", group);
  add_registry_options(command, words.registries);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

/// What the file means is its digest, where it has one.
RegistryQuestion question_of_meaning(const AskedReference& reference, const VerifyWords& words) {
  return reference.question(reference.digest.empty() ? reference.tag : reference.digest,
                            words.wants_manifests() ? Want::manifest : Want::digest);
}

std::vector<RegistryQuestion> first_questions(const std::vector<AskedReference>& references,
                                              const VerifyWords& words) {
  std::vector<RegistryQuestion> questions;
  for (const AskedReference& reference : references) {
    if (!reference.refusal.empty()) continue;
    if (!reference.tag.empty() && !reference.digest.empty())
      questions.push_back(reference.question(reference.tag));
    questions.push_back(question_of_meaning(reference, words));
  }
  return questions;
}

bool is_other_digest(const AskedReference& reference, const Answers& answers) {
  if (reference.tag.empty() || reference.digest.empty()) return false;
  const RegistryAnswer& tag = answers.to(reference.question(reference.tag));
  return tag.state == AnswerState::found && tag.is_index && tag.digest != reference.digest;
}

/// What follows from the first answers.
std::vector<RegistryQuestion> second_questions(const std::vector<AskedReference>& references,
                                               const VerifyWords& words, const Answers& answers) {
  std::vector<RegistryQuestion> questions;
  for (const AskedReference& reference : references) {
    if (!reference.refusal.empty()) continue;
    if (is_other_digest(reference, answers))  // it may be that of one platform
      questions.push_back(reference.question(reference.tag, Want::manifest));
    if (words.deep)
      for (const ManifestChild& child : answers.to(question_of_meaning(reference, words)).children)
        questions.push_back(reference.question(child.digest));
  }
  return questions;
}

/// Whether all that an index names is there. The judgement is that of the index.
Judgement judge_children(const AskedReference& reference, const RegistryAnswer& index, const Answers& answers,
                         Judgement judgement) {
  for (const ManifestChild& child : index.children) {
    const RegistryAnswer& found = answers.to(reference.question(child.digest));
    if (found.state == AnswerState::found) continue;
    if (child.attestation) {  // worth a word, but no image
      judgement.message = "an attestation that its index names is not there: " + child.digest;
      continue;
    }
    if (found.state != AnswerState::missing) return {Verdict::unknown, found.error, judgement.digest};
    return {Verdict::incomplete,
            "its index names " + child.digest + (child.platform.empty() ? "" : " for " + child.platform) +
                ", which is not there",
            judgement.digest};
  }
  return judgement;
}

Judgement judge_reference(const AskedReference& reference, const VerifyWords& words, const Answers& answers,
                          const DigestLock& lock) {
  if (!reference.refusal.empty()) return {Verdict::not_asked, reference.refusal, {}};
  ReferenceAnswers known{.written = reference.digest};
  if (!reference.tag.empty()) known.tag = &answers.to(reference.question(reference.tag));
  if (!reference.digest.empty()) known.digest = &answers.to(reference.question(reference.digest));
  if (!reference.tag.empty()) known.locked = lock.find(reference.image);
  Judgement judgement = judge(known);
  if (judgement.verdict != Verdict::ok && judgement.verdict != Verdict::moved &&
      judgement.verdict != Verdict::platform_pin)
    return judgement;
  const RegistryAnswer& meant = answers.to(question_of_meaning(reference, words));
  if (const auto missing = missing_platforms(meant, words.platforms); !missing.empty())
    return {Verdict::no_platform, "it is not there for " + missing.front(), judgement.digest};
  return words.deep ? judge_children(reference, meant, answers, std::move(judgement)) : judgement;
}

Severity severity_of(const Judgement& judgement, const VerifyWords& words) {
  if (judgement.verdict == Verdict::ok) return judgement.message.empty() ? Severity::off : Severity::info;
  if (judgement.verdict == Verdict::platform_pin) return Severity::info;
  if (judgement.verdict == Verdict::moved) return words.fail_on == "moved" ? Severity::error : Severity::info;
  return Severity::error;
}

ReferenceState state_of(const AskedReference& reference, const Judgement& judgement,
                        const VerifyWords& words) {
  return {.place = {},
          .image = reference.name,
          .state = to_string(judgement.verdict),
          .severity = severity_of(judgement, words),
          .message = judgement.message,
          .digest = judgement.digest,
          .target = {},
          .given_up = judgement.given_up};
}

ReferenceState unread(const PinUse& use) {
  return {.place = {use.document->source, use.use->span},
          .image = std::string(use.document->source->text(use.use->span)),
          .state = to_string(use.refusal->kind),
          .severity = Severity::warning,
          .message = use.refusal->message,
          .digest = {},
          .target = {}};
}

ExitCode verify_targets(const VerifyWords& words, RegistryAccess access, const Session& session) {
  const auto plan = read_moved_images(words.targets, session);
  if (!plan) return stop(plan.error(), session);
  ConfiguredContexts contexts(words.common, session);
  HostGate gate(contexts.policies(), words.registries);
  admit_hosts(plan->images, gate);
  const auto resolver =
      open_resolver(words.registries, std::move(access), gate, resolver_settings(words.registries), session);
  const auto targets = ask_for_targets(plan->images, gate, *resolver);
  return report_states(sorted_states(states_of(targets, plan->source.get()), {}), words.report, session);
}

ExitCode verify_files(const VerifyWords& words, RegistryAccess access, const Session& session) {
  Project project;
  ConfiguredContexts contexts(words.common, session);
  const LoadSummary summary = load(words.common, session, project, contexts.hooks());
  if (!contexts.are_good(session) || summary.error) return ExitCode::failed;
  const auto lock = read_lock_file(words.lock, session);
  if (!lock) return stop(lock.error(), session);
  const std::vector<PinUse> uses = pin_uses(project.documents(),
                                            {.include_syntax = true,
                                             .include_cache = false,
                                             .only = words.choice.only,
                                             .except = words.choice.except},
                                            {});
  HostGate gate(contexts.policies(), words.registries);
  const std::vector<AskedReference> references = distinct_references(uses, gate);
  const auto resolver =
      open_resolver(words.registries, std::move(access), gate, resolver_settings(words.registries), session);
  Answers answers;
  answers.ask(first_questions(references, words), *resolver);
  answers.ask(second_questions(references, words, answers), *resolver);
  std::vector<ReferenceState> states;
  for (const AskedReference& reference : references)
    add_states(reference, state_of(reference, judge_reference(reference, words, answers, lock->lock), words),
               states);
  for (const PinUse& use : uses)
    if (use.refusal) states.push_back(unread(use));
  return report_states(sorted_states(std::move(states), project), words.report, session);
}

ExitCode run_verify(const VerifyWords& words, const Session& session) {
  for (const std::string& platform : words.platforms)
    if (!is_platform(platform))
      return stop({.message = "--platform wants a platform like linux/arm64, not " + quote(platform)},
                  session);
  auto access = registry_access(words.registries, words.common.jobs, session);
  if (!access) return stop(access.error(), session);
  return words.targets.empty() ? verify_files(words, *std::move(access), session)
                               : verify_targets(words, *std::move(access), session);
}

class VerifyCommand final : public Command {
 public:
  explicit VerifyCommand(CLI::App& command) { add_options(command, words_); }
  ExitCode run(const Session& session) override {
    return run_as_configured(words_.common, session,
                             [&](const Session& own) { return run_verify(words_, own); });
  }

 private:
  VerifyWords words_;
};

}  // namespace

std::unique_ptr<Command> add_verify_command(CLI::App& program) {
  return std::make_unique<VerifyCommand>(
      *program.add_subcommand("verify", "Ask registries whether the images are there"));
}

}  // namespace imglint
