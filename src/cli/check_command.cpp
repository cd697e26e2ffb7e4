// imglint check: judge the references, report, fix.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "base/version.hpp"
#include "cli/check_baseline.hpp"
#include "cli/check_options.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "edit/unified_diff.hpp"
#include "engine/check.hpp"
#include "engine/early_check.hpp"
#include "engine/fix.hpp"
#include "engine/reload.hpp"
#include "output/report.hpp"
#include "rules/index.hpp"
#include "source/rewrite.hpp"

namespace imglint {
namespace {

/// Writes over a file, a pipe or a device; gives an errno, or 0.
int write_bytes(const std::string& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return errno;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int code = written ? 0 : errno;
  return std::fclose(file) == 0 ? code : errno;
}

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

  [[nodiscard]] Judged judge(const Session& session, PolicyCache& policies, bool keeps_all);
  void judge(PolicyCache& policies, Judged& judged, CheckResult early = {});
  [[nodiscard]] JudgedRun judge_again(const Session& session, PolicyCache& policies,
                                      const std::map<std::string, std::string>& changed);
  [[nodiscard]] bool fixes() const { return options_.fix || options_.unsafe_fixes || options_.diff; }
  void fix(const Session& session, PolicyCache& policies, Progress& progress);
  void show_diff(const FixResult& result, const Session& session) const;
  void write_files(const FixResult& result, const Session& session);
  void write_baseline(const Session& session);
  void report(const Session& session, const std::vector<WantedReport>& reports);
  void write_report(const Session& session, const WantedReport& wanted, const CheckReport& report);
  [[nodiscard]] ExitCode exit_code() const;

  CheckOptions options_;
  std::optional<CheckBaseline> baseline_;
  Judged first_;        ///< as the files were read
  JudgedRun last_;      ///< after fixing
  bool fixed_ = false;  ///< last_ counts
  bool failed_ = false;
  bool saw_no_text_ = false;  ///< in a file that was judged early
};

CheckCommand::Judged CheckCommand::judge(const Session& session, PolicyCache& policies, bool keeps_all) {
  Judged judged{.run = {std::make_unique<Project>(), {}}, .load = {}, .counts = {}};
  EarlyCheck early;
  const auto contexts_of = [&](const std::string& path) {
    const Policy& policy = *policies.policy_for(path).policy;
    early.add(policy);
    return policy.contexts;
  };
  judged.load = load(options_.common, session, *judged.run.project, contexts_of,
                     keeps_all ? EarlyJudge{} : early.judge());
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
  for (const Revision& revision : result.revisions)
    rewrites.push_back({revision.original().path(), revision.original().bytes(), revision.bytes()});
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

void CheckCommand::write_report(const Session& session, const WantedReport& wanted,
                                const CheckReport& report) {
  std::string text;
  const bool to_file = !wanted.file.empty();
  wanted.format->write(report, {.color = session.color && !to_file, .failures = to_file}, text);
  // With --fix, standard output is the text that came from standard input.
  if (!to_file) return first_.load.from_input && fixes() ? session.err(text) : session.out(text);
  if (const int code = write_bytes(wanted.file, text); code != 0) {
    print(file_error("cannot write", wanted.file, static_cast<std::errc>(code)), session);
    failed_ = true;
  }
}

void CheckCommand::report(const Session& session, const std::vector<WantedReport>& reports) {
  const JudgedRun& run = fixed_ ? last_ : first_.run;
  std::vector<const Source*> files;
  for (const ProjectFile& file : run.project->files) files.push_back(file.source.get());
  std::vector<const Document*> documents;
  for (const ProjectFile& file : run.project->files)
    if (file.document) documents.push_back(file.document.get());
  const CheckReport report{.findings = run.findings,
                           .files = files,
                           .documents = documents,
                           .failures = first_.run.project->errors,
                           .rules = all_rule_infos(),
                           .counts = first_.counts,
                           .version = version};
  // A diff has standard output to itself.
  for (const WantedReport& wanted : reports)
    if (!options_.diff || !wanted.file.empty()) write_report(session, wanted, report);
  if (options_.stats) session.err(stats_table(report));
  if (!session.quiet) session.err(summary_line(report));
}

ExitCode CheckCommand::exit_code() const {
  if (failed_ || saw_no_text_ || first_.load.failed) return ExitCode::failed;
  for (const ProjectFile& file : first_.run.project->files)
    if (file.document && is_no_text(*file.document)) return ExitCode::failed;
  if (options_.exit_zero) return ExitCode::clean;
  const JudgedRun& run = fixed_ ? last_ : first_.run;
  for (const Finding& finding : run.findings)
    if (finding.severity >= fail_threshold(options_)) return ExitCode::findings;
  return ExitCode::clean;
}

ExitCode CheckCommand::run(const Session& session) {
  const auto reports = wanted_reports(options_, session);
  const auto date = check_date(options_.as_of);
  if (!reports || !date) {
    print(reports ? date.error() : reports.error(), session);
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
  const bool shows_documents = std::any_of(reports->begin(), reports->end(), [](const WantedReport& wanted) {
    return wanted.format->shows_documents;
  });
  first_ = judge(progress.session(), policies, fixes() || shows_documents);
  for (const Error& error : policies.errors()) print(error, progress.session());
  if (!policies.errors().empty()) return ExitCode::failed;
  if (fixes()) fix(session, policies, progress);
  progress.stop();
  if (baseline_->is_written() && !failed_) write_baseline(session);
  report(session, *reports);
  return exit_code();
}

}  // namespace

std::unique_ptr<Command> add_check_command(CLI::App& program) {
  return std::make_unique<CheckCommand>(
      *program.add_subcommand("check", "Judge the references; --fix repairs"));
}

}  // namespace imglint
