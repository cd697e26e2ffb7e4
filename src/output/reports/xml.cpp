#include "output/reports/xml.hpp"

#include "base/printable.hpp"

namespace imglint {
namespace {

std::string_view entity(char byte) {
  switch (byte) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    default:
      return {};
  }
}

}  // namespace

std::string xml_text(std::string_view text) {
  // U+FFFE and U+FFFF are valid UTF-8 and the only such code points that XML forbids beside control
  // characters.
  constexpr std::string_view not_characters[] = {"\xEF\xBF\xBE", "\xEF\xBF\xBF"};
  std::string out;
  const std::string safe = printable(text);
  for (std::size_t at = 0; at < safe.size(); ++at) {
    const std::string_view three = std::string_view(safe).substr(at, 3);
    if (three == not_characters[0] || three == not_characters[1]) {
      out += three == not_characters[0] ? "\\u{FFFE}" : "\\u{FFFF}";
      at += 2;
    } else if (const std::string_view name = entity(safe[at]); !name.empty()) {
      out += name;
    } else {
      out += safe[at];
    }
  }
  return out;
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  out += xml_text(value);
  out += '"';
}

}  // namespace imglint
