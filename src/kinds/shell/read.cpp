#include "kinds/shell/read.hpp"

#include "kinds/references.hpp"

namespace imglint::shell {

void add_script(ScriptText text, const Lookup* around, std::uint32_t part, bool guess, Document& document) {
  Script script(around);
  script.add(std::move(text));
  for (const ShellPlace& place : find_places(script, *script.texts().front(), document.arena))
    add_reference({.role = guess || place.probable ? &probable(*place.role) : place.role,
                   .part = part,
                   .only_references = true},
                  {*place.text, place.parts, &script}, document);
}

std::string_view readable_text(const Source& source, std::uint32_t max_bytes, Document& document) {
  std::string_view bytes = source.bytes();
  if (bytes.size() > max_bytes) {
    document.troubles.push_back({.kind = Trouble::Kind::remark,
                                 .message = "not read: larger than " + std::to_string(max_bytes) + " bytes"});
    return {};
  }
  bytes.remove_prefix(source.text_begin());
  // No text.
  return bytes.find('\0') == bytes.npos ? bytes : std::string_view();
}

}  // namespace imglint::shell
