// The bytes of a file line by line, and what single characters mean where, for the quick YAML reader.
// Character sets are those of yaml-cpp 0.7.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

#include "base/ascii.hpp"

namespace imglint::yaml::fast {

inline constexpr std::uint32_t not_found = std::numeric_limits<std::uint32_t>::max();
/// yaml-cpp takes longer ones for no keys.
inline constexpr std::uint32_t longest_key = 1000;

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }

inline bool is_flow_indicator(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }

/// Starts a plain scalar whatever follows. The bytes have passed guard_bytes(): there are no control
/// characters but tabs and line ends.
inline bool starts_plain(char c) {
  if (is_letter_or_digit(c)) return true;
  return static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("_/.$()~^+=<;\\").find(c) != std::string_view::npos;
}

inline constexpr std::string_view null_tag = "tag:yaml.org,2002:null";

inline bool is_null_text(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

/// The current line is from `begin` to `end`, without its `\n` or `\r\n`.
struct Lines {
  std::string_view bytes;
  std::uint32_t next = 0;  ///< where the next line begins; `end` where there is none
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t outside = 0;  ///< column of the innermost open block collection
  /// A line inside of a scalar or between brackets can be taken for one that begins an entry.
  bool misleading = false;

  bool advance() {
    if (next >= bytes.size()) return false;
    begin = next;
    const auto feed = bytes.find('\n', begin);
    if (feed == bytes.npos) {
      next = end = static_cast<std::uint32_t>(bytes.size());
      return true;
    }
    end = static_cast<std::uint32_t>(feed);
    next = end + 1;
    if (end > begin && bytes[end - 1] == '\r') --end;
    return true;
  }
  /// The same inside of a scalar or between brackets. Gives the first byte that is no blank, or nothing at
  /// the end of the file and where the line begins as one that ends a document, or a directive.
  std::uint32_t advance_inside() {
    if (!advance()) return not_found;
    const std::uint32_t text = skip_blanks(begin);
    if (outside == 0 || (text < end && text - begin <= outside)) misleading = true;
    const std::string_view line = between(begin, end);
    if (line.starts_with("---") || line.starts_with("...") || line.starts_with('%')) return not_found;
    return text;
  }

  [[nodiscard]] std::string_view between(std::uint32_t from, std::uint32_t to) const {
    return bytes.substr(from, to - from);
  }
  [[nodiscard]] std::uint32_t skip_spaces(std::uint32_t at) const {
    while (at < end && bytes[at] == ' ') ++at;
    return at;
  }
  [[nodiscard]] std::uint32_t skip_blanks(std::uint32_t at) const {
    while (at < end && is_blank(bytes[at])) ++at;
    return at;
  }
  /// Where the text between two bytes ends, without the blanks behind it.
  [[nodiscard]] std::uint32_t trimmed(std::uint32_t from, std::uint32_t to) const {
    while (to > from && is_blank(bytes[to - 1])) --to;
    return to;
  }
  /// Only blanks, or blanks and a comment, up to the end of the line.
  [[nodiscard]] bool ends_line(std::uint32_t at) const {
    const std::uint32_t text = skip_blanks(at);
    return text == end || (text > at && bytes[text] == '#');
  }
  [[nodiscard]] bool blank_at(std::uint32_t at) const { return at >= end || is_blank(bytes[at]); }
  /// Tabs behind a dash are left to yaml-cpp.
  [[nodiscard]] bool is_dash(std::uint32_t at) const {
    return at < end && bytes[at] == '-' && (at + 1 == end || bytes[at + 1] == ' ');
  }
  /// A colon that ends a key.
  [[nodiscard]] bool is_colon(std::uint32_t at) const {
    return at < end && bytes[at] == ':' && blank_at(at + 1);
  }
  /// A plain scalar begins here.
  [[nodiscard]] bool is_plain(std::uint32_t at, bool flow) const {
    if (at >= end) return false;
    const char c = bytes[at];
    if (c == '-') return !blank_at(at + 1) && !(flow && is_flow_indicator(bytes[at + 1]));
    if (c == '?' || c == ':') return !flow && !blank_at(at + 1);
    return starts_plain(c);
  }
  /// Where plain text that begins at a byte stops in this line, outside of brackets: at a colon, at the `#`
  /// of a comment, or at the line's end.
  [[nodiscard]] std::uint32_t plain_stop(std::uint32_t at) const {
    for (; at < end; ++at) {
      if (bytes[at] == ':' && blank_at(at + 1)) return at;
      if (bytes[at] == '#' && is_blank(bytes[at - 1])) return at;
    }
    return end;
  }
  /// The same inside of brackets, where commas, brackets and question marks end it too.
  [[nodiscard]] std::uint32_t flow_plain_stop(std::uint32_t at) const {
    for (; at < end; ++at) {
      const char c = bytes[at];
      if (is_flow_indicator(c) || c == '?' || (c == '#' && is_blank(bytes[at - 1]))) return at;
      if (c == ':' && (blank_at(at + 1) || is_flow_indicator(bytes[at + 1]))) return at;
    }
    return end;
  }
  /// The end of the name behind a `&`, `*` or `!`; nothing where there is none.
  [[nodiscard]] std::uint32_t name_end(std::uint32_t at) const {
    const std::uint32_t from = at;
    while (!blank_at(at) && !is_flow_indicator(bytes[at])) ++at;
    return at == from ? not_found : at;
  }
};

}  // namespace imglint::yaml::fast
