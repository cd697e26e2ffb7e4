// imglint check: judge the references, report, fix.
#include "check/check.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "base/version.hpp"
#include "check/early.hpp"
#include "check/fix.hpp"
#include "cli/commands/check_baseline.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/check_reports.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "edit/unified_diff.hpp"
#include "output/reports/report.hpp"
#include "project/reload.hpp"
#include "rules/index.hpp"
#include "source/rewrite.hpp"

namespace imglint {
namespace {

class CheckCommand final : public Command {
 public:
  explicit CheckCommand(CLI::App& command) {
    add_check_options(command, options_);
    options_.common.salvage = true;
  }
  ExitCode run(const Session& session) override;

 private:
  struct Judged {
    JudgedRun run;
    LoadSummary load;
    ReportCounts counts;
  };

  [[nodiscard]] std::vector<WantedReport> shown(const std::vector<WantedReport>& wanted) const;
  [[nodiscard]] EarlyUse early_use(EarlyCheck& early, CheckReports& reports, const Project& project,
                                   const PolicyCache& policies) const;
  [[nodiscard]] Judged judge(const Session& session, PolicyCache& policies, CheckReports& reports);
  void judge(PolicyCache& policies, Judged& judged, CheckResult early = {});
  [[nodiscard]] JudgedRun judge_again(const Session& session, PolicyCache& policies,
                                      const std::map<std::string, std::string>& changed);
  [[nodiscard]] bool fixes() const { return options_.fix || options_.unsafe_fixes || options_.diff; }
  void fix(const Session& session, PolicyCache& policies, Progress& progress);
  void show_diff(const FixResult& result, const Session& session) const;
  void write_files(const FixResult& result, const Session& session);
  void write_baseline(const Session& session);
  void report(const Session& session, CheckReports& reports);
  [[nodiscard]] ExitCode exit_code() const;

  CheckOptions options_;
  std::optional<CheckBaseline> baseline_;
  Judged first_;        ///< as the files were read
  JudgedRun last_;      ///< after fixing
  bool fixed_ = false;  ///< last_ counts
  bool failed_ = false;
  bool saw_no_text_ = false;  ///< in a file that was judged early
  bool keeps_all_ = false;    ///< what was read is asked for after it is judged
};

/// A diff has standard output to itself.
std::vector<WantedReport> CheckCommand::shown(const std::vector<WantedReport>& wanted) const {
  std::vector<WantedReport> result;
  for (const WantedReport& each : wanted)
    if (!options_.diff || !each.file.empty()) result.push_back(each);
  return result;
}

EarlyUse CheckCommand::early_use(EarlyCheck& early, CheckReports& reports, const Project& project,
                                 const PolicyCache& policies) const {
  if (keeps_all_) return {};
  // A baseline asks for all findings at once.
  if (baseline_->is_read() || baseline_->is_written() || !reports.can_begin_early())
    return early.keep_findings();
  return reports.write_early(early, project, [&policies] { return policies.errors().empty(); });
}

CheckCommand::Judged CheckCommand::judge(const Session& session, PolicyCache& policies,
                                         CheckReports& reports) {
  Judged judged{.run = {std::make_unique<Project>(), {}}, .load = {}, .counts = {}};
  EarlyCheck early;
  const auto contexts_of = [&](const std::string& path) {
    const Policy& policy = *policies.policy_for(path).policy;
    early.add(policy);
    return policy.contexts;
  };
  judged.load =
      load(options_.common, session, *judged.run.project,
           {.contexts_of = contexts_of, .early = early_use(early, reports, *judged.run.project, policies)});
  saw_no_text_ = early.saw_no_text();
  if (session.progress) session.progress("judging the references", 0, 0);
  judge(policies, judged, std::move(early.result()));
  return judged;
}

void CheckCommand::judge(PolicyCache& policies, Judged& judged, CheckResult early) {
  std::vector<CheckTarget> targets;
  for (const ProjectFile& file : judged.run.project->files) {
    if (!file.document) continue;
    const Policy* policy = policies.policy_for(file.source->path()).policy;
    targets.push_back({file.document.get(), policy});
    for (const auto& variant : file.variants) targets.push_back({variant.get(), policy, true});
  }
  CheckResult result = std::move(early);
  add_result(result, check(targets));
  judged.run.findings = std::move(result.findings);
  judged.counts.suppressed = result.suppressed;
  judged.counts.excepted = result.excepted;
  judged.counts.references = result.references;
  judged.counts.unjudged = std::move(result.unjudged);
  if (baseline_->is_read()) baseline_->hide(judged.run.findings, *judged.run.project, judged.counts);
}

JudgedRun CheckCommand::judge_again(const Session& session, PolicyCache& policies,
                                    const std::map<std::string, std::string>& changed) {
  Judged judged{.run = {std::make_unique<Project>(), {}}, .load = {}, .counts = {}};
  // The options were found good when the files were first read.
  LoadOptions options = load_options(options_.common).value();
  options.contexts_of = [&](const std::string& path) { return policies.policy_for(path).policy->contexts; };
  reload_project(*first_.run.project, changed, first_.load.from_input, std::move(options), session.files,
                 *judged.run.project);
  judge(policies, judged);
  first_.counts = std::move(judged.counts);
  return std::move(judged.run);
}

void CheckCommand::show_diff(const FixResult& result, const Session& session) const {
  for (const Revision& revision : result.revisions) print_diff(unified_diff(revision.edits()), session);
}

void CheckCommand::write_files(const FixResult& result, const Session& session) {
  if (first_.load.from_input) {
    const Source& source = *first_.run.project->files.front().source;
    session.out(result.revisions.empty() ? std::string(source.bytes()) : result.revisions.front().bytes());
    return;
  }
  std::vector<Rewrite> rewrites;
  const FileStatuses statuses = first_.run.project->statuses();
  for (const Revision& revision : result.revisions) {
    const Source& source = revision.original();
    const auto status = statuses.find(&source);
    rewrites.push_back({source.path(), source.bytes(), revision.bytes(),
                        status == statuses.end() ? std::nullopt : std::optional(status->second)});
  }
  const RewriteReport written = rewrite_files(session.files, rewrites);
  for (const Error& remark : written.remarks) print_remark(remark, session);
  if (!written.error) return;
  print(*written.error, session);
  failed_ = true;
}

void CheckCommand::fix(const Session& session, PolicyCache& policies, Progress& progress) {
  const Safety most = options_.unsafe_fixes ? Safety::unsafe : Safety::safe;
  FixResult result =
      fix_until_stable(first_.run, most, [&](const std::map<std::string, std::string>& changed) {
        return judge_again(session, policies, changed);
      });
  progress.stop();  // files are written with one thread running
  for (const std::string& path : result.refused)
    print_remark({.message = "the fixes would have broken this file, so it stays as it is", .path = path},
                 session);
  if (options_.diff) return show_diff(result, session);
  write_files(result, session);
  if (failed_) return;
  first_.counts.fixed = result.fixed;
  last_ = std::move(result.last);
  fixed_ = true;
}

void CheckCommand::write_baseline(const Session& session) {
  JudgedRun& run = fixed_ ? last_ : first_.run;
  if (const auto error = baseline_->write(run.findings, *run.project, session)) {
    print(*error, session);
    failed_ = true;
    return;
  }
  first_.counts.baselined = run.findings.size();
  run.findings.clear();
}

void CheckCommand::report(const Session& session, CheckReports& reports) {
  const JudgedRun& run = fixed_ ? last_ : first_.run;
  std::vector<const Source*> files;
  for (const ProjectFile& file : run.project->files) files.push_back(file.source.get());
  std::vector<const Document*> documents;
  for (const ProjectFile& file : run.project->files)
    if (file.document) documents.push_back(file.document.get());
  ReportCounts& counts = first_.counts;
  counts.files = reports.files() + files.size();
  counts.tally = reports.tally();
  for (const Finding& finding : run.findings) counts.tally.add(finding);
  const CheckReport report{.findings = run.findings,
                           .files = files,
                           .documents = documents,
                           .failures = first_.run.project->errors,
                           .rules = all_rule_infos(),
                           .counts = counts,
                           .version = version};
  for (const Error& error : reports.finish(report, *run.project)) {
    print(error, session);
    failed_ = true;
  }
  if (options_.stats) session.err(stats_table(report));
  if (!session.quiet) session.err(summary_line(report));
}

ExitCode CheckCommand::exit_code() const {
  if (failed_ || saw_no_text_ || first_.load.failed) return ExitCode::failed;
  for (const ProjectFile& file : first_.run.project->files)
    if (file.document && is_no_text(*file.document)) return ExitCode::failed;
  if (options_.exit_zero) return ExitCode::clean;
  return first_.counts.tally.reaches(fail_threshold(options_)) ? ExitCode::findings : ExitCode::clean;
}

ExitCode CheckCommand::run(const Session& session) {
  const auto wanted = wanted_reports(options_, session);
  const auto date = check_date(options_.as_of);
  if (!wanted || !date) {
    print(wanted ? date.error() : wanted.error(), session);
    return ExitCode::failed;
  }
  auto baseline = CheckBaseline::open(options_, session);
  if (!baseline) {
    print(baseline.error(), session);
    return ExitCode::failed;
  }
  baseline_ = *std::move(baseline);
  PolicyCache policies(session.files, all_rule_infos(), policy_options(options_));
  Progress progress(session);
  const bool shows_documents = std::any_of(
      wanted->begin(), wanted->end(), [](const WantedReport& each) { return each.format->shows_documents; });
  keeps_all_ = fixes() || shows_documents;
  const Session running = progress.session();
  const CheckReport known{.rules = all_rule_infos(), .version = version};
  CheckReports reports(shown(*wanted), known, session.files, session.color, [&](std::string_view text) {
    // With --fix, standard output is the text that came from standard input.
    return first_.load.from_input && fixes() ? running.err(text) : running.out(text);
  });
  first_ = judge(running, policies, reports);
  for (const Error& error : policies.errors()) print(error, progress.session());
  if (!policies.errors().empty()) return ExitCode::failed;
  if (fixes()) fix(session, policies, progress);
  progress.stop();
  if (baseline_->is_written() && !failed_) write_baseline(session);
  report(session, reports);
  return exit_code();
}

}  // namespace

std::unique_ptr<Command> add_check_command(CLI::App& program) {
  return std::make_unique<CheckCommand>(
      *program.add_subcommand("check", "Judge the references; --fix repairs"));
}

}  // namespace imglint
