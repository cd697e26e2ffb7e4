#include "base/printable.hpp"

#include <algorithm>
#include <array>

namespace imglint {
namespace {

/// Number of bytes a lead byte announces, 0 for a byte that cannot lead.
std::uint32_t announced_size(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

void append_hex(std::string& to, std::uint32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) to += "0123456789ABCDEF"[(value >> shift) & 15];
}

void append_escaped(std::string& to, CodePoint point, unsigned char byte) {
  if (point.valid && byte == '\n') {
    to += "\\n";
  } else if (point.valid && byte == '\r') {
    to += "\\r";
  } else if (point.valid && byte == '\t') {
    to += "\\t";
  } else if (point.size == 1) {
    to += "\\x";
    append_hex(to, byte, 2);
  } else {
    to += "\\u{";
    append_hex(to, point.value, point.value > 0xFFFF ? 6 : 4);
    to += '}';
  }
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::uint32_t size = announced_size(byte(0));
  if (size == 1) return {.value = byte(0), .size = 1, .valid = true};
  if (size == 0 || size > text.size()) return {};
  char32_t value = byte(0) & (0x7Fu >> size);
  for (std::uint32_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(at) & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[size] || value > 0x10FFFF || surrogate) return {};
  return {.value = value, .size = size, .valid = true};
}

bool is_printable(CodePoint point) {
  if (!point.valid) return false;
  const char32_t c = point.value;
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  // Separators that some programs take for line ends, and the controls that reorder or hide text.
  const bool steers = c == 0x061C || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
                      (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
  return !steers;
}

namespace {

/// Bytes at the front that stand for themselves, whatever comes behind them: nearly all of nearly all texts.
std::size_t plain_front(std::string_view text) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~' && c != '#'; };
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
}

std::string escape_all_but(std::string_view kept, std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    if (const std::size_t plain = plain_front(text); plain > 0) {
      result += text.substr(0, plain);
      text.remove_prefix(plain);
      continue;
    }
    if (begins_log_command(text)) {
      result += "#\\x23";
      text.remove_prefix(2);
      continue;
    }
    const CodePoint point = first_code_point(text);
    if (is_printable(point) || kept.find(text[0]) != std::string_view::npos) {
      result += text.substr(0, point.size);
    } else {
      append_escaped(result, point, static_cast<unsigned char>(text[0]));
    }
    text.remove_prefix(point.size);
  }
  return result;
}

}  // namespace

bool begins_log_command(std::string_view text) {
  if (!text.starts_with("##")) return false;
  const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", 2);
  return end != text.npos && text[end] == '[';
}

std::string printable(std::string_view text) { return escape_all_but("", text); }

std::string printable_path(std::string_view path) {
  const std::size_t first = path.find_first_not_of(' ');
  const bool begins_command = first != path.npos && path.substr(first).starts_with("::");
  return (begins_command ? "./" : "") + printable(path);
}

std::string printable_lines(std::string_view text) { return escape_all_but("\n\t", text); }

}  // namespace imglint
