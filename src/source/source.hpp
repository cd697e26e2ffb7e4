// Source: one file as it stands on disk, byte order mark, line ends and missing last newline included, with a
// table of its lines made when first asked for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/once.hpp"
#include "base/span.hpp"

namespace imglint {

/// A place for people: both numbers count from 1, the column in bytes of the line.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

/// Pinned: documents, mapped text and references borrow from it and must not outlive it.
/// At most 4 GiB - 1 bytes (offsets are 32-bit); readers refuse far smaller files.
class Source {
 public:
  Source(std::string path, std::string bytes);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// As given by the user or found by walking; for messages.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view bytes() const { return is_whole() ? bytes_ : std::string_view(); }
  [[nodiscard]] std::string_view text(Span span) const;
  /// 3 after a UTF-8 byte order mark, else 0.
  [[nodiscard]] std::uint32_t text_begin() const { return text_begin_; }

  /// Line and column of a byte; the end of the file is a valid offset. Lines end at LF. A byte order mark
  /// counts as three columns. Safe to call from several threads.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  /// The bytes of a 1-based line without its CR and LF.
  [[nodiscard]] Span line(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_count() const;

  /// Lets go of all bytes but the lines that the spans touch. From then on bytes() is empty and line_count()
  /// is not known; text(), position() and line() answer for those lines. Does nothing if such a line is very
  /// long.
  void keep_lines(std::span<const Span> spans);
  [[nodiscard]] bool is_whole() const { return whole_; }

 private:
  /// A line of a file that was let go.
  struct KeptLine {
    std::uint32_t number = 1;
    std::uint32_t begin = 0;  ///< in the file
    std::uint32_t at = 0;     ///< in bytes_
  };

  const std::vector<std::uint32_t>& line_starts() const;
  [[nodiscard]] Span whole_line(std::uint32_t number) const;
  [[nodiscard]] const KeptLine& kept_line_of(std::uint32_t offset) const;

  std::string path_;
  std::string bytes_;
  std::uint32_t text_begin_ = 0;
  mutable Once lines_made_;
  mutable std::vector<std::uint32_t> line_starts_;
  bool whole_ = true;
  std::vector<KeptLine> kept_;  ///< by number
};

/// A span together with the file it is in.
struct Location {
  const Source* source = nullptr;
  Span span;
  friend bool operator==(const Location&, const Location&) = default;
};

}  // namespace imglint
