#include "cli/commands/check_options.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/ascii.hpp"
#include "base/date.hpp"
#include "base/edit_distance.hpp"
#include "base/printable.hpp"
#include "base/quote.hpp"
#include "cli/choice.hpp"
#include "cli/commands/check_baseline.hpp"
#include "cli/option_table.hpp"
#include "cli/result_name.hpp"
#include "config/other_tools.hpp"
#include "output/pages/rules.hpp"
#include "rules/index.hpp"

namespace imglint {
namespace {

std::string format_names() {
  std::string names;
  for (const ReportFormat& format : report_formats())
    names.append(names.empty() ? "" : ", ").append(format.name);
  return names;
}

Result<WantedReport> wanted_report(const std::string& word) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  const ReportFormat* format = find_report_format(name);
  if (!format) {
    std::vector<std::string> names;
    for (const ReportFormat& known : report_formats()) names.emplace_back(known.name);
    if (name.find(',') != name.npos)
      return Error{.message = "no such format: " + printable(name),
                   .hint = "give --format once for each, all but one as --format NAME=FILE"};
    const std::string small = lower_case(name);
    const std::string guess = formats_meant(small).empty() ? nearest_word(small, names).value_or("")
                                                           : std::string(formats_meant(small));
    return Error{
        .message = "no such format: " + printable(name),
        .hint = (guess.empty() ? "" : "did you mean " + guess + "? ") + ("formats are " + format_names())};
  }
  if (equals != std::string::npos && equals + 1 == word.size())
    return Error{.message = "no file after '" + printable(word) + "'",
                 .hint = "write --format " + name + "=FILE"};
  return WantedReport{format, equals == std::string::npos ? "" : word.substr(equals + 1)};
}

void add_baseline_options(CLI::App& command, CheckOptions& options) {
  const CLI::Validator names_file(
      [](const std::string& file) {
        return file.empty() ? "must be the name of a file; --no-baseline hides nothing" : std::string();
      },
      "");
  CLI::Option* read =
      command.add_option("--baseline", options.baseline, "Hide the findings that this file lists")
          ->check(names_file)
          ->type_name("FILE");
  CLI::Option* none =
      command.add_flag("--no-baseline", options.no_baseline, "Hide nothing, whatever the configuration says");
  none->excludes(read);
  const std::string flag = "--write-baseline{" + std::string(default_baseline) + "}";
  command
      .add_flag(flag, options.write_baseline,
                "List all findings in FILE (default: that of --baseline, or " +
                    std::string(default_baseline) + "), so that --baseline hides them")
      ->type_name("FILE")
      ->excludes("--diff")
      ->excludes(none);
}

}  // namespace

void add_check_options(CLI::App& command, CheckOptions& options) {
  command.footer(
      "Examples:\n"
      "  imglint check                             the repository\n"
      "  imglint check --fix                       repair what is safe to repair\n"
      "  imglint check --diff                      show the repairs, write nothing\n"
      "  imglint check --staged                    what is about to be committed\n"
      "  imglint check --format sarif --output imglint.sarif\n"
      "  imglint check - --stdin-filename compose.yaml < compose.yaml\n"
      "\n"
      "How to silence a rule:\n" +
      how_to_silence("RULE", "  ") +
      "\n"
      "Exit codes: 0 no finding at or above --fail-on, 1 findings, 2 something could not be judged.");
  command.add_flag("--fix", options.fix, "Make the safe fixes: the same image in another spelling");
  command.add_flag("--unsafe-fixes", options.unsafe_fixes,
                   "Make the unsafe ones too: other bytes may be pulled");
  command.add_flag("--diff", options.diff, "Show what the fixes would change, and write nothing");
  std::vector<std::string_view> formats;
  for (const ReportFormat& format : report_formats()) formats.push_back(format.name);
  offer(*command
             .add_option("--format", options.formats,
                         format_names() + "; NAME=FILE writes to a file, and may be repeated")
             ->type_name("FORMAT"),
        formats);
  command.add_option("--output", options.output, "Write the report to a file")->type_name("FILE");
  add_configuration_options(command, options.common);
  std::vector<std::string_view> rules;
  for (const RuleInfo* rule : all_rule_infos()) rules.push_back(rule->name);
  offer(*command.add_option("--select", options.select, "Only these rules")
             ->delimiter(',')
             ->type_name("RULE,..."),
        rules);
  offer(*command.add_option("--ignore", options.ignore, "Not these rules")
             ->delimiter(',')
             ->type_name("RULE,..."),
        rules);
  command.add_option("--as-of", options.as_of, "Judge dated facts by this date (default: today)")
      ->type_name("YYYY-MM-DD");
  command.add_option("--title", options.title, "Title of the page (--format html)")->type_name("TEXT");
  command
      .add_option("--fail-on", options.fail_on,
                  "Least severity that makes the exit code 1: info, warning (default), error")
      ->check(word_of({"info", "warning", "error"}))
      ->type_name("SEVERITY");
  add_baseline_options(command, options);
  command.add_flag("--exit-zero", options.exit_zero, "Exit with 0 in spite of findings");
  command.add_flag("--stats", options.stats,
                   "Show how often each rule reported, and what could not be judged");
  add_include_option(command, options.common, "Choice of files",
                     "Also read these: scripts, docs, markers (comma separated)");
  add_common_options(command, options.common);
}

Result<void> name_standard_output(CheckOptions& options) {
  if (options.output == standard_output) options.output.clear();
  for (std::string& word : options.formats) {
    const std::size_t equals = word.find('=');
    if (equals == word.npos || std::string_view(word).substr(equals + 1) != standard_output) continue;
    if (!options.output.empty())
      return Error{.message = printable(word) + " is for standard output, and --output names a file",
                   .hint = "give one of the two"};
    word.resize(equals);
  }
  return {};
}

Result<std::vector<WantedReport>> wanted_reports(const CheckOptions& options, const Session& session) {
  std::vector<WantedReport> reports;
  std::size_t on_output = 0;
  for (const std::string& word : options.formats) {
    Result<WantedReport> report = wanted_report(word);
    if (!report) return std::move(report).error();
    if (report->file.empty()) {
      ++on_output;
      report->file = options.output;
    }
    reports.push_back(*std::move(report));
  }
  if (on_output > 1)
    return Error{.message = "several formats for one output",
                 .hint = "write all but one as --format NAME=FILE"};
  for (std::size_t i = 0; i < reports.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (!reports[i].file.empty() && reports[i].file == reports[k].file)
        return Error{.message = "two reports for one file: " + printable(reports[i].file)};
  if (!options.output.empty() && !reports.empty() && on_output == 0)
    return Error{.message = "every report has a file of its own, so nothing is left for --output"};
  if (!reports.empty()) return reports;
  const bool commands = session.github_actions && options.output.empty();
  if (commands)
    print_remark({.message = "GITHUB_ACTIONS is set: findings are workflow commands",
                  .hint = "--format text is for people"},
                 session);
  reports.push_back({commands ? find_report_format("github") : &report_formats().front(), options.output});
  tell_if_named_otherwise(options.output, format_names(), session);
  return reports;
}

void tell_if_named_otherwise(const std::string& file, std::string_view formats, const Session& session) {
  const auto dot = file.rfind('.');
  if (dot == file.npos) return;
  const std::string_view ending = std::string_view(file).substr(dot + 1);
  const auto is_written = [&](std::string_view name) {
    const std::string listed = ", " + std::string(formats) + ",";
    return listed.find(", " + std::string(name) + ",") != listed.npos;
  };
  std::string_view format = ending == "xml" ? formats_meant(ending) : ending;
  if (format == "json" && !is_written(format)) format = "jsonl";
  constexpr std::string_view endings[] = {"json", "jsonl", "sarif", "html", "xml"};
  const bool is_known = std::ranges::find(endings, ending) != std::end(endings);
  if (is_known && is_written(format.substr(0, format.find(' '))))
    print_remark({.message = "text is written, whatever the name says",
                  .hint = "the option for that is --format " + std::string(format),
                  .path = file},
                 session);
}

void tell_without_page(std::initializer_list<PageOption> given, const Session& session) {
  for (const auto& [name, value] : given)
    if (!value.empty())
      print_remark({.message = std::string(name) + " counts only for a page: with --format html"}, session);
}

Result<void> check_date(const std::string& date) {
  if (date.empty() || is_date(date)) return {};
  return Error{.message = "--as-of wants a date as 2027-01-31, not " + quote(date)};
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 16> text{};
  return std::string(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts));
}

std::string page_title(const std::string& title, FileSystem& files) {
  if (!title.empty()) return title;
  const auto here = files.resolve(".");
  const std::string name(here ? name_of(*here) : "");
  return name.empty() ? "Container images" : "Container images of " + name;
}

Severity fail_threshold(const CheckOptions& options) {
  for (const Severity severity : {Severity::info, Severity::error})
    if (options.fail_on == to_string(severity)) return severity;
  return Severity::warning;
}

PolicyOptions policy_options(const CheckOptions& options) {
  return {.config = options.common.config,
          .isolated = options.common.isolated,
          .select = options.select,
          .ignore = options.ignore,
          .as_of = options.as_of.empty() ? today() : options.as_of};
}

}  // namespace imglint
