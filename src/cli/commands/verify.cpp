// imglint verify: do the images exist, and are they what the files say?
#include <memory>
#include <set>

#include <CLI/CLI.hpp>

#include "base/quote.hpp"
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
#include "registry/digest.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

struct VerifyWords {
  CommonOptions common;
  RegistryOptions registries;
  std::string targets;
  bool deep = false;
  bool all = false;
  std::vector<std::string> platforms;
  std::vector<std::string> only;
  std::vector<std::string> except;
  std::string lock{digest_lock_name};
  std::string fail_on = "mismatch";
  std::string format = "text";
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
  command.add_option("--only", words.only, "Only images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
  command.add_option("--except", words.except, "Not images that match this pattern")
      ->type_name("PATTERN")
      ->group(group);
  command.add_option("--lock", words.lock, "The lock that knows what tags meant (default: imglint.lock)")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--fail-on", words.fail_on,
                  "mismatch (default), or moved: a tag with a newer digest fails too")
      ->check(word_of({"mismatch", "moved"}))
      ->type_name("WORD")
      ->group(group);
  command.add_flag("--all", words.all, "Print what is well, too")->group(group);
  const auto names = state_format_names();
  command.add_option("--format", words.format, "text, json, jsonl or sarif")
      ->check(word_of({names.begin(), names.end()}))
      ->type_name("FORMAT")
      ->group(group);
  add_registry_options(command, words.registries);
  add_common_options(command, words.common);
  add_configuration_options(command, words.common);
}

/// One distinct reference of the run.
struct AskedReference {
  std::string name;   ///< with tag and digest
  std::string image;  ///< with its tag; empty without
  std::string digest;
  std::vector<const PinUse*> uses;
  std::string refusal;  ///< why it is not asked; empty if it is
  RegistryQuestion tag;
  RegistryQuestion by_digest;
};

class VerifyRun {
 public:
  VerifyRun(const VerifyWords& words, const Session& session)
      : words_(&words),
        session_(&session),
        contexts_(words.common, session),
        gate_(contexts_.policies(), words.registries) {}

  ExitCode run() {
    for (const std::string& platform : words_->platforms)
      if (!is_platform(platform))
        return stop({.message = "--platform wants a platform like linux/arm64, not " + quote(platform)},
                    *session_);
    auto access = registry_access(words_->registries, words_->common.jobs, *session_);
    if (!access) return stop(access.error(), *session_);
    access_ = *std::move(access);
    return words_->targets.empty() ? verify_files() : verify_targets();
  }

 private:
  ExitCode verify_targets() {
    const auto text = read_plan_text(words_->targets, *session_);
    if (!text) return stop(text.error(), *session_);
    const auto names = read_move_plan(*text);
    if (!names) return stop(names.error(), *session_);
    plan_ = plan_source(words_->targets, *text);
    const auto images = moved_images(*names);
    if (!images) return stop(images.error(), *session_);
    admit_hosts(*images, gate_);
    gate_.complete(access_);
    Resolver resolver(resolver_words(words_->registries), access_, *session_);
    resolver.set(resolver_settings(words_->registries));
    return report(states_of(ask_for_targets(*images, gate_, resolver), plan_.get()));
  }

  ExitCode verify_files() {
    const LoadSummary summary = load(words_->common, *session_, project_, contexts_.hooks());
    if (!contexts_.are_good(*session_) || summary.error) return ExitCode::failed;
    auto lock = read_lock_file(words_->lock, *session_);
    if (!lock) return stop(lock.error(), *session_);
    lock_ = lock->lock;
    uses_ = pin_uses(
        project_.documents(),
        {.include_syntax = true, .include_cache = false, .only = words_->only, .except = words_->except}, {});
    collect();
    gate_.complete(access_);
    warn_of_no_policy(gate_, *session_);
    Resolver resolver(resolver_words(words_->registries), access_, *session_);
    resolver.set(resolver_settings(words_->registries));
    ask(resolver);
    std::vector<ReferenceState> states;
    for (const AskedReference& reference : references_) add_states(reference, states);
    for (const PinUse& use : uses_)
      if (use.refusal) states.push_back(unread(use));
    return report(states);
  }

  void collect() {
    std::map<std::string, std::size_t> known;
    for (const PinUse& use : uses_) {
      if (!use.name) continue;
      const CanonicalReference& meaning = use.name->meaning;
      const std::string name = (use.image.empty() ? meaning.without_suffix() : use.image) +
                               (use.digest.empty() ? "" : "@" + use.digest);
      const auto [place, fresh] = known.try_emplace(name, references_.size());
      if (fresh) {
        AskedReference reference{.name = name, .image = use.image, .digest = use.digest};
        const std::string registry = registry_key(meaning.registry);
        reference.refusal = gate_.refusal_of(*use.document, *use.use, registry);
        reference.tag = {.registry = registry, .repository = meaning.repository};
        reference.by_digest = reference.tag;
        if (!use.image.empty())
          reference.tag.reference = use.image.substr(meaning.without_suffix().size() + 1);
        reference.by_digest.reference = use.digest;
        if (words_->deep || !words_->platforms.empty()) {
          // What the file means is its digest, where it has one.
          (use.digest.empty() ? reference.tag : reference.by_digest).want = Want::manifest;
        }
        references_.push_back(std::move(reference));
      }
      references_[place->second].uses.push_back(&use);
    }
  }

  /// Asks a round of questions, each distinct one once.
  void ask_round(const std::vector<RegistryQuestion>& wanted, Resolver& resolver) {
    std::vector<RegistryQuestion> questions;
    std::set<std::string> keys;
    for (const RegistryQuestion& question : wanted)
      if (!answers_.contains(question_key(question)) && keys.insert(question_key(question)).second)
        questions.push_back(question);
    std::vector<RegistryAnswer> answers = resolver.ask(questions);
    for (std::size_t i = 0; i < questions.size(); ++i)
      answers_[question_key(questions[i])] = std::move(answers[i]);
  }

  void ask(Resolver& resolver) {
    std::vector<RegistryQuestion> first;
    for (const AskedReference& reference : references_) {
      if (!reference.refusal.empty()) continue;
      if (!reference.tag.reference.empty()) first.push_back(reference.tag);
      if (!reference.digest.empty()) first.push_back(reference.by_digest);
    }
    ask_round(first, resolver);
    std::vector<RegistryQuestion> second;
    for (AskedReference& reference : references_) {
      if (!reference.refusal.empty()) continue;
      if (is_other_digest(reference)) {
        // It may be that of one platform.
        reference.tag.want = Want::manifest;
        second.push_back(reference.tag);
      }
      if (words_->deep)
        for (const ManifestChild& child : meant(reference).children)
          second.push_back(child_question(reference, child));
    }
    ask_round(second, resolver);
  }

  [[nodiscard]] bool is_other_digest(const AskedReference& reference) const {
    if (reference.image.empty() || reference.digest.empty()) return false;
    const RegistryAnswer& tag = answers_.at(question_key(reference.tag));
    return tag.state == AnswerState::found && tag.is_index && tag.digest != reference.digest;
  }

  /// The answer to what the file means.
  [[nodiscard]] const RegistryAnswer& meant(const AskedReference& reference) const {
    return answers_.at(question_key(reference.digest.empty() ? reference.tag : reference.by_digest));
  }

  static RegistryQuestion child_question(const AskedReference& reference, const ManifestChild& child) {
    return {.registry = reference.tag.registry,
            .repository = reference.tag.repository,
            .reference = child.digest};
  }

  [[nodiscard]] Judgement judge_reference(const AskedReference& reference) const {
    if (!reference.refusal.empty()) return {Verdict::not_asked, reference.refusal, {}};
    ReferenceAnswers answers{.written = reference.digest};
    if (!reference.image.empty()) answers.tag = &answers_.at(question_key(reference.tag));
    if (!reference.digest.empty()) answers.digest = &answers_.at(question_key(reference.by_digest));
    if (!reference.image.empty()) answers.locked = lock_.find(reference.image);
    Judgement judgement = judge(answers);
    if (judgement.verdict != Verdict::ok && judgement.verdict != Verdict::moved &&
        judgement.verdict != Verdict::platform_pin)
      return judgement;
    const RegistryAnswer& answer = meant(reference);
    if (const auto missing = missing_platforms(answer, words_->platforms); !missing.empty())
      return {Verdict::no_platform, "it is not there for " + missing.front(), judgement.digest};
    if (!words_->deep) return judgement;
    for (const ManifestChild& child : answer.children) {
      const RegistryAnswer& found = answers_.at(question_key(child_question(reference, child)));
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

  [[nodiscard]] Severity severity_of(const Judgement& judgement) const {
    if (judgement.verdict == Verdict::ok) return judgement.message.empty() ? Severity::off : Severity::info;
    if (judgement.verdict == Verdict::platform_pin) return Severity::info;
    if (judgement.verdict == Verdict::moved)
      return words_->fail_on == "moved" ? Severity::error : Severity::info;
    return Severity::error;
  }

  void add_states(const AskedReference& reference, std::vector<ReferenceState>& states) const {
    const Judgement judgement = judge_reference(reference);
    std::set<std::pair<const Source*, std::uint32_t>> known;
    for (const PinUse* use : reference.uses) {
      const Location place{use->document->source, use->use->span};
      if (!known.emplace(place.source, place.span.begin).second) continue;
      states.push_back({.place = place,
                        .image = reference.name,
                        .state = to_string(judgement.verdict),
                        .severity = severity_of(judgement),
                        .message = judgement.message,
                        .digest = judgement.digest,
                        .target = {},
                        .given_up = judgement.given_up});
    }
  }

  static ReferenceState unread(const PinUse& use) {
    return {.place = {use.document->source, use.use->span},
            .image = std::string(use.document->source->text(use.use->span)),
            .state = to_string(use.refusal->kind),
            .severity = Severity::warning,
            .message = use.refusal->message,
            .digest = {},
            .target = {}};
  }

  ExitCode report(std::vector<ReferenceState> states) const {
    return report_states(std::move(states), project_, {.format = words_->format, .all = words_->all},
                         *session_);
  }

  const VerifyWords* words_;
  const Session* session_;
  ConfiguredContexts contexts_;
  HostGate gate_;
  RegistryAccess access_;
  std::unique_ptr<Source> plan_;  ///< of --targets
  Project project_;
  DigestLock lock_;
  std::vector<PinUse> uses_;
  std::vector<AskedReference> references_;
  std::map<std::string, RegistryAnswer> answers_;
};

class VerifyCommand final : public Command {
 public:
  explicit VerifyCommand(CLI::App& command) { add_options(command, words_); }
  ExitCode run(const Session& session) override {
    if (const auto good =
            apply(ConfiguredContexts(words_.common, session).run_config(), session, words_.common);
        !good)
      return stop(good.error(), session);
    Progress progress(session);
    const Session own = progress.session();
    return VerifyRun(words_, own).run();
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
