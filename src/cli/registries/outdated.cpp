// imglint outdated: which images have newer versions, or a newer image under the same tag. A report: it edits
// nothing.
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/choice.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/registries/asked_references.hpp"
#include "cli/registries/report_states.hpp"
#include "registry/verdict.hpp"
#include "registry/version_tag.hpp"

namespace imglint {
namespace {

struct OutdatedWords {
  CommonOptions common;
  RegistryOptions registries;
  std::string level = "major";
  ImageChoice choice;
  bool check = false;
  StateReport report;
};

void add_options(CLI::App& command, OutdatedWords& words) {
  command.footer(
      "Examples:\n"
      "  imglint outdated                  newer versions of all images\n"
      "  imglint outdated --level minor    but no newer major ones\n"
      "  imglint outdated --level digest   only tags that name another image by now\n"
      "\n"
      "Exit codes: 0 a report (with --check: nothing is outdated), 1 something is not there, 2 nobody can "
      "say.");
  const char* const group = "What is reported";
  command
      .add_option("--level", words.level,
                  "How far a newer version may be away: digest, patch, minor, major (default)")
      ->check(word_of({"digest", "patch", "minor", "major"}))
      ->type_name("LEVEL")
      ->group(group);
  add_choice_options(command, words.choice, group);
  command.add_flag("--check", words.check, "Exit 1 if something is outdated")->group(group);
  add_report_options(command, words.report, "Print what is up to date, too", group);
  words.registries.max_age = "1h";
  add_registry_options(command, words.registries);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

bool wants_tags(const AskedReference& image, const OutdatedWords& words) {
  return words.level != "digest" && read_version(image.tag).has_value();
}

RegistryQuestion question_of_tags(const AskedReference& image) { return image.question({}, Want::tags); }

std::vector<RegistryQuestion> questions_of(const AskedReference& image, const OutdatedWords& words) {
  std::vector<RegistryQuestion> questions;
  if (!image.refusal.empty()) return questions;
  if (wants_tags(image, words)) questions.push_back(question_of_tags(image));
  if (!image.digest.empty()) questions.push_back(image.question(image.tag));
  return questions;
}

VersionStep level_of(const OutdatedWords& words) {
  for (const VersionStep step : {VersionStep::patch, VersionStep::minor})
    if (to_string(step) == words.level) return step;
  return VersionStep::major;
}

void compare(const AskedReference& image, const OutdatedWords& words, const Answers& answers,
             ReferenceState& state) {
  if (!image.digest.empty()) {
    const std::string& now = answers.to(image.question(image.tag)).digest;
    if (now != image.digest) {
      state.state = to_string(Verdict::moved);
      state.digest = now;
      state.message = "the tag has " + now + " now";
    }
  }
  if (wants_tags(image, words)) {
    const std::string repository = image.image.substr(0, image.image.size() - image.tag.size());
    std::string newer;
    for (const auto& [step, tag] : newer_tags(image.tag, answers.to(question_of_tags(image)).tags)) {
      if (step > level_of(words)) continue;
      newer += (newer.empty() ? "" : ", ") + std::string(to_string(step)) + " " + tag;
      state.target = repository + tag;
    }
    if (!newer.empty()) {
      state.state = "outdated";
      state.message = "newer: " + newer + (state.message.empty() ? "" : "; " + state.message);
    }
  }
  if (state.state != "ok") state.severity = words.check ? Severity::error : Severity::info;
}

/// What is to be said of an image, without its place.
ReferenceState state_of(const AskedReference& image, const OutdatedWords& words, const Answers& answers) {
  ReferenceState state{.image = image.name, .state = "ok"};
  if (!image.refusal.empty()) {
    state.state = to_string(Verdict::not_asked);
    state.severity = Severity::error;
    state.message = image.refusal;
    return state;
  }
  const std::vector<RegistryQuestion> questions = questions_of(image, words);
  if (questions.empty()) {
    state.state = "not-compared";
    state.message = "neither a digest nor a version to compare";
    return state;
  }
  for (const RegistryQuestion& question : questions) {
    const RegistryAnswer& answer = answers.to(question);
    if (answer.state == AnswerState::found) continue;
    const Judgement judgement = judge({.tag = &answer});
    state.state = to_string(judgement.verdict);
    state.severity = Severity::error;
    state.message = judgement.message;
    state.given_up = judgement.given_up;
    return state;
  }
  compare(image, words, answers, state);
  return state;
}

ExitCode run_outdated(const OutdatedWords& words, const Session& session) {
  auto access = registry_access(words.registries, words.common.jobs, session);
  if (!access) return stop(access.error(), session);
  Project project;
  ConfiguredContexts contexts(words.common, session);
  const LoadSummary summary = load(words.common, session, project, contexts.hooks());
  if (!contexts.are_good(session) || summary.error) return ExitCode::failed;
  std::vector<PinUse> uses =
      pin_uses(project.documents(),
               {.include_syntax = true, .only = words.choice.only, .except = words.choice.except}, {});
  std::erase_if(uses, [](const PinUse& use) { return use.image.empty(); });
  HostGate gate(contexts.policies(), words.registries);
  const std::vector<AskedReference> images = distinct_references(uses, gate);
  const auto resolver =
      open_resolver(words.registries, *std::move(access), gate, resolver_settings(words.registries), session);
  std::vector<RegistryQuestion> questions;
  for (const AskedReference& image : images)
    for (RegistryQuestion& question : questions_of(image, words)) questions.push_back(std::move(question));
  Answers answers;
  answers.ask(questions, *resolver);
  std::vector<ReferenceState> states;
  for (const AskedReference& image : images) add_states(image, state_of(image, words, answers), states);
  return report_states(sorted_states(std::move(states), project), words.report, session);
}

class OutdatedCommand final : public Command {
 public:
  explicit OutdatedCommand(CLI::App& command) { add_options(command, words_); }
  ExitCode run(const Session& session) override {
    return run_as_configured(words_.common, session,
                             [&](const Session& own) { return run_outdated(words_, own); });
  }

 private:
  OutdatedWords words_;
};

}  // namespace

std::unique_ptr<Command> add_outdated_command(CLI::App& program) {
  return std::make_unique<OutdatedCommand>(
      *program.add_subcommand("outdated", "Ask registries which images have newer versions"));
}

}  // namespace imglint
