// --baseline and --write-baseline of `imglint check`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/baseline.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/session.hpp"
#include "output/reports/report.hpp"
#include "project/project.hpp"

namespace imglint {

class CheckBaseline {
 public:
  /// Reads the file. An error if it is not there or no baseline; when it is written, it need not be there.
  [[nodiscard]] static Result<CheckBaseline> open(const CheckOptions& options, const Session& session);

  /// Whether findings are hidden or written by a run that reads but a part of what lies where the baseline
  /// does. It needs the documents of its files to the end.
  [[nodiscard]] bool is_about_more() const { return (read_ || written_) && !is_whole_; }

  /// Takes the known findings out and counts them, with the entries that no finding answers to: those of
  /// files and rules that this run has judged, and of files that are no more.
  void hide(std::vector<Finding>& findings, const Project& project, ReportCounts& counts);
  [[nodiscard]] bool is_read() const { return read_; }
  [[nodiscard]] bool is_written() const { return written_; }

  /// Makes all findings known, and keeps the entries of files and rules that this run has not judged.
  [[nodiscard]] std::optional<Error> write(const std::vector<Finding>& findings, const Project& project,
                                           const Session& session);

 private:
  CheckBaseline(std::string path, const CheckOptions& options, const Session& session);
  [[nodiscard]] bool is_judged(const KnownFinding& known, const Project& project);
  [[nodiscard]] bool is_judged_rule(const std::string& rule) const;
  [[nodiscard]] bool is_judged_file(const ProjectFile& file, const Project& project) const;

  std::string path_;
  const CheckOptions* options_;
  BaselineNames names_;
  Baseline baseline_;
  bool read_ = false;      ///< findings are hidden
  bool written_ = false;   ///< the file is written at the end
  bool replaced_ = false;  ///< the file that is written cannot be read: a merge's conflict, another version
  bool is_whole_ = true;   ///< all below the folder of the baseline is walked
};

}  // namespace imglint
