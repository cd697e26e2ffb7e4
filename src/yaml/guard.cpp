#include "yaml/guard.hpp"

#include <array>
#include <string>

#include "base/printable.hpp"

namespace imglint::yaml {
namespace {

Trouble refusal(Trouble::Kind kind, Span span, std::string message) {
  return {.kind = kind, .span = span, .message = std::move(message), .blocks_edits = true, .unread = true};
}

/// The characters go-yaml's reader lets through (compose.md 2.8), less the byte order mark, which counts as
/// text for yaml-cpp.
bool is_allowed(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c < 0xA0) return c < 0x7F || c == 0x85;
  return c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
}

std::optional<std::string_view> wide_encoding(std::string_view bytes) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> marks = {{
      {{"\0\0\xFE\xFF", 4}, "UTF-32"},
      {{"\xFF\xFE\0\0", 4}, "UTF-32"},
      {{"\xFE\xFF", 2}, "UTF-16"},
      {{"\xFF\xFE", 2}, "UTF-16"},
  }};
  for (const auto& [mark, name] : marks)
    if (bytes.starts_with(mark)) return name;
  return std::nullopt;
}

std::string character_message(CodePoint point, char byte) {
  if (!point.valid) return "not UTF-8: '" + printable({&byte, 1}) + "'";
  if (point.value == 0) return "a NUL byte: this is no UTF-8 text";
  if (point.value == 0xFEFF) return "a byte order mark inside of the file";
  if (point.value == '\r') return "a carriage return without a line feed";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string code;
  for (int shift = 12; shift >= 0; shift -= 4) code += digits[(point.value >> shift) & 15];
  return "control character U+" + code;
}

std::optional<Trouble> guard_characters(const Source& source) {
  const std::string_view bytes = source.bytes();
  for (std::size_t at = source.text_begin(); at < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    const CodePoint point = first_code_point(bytes.substr(at));
    const bool lone_return = byte == '\r' && (at + 1 == bytes.size() || bytes[at + 1] != '\n');
    if (!point.valid || !is_allowed(point.value) || lone_return) {
      const auto begin = static_cast<std::uint32_t>(at);
      return refusal(Trouble::Kind::encoding, {begin, begin + point.size},
                     character_message(point, bytes[at]));
    }
    at += point.size;
  }
  return std::nullopt;
}

/// `%NAME …` of a directive line.
std::optional<std::string> directive_fault(std::string_view line) {
  const auto name_end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view name = line.substr(1, name_end - 1);
  if (name == "TAG") return std::nullopt;
  if (name != "YAML") return "unknown directive '%" + printable(name) + "'";
  std::string_view version = line.substr(name_end);
  version = version.substr(std::min(version.find_first_not_of(" \t"), version.size()));
  version = version.substr(0, version.find_first_of(" \t"));
  if (version == "1.1") return std::nullopt;
  return "docker compose reads only YAML 1.1, not '" + printable(line) + "'";
}

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) &&
         (line.size() == marker.size() || line[marker.size()] == ' ' || line[marker.size()] == '\t');
}

bool is_blank_or_comment(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  return first == std::string_view::npos || line[first] == '#';
}

}  // namespace

std::optional<Trouble> guard_bytes(const Source& source, std::uint32_t max_bytes) {
  const std::string_view bytes = source.bytes();
  if (bytes.size() > max_bytes)
    return refusal(Trouble::Kind::too_large, {0, 0},
                   "the file has " + std::to_string(bytes.size()) + " bytes, at most " +
                       std::to_string(max_bytes) + " are read");
  if (const auto name = wide_encoding(bytes))
    return refusal(Trouble::Kind::encoding, {0, 2}, std::string(*name) + " text: save the file as UTF-8");
  return guard_characters(source);
}

std::optional<Trouble> guard_directives(const Source& source) {
  const std::string_view text = source.bytes().substr(source.text_begin());
  if (!text.starts_with('%') && text.find("\n%") == std::string_view::npos) return std::nullopt;
  bool in_prologue = true;
  std::optional<Span> directive;  // of this prologue, waiting for its `---`
  for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
    Span span = source.line(number);
    if (number == 1) span.begin = source.text_begin();
    const std::string_view line = source.text(span);
    if (line.starts_with('%')) {
      if (!in_prologue)
        return refusal(Trouble::Kind::syntax, span, "a line that begins with '%' inside of a document");
      if (auto fault = directive_fault(line)) return refusal(Trouble::Kind::syntax, span, std::move(*fault));
      directive = span;
    } else if (is_marker(line, "...")) {
      in_prologue = true;
    } else if (is_marker(line, "---")) {
      in_prologue = false;
      directive.reset();
    } else if (!is_blank_or_comment(line)) {
      in_prologue = false;
    }
    if (directive && !in_prologue) break;
  }
  if (!directive) return std::nullopt;
  return refusal(Trouble::Kind::syntax, *directive, "a directive without a '---' after it");
}

}  // namespace imglint::yaml
