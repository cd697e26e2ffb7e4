// CheckReports: writes the reports that were asked for while files are still read. What has to stand behind
// something that is known only at the end waits, where it takes no memory.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "check/early.hpp"
#include "cli/commands/check_options.hpp"
#include "cli/commands/elsewhere.hpp"
#include "cli/session.hpp"
#include "output/html/overview.hpp"
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

  /// Whether a report asks for the documents, and not the findings alone.
  [[nodiscard]] bool has_overview() const { return has_overview_; }
  /// To read a run with: findings are written as soon as nothing can come before them. `is_wanted` is asked
  /// once, before the first file is read. Borrows all, and this.
  [[nodiscard]] EarlyUse write_early(EarlyCheck& early, const Project& project,
                                     std::function<bool()> is_wanted);
  /// Of the files written early.
  [[nodiscard]] std::uint64_t files() const { return files_; }
  [[nodiscard]] std::uint64_t clean_files() const { return clean_files_; }
  [[nodiscard]] const Tally& tally() const { return tally_; }

  /// The names in the documents of the run, those of files written early too, where a report has an overview.
  /// Once.
  [[nodiscard]] ListedNames take_names(const Project& project);
  /// Writes the rest: what of the report was not written early. Gives what could not be written.
  [[nodiscard]] std::vector<Error> finish(CheckReport report, const Project& project);

 private:
  /// Pinned: its pieces are written to it.
  struct Output {
    Output(const WantedReport& wanted, FileSystem& files, bool color, const OrderedPieces::Sink& sink);
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void write(std::string_view block);

    const ReportFormat* format;
    ReportStyle style;
    std::unique_ptr<ResultFile> file;  ///< null: standard output
    const OrderedPieces::Sink& out;
    OrderedPieces list;
    OrderedPieces pieces;
  };
  /// What a file has in one output.
  struct Piece {
    std::string listed;
    std::string findings;
  };
  using Pieces = std::vector<Piece>;  ///< one for each output
  /// Where sources that were kept stand among the files written early.
  using Places = std::map<const Source*, std::size_t>;
  /// What reports ask of the documents of the run.
  struct Shown {
    html::Overview overview;
    ListedNames names;
  };

  [[nodiscard]] static std::string made(void (*make)(const CheckReport&, std::string&),
                                        const CheckReport& report);
  void begin_early(std::size_t files, const Project& project);
  /// What is left to do for a file that is judged.
  [[nodiscard]] EarlyUse::Take write(EarlyCheck& early, const ProjectFile& file, CheckResult result);
  [[nodiscard]] std::string findings_of(const Output& output, const FileFindings& file) const;
  void put(std::size_t place, Pieces pieces);
  /// Adds what was not written early.
  void look_over(const CheckReport& report, const Project& project, const Places& places);
  void begin(Output& output, const CheckReport& report, const Places& places) const;
  void write_files(const CheckReport& report, const Places& places);
  [[nodiscard]] std::optional<Error> end(Output& output, const CheckReport& report) const;

  const CheckReport& report_;
  std::list<Output> outputs_;
  bool has_overview_ = false;
  bool begun_ = false;
  std::size_t places_ = 0;  ///< with early writing: for each file one, behind one for environment files
  std::uint64_t files_ = 0;
  std::uint64_t clean_files_ = 0;
  Tally tally_;
  Shown shown_;
};

}  // namespace imglint
