#include "cli/commands/retarget_run.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "cli/commands/elsewhere.hpp"
#include "cli/commands/left_behind.hpp"
#include "cli/commands/outside_readers.hpp"
#include "cli/commands/refused_targets.hpp"
#include "cli/commands/retarget_results.hpp"
#include "cli/commands/unread_files.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/registries/move_targets.hpp"
#include "edit/unified_diff.hpp"
#include "output/elsewhere_output.hpp"
#include "output/retarget_output.hpp"
#include "project/coupled.hpp"
#include "retarget/prove.hpp"
#include "source/rewrite.hpp"

namespace imglint {
namespace {

void print_diffs(const RetargetPlan& plan, const Session& session) {
  for (const EditSet& set : plan.edits) print_diff(unified_diff(set), session);
}

void print_emitted(const RetargetPlan& plan, EmitForm form, const Session& session) {
  std::string left_out;
  session.out(emit(plan, form, left_out));
  if (!left_out.empty()) print_remark({.message = "left out, " + left_out}, session);
}

/// The one result for standard output. A plan that goes there sends the rest to the people's side.
void print_result(const RetargetPlan& plan, const Elsewhere& elsewhere, const RetargetSettings& settings,
                  const Session& session) {
  if (settings.emit) return print_emitted(plan, *settings.emit, session);
  if (settings.json) return session.out(retarget_json(plan, elsewhere));
  if (settings.mode == RetargetMode::diff) return print_diffs(plan, session);
  const bool writes = settings.mode == RetargetMode::write;
  const std::string table = writes ? retarget_summary(plan) : retarget_table(plan, session.columns);
  const std::string total = session.quiet ? std::string() : retarget_total(plan, writes);
  if (settings.plan && settings.plan->file.empty()) {
    if (writes && !session.quiet) session.err(table);
    return session.err(total);
  }
  session.out(table);
  // On a terminal they stand far above a long table by now.
  constexpr std::ptrdiff_t a_screen = 20;
  const std::string left = session.out_is_terminal ? retarget_left(plan) : std::string();
  const auto is_long = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n') > a_screen;
  };
  if (is_long(table) && !is_long(left)) session.err(left);
  session.err(total);
}

ExitCode exit_code(const RetargetPlan& plan, const Elsewhere& elsewhere, const RetargetSettings& settings) {
  const bool hit = (settings.mode == RetargetMode::check && !plan.edits.empty()) ||
                   (settings.options.strict && elsewhere.files > 0);
  return plan.unresolved.empty() && !hit ? ExitCode::clean : ExitCode::findings;
}

/// --verify: the exit code of a run that stops because a target is not its source, or nobody can say.
std::optional<ExitCode> verify_targets(const RetargetPlan& plan, const RetargetWords& words,
                                       ConfiguredContexts& contexts, const Session& session) {
  std::vector<MovedName> names;
  for (const ImagePair& pair : plan.pairs) {
    if (!pair.name_known || !pair.suffix_known) continue;
    std::string suffix = pair.tag.empty() ? "" : ":" + pair.tag;
    if (!pair.digest.empty()) suffix += "@" + pair.digest;
    names.push_back({pair.source + suffix, pair.target + pair.target_suffix});
  }
  const auto images = moved_images(names);
  auto access = registry_access(words.registries, words.common.jobs, session);
  if (!images || !access) {
    print(images ? access.error() : images.error(), session);
    return ExitCode::failed;
  }
  HostGate gate(contexts.policies(), words.registries);
  admit_hosts(*images, gate);
  gate.complete(*access);
  Resolver resolver(resolver_words(words.registries), *std::move(access), session);
  resolver.set(resolver_settings(words.registries));
  const std::vector<ReferenceState> states = states_of(ask_for_targets(*images, gate, resolver), nullptr);
  session.err(states_text(states, StateFormat::text, false));
  const ExitCode code = exit_code_of(states);
  if (code != ExitCode::clean)
    session.err("imglint: nothing was edited: 'imglint mirror' copies what is missing\n");
  return code == ExitCode::clean ? std::nullopt : std::optional(code);
}

/// Reads what Kustomize builds together with the files of the run and lies outside of its paths.
void load_outside(const CommonOptions& options, const Project& run, Surroundings& around,
                  const Session& session, Project& into) {
  if (!has_coupled(run)) return;
  load_coupled(around.files("looking for kustomizations around them"), run, load_options(options).value(),
               session.files, into);
}

/// What may be edited: the paths, and what options name.
std::vector<std::string> given_paths(const CommonOptions& options) {
  const bool only_project = options.paths.empty() && !options.compose_files.empty();
  std::vector<std::string> given = only_project ? options.compose_files : options.paths;
  if (given.empty()) given.emplace_back(".");
  given.insert(given.end(), options.env_files.begin(), options.env_files.end());
  return given;
}

/// The hint is for all of them.
ExitCode report_causes(const RunError& error, const Session& session) {
  std::string text;
  for (const RunCause& cause : error.causes) {
    text += "imglint: error: " + printable(cause.message) + " [" + std::string(to_string(error.kind)) + "]\n";
    for (const std::string& place : cause.places) text += "  " + printable(place) + "\n";
  }
  if (!error.error.hint.empty()) text += "  hint: " + printable(error.error.hint) + "\n";
  session.err(text);
  return ExitCode::failed;
}

}  // namespace

ExitCode report_error(const RunError& error, bool json, const Session& session) {
  if (json) session.out(retarget_json(error));
  if (!error.causes.empty()) return report_causes(error, session);
  Error shown = error.error;
  shown.message = printable(shown.message);
  if (!shown.hint.empty()) shown.message += "; " + printable(shown.hint);
  shown.message += " [" + std::string(to_string(error.kind)) + "]";
  shown.hint.clear();
  print(shown, session);
  return ExitCode::failed;
}

ExitCode failed(const Error& error, bool json, const Session& session) {
  if (json) session.out(retarget_json(RunError{RefusalKind::file_error, error}));
  print(error, session);
  return ExitCode::failed;
}

WriteResult write_edits(const std::vector<EditSet>& edits, const Project& project, const Session& session,
                        bool is_staged) {
  const FileStatuses statuses = project.statuses();
  std::vector<Rewrite> rewrites;
  for (const EditSet& set : edits) {
    const auto status = statuses.find(&set.source());
    rewrites.push_back({.path = set.source().path(),
                        .before = set.source().bytes(),
                        .after = set.apply(),
                        .file = status == statuses.end() ? std::nullopt : std::optional(status->second),
                        .is_staged = is_staged});
  }
  RewriteReport result = rewrite_files(session.disk(), rewrites);
  for (const Error& remark : result.remarks) print_remark(remark, session);
  return {std::move(result.error), !result.written.empty()};
}

KnownText known_text(const Project& project, const RetargetPlan& plan) {
  KnownText known;
  for (const Document* document : project.documents()) known.add(*document);
  for (const EditSet& edits : plan.edits) known.add(edits);
  return known;
}

namespace {

/// Of files with old names: why they were not read, where the configuration says it.
void note_excluded(const LeftOut& left_out, Elsewhere& elsewhere) {
  const std::string* asked = nullptr;
  for (const LeftName& one : elsewhere.places) {
    if (asked && *asked == one.file) continue;
    asked = &one.file;
    if (std::string why = left_out.why_excluded(normal_path(one.file)); !why.empty())
      elsewhere.left_out.emplace(one.file, std::move(why));
  }
}

/// What is left in files that are not read, or not given.
Elsewhere tell_what_stays(const RetargetPlan& plan, const Project& project, const RetargetWords& words,
                          const RetargetSettings& settings, const Mapping& mapping, const LeftOut* left_out,
                          ConfiguredContexts& contexts, const Session& session) {
  KnownText known = known_text(project, plan);
  known.add(contexts.policies(), session.files);
  Elsewhere elsewhere = search_elsewhere(names_left(plan, mapping), targets_of(mapping), words.common,
                                         std::move(known), session);
  if (left_out) note_excluded(*left_out, elsewhere);
  // With --strict they are why a run fails.
  if (!session.quiet || settings.options.strict) session.err(elsewhere_messages(elsewhere));
  if (!session.quiet)
    session.err(left_behind_message(
        count_left_behind(words.common, contexts.hooks(), mapping, settings.options, session)));
  return elsewhere;
}

/// With what the files that were read say. Borrows the summary.
RetargetOptions options_for_run(const RetargetSettings& settings, const RetargetWords& words,
                                const LoadSummary& summary, const Project& outside, const Session& session) {
  RetargetOptions options = settings.options;
  const bool lists_edits = settings.mode == RetargetMode::dry_run || settings.mode == RetargetMode::check;
  options.shows_collisions =
      lists_edits && !settings.json && !settings.emit && !(settings.plan && settings.plan->file.empty());
  options.outside = outside.documents();
  if (const auto here = session.files.resolve("."); here && !options.outside.empty()) options.here = *here;
  if (!summary.from_input) options.given = given_paths(words.common);
  if (const LeftOut* by = summary.left_out.get())
    options.left_out = [by](const std::string& path) { return by->why_environment(normal_path(path)); };
  return options;
}

/// A run that is not made, beside what it would move: who only looks wants to see all of it.
ExitCode show_collision(const RetargetPlan& plan, const Session& session) {
  session.out(retarget_table(plan, session.columns));
  const ExitCode code = report_error(*plan.collision, false, session);
  session.err(retarget_messages(plan, !session.quiet));
  return code;
}

/// What has been printed for people.
ExitCode failed_as_told(const Error& error, bool json, const Session& session) {
  if (json) session.out(retarget_json(RunError{RefusalKind::file_error, error}));
  return ExitCode::failed;
}

/// How a run writes.
struct Writing {
  const RetargetWords& words;
  const RetargetSettings& settings;
  bool to_output;  ///< the text came from standard input
};

/// Writes lock and plan, without which the old names would be lost, then the files. The exit code of a run
/// that could not, and that leaves none of them.
std::optional<ExitCode> write_moves(const RetargetPlan& plan, const Project& project,
                                    const RetargetResults& results, const Writing& writing,
                                    const Session& session) {
  const auto& [words, settings, to_output] = writing;
  const bool has_plan = settings.plan && !settings.plan->file.empty();
  if (const auto error = results.write_lock(plan)) return failed(*error, settings.json, session);
  const EarlierFile earlier = has_plan ? results.earlier_plan() : EarlierFile();
  if (has_plan)
    if (const auto error = results.write_plan(plan)) {
      results.forget_lock(plan);
      return failed(*error, settings.json, session);
    }
  if (to_output) return std::nullopt;
  const WriteResult result = write_edits(plan.edits, project, session, words.common.changes.staged);
  if (!result.error) return std::nullopt;
  if (!result.any) {
    results.forget_lock(plan);
    if (has_plan) results.forget_plan(earlier);
  }
  return failed(*result.error, settings.json, session);
}

}  // namespace

ExitCode run_retarget(const RetargetWords& words, const RetargetSettings& settings, const Mapping& mapping,
                      ConfiguredContexts& contexts, const Session& session) {
  const ReadProject read(session);
  Project& project = *read;
  LoadHooks hooks = contexts.hooks();
  hooks.tells_remarks = true;
  hooks.keeps_left_out = true;  // what cannot move there is said
  const LoadSummary summary = load(words.common, session, project, std::move(hooks));
  if (!contexts.are_good(session))
    return failed_as_told({.message = "the configuration is faulty"}, settings.json, session);
  if (summary.error) {
    tell_that_nothing_changes(summary, project, words.common, contexts.policies(), session);
    return failed_as_told(*summary.error, settings.json, session);
  }
  Project outside;
  Surroundings around(words.common, contexts, session);
  if (!summary.from_input) load_outside(words.common, project, around, session, outside);
  auto planned = plan_retarget(project.documents(), mapping,
                               options_for_run(settings, words, summary, outside, session));
  if (const auto* error = std::get_if<RunError>(&planned))
    return report_error(*error, settings.json, session);
  RetargetPlan& plan = std::get<RetargetPlan>(planned);
  LoadOptions again = load_options(words.common).value();
  again.contexts_of = contexts.hooks().contexts_of;
  again.places_of = contexts.hooks().places_of;
  if (const auto error = prove_plan(
          plan, project, {.load = std::move(again), .is_text = summary.from_input, .files = session.files}))
    return report_error(RunError{RefusalKind::file_error, *error}, settings.json, session);
  if (settings.options.strict) hold_to_all(plan);
  if (plan.collision) return show_collision(plan, session);
  if (!summary.from_input)
    std::ranges::move(readers_outside(plan, project, words.common, around, session),
                      std::back_inserter(plan.notes));
  std::ranges::move(notes_of_refused_targets(plan, contexts.policies()), std::back_inserter(plan.notes));
  session.err(retarget_messages(plan, !session.quiet));
  const Elsewhere elsewhere = summary.from_input || settings.emit
                                  ? Elsewhere()
                                  : tell_what_stays(plan, project, words, settings, mapping,
                                                    summary.left_out.get(), contexts, session);

  if (words.verify)
    if (const auto code = verify_targets(plan, words, contexts, session)) return *code;
  const bool writes = settings.mode == RetargetMode::write && !settings.emit;
  const RetargetResults results(settings, project, session);
  if (writes)
    if (const auto code = write_moves(plan, project, results, {words, settings, summary.from_input}, session))
      return *code;
  const bool is_plan_written = writes && settings.plan && !settings.plan->file.empty();
  if (!is_plan_written)
    if (const auto error = results.write_plan(plan)) return failed(*error, settings.json, session);
  if (writes && summary.from_input && !settings.json)
    session.out(text_after(plan, *project.files.front().source));
  else
    print_result(plan, elsewhere, settings, session);
  return exit_code(plan, elsewhere, settings);
}

}  // namespace imglint
