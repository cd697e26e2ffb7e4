// From ranges of a logical line to mapped text and to spans of the document's source.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.hpp"
#include "kinds/dockerfile/lines.hpp"
#include "model/document.hpp"
#include "model/mapped_text.hpp"

namespace imglint::dockerfile {

class Places {
 public:
  /// All borrowed. `variables` are those that the pieces of the input point into.
  Places(const MappedText& input, std::span<const Variable> variables, const Source& source, Arena& arena);

  /// A range of a line as mapped text. An empty range keeps its place in an empty piece.
  [[nodiscard]] MappedText text(const LogicalLine& line, TextRange range) const;
  [[nodiscard]] MappedText text(TextRange input_range) const;
  /// The variables at a range of the input of which nothing is left, in a text without a character; one
  /// without pieces if there are none.
  [[nodiscard]] MappedText emptied(TextRange input_range) const;
  /// The same characters, valid as long as the document.
  [[nodiscard]] std::string_view keep(const LogicalLine& line, TextRange range) const;

  /// The bytes from the first to the last of a range, and what joins and escapes left out between them. Where
  /// the text has no place in the document's source: the nearest text before it that has one.
  [[nodiscard]] Span span(const LogicalLine& line, TextRange range) const;
  [[nodiscard]] Span span(TextRange input_range) const;
  /// Whether span() is exactly where the range stands.
  [[nodiscard]] bool has_span(TextRange input_range) const;
  /// From a range of the line to the range of the input between its first and last byte.
  [[nodiscard]] static TextRange input_range(const LogicalLine& line, TextRange range);

  [[nodiscard]] std::span<const Variable> variables() const { return variables_; }

 private:
  [[nodiscard]] Location cover(TextRange input_range) const;
  [[nodiscard]] MappedText empty_at(std::uint32_t input_offset) const;

  MappedText input_;
  std::span<const Variable> variables_;
  const Source& source_;
  Arena& arena_;
  bool whole_;  ///< one exact piece without a variable: offsets are those of the source, but for a constant
};

}  // namespace imglint::dockerfile
