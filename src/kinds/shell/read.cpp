#include "kinds/shell/read.hpp"

#include "kinds/login_host.hpp"

namespace imglint::shell {

void add_place(const ShellPlace& place, ReferencePlace about, const Lookup* lookup, Document& document) {
  if (place.role->function == Function::credential) {
    const auto cover = place.text->cover_of({place.parts.front().range.begin, place.parts.back().range.end});
    if (!cover || cover->source != document.source) return;
    const Evaluated host = evaluate({*place.text, place.parts, lookup}, document.arena);
    document.credentials.push_back(
        {.span = cover->span,
         .key = "docker login",
         .scope = {},
         .registry = host.unknown ? std::string_view() : document.arena.copy(login_host(host.value.text()))});
    return;
  }
  about.role = place.probable ? &probable(*place.role) : place.role;
  about.only_references = true;
  add_reference(about, {*place.text, place.parts, lookup}, document);
}

void add_script(ScriptText text, const Lookup* around, std::uint32_t part, bool guess, Document& document) {
  Script script(around);
  script.add(std::move(text));
  for (ShellPlace& place : find_places(script, *script.texts().front(), document.arena)) {
    place.probable = place.probable || guess;
    add_place(place, {.part = part}, &script, document);
  }
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
