// Proof that a lock, which may come from a stranger, only turns references back into references.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retarget/prove.hpp"

namespace imglint {

/// Where a lock may name files, beside those below the current folder.
struct LockScope {
  std::string folder;              ///< the current one, resolved
  std::vector<std::string> named;  ///< resolved paths of the command line
};

/// Nothing if a path of a lock is a file of the current folder or below, reached by no symbolic link and not
/// in
/// `.git`; or if it lies at or below a path of the command line.
[[nodiscard]] std::optional<Error> fault_of_locked_path(const std::string& path, const LockScope& scope,
                                                        FileSystem& files);

/// Nothing if each edit stands in a reference of the project, or in a value that supplies a part of one, and
/// the project, read again after all edits, has the same references but for those, which are still valid.
[[nodiscard]] std::optional<Error> fault_of_revert(const std::vector<EditSet>& edits, const Project& project,
                                                   const ProofOptions& options);

}  // namespace imglint
