// imglint check: judge the references, report, fix.
#include "check/check.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_set>

#include <CLI/CLI.hpp>

#include "base/path.hpp"
#include "base/printable.hpp"
#include "base/version.hpp"
#include "check/early.hpp"
#include "check/fix.hpp"
#include "cli/commands/check_baseline.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/check_reports.hpp"
#include "cli/commands/elsewhere.hpp"
#include "cli/idle_options.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/result_name.hpp"
#include "cli/run_settings.hpp"
#include "edit/unified_diff.hpp"
#include "output/reports/report.hpp"
#include "project/reload.hpp"
#include "rules/index.hpp"
#include "source/rewrite.hpp"

namespace imglint {
namespace {

/// What the steps of a run share.
struct Run {
  const CheckOptions& options;
  const Session& session;
  PolicyCache& policies;
  CheckBaseline& baseline;

  [[nodiscard]] bool fixes() const { return options.fix || options.unsafe_fixes || options.diff; }
};

/// Why a file that values come from is left out. The files of the run are not.
LeftOutBy left_out_by(const Project& project, LeftOut* by) {
  if (!by) return {};
  std::unordered_set<std::string_view> of_run;  // filled when it is first asked
  return [&project, by, of_run = std::move(of_run)](const std::string& path) mutable {
    if (of_run.empty())
      for (const ProjectFile& file : project.files) of_run.insert(file.source->path());
    return of_run.contains(path) ? std::string() : by->why(normal_path(path));
  };
}

/// The files of a run in some state of repair, what was found in them and what was not reported.
struct Outcome {
  JudgedRun judged;
  ReportCounts counts;
};

/// The same as the files were read.
struct Collected {
  std::unique_ptr<Project> project = std::make_unique<Project>();
  LoadSummary load;
  CheckResult early;            ///< of files that were judged while others were read
  std::vector<Error> no_texts;  ///< of those
};

/// A diff has standard output to itself.
std::vector<WantedReport> shown(std::vector<WantedReport> wanted, const CheckOptions& options) {
  if (options.diff) std::erase_if(wanted, [](const WantedReport& each) { return each.file.empty(); });
  return wanted;
}

/// What is asked for after a file is judged keeps it; a baseline asks for all findings at once.
EarlyUse early_use(const Run& run, EarlyCheck& early, CheckReports& reports, const Project& project) {
  if (run.fixes() || run.baseline.is_about_more()) return {};
  if (run.baseline.is_read() || run.baseline.is_written())
    return reports.has_overview() ? EarlyUse() : early.keep_findings();
  return reports.write_early(early, project, [&run] { return run.policies.errors().empty(); });
}

Collected collect(const Run& run, CheckReports& reports) {
  Collected collected;
  EarlyCheck early;
  const auto contexts_of = [&](const std::string& path) {
    const Policy& policy = *run.policies.policy_for(path).policy;
    early.add(policy);
    return policy.contexts;
  };
  collected.load = load(run.options.common, run.session, *collected.project,
                        {.contexts_of = contexts_of,
                         .places_of = [&](const std::string& path) { return run.policies.places_for(path); },
                         .choose = run.policies.chooser(),
                         .early = early_use(run, early, reports, *collected.project),
                         .tells_remarks = true});
  collected.no_texts = std::move(early.no_texts());
  collected.early = std::move(early.result());
  return collected;
}

Outcome judge(const Run& run, std::unique_ptr<Project> project, const LoadSummary& load,
              CheckResult early = {}) {
  std::vector<CheckTarget> targets;
  for (const ProjectFile& file : project->files) {
    if (!file.document) continue;
    const Policy* policy = run.policies.policy_for(file.source->path()).policy;
    targets.push_back({file.document.get(), policy});
    for (const auto& variant : file.variants) targets.push_back({variant.get(), policy, true});
  }
  CheckResult result = std::move(early);
  add_result(result, check(targets, run.options.common.jobs, left_out_by(*project, load.left_out.get())));
  Outcome outcome{.judged = {std::move(project), std::move(result.findings)}, .counts = {}};
  outcome.counts.suppressed = result.suppressed;
  outcome.counts.excepted = result.excepted;
  outcome.counts.references = result.references;
  outcome.counts.unjudged = std::move(result.unjudged);
  if (run.baseline.is_read())
    run.baseline.hide(outcome.judged.findings, *outcome.judged.project, outcome.counts);
  return outcome;
}

/// The run with other bytes for some of its files.
Outcome judge_again(const Run& run, const Project& first, const LoadSummary& load,
                    const std::map<std::string, std::string>& changed) {
  // The options were found good when the files were first read.
  LoadOptions options = load_options(run.options.common).value();
  options.contexts_of = [&](const std::string& path) {
    return run.policies.policy_for(path).policy->contexts;
  };
  options.places_of = [&](const std::string& path) { return run.policies.places_for(path); };
  auto project = std::make_unique<Project>();
  reload_project(first, changed, load.from_input, std::move(options), run.session.files, *project);
  return judge(run, std::move(project), load);
}

/// Prints or writes the repaired files; an error if one could not be written.
Result<void> write_fixes(const Run& run, const Project& first, bool from_input, const FixResult& result) {
  if (run.options.diff) {
    for (const Revision& revision : result.revisions) print_diff(unified_diff(revision.edits()), run.session);
    return {};
  }
  if (from_input) {
    const Source& source = *first.files.front().source;
    run.session.out(result.revisions.empty() ? std::string(source.bytes())
                                             : result.revisions.front().bytes());
    return {};
  }
  std::vector<Rewrite> rewrites;
  const FileStatuses statuses = first.statuses();
  for (const Revision& revision : result.revisions) {
    const Source& source = revision.original();
    const auto status = statuses.find(&source);
    rewrites.push_back({source.path(), source.bytes(), revision.bytes(),
                        status == statuses.end() ? std::nullopt : std::optional(status->second),
                        run.options.common.changes.staged});
  }
  const RewriteReport written = rewrite_files(run.session.disk(), rewrites);
  for (const Error& remark : written.remarks) print_remark(remark, run.session);
  if (written.error) return *written.error;
  return {};
}

/// What is left after the repair; nothing if the files stay as they were.
Result<std::optional<Outcome>> fix(const Run& run, const Outcome& first, const LoadSummary& load,
                                   Progress& progress) {
  ReportCounts counts = first.counts;
  const Safety most = run.options.unsafe_fixes ? Safety::unsafe : Safety::safe;
  FixResult result =
      fix_until_stable(first.judged, most, [&](const std::map<std::string, std::string>& changed) {
        Outcome again = judge_again(run, *first.judged.project, load, changed);
        counts = std::move(again.counts);
        return std::move(again.judged);
      });
  progress.stop();  // files are written with one thread running
  for (const std::string& path : result.refused)
    print_remark({.message = "the fixes would have broken this file, so it stays as it is", .path = path},
                 run.session);
  for (const std::string& path : result.incomplete)
    print_remark({.message = "a fix would have broken this file and was left out", .path = path},
                 run.session);
  if (const auto written = write_fixes(run, *first.judged.project, load.from_input, result); !written)
    return written.error();
  if (run.options.diff) return std::optional<Outcome>();
  counts.fixed = result.fixed;
  counts.repairs = true;
  return std::optional(Outcome{.judged = std::move(result.last), .counts = std::move(counts)});
}

/// What is known from now on is not reported.
Result<void> write_baseline(const Run& run, Outcome& outcome) {
  std::vector<Finding>& findings = outcome.judged.findings;
  if (auto error = run.baseline.write(findings, *outcome.judged.project, run.session))
    return *std::move(error);
  outcome.counts.baselined = findings.size();
  findings.clear();
  return {};
}

/// With as many findings a report says what to do about them.
constexpr std::uint64_t many_findings = 30;

/// Nothing hides what is known, unless somebody wants to see it for once, and somebody reads along.
bool wants_steps(const Run& run) {
  const bool shows_all = run.options.common.isolated || run.options.no_baseline;
  const bool is_plain = !run.fixes() && !run.options.stats && !shows_all && !run.baseline.is_read() &&
                        !run.baseline.is_written();
  return is_plain && !run.session.quiet && !run.session.in_pipeline;
}

StepsDone steps_done(const Run& run) {
  return {.configuration = run.policies.policy_for("Dockerfile").config != nullptr,
          .baseline = run.session.files.status(std::string(default_baseline)).has_value()};
}

/// Somebody who has hadolint here may take its configuration for read.
void tell_of_hadolint(const Run& run) {
  if (run.options.common.isolated || reads_input(run.options.common) || steps_done(run).configuration) return;
  for (const std::string name : {".hadolint.yaml", ".hadolint.yml"}) {
    const auto status = run.session.files.status(name);
    if (!status || status->kind != FileKind::regular) continue;
    print_remark({.message = "hadolint's configuration says nothing here; 'imglint init --from " + name +
                             "' makes an .imglint.yaml of it",
                  .path = name},
                 run.session);
    return;
  }
}

/// Counts files and findings, those written early too.
void count(const CheckReports& reports, const JudgedRun& judged, ReportCounts& counts) {
  std::set<const Source*> faulty;
  counts.tally = reports.tally();
  for (const Finding& finding : judged.findings) {
    counts.tally.add(finding);
    faulty.insert(finding.place.source);
  }
  counts.files = reports.files() + judged.project->files.size();
  counts.clean = reports.clean_files();
  for (const ProjectFile& file : judged.project->files)
    if (!faulty.contains(file.source.get())) ++counts.clean;
}

/// Writes the reports and what people read beside them, and completes the counts. Gives what could not be
/// written.
std::vector<Error> write_reports(const Run& run, CheckReports& reports, Outcome& outcome,
                                 std::span<const Error> failures, std::span<const Error> no_texts) {
  const JudgedRun& judged = outcome.judged;
  std::vector<const Source*> files;
  for (const ProjectFile& file : judged.project->files) files.push_back(file.source.get());
  count(reports, judged, outcome.counts);
  const std::string date = run.options.as_of.empty() ? today() : run.options.as_of;
  const std::string title =
      reports.has_overview() ? page_title(run.options.title, run.session.files) : std::string();
  std::optional<Elsewhere> elsewhere;
  if (reports.has_overview() && !reads_input(run.options.common)) {
    ListedNames listed = reports.take_names(*judged.project);
    listed.known.add(run.policies, run.session.files);
    elsewhere = search_elsewhere({listed.names.begin(), listed.names.end()}, {}, run.options.common,
                                 std::move(listed.known), run.session);
  }
  const CheckReport report{.findings = judged.findings,
                           .files = files,
                           .elsewhere = elsewhere ? &*elsewhere : nullptr,
                           .failures = failures,
                           .no_texts = no_texts,
                           .rules = all_rule_infos(),
                           .counts = outcome.counts,
                           .version = version,
                           .title = title,
                           .date = date};
  std::vector<Error> errors = reports.finish(report, *judged.project);
  for (const Error& error : errors) print(error, run.session);
  if (run.options.stats) run.session.err(stats_table(report));
  if (!run.session.quiet) run.session.err(summary_line(report));
  if (outcome.counts.tally.findings() > many_findings && wants_steps(run))
    run.session.err(first_steps(report, steps_done(run)));
  if (outcome.counts.tally.findings() > 0 && wants_steps(run)) tell_of_hadolint(run);
  return errors;
}

/// In one order, whatever was judged early.
void add_no_texts(const Project& project, std::vector<Error>& no_texts) {
  for (const ProjectFile& file : project.files)
    if (auto error = file.document ? no_text_error(*file.document) : std::nullopt)
      no_texts.push_back(*std::move(error));
  std::ranges::sort(no_texts, {}, &Error::path);
}

/// A report that would go to standard output, which a diff has to itself; one of the configuration is left
/// out.
Result<void> check_diff(const CheckOptions& options) {
  if (!options.diff || !options.output.empty()) return {};
  for (const std::string& format : options.formats)
    if (format != "text" && format.find('=') == format.npos)
      return Error{
          .message = "--diff prints a patch, which leaves no place for --format " + printable(format),
          .hint = "write --format " + printable(format) + "=FILE"};
  return {};
}

/// What the configurations say that has no effect.
void tell_of_configurations(const Run& run) {
  for (const Error& remark : run.policies.ignored_run_keys()) print_remark(remark, run.session);
  for (const Error& remark : run.policies.misnamed()) print_remark(remark, run.session);
  if (!reads_all(run.options.common)) return;
  for (const Error& remark : run.policies.idle_settings(true)) print_remark(remark, run.session);
}

/// Reads and judges what the options name, repairs it if they ask for that, and reports.
ExitCode run_check(CheckOptions options, const Session& outer) {
  if (const auto date = check_date(options.as_of); !date) return stop(date.error(), outer);
  if (const auto good = name_standard_output(options); !good) return stop(good.error(), outer);
  if (const auto good = check_diff(options); !good) return stop(good.error(), outer);
  PolicyCache policies(outer.files, all_rule_infos(), policy_options(options));
  if (const auto good = apply(run_config_here(policies), outer, options); !good)
    return stop(good.error(), outer);
  const auto wanted = wanted_reports(options, outer);
  if (!wanted) return stop(wanted.error(), outer);
  const auto is_page = [](const WantedReport& report) { return report.format->name == "html"; };
  if (std::ranges::none_of(*wanted, is_page)) tell_without_page({{"--title", options.title}}, outer);
  for (const WantedReport& report : *wanted)
    if (const auto good = check_result_name(outer.files, report.file); !good)
      return stop(good.error(), outer);
  auto baseline = CheckBaseline::open(options, outer);
  if (!baseline) return stop(baseline.error(), outer);

  Progress progress(outer);
  const Session session = progress.session();
  const Run run{options, session, policies, *baseline};
  const CheckReport known{.rules = all_rule_infos(), .version = version};
  // With --fix, standard output is the text that came from standard input.
  const auto& sink = reads_input(options.common) && run.fixes() ? session.err : session.out;
  CheckReports reports(shown(*wanted, options), known, session.files, session.color, sink);

  Collected collected = collect(run, reports);
  if (session.progress) session.progress("judging the references", 0, 0);
  Outcome first = judge(run, std::move(collected.project), collected.load, std::move(collected.early));
  for (const Error& error : policies.errors()) print(error, session);
  if (!policies.errors().empty()) return ExitCode::failed;
  tell_of_configurations(run);

  bool is_written = true;
  std::optional<Outcome> repaired;
  if (run.fixes()) {
    auto fixed = fix(run, first, collected.load, progress);
    is_written = fixed.has_value();
    if (fixed)
      repaired = *std::move(fixed);
    else
      print(fixed.error(), session);
  }
  progress.stop();

  Outcome& last = repaired ? *repaired : first;
  if (run.baseline.is_written() && is_written) {
    const auto done = write_baseline(run, last);
    if (!done) print(done.error(), session);
    is_written = done.has_value();
  }
  const Project& project = *first.judged.project;
  add_no_texts(project, collected.no_texts);
  const auto unwritten = write_reports(run, reports, last, project.errors, collected.no_texts);
  const bool is_unread = collected.load.error || !collected.no_texts.empty();
  if (session.keep) session.keep(std::move(first.judged.project));
  if (!is_written || !unwritten.empty() || is_unread) return ExitCode::failed;
  if (options.exit_zero) return ExitCode::clean;
  return last.counts.tally.reaches(fail_threshold(options)) ? ExitCode::findings : ExitCode::clean;
}

class CheckCommand final : public Command {
 public:
  explicit CheckCommand(CLI::App& command) {
    add_check_options(command, options_);
    options_.common.salvage = Salvage::all;
  }
  ExitCode run(const Session& session) override { return run_check(options_, session); }

 private:
  CheckOptions options_;
};

}  // namespace

std::unique_ptr<Command> add_check_command(CLI::App& program) {
  return std::make_unique<CheckCommand>(
      *program.add_subcommand("check", "Judge the references; --fix repairs"));
}

}  // namespace imglint
