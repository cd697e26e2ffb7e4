// imglint outdated: which images have newer versions, or a newer image under the same tag. A report: it edits
// nothing.
#include <memory>
#include <set>

#include <CLI/CLI.hpp>

#include "cli/choice.hpp"
#include "cli/commands/move_targets.hpp"
#include "cli/commands/pin_digests.hpp"
#include "cli/commands/report_states.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/run_settings.hpp"
#include "policy/pattern.hpp"
#include "registry/answer_cache.hpp"
#include "registry/version_tag.hpp"

namespace imglint {
namespace {

struct OutdatedWords {
  CommonOptions common;
  RegistryOptions registries;
  std::string level = "major";
  std::vector<std::string> only;
  std::vector<std::string> except;
  bool check = false;
  bool all = false;
  std::string format = "text";
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
  command.add_option("--only", words.only, "Only images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
  command.add_option("--except", words.except, "Not images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
  command.add_flag("--check", words.check, "Exit 1 if something is outdated")->group(group);
  command.add_flag("--all", words.all, "Print what is up to date, too")->group(group);
  const auto names = state_format_names();
  command.add_option("--format", words.format, "text, json, jsonl or sarif")
      ->check(word_of({names.begin(), names.end()}))
      ->type_name("FORMAT")
      ->group(group);
  words.registries.max_age = "1h";
  add_registry_options(command, words.registries);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

/// One distinct image with its tag, and its digest if one is written.
struct Image {
  std::string name;
  std::string repository;  ///< with its registry
  std::string tag;
  std::string digest;
  std::vector<const PinUse*> uses;
  std::string refusal;  ///< why it is not asked; empty if it is
  RegistryQuestion question;
};

class OutdatedRun {
 public:
  OutdatedRun(const OutdatedWords& words, const Session& session)
      : words_(&words),
        session_(&session),
        contexts_(words.common, session),
        gate_(contexts_.policies(), words.registries) {}

  ExitCode run() {
    auto access = registry_access(words_->registries, words_->common.jobs, *session_);
    if (!access) return stop(access.error(), *session_);
    const LoadSummary summary = load(words_->common, *session_, project_, contexts_.hooks());
    if (!contexts_.are_good(*session_) || summary.error) return ExitCode::failed;
    uses_ = pin_uses(project_.documents(),
                     {.include_syntax = true, .only = words_->only, .except = words_->except}, {});
    collect();
    gate_.complete(*access);
    warn_of_no_policy(gate_, *session_);
    Resolver resolver(resolver_words(words_->registries), *std::move(access), *session_);
    resolver.set(resolver_settings(words_->registries));
    ask(resolver);
    for (const Image& image : images_) add_states(image);
    return report();
  }

 private:
  void collect() {
    std::map<std::string, std::size_t> known;
    for (const PinUse& use : uses_) {
      if (!use.name || use.image.empty()) continue;
      const CanonicalReference& meaning = use.name->meaning;
      const std::string name = use.image + (use.digest.empty() ? "" : "@" + use.digest);
      const auto [place, fresh] = known.try_emplace(name, images_.size());
      if (fresh) {
        Image image{.name = name, .repository = meaning.without_suffix(), .digest = use.digest};
        image.tag = use.image.substr(image.repository.size() + 1);
        image.question = {.registry = registry_key(meaning.registry), .repository = meaning.repository};
        image.refusal = gate_.refusal_of(*use.document, *use.use, image.question.registry);
        images_.push_back(std::move(image));
      }
      images_[place->second].uses.push_back(&use);
    }
  }

  [[nodiscard]] bool wants_tags(const Image& image) const {
    return words_->level != "digest" && read_version(image.tag).has_value();
  }

  static RegistryQuestion tags_question(const Image& image) {
    RegistryQuestion question = image.question;
    question.want = Want::tags;
    return question;
  }
  static RegistryQuestion digest_question(const Image& image) {
    RegistryQuestion question = image.question;
    question.reference = image.tag;
    return question;
  }
  void ask(Resolver& resolver) {
    std::vector<RegistryQuestion> questions;
    std::set<std::string> keys;
    const auto add = [&](RegistryQuestion question) {
      if (keys.insert(question_key(question)).second) questions.push_back(std::move(question));
    };
    for (const Image& image : images_) {
      if (!image.refusal.empty()) continue;
      if (wants_tags(image)) add(tags_question(image));
      if (!image.digest.empty()) add(digest_question(image));
    }
    std::vector<RegistryAnswer> answers = resolver.ask(questions);
    for (std::size_t i = 0; i < questions.size(); ++i)
      answers_[question_key(questions[i])] = std::move(answers[i]);
  }

  /// What is to be said of an image, without its place.
  [[nodiscard]] ReferenceState state_of(const Image& image) const {
    ReferenceState state{.image = image.name, .state = "ok"};
    if (!image.refusal.empty()) {
      state.state = to_string(Verdict::not_asked);
      state.severity = Severity::error;
      state.message = image.refusal;
      return state;
    }
    for (const bool of_tags : {true, false}) {
      if (of_tags ? !wants_tags(image) : image.digest.empty()) continue;
      const RegistryAnswer& answer =
          answers_.at(question_key(of_tags ? tags_question(image) : digest_question(image)));
      if (answer.state == AnswerState::found) continue;
      const Judgement judgement = judge({.tag = &answer});
      state.state = to_string(judgement.verdict);
      state.severity = Severity::error;
      state.message = judgement.message;
      state.given_up = judgement.given_up;
      return state;
    }
    compare(image, state);
    return state;
  }

  void compare(const Image& image, ReferenceState& state) const {
    if (!image.digest.empty()) {
      const std::string& now = answers_.at(question_key(digest_question(image))).digest;
      if (now != image.digest) {
        state.state = to_string(Verdict::moved);
        state.digest = now;
        state.message = "the tag has " + now + " now";
      }
    }
    if (wants_tags(image)) {
      std::string newer;
      for (const auto& [step, tag] :
           newer_tags(image.tag, answers_.at(question_key(tags_question(image))).tags)) {
        if (step > level()) continue;
        newer += (newer.empty() ? "" : ", ") + std::string(to_string(step)) + " " + tag;
        state.target = image.repository + ":" + tag;
      }
      if (!newer.empty()) {
        state.state = "outdated";
        state.message = "newer: " + newer + (state.message.empty() ? "" : "; " + state.message);
      }
    }
    if (state.state != "ok") state.severity = words_->check ? Severity::error : Severity::info;
  }

  [[nodiscard]] VersionStep level() const {
    for (const VersionStep step : {VersionStep::patch, VersionStep::minor})
      if (to_string(step) == words_->level) return step;
    return VersionStep::major;
  }

  void add_states(const Image& image) {
    ReferenceState state = state_of(image);
    std::set<std::pair<const Source*, std::uint32_t>> known;
    for (const PinUse* use : image.uses) {
      state.place = {use->document->source, use->use->span};
      if (known.emplace(state.place.source, state.place.span.begin).second) states_.push_back(state);
    }
  }

  ExitCode report() {
    return report_states(std::move(states_), project_, {.format = words_->format, .all = words_->all},
                         *session_);
  }

  const OutdatedWords* words_;
  const Session* session_;
  ConfiguredContexts contexts_;
  HostGate gate_;
  Project project_;
  std::vector<PinUse> uses_;
  std::vector<Image> images_;
  std::map<std::string, RegistryAnswer> answers_;
  std::vector<ReferenceState> states_;
};

class OutdatedCommand final : public Command {
 public:
  explicit OutdatedCommand(CLI::App& command) { add_options(command, words_); }
  ExitCode run(const Session& session) override {
    if (const auto good =
            apply(ConfiguredContexts(words_.common, session).run_config(), session, words_.common);
        !good)
      return stop(good.error(), session);
    Progress progress(session);
    const Session own = progress.session();
    return OutdatedRun(words_, own).run();
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
