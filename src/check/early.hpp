// EarlyCheck: judges the files of a run that have nothing to do with others as soon as they are read, so that
// at most their findings stay in memory.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "check/check.hpp"
#include "project/project.hpp"

namespace imglint {

class EarlyCheck {
 public:
  EarlyCheck() = default;
  EarlyCheck(const EarlyCheck&) = delete;
  EarlyCheck& operator=(const EarlyCheck&) = delete;

  /// The settings of the next file of the run. All are given before the first file is read.
  void add(const Policy& policy);
  /// Judges a file alone, on any thread; nothing if it must be judged with others.
  [[nodiscard]] std::optional<CheckResult> judge(const ProjectFile& file, std::size_t index) const;
  /// The same of files that are judged together: what was found in each. Nothing too if something is found
  /// elsewhere.
  [[nodiscard]] std::vector<CheckResult> judge(std::span<const ProjectFile> files) const;
  /// Adds to the result what became of that, without sorting.
  void add(const ProjectFile& file, CheckResult result);
  /// To read a run with: adds the findings, and keeps the lines they stand on. Borrows this.
  [[nodiscard]] EarlyUse keep_findings();

  /// Of the files judged so far, sorted only by add_result().
  [[nodiscard]] CheckResult& result() { return result_; }
  /// The files that were no text, or too large to be read.
  [[nodiscard]] std::vector<Error>& no_texts() { return no_texts_; }

 private:
  [[nodiscard]] EarlyUse::Take keep(CheckResult result);
  void note_no_text(const Document& document);

  std::vector<const Policy*> policies_;  ///< by file
  std::vector<const Policy*> distinct_;
  CheckResult result_;
  std::vector<Error> no_texts_;
};

/// Nothing of the file was judged: it is not text, or over the limit. A syntax error is a finding.
[[nodiscard]] bool is_no_text(const Document& document);
/// What its finding says, of such a file; nothing of others.
[[nodiscard]] std::optional<Error> no_text_error(const Document& document);

}  // namespace imglint
