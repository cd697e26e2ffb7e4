// KnownFiles: the files of a run by their normal paths, for those who have paths that compose files name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "project/discover.hpp"

namespace imglint::assembly {

/// Of many files their paths would take more than all else: their hashes are kept. Borrows the files, which
/// keep their places until one is added by other means.
class KnownFiles {
 public:
  explicit KnownFiles(std::vector<FoundFile>& found);
  /// By a normal path. Null if there is none; else until a file is added.
  [[nodiscard]] FoundFile* find(const std::string& name) const;
  /// One of which the path is normal and not known yet.
  void add(FoundFile file);

 private:
  using Hash = std::pair<std::size_t, std::uint32_t>;
  std::vector<FoundFile>* found_;
  std::vector<Hash> hashes_;                  ///< with the index of the file
  std::map<std::string, std::size_t> added_;  ///< by path
};

}  // namespace imglint::assembly
