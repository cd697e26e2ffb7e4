// imglint lsp: the language server on the standard streams.
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands/check_options.hpp"
#include "cli/program.hpp"
#include "cli/registries/pin_digests.hpp"
#include "lsp/run.hpp"

namespace imglint {
namespace {

/// Starts the helper when the user wants digests updated.
class OnlineDigests final : public lsp::DigestService {
 public:
  OnlineDigests(const RegistryOptions& options, const Session& session)
      : options_(&options), session_(&session) {}

  void begin(const std::vector<PinUse>& uses, const PolicyOf& policy_of) override {
    answers_ = {};
    known_ = {};
    platforms_ = PlatformPins(uses, locked_before(uses, policy_of));
    round_ = Round::tags;
    HostGate gate(policy_of, *options_);
    asked_ = images_to_ask(uses, {.update = true}, Want::digest, gate, answers_.digests);
    auto access = registry_access(*options_, 0, *session_);
    if (!access) return;  // its options are none that could be wrong
    gate.complete(*access);
    resolver_ = std::make_unique<Resolver>(resolver_words(*options_), *std::move(access), *session_);
    std::vector<RegistryQuestion> questions;
    for (const AskedImage& one : asked_) questions.push_back(one.question);
    resolver_->begin(std::move(questions));
  }

  std::optional<lsp::DigestAnswers> advance() override {
    constexpr std::chrono::milliseconds moment(50);
    if (!resolver_->hear(moment)) return std::nullopt;
    std::vector<RegistryAnswer> given = resolver_->take();
    switch (round_) {
      case Round::tags:
        take_tags(given);
        round_ = Round::digests;
        resolver_->begin(platforms_->digest_questions(answers_.digests, known_));
        return std::nullopt;
      case Round::digests:
        round_ = Round::indices;
        resolver_->begin(platforms_->index_questions(given, answers_.digests));
        return std::nullopt;
      case Round::indices:
        static_cast<void>(platforms_->finish(given, answers_.digests, known_, today()));
        break;
    }
    resolver_.reset();
    return std::exchange(answers_, {});
  }

 private:
  /// What the locks of the files know of the images.
  static DigestLock locked_before(const std::vector<PinUse>& uses, const PolicyOf& policy_of) {
    DigestLock before;
    for (const PinUse& use : uses) {
      const auto& lock = policy_of(use.document->source->path()).lock;
      const LockedImage* locked = lock ? lock->find(use.image) : nullptr;
      if (locked) before.images.try_emplace(use.image, *locked);
    }
    return before;
  }

  /// What is asked about: first what tags mean, then which platforms digests are of.
  enum class Round : std::uint8_t { tags, digests, indices };

  void take_tags(std::vector<RegistryAnswer>& given) {
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (given[i].state != AnswerState::found) {
        answers_.digests[asked_[i].image] = refusal_of(asked_[i].image, given[i]);
        continue;
      }
      answers_.digests[asked_[i].image] = given[i].digest;
      record(known_, asked_[i].image, given[i], today());
      answers_.found.emplace_back(asked_[i].image, std::move(given[i]));
    }
  }

  const RegistryOptions* options_;
  const Session* session_;
  std::unique_ptr<Resolver> resolver_;
  std::vector<AskedImage> asked_;
  lsp::DigestAnswers answers_;
  Round round_ = Round::tags;
  DigestLock known_;  ///< what tags mean by this round
  std::optional<PlatformPins> platforms_;
};

class LspCommand final : public Command {
 public:
  explicit LspCommand(CLI::App& command) {
    command.add_flag("--stdio", stdio_, "Standard input and output, as always");
    command
        .add_option("--resolver", registries_.resolver,
                    "Ask this program in place of imglint-online when digests are to be updated")
        ->type_name("COMMAND");
  }

  ExitCode run(const Session& session) override {
    const lsp::Streams streams{.read = session.read_some, .write = session.out};
    OnlineDigests digests(registries_, session);
    return lsp::run_server(session.files, today, streams, &digests) ? ExitCode::clean : ExitCode::findings;
  }

 private:
  bool stdio_ = false;
  RegistryOptions registries_;
};

}  // namespace

std::unique_ptr<Command> add_lsp_command(CLI::App& program) {
  return std::make_unique<LspCommand>(
      *program.add_subcommand("lsp", "The language server, for editors, on the standard streams"));
}

}  // namespace imglint
