// Utf16Columns: places of a Source as editors and SARIF count them, in UTF-16 units. One pass over the file,
// then each question reads at most a kilobyte, however long the line.
#pragma once

#include <cstdint>
#include <vector>

#include "source/source.hpp"

namespace imglint {

/// Borrows the source. A byte order mark is no part of the text for those who count so, and is not counted.
class Utf16Columns {
 public:
  explicit Utf16Columns(const Source& source);  ///< of a source whose bytes were let go: the lines it kept

  /// 1-based line, and 1-based column in UTF-16 units.
  [[nodiscard]] Position position(std::uint32_t offset) const;

 private:
  [[nodiscard]] std::uint32_t units_before(std::uint32_t offset) const;

  const Source* source_;
  bool ascii_ = true;
  std::vector<std::uint32_t> block_units_;   ///< UTF-16 units before the first code point of each block
  std::vector<std::uint32_t> block_begins_;  ///< offset of the first code point that starts in the block
};

}  // namespace imglint
