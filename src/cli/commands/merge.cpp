// imglint merge: reports of many runs, of many repositories, as one.
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "base/version.hpp"
#include "cli/choice.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/merge_reports.hpp"
#include "cli/program.hpp"
#include "cli/progress.hpp"
#include "cli/result_name.hpp"
#include "output/merged/merged_formats.hpp"
#include "rules/index.hpp"
#include "source/result_file.hpp"

namespace imglint {
namespace {

struct MergeOptions {
  std::vector<std::string> reports;
  MergedFormat format = MergedFormat::text;
  std::string output;
  std::string fail_on;
  std::string title;
  std::string as_of;
};

void add_options(CLI::App& command, MergeOptions& options) {
  command.footer(
      "Examples:\n"
      "  imglint merge reports/ --format jsonl --output all.jsonl\n"
      "  imglint merge shop=a.jsonl api=b.sarif --format sarif\n"
      "  imglint list --format jsonl | imglint merge shop=-\n"
      "\n"
      "A repository is called as NAME says, else by the path of its report below the folder that was\n"
      "given, without its ending; reports that name repositories themselves keep their names.\n"
      "\n"
      "Exit codes: 0 merged, 1 a finding at or above --fail-on, 2 a report could not be read to its end;\n"
      "what stood before the fault is merged, and the other reports are.");
  command
      .add_option("REPORT", options.reports,
                  "[NAME=]FILE, a folder of them, or '-': what check or list wrote as jsonl, json or sarif")
      ->required()
      ->type_name("REPORT");
  add_choice<MergedFormat>(command, "--format", options.format,
                           {{"text", MergedFormat::text},
                            {"jsonl", MergedFormat::jsonl},
                            {"sarif", MergedFormat::sarif},
                            {"html", MergedFormat::html}},
                           "text (default), jsonl, sarif or html")
      ->type_name("FORMAT");
  command.add_option("--output", options.output, "Write the report to a file")->type_name("FILE");
  command
      .add_option("--fail-on", options.fail_on,
                  "Least severity that makes the exit code 1: info, warning, error (default: none does)")
      ->check(word_of({"info", "warning", "error"}))
      ->type_name("SEVERITY");
  command.add_option("--title", options.title, "Title of the page (--format html)")->type_name("TEXT");
  command.add_option("--as-of", options.as_of, "Date of the page (default: today)")->type_name("YYYY-MM-DD");
}

bool reaches(const std::string& fail_on, const SeverityCounts& counts) {
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error})
    if (fail_on == to_string(severity)) return counts.reaches(severity);
  return false;
}

/// Merges one report. Gives whether it was read to its end.
bool add(const NamedReport& report, Merge& merge, const Session& session) {
  const auto next = open_report(report, session);
  const auto error = next ? merge.add(report, *next)
                          : merge.add(report, [&] { return Result<std::string_view>(next.error()); });
  if (error) print(*error, session);
  return !error;
}

/// The report that is about to be written may stand in a folder with those that are read, from the last time.
/// One that was given by its name is read: it is replaced only when all have been.
void leave_out(const std::string& output, std::vector<NamedReport>& reports, FileSystem& files) {
  const auto place = files.resolve(output);
  if (output.empty() || !place) return;
  std::erase_if(reports, [&](const NamedReport& report) {
    if (report.found_in.empty() || name_of(report.path) != name_of(output)) return false;
    const auto other = files.resolve(report.path);
    return other && *other == *place;
  });
}

ExitCode run_merge(const MergeOptions& options, const Session& session) {
  if (const auto date = check_date(options.as_of); !date) return stop(date.error(), session);
  if (const auto good = check_result_name(session.files, options.output); !good)
    return stop(good.error(), session);
  if (options.format == MergedFormat::text)
    tell_if_named_otherwise(options.output, "jsonl, sarif, html", session);
  if (options.format != MergedFormat::html)
    tell_without_page({{"--title", options.title}, {"--as-of", options.as_of}}, session);
  auto reports = named_reports(options.reports, session.files);
  if (!reports) return stop(reports.error(), session);
  leave_out(options.output, *reports, session.files);
  if (const auto remark = doubtful_names(*reports)) print_remark(*remark, session);

  std::optional<ResultFile> file;
  if (!options.output.empty()) file.emplace(session.files, options.output);
  const auto sink = [&](std::string_view block) { file ? file->write(block) : session.out(block); };
  const std::string date = options.as_of.empty() ? today() : options.as_of;
  const std::string title = options.title.empty() ? "Container images" : options.title;
  const auto writer = merged_writer(
      options.format, {.rules = all_rule_infos(), .version = version, .title = title, .date = date}, sink);

  Merge merge(*writer);
  bool are_whole = true;
  for (const NamedReport& report : *reports) {
    if (session.progress)
      session.progress("merging reports", static_cast<std::size_t>(&report - reports->data()),
                       reports->size());
    are_whole = add(report, merge, session) && are_whole;
  }
  merge.end();

  if (file)
    if (const auto error = file->finish()) return stop(*error, session);
  if (!session.quiet) session.err(merged_summary_line(merge.summary()));
  if (!options.fail_on.empty() && merge.summary().inventory.value_or(false))
    print_remark({.message = "--fail-on counts only for findings, and these are references"}, session);
  if (!are_whole) return ExitCode::failed;
  return reaches(options.fail_on, merge.summary().all().severities) ? ExitCode::findings : ExitCode::clean;
}

class MergeCommand final : public Command {
 public:
  explicit MergeCommand(CLI::App& command) { add_options(command, options_); }
  ExitCode run(const Session& session) override {
    if (options_.output == standard_output) options_.output.clear();
    Progress progress(session);
    return run_merge(options_, progress.session());
  }

 private:
  MergeOptions options_;
};

}  // namespace

std::unique_ptr<Command> add_merge_command(CLI::App& program) {
  return std::make_unique<MergeCommand>(*program.add_subcommand("merge", "Make one report of many"));
}

}  // namespace imglint
