// ReportBytes: the bytes of a report as the JSON parser takes them, one by one, with the place of the last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "output/merged/next_block.hpp"

namespace imglint {

class ReportBytes {
 public:
  explicit ReportBytes(const NextBlock& next) : next_(&next) {}

  /// Also where the file cannot be read any further, or an item has no end: see error().
  [[nodiscard]] bool at_end() {
    if (error_) return true;
    if (at_ < block_.size()) return false;
    return !fetch();
  }
  /// The byte that comes. Not at the end.
  [[nodiscard]] char front() const { return block_[at_]; }
  void advance() {
    if (block_[at_++] == '\n') {
      ++line_;
      column_ = 0;
    } else {
      ++column_;
    }
    if (++since_mark_ > most_bytes) too_much();
  }
  void skip_blanks() {
    while (!at_end() && (front() == ' ' || front() == '\t' || front() == '\r' || front() == '\n')) advance();
  }
  /// From here on the bytes of an item are counted anew.
  void mark() { since_mark_ = 0; }

  /// Where the byte stands that was taken last; where the next line begins if that was a line end.
  [[nodiscard]] std::uint32_t line() const { return line_; }
  [[nodiscard]] std::uint32_t column() const { return column_ == 0 ? 1 : column_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  static constexpr std::size_t most_bytes = std::size_t{16} << 20;

  bool fetch();
  void too_much();

  const NextBlock* next_;
  std::string_view block_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 0;
  std::size_t since_mark_ = 0;
  std::optional<Error> error_;
};

/// What the parser reads from. All copies take from the same bytes.
class ReportIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  ReportIterator() = default;  ///< the end
  explicit ReportIterator(ReportBytes& bytes) : bytes_(&bytes) {}

  char operator*() const { return bytes_->front(); }
  ReportIterator& operator++() {
    bytes_->advance();
    return *this;
  }
  ReportIterator operator++(int) {
    const ReportIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const ReportIterator& a, const ReportIterator& b) {
    return a.is_end() == b.is_end();
  }

 private:
  [[nodiscard]] bool is_end() const { return bytes_ == nullptr || bytes_->at_end(); }

  ReportBytes* bytes_ = nullptr;
};

}  // namespace imglint
