// MappedText: decoded text that knows, piece by piece, which bytes of which file it came from. YAML decoding,
// line joining and variable expansion turn mapped text into mapped text.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/span.hpp"
#include "source/source.hpp"

namespace imglint {

/// Index into the variables of an ImageUse.
using VariableIndex = std::uint16_t;
inline constexpr VariableIndex no_variable = std::numeric_limits<VariableIndex>::max();

/// A stretch of text with one origin. Pieces cover their text without gaps, in order.
struct Piece {
  TextRange text;  ///< may be empty: a variable that gave nothing still has its place
  const Source* source =
      nullptr;        ///< null: from outside every file (an option, a built-in, an unset variable)
  Span span;          ///< the bytes in source it came from
  bool exact = true;  ///< these bytes are the text, one for one; false for an escape or a fold
  VariableIndex variable = no_variable;  ///< the innermost variable that supplied it
};

/// A view: text and pieces belong to the Document's arena or to a Source.
class MappedText {
 public:
  MappedText() = default;
  MappedText(std::string_view text, std::span<const Piece> pieces) : text_(text), pieces_(pieces) {}
  /// The bytes of a span as they stand in the file.
  static MappedText slice(const Source& source, Span span, Arena& arena);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::span<const Piece> pieces() const { return pieces_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string_view text(TextRange range) const { return range.of(text_); }

  /// The bytes a non-empty range came from, if one unbroken exact piece covers it. For an empty range: the
  /// place between the bytes before and after it, where both sides agree or only one side is inside the text.
  [[nodiscard]] std::optional<Location> source_of(TextRange range) const;
  /// From the first byte to the last byte that a range came from, including what joins and escapes left out;
  /// nothing if the ends lie in different files or outside every file.
  [[nodiscard]] std::optional<Location> cover_of(TextRange range) const;
  /// The same of the whole text; of an empty one the place where text can be put, if a file has it.
  [[nodiscard]] std::optional<Location> place() const;
  /// The mapped text of a range. Pieces are copied to the arena. Empty pieces at the edges are kept.
  [[nodiscard]] MappedText sub(TextRange range, Arena& arena) const;
  /// The same text for whom the variables do not matter that supplied it, or who does not keep them.
  [[nodiscard]] MappedText without_variables(Arena& arena) const;

 private:
  std::string_view text_;
  std::span<const Piece> pieces_;
};

/// Builds mapped text piece by piece. Reusable: finish() empties it and keeps its memory.
class MappedTextBuilder {
 public:
  /// Bytes copied one for one. Continues the last piece where source, span and variable allow.
  void copy(const Source* source, Span span, std::string_view bytes, VariableIndex variable = no_variable);
  /// Text that stands for other bytes: an escape, a fold.
  void replace(const Source* source, Span span, std::string_view text, VariableIndex variable = no_variable);
  /// Text from outside every file. An empty text marks the place of an unset variable.
  void outside(std::string_view text, VariableIndex variable);
  /// A range of other mapped text. Pieces of it that have no variable get the one given; the variables of the
  /// others are counted from `first`.
  void append(const MappedText& text, TextRange range, VariableIndex variable = no_variable,
              VariableIndex first = 0);
  void append(const MappedText& text, VariableIndex variable = no_variable);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] MappedText finish(Arena& arena);

  /// A place to come back to.
  struct Mark {
    std::uint32_t text = 0;
    std::uint32_t pieces = 0;
  };
  [[nodiscard]] Mark mark() const;
  /// True if nothing, not even an empty piece, was added since.
  [[nodiscard]] bool nothing_since(Mark mark) const;
  /// Takes back what was added since.
  void cut(Mark mark);
  /// The same, and hands it out.
  [[nodiscard]] MappedText take(Mark mark, Arena& arena);

 private:
  void add(std::string_view text, Piece piece);

  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace imglint
