// Lock: what a run of retarget wrote, so that it can be undone byte for byte (docs/spec/retarget.md 6.9).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "project/project.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// One edit as it stands in the file after the run.
struct LockedEdit {
  std::uint32_t start = 0;   ///< byte offset of the new text
  std::uint32_t column = 0;  ///< bytes before it in its line
  std::uint64_t line = 0;    ///< hash of the whole line, so that it is known again where it has moved
  std::string now;           ///< the new text
  std::string was;           ///< the old text
};

struct LockedFile {
  std::string path;
  std::vector<LockedEdit> edits;  ///< by position
  std::string kind = {};          ///< as what the run read it, where its name does not say that; else empty
};

/// A file of the run without which it could not be said what an edited one holds: it takes values from it, or
/// names it to say what it is. It need not have edits itself.
struct LockedReader {
  std::string path;
  std::string kind = {};  ///< as of LockedFile
};

struct Lock {
  /// Canonical source and target, with tag and digest.
  std::vector<std::pair<std::string, std::string>> images;
  std::vector<LockedFile> files;
  std::vector<LockedReader> readers;  ///< by path
};

/// The lock of a plan for the files of a project.
[[nodiscard]] Lock make_lock(const RetargetPlan& plan, const Project& project);

/// The edits that undo a run in one file, and those that were not found again because their line was changed.
struct Reverted {
  EditSet edits;
  std::vector<LockedEdit> lost;
};
[[nodiscard]] Reverted revert_edits(const Source& source, const LockedFile& locked);

}  // namespace imglint
