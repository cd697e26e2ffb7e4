// CheckReports: writes the reports that were asked for, while files are still read if no report has to know
// everything before it begins.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "check/early.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/session.hpp"
#include "output/reports/ordered_pieces.hpp"
#include "output/reports/report.hpp"
#include "source/result_file.hpp"

namespace imglint {

class CheckReports {
 public:
  /// `report` is what is known before any file is read; it, `files` and `out`, for standard output, are
  /// borrowed.
  CheckReports(std::span<const WantedReport> wanted, const CheckReport& report, FileSystem& files, bool color,
               const OrderedPieces::Sink& out);

  [[nodiscard]] bool can_begin_early() const;
  /// Whether a report asks for the documents, and not the findings alone.
  [[nodiscard]] bool shows_documents() const;
  /// To read a run with: findings are written as soon as nothing can come before them. `is_wanted` is asked
  /// once, before the first file is read. Borrows all, and this.
  [[nodiscard]] EarlyUse write_early(EarlyCheck& early, const Project& project,
                                     std::function<bool()> is_wanted);
  /// Of the files written early.
  [[nodiscard]] std::uint64_t files() const { return files_; }
  [[nodiscard]] const Tally& tally() const { return tally_; }

  /// Writes the rest: what of the report was not written early. Gives what could not be written.
  [[nodiscard]] std::vector<Error> finish(const CheckReport& report, const Project& project);

 private:
  struct Output {
    const ReportFormat* format;
    ReportStyle style;
    std::unique_ptr<ResultFile> file;  ///< null: standard output
    OrderedPieces pieces;
  };
  /// One for each output.
  using Pieces = std::vector<std::string>;

  void begin(const CheckReport& report);
  void begin_early(std::size_t files, const Project& project);
  /// What is left to do for a file that is judged.
  [[nodiscard]] EarlyUse::Take write(EarlyCheck& early, const ProjectFile& file, CheckResult result);
  [[nodiscard]] std::string piece(const Output& output, const FileFindings& file) const;
  void put(std::size_t place, Pieces pieces);
  void write_files(const CheckReport& report, const Project& project);

  const CheckReport& report_;
  std::vector<Output> outputs_;
  bool begun_ = false;
  std::size_t places_ = 0;  ///< with early writing: for each file one, behind one for environment files
  std::uint64_t files_ = 0;
  Tally tally_;
};

}  // namespace imglint
