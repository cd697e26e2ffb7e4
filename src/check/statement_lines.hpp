// Which line a place belongs to for a comment above it: a Dockerfile instruction over several lines and a
// YAML value below its key count as the line on which they begin.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/document.hpp"

namespace imglint {

/// Borrows the document. Not for several threads.
class StatementLines {
 public:
  explicit StatementLines(const Document& document) : document_(&document) {}

  /// Line on which the Dockerfile instruction around a place begins. Also for a dockerfile_inline.
  [[nodiscard]] std::uint32_t instruction_line(std::uint32_t offset);
  /// Line of the key of the YAML value around a place, where the value begins on a line below; else the
  /// place's own. Of a command or a setting that backslashes continue: its first.
  [[nodiscard]] std::uint32_t key_line(std::uint32_t offset) const;
  /// The next line that is neither blank nor a comment; 0 if there is none. From 0: the first.
  [[nodiscard]] std::uint32_t next_line(std::uint32_t after);
  /// Offset where a block ends that begins on a line: the lines below that are indented further, or items of
  /// a list at the same column as their key, or the value of an explicit key, `? a`. Where braces make
  /// blocks, as in HCL: up to the one at the same column that closes.
  [[nodiscard]] std::uint32_t block_end(std::uint32_t first) const;
  /// A line is the first of a YAML document that is more than a comment, or the mark above it.
  [[nodiscard]] bool begins_document(std::uint32_t first) const;
  /// Offset where the YAML document around a line ends.
  [[nodiscard]] std::uint32_t document_end(std::uint32_t first) const;
  /// A key on a line of the top level has nothing below but keys with mappings of their own, as `jobs` has.
  [[nodiscard]] bool is_group(std::uint32_t first) const;
  /// The fence of a Markdown document that a line opens; empty if it opens none.
  [[nodiscard]] Span fence_at(std::uint32_t first) const;
  /// Its text, without a byte order mark.
  [[nodiscard]] std::string_view line(std::uint32_t number) const;

 private:
  void find_instructions();
  [[nodiscard]] std::uint32_t closing_line(std::uint32_t first) const;
  [[nodiscard]] std::size_t top_around(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_of_value(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t line_of_key(std::uint32_t number) const;
  void find_next_lines();

  const Document* document_;
  // Made when first asked for.
  std::vector<std::uint32_t> first_lines_;  ///< by line - 1
  std::vector<std::uint32_t> next_lines_;   ///< by line
};

}  // namespace imglint
