// imglint pin: every pulled reference carries the digest it means now.
#include <memory>
#include <set>

#include <CLI/CLI.hpp>

#include "base/path.hpp"
#include "check/suppression_index.hpp"
#include "cli/commands/retarget_run.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/registries/pin_digests.hpp"
#include "cli/registries/pin_options.hpp"
#include "cli/registries/pin_output.hpp"
#include "cli/result_name.hpp"
#include "cli/run_settings.hpp"
#include "output/retarget_emit.hpp"
#include "output/retarget_output.hpp"
#include "retarget/prove.hpp"
#include "source/write_file.hpp"

namespace imglint {
namespace {

/// A digest for a look at what a run would do, where none is known; it is never shown or written.
const std::string no_digest = "sha256:" + std::string(64, '0');

class PinRun {
 public:
  PinRun(const PinWords& words, PinSettings settings, const Session& session, Progress& progress)
      : words_(&words),
        settings_(std::move(settings)),
        session_(&session),
        progress_(&progress),
        contexts_(words.common, session) {}

  ExitCode run() {
    LoadHooks hooks = contexts_.hooks();
    hooks.keeps_left_out = true;
    const LoadSummary summary = load(words_->common, *session_, project_, std::move(hooks));
    if (!contexts_.are_good(*session_) || summary.error) return ExitCode::failed;
    from_input_ = summary.from_input;
    auto lock = read_lock_file(settings_.lock, *session_);
    if (!lock) return stop(lock.error(), *session_);
    lock_ = *std::move(lock);
    if (words_->from_lock && lock_.text.empty())
      return stop({.message = "there is no lock to take digests from", .path = settings_.lock}, *session_);
    find_uses();
    PinDigests digests;
    if (const auto error = find_digests(digests)) return stop(*error, *session_);
    PinOptions options = settings_.options;
    if (const LeftOut* by = summary.left_out.get())
      options.left_out = [by](const std::string& path) { return by->why_environment(normal_path(path)); };
    plan_ = plan_pins(project_.documents(), uses_, digests, options);
    note_platforms();
    prove();
    return finish();
  }

 private:
  void find_uses() {
    uses_ = pin_uses(project_.documents(), settings_.options, pin_excuses(contexts_.policies(), excuses_));
    if (!settings_.options.update) return;
    for (PinUse& use : uses_)
      if (use.name && use.image.empty())
        use.image = lock_.lock.image_of_digest(use.name->meaning.without_suffix(), use.digest).value_or("");
  }

  [[nodiscard]] std::optional<Error> find_digests(PinDigests& digests) {
    const bool offline = words_->from_lock || (words_->check && !words_->update);
    if (offline) {
      digests = digests_of_lock(uses_, settings_.options, lock_.lock, words_->from_lock ? "" : no_digest);
      return std::nullopt;
    }
    auto access = registry_access(words_->registries, words_->common.jobs, *session_);
    if (!access) return access.error();
    HostGate gate(contexts_.policies(), words_->registries);
    FoundDigests found =
        ask_for_digests(uses_, *words_, settings_, *std::move(access), gate, lock_.lock, *session_);
    digests = std::move(found.digests);
    platforms_ = std::move(found.platforms);
    return std::nullopt;
  }

  /// A digest of one platform serves no other, which is rarely wished.
  void note_platforms() {
    std::map<const ImageUse*, const PinUse*> uses;
    for (const PinUse& use : uses_) uses.emplace(use.use, &use);
    std::set<std::pair<const Source*, std::uint32_t>> known;
    for (const PlannedMove& move : plan_.moves) {
      const std::string platform = platform_of(*uses.at(move.use));
      if (platform.empty()) continue;
      if (!known.emplace(move.document->source, move.use->span.begin).second) continue;
      plan_.notes.push_back(
          {{move.document->source, move.use->span}, "the digest is that of " + platform + " alone", false});
    }
  }

  /// What a use is pinned to by this run; empty: the index.
  [[nodiscard]] std::string platform_of(const PinUse& use) const {
    const LockedImage* locked = lock_.lock.find(use.image);
    if (!locked || !locked->is_index) return {};
    if (!words_->platform.empty()) return words_->platform;
    const auto kept = platforms_.find(pinned_name(use.image, use.digest));
    return kept == platforms_.end() ? std::string() : kept->second;
  }

  void prove() {
    if (!settings_.options.edit_nothing) {
      LoadOptions again = load_options(words_->common).value();
      again.contexts_of = contexts_.hooks().contexts_of;
      prove_plan(plan_, project_,
                 {.load = std::move(again), .is_text = from_input_, .files = session_->files});
    }
    if (settings_.options.edit_nothing) plan_.edits.clear();
    if (words_->strict) hold_to_all(plan_);
  }

  [[nodiscard]] std::optional<Error> write_override() const {
    std::string left_out;
    const std::string text = emit(plan_, EmitForm::compose_override, left_out);
    if (words_->override_file == standard_output) return session_->out(text), std::nullopt;
    return write_file(session_->disk(), words_->override_file, text);
  }

  [[nodiscard]] std::optional<Error> write_lock() const {
    if (!settings_.makes_lock && lock_.text.empty()) return std::nullopt;
    const std::string text = digest_lock_text(lock_.lock);
    if (text == lock_.text || words_->from_lock) return std::nullopt;
    return write_file(session_->disk(), settings_.lock, text);
  }

  ExitCode finish() {
    progress_->stop();  // files are written with one thread running
    if (settings_.mode == PinMode::write) {
      std::optional<Error> error;
      if (!words_->override_file.empty()) error = write_override();
      if (!error && !from_input_ && !plan_.edits.empty())
        error = write_edits(plan_.edits, project_, *session_, words_->common.changes.staged).error;
      if (!error) error = write_lock();
      if (error) return stop(*error, *session_);
    }
    Session beside = *session_;
    if (words_->override_file == standard_output) beside.out = session_->err;
    print_pins(plan_,
               {.mode = settings_.mode,
                .format = settings_.format,
                .project = from_input_ ? &project_ : nullptr,
                .lists_all = settings_.options.edit_nothing,
                .hides_digest = no_digest},
               beside);
    return pin_exit_code(plan_, settings_.mode);
  }

  const PinWords* words_;
  PinSettings settings_;
  const Session* session_;
  Progress* progress_;
  ConfiguredContexts contexts_;
  Project project_;
  bool from_input_ = false;
  LockFile lock_;
  PinExcuses excuses_;
  std::vector<PinUse> uses_;
  PinnedPlatforms platforms_;
  RetargetPlan plan_;
};

class PinCommand final : public Command {
 public:
  explicit PinCommand(CLI::App& command) { add_pin_options(command, words_); }
  ExitCode run(const Session& session) override {
    if (const auto good =
            apply(ConfiguredContexts(words_.common, session).run_config(), session, words_.common);
        !good)
      return stop(good.error(), session);
    auto settings = pin_settings(words_);
    if (!settings) return stop(settings.error(), session);
    Progress progress(session);
    const Session own = progress.session();
    return PinRun(words_, *std::move(settings), own, progress).run();
  }

 private:
  PinWords words_;
};

class UnpinCommand final : public Command {
 public:
  explicit UnpinCommand(CLI::App& command) { add_unpin_options(command, words_); }
  ExitCode run(const Session& session) override;

 private:
  UnpinWords words_;
};

ExitCode UnpinCommand::run(const Session& session) {
  Project project;
  ConfiguredContexts contexts(words_.common, session);
  if (const auto good = apply(contexts.run_config(), session, words_.common); !good)
    return stop(good.error(), session);
  LoadHooks hooks = contexts.hooks();
  hooks.keeps_left_out = true;
  const LoadSummary summary = load(words_.common, session, project, std::move(hooks));
  if (!contexts.are_good(session) || summary.error) return ExitCode::failed;
  const auto lock =
      read_lock_file(words_.lock.empty() ? std::string(digest_lock_name) : words_.lock, session);
  if (!lock) return stop(lock.error(), session);
  const PinOptions options{
      .include_syntax = true, .include_cache = true, .only = words_.only, .except = words_.except};
  const std::vector<PinUse> uses = pin_uses(project.documents(), options, {});
  RetargetPlan plan =
      plan_unpins(project.documents(), uses, [&](const std::string& repository, const std::string& digest) {
        return lock->lock.image_of_digest(repository, digest);
      });
  LoadOptions again = load_options(words_.common).value();
  again.contexts_of = contexts.hooks().contexts_of;
  prove_plan(plan, project,
             {.load = std::move(again), .is_text = summary.from_input, .files = session.files});
  if (words_.strict) hold_to_all(plan);
  PinMode mode = PinMode::write;
  if (words_.dry_run) mode = PinMode::dry_run;
  if (words_.diff) mode = PinMode::diff;
  if (words_.check) mode = PinMode::check;
  if (mode == PinMode::write && !summary.from_input)
    if (const auto error = write_edits(plan.edits, project, session, words_.common.changes.staged).error)
      return stop(*error, session);
  print_pins(plan,
             {.mode = mode,
              .format = state_format_named(words_.format).value_or(StateFormat::text),
              .project = summary.from_input ? &project : nullptr,
              .unpins = true},
             session);
  return pin_exit_code(plan, mode);
}

}  // namespace

std::unique_ptr<Command> add_pin_command(CLI::App& program) {
  return std::make_unique<PinCommand>(
      *program.add_subcommand("pin", "Write the digests that tags mean now beside them"));
}

std::unique_ptr<Command> add_unpin_command(CLI::App& program) {
  return std::make_unique<UnpinCommand>(*program.add_subcommand("unpin", "Take the digests away again"));
}

}  // namespace imglint
