// Merge: reports of many runs become one. Each finding and reference is written as soon as it is read; what
// is kept is eight bytes of each, to know it again, and a row of counts for each repository.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/fingerprint.hpp"
#include "output/merged/next_block.hpp"
#include "output/merged/seen_once.hpp"
#include "output/reports/tally.hpp"

namespace imglint {

struct MergedFinding;
struct MergedReference;
struct ReportItem;

/// What could not be judged or read, somewhere in a repository or in its report.
struct MergedFailure {
  std::string repository;
  std::string message;
  std::string file;  ///< empty if it is about none
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  bool is_elsewhere = false;  ///< the file is not of the repository: its report

  friend auto operator<=>(const MergedFailure&, const MergedFailure&) = default;
};

/// Of one repository, or of all.
struct MergedCounts {
  SeverityCounts severities;
  std::uint64_t references = 0;
  std::uint64_t failures = 0;

  void add(const MergedCounts& more);
};

struct MergedSummary {
  std::map<std::string, MergedCounts> repositories;  ///< clean ones too
  std::set<MergedFailure> failures;
  std::uint64_t duplicates = 0;   ///< left out: an earlier report has them
  std::optional<bool> inventory;  ///< whether they were references; nothing if there was nothing at all

  [[nodiscard]] MergedCounts all() const;
};

/// One format of what is merged.
class MergedWriter {
 public:
  virtual ~MergedWriter() = default;
  /// Empty if it has a form for references; else what it is for.
  [[nodiscard]] virtual std::string_view only_for() const { return {}; }
  virtual void add(const MergedFinding& finding) = 0;
  virtual void add(const MergedReference& reference) = 0;
  virtual void end(const MergedSummary& summary) = 0;
};

struct NamedReport {
  std::string repository;  ///< of what says nothing of it itself
  std::string path;        ///< `-`: standard input
  std::string found_in;    ///< the folder that was given; empty if the report was
  bool is_named = false;   ///< its repository was given a name
};

class Merge {
 public:
  /// `writer` is borrowed.
  explicit Merge(MergedWriter& writer) : writer_(&writer) {}

  /// Gives why the report could not be read to its end, with its path. What stood before the fault is merged.
  [[nodiscard]] std::optional<Error> add(const NamedReport& report, const NextBlock& next);
  void end() { writer_->end(summary_); }
  [[nodiscard]] const MergedSummary& summary() const { return summary_; }

 private:
  [[nodiscard]] Result<void> take(ReportItem item, const NamedReport& report);
  [[nodiscard]] Result<void> take_finding(ReportItem item, const std::string& repository);
  [[nodiscard]] Result<void> take_reference(ReportItem item, const std::string& repository);
  void take_failure(MergedFailure failure);

  MergedWriter* writer_;
  MergedSummary summary_;
  std::map<std::string, Fingerprints> here_;  ///< of the report that is read, by repository
  bool named_itself_ = false;                 ///< an item of it names another repository
  bool took_name_ = false;                    ///< an item of it has the name that it was given
  std::map<std::string, SeenOnce> seen_;      ///< by repository: none can hide what is another's
};

/// `12 findings in 3 repositories: 1 error, 11 warnings; 2 were there twice`; ends in a newline.
[[nodiscard]] std::string merged_summary_line(const MergedSummary& summary);

}  // namespace imglint
