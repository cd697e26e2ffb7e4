// The options of `imglint check`, and what of them can be wrong.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/common_options.hpp"
#include "config/policy_cache.hpp"
#include "model/finding.hpp"
#include "output/reports/report.hpp"

namespace imglint {

struct CheckOptions {
  CommonOptions common;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  bool exit_zero = false;
  bool stats = false;
  std::vector<std::string> formats;  ///< NAME, or NAME=FILE
  std::string output;
  std::string baseline;        ///< hides the findings of this file
  ConfigPlace baseline_place;  ///< of its name, if the configuration gives it
  bool no_baseline = false;    ///< hides nothing, whatever the configuration says
  std::string write_baseline;  ///< writes all findings there; empty: no
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::string as_of;
  std::string title;    ///< of a page; empty: see page_title()
  std::string fail_on;  ///< empty: warning
};

/// One report to write.
struct WantedReport {
  const ReportFormat* format = nullptr;
  std::string file;  ///< empty: standard output
};

void add_check_options(CLI::App& command, CheckOptions& options);

/// Takes '-' for standard output, where an option names a file.
[[nodiscard]] Result<void> name_standard_output(CheckOptions& options);
/// The reports that were asked for; if none, text, or workflow commands in a GitHub workflow. An error for an
/// unknown name or two on standard output.
[[nodiscard]] Result<std::vector<WantedReport>> wanted_reports(const CheckOptions& options,
                                                               const Session& session);
/// Tells of a file for text that is named after another of the formats: `--output a.json`. `formats`: those
/// that the command writes, with commas between.
void tell_if_named_otherwise(const std::string& file, std::string_view formats, const Session& session);
/// An option that is about a page alone.
struct PageOption {
  std::string_view name;
  std::string_view value;
};
/// Tells of those that are given, where no page is written.
void tell_without_page(std::initializer_list<PageOption> given, const Session& session);
[[nodiscard]] Result<void> check_date(const std::string& date);
/// The day by the clock of this machine, YYYY-MM-DD.
[[nodiscard]] std::string today();
/// What a page is called that has no title of its own: after the folder that the program runs in.
[[nodiscard]] std::string page_title(const std::string& title, FileSystem& files);
/// Least severity that makes the exit code 1.
[[nodiscard]] Severity fail_threshold(const CheckOptions& options);
/// `as_of` is filled in with today's date where none was given.
[[nodiscard]] PolicyOptions policy_options(const CheckOptions& options);

}  // namespace imglint
