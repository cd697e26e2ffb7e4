#include "model/quoting.hpp"

#include "base/printable.hpp"

namespace imglint {
namespace {

/// Characters that end or change a text so quoted. A line break does in all of them.
std::string_view special_characters(Style style) {
  switch (style) {
    case Style::dockerfile:
      return " \t\r\n\"'\\`";
    case Style::plain:
      return "\r\n";
    case Style::flow_plain:
      return "\r\n[]{},";
    case Style::single:
      return "\r\n'";
    case Style::double_:
    case Style::json:
    case Style::hcl:
      return "\r\n\"\\";
    case Style::shell:
      return " \t\r\n\"'\\`$&;|<>()*?#~";
    case Style::unit:
      return "\r\n\\";
    case Style::text:
      return "\r\n\"'`";
    case Style::literal:
    case Style::folded:
      return "\r\n";
  }
  return {};
}

/// What no plain scalar of YAML may begin with.
constexpr std::string_view indicators = "-?:,[]{}#&*!|>'\"%@`";

bool is_comment_or_key(std::string_view text) {
  return text.find(": ") != text.npos || text.ends_with(':') || text.find(" #") != text.npos;
}

}  // namespace

std::string_view to_string(Style style) {
  switch (style) {
    case Style::dockerfile:
      return "dockerfile";
    case Style::plain:
      return "plain";
    case Style::flow_plain:
      return "flow-plain";
    case Style::single:
      return "single";
    case Style::double_:
      return "double";
    case Style::literal:
      return "literal";
    case Style::folded:
      return "folded";
    case Style::json:
      return "json";
    case Style::hcl:
      return "hcl";
    case Style::shell:
      return "shell";
    case Style::unit:
      return "unit";
    case Style::text:
      return "text";
  }
  return {};
}

std::optional<std::string> why_unfit(Style style, bool begins, std::string_view text) {
  const bool plain = style == Style::plain || style == Style::flow_plain;
  const bool brackets = text.find_first_of("[]") != text.npos;
  if (plain && brackets && (begins || style == Style::flow_plain))
    return "an address in brackets cannot stand here without quotes; quote the value first";
  std::size_t at = text.find_first_of(special_characters(style));
  if (at == text.npos && plain && begins && !text.empty() && indicators.find(text.front()) != indicators.npos)
    at = 0;
  if (at != text.npos)
    return "'" + printable(text.substr(at, 1)) +
           "' cannot stand here as the value is quoted; change it by hand";
  if (plain && is_comment_or_key(text)) return "the value would need quotes; change it by hand";
  return std::nullopt;
}

}  // namespace imglint
