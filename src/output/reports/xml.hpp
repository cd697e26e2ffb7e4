// Text made fit for XML.
#pragma once

#include <string>
#include <string_view>

namespace imglint {

/// Escapes markup, and writes what XML 1.0 cannot hold or would change (control characters, line ends,
/// invalid UTF-8) as printable() does. For text and for attributes in double quotes.
[[nodiscard]] std::string xml_text(std::string_view text);

/// Appends ` name="value"`.
void append_attribute(std::string& out, std::string_view name, std::string_view value);

}  // namespace imglint
