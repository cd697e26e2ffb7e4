// Logical lines of a Dockerfile: continuations joined, comments and blank lines left out, heredoc bodies
// skipped, and every byte still knows where it came from (docs/spec/dockerfile.md 2.2, 2.3, 2.12).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.hpp"

namespace imglint::dockerfile {

/// From `text` on, a joined line's bytes are those of the input from `input` on.
struct Join {
  std::uint32_t text = 0;
  std::uint32_t input = 0;
};

/// One logical line without leading blanks. Valid until the next one is read.
struct LogicalLine {
  std::string_view text;  ///< of the input, or of the reader's own buffer where lines were joined
  TextRange place;        ///< in the input: from its first byte to the end of its last line, line end cut
  std::span<const Join> joins;  ///< empty where the text is one stretch of the input, at place.begin

  /// Where in the input a byte of the text stands.
  [[nodiscard]] std::uint32_t input_offset(std::uint32_t at) const;
};

class LineReader {
 public:
  /// Borrows the input. Reading starts at `begin`, after a byte order mark.
  LineReader(std::string_view input, std::uint32_t begin) : input_(input), begin_(begin), at_(begin) {}

  void set_escape(char escape) { escape_ = escape; }
  /// How much has been read, heredocs included.
  [[nodiscard]] std::uint32_t offset() const { return at_; }
  /// The next logical line; false at the end of the input.
  [[nodiscard]] bool next(LogicalLine& line);
  /// Skips lines up to the one that ends a heredoc. False if there is none: everything is skipped then.
  /// With `tabs`, leading tabs of the end do not count (`<<-`).
  [[nodiscard]] bool skip_heredoc(std::string_view name, bool tabs);

  /// Comments that name a linter, from the hash to the end of the text, as ranges of the input.
  [[nodiscard]] const std::vector<TextRange>& linter_comments() const { return linter_comments_; }
  /// Lines over the limit of 65,536 bytes.
  [[nodiscard]] const std::vector<TextRange>& long_lines() const { return long_lines_; }

 private:
  /// A physical line without its line end; false at the end of the input.
  bool next_physical(TextRange& line);
  /// True for a comment; one that names a linter is noted.
  bool is_comment(TextRange line, std::uint32_t first);
  /// How much of a line comes before the escape character that continues it; nothing if none does.
  [[nodiscard]] bool is_continued(TextRange& line) const;
  void join(TextRange part);
  void join_following(TextRange first, LogicalLine& line);

  std::string_view input_;
  std::uint32_t begin_;
  std::uint32_t at_;
  char escape_ = '\\';
  std::string joined_;
  std::vector<Join> joins_;
  std::vector<TextRange> linter_comments_;
  std::vector<TextRange> long_lines_;
};

}  // namespace imglint::dockerfile
