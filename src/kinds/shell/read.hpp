// Adds the command lines of a script to a document, for files that hold nothing else and for scripts in
// others.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kinds/references.hpp"
#include "kinds/shell/places.hpp"
#include "model/document.hpp"

namespace imglint::shell {

/// Adds what was found in a command: a reference, or a host that is logged in to.
void add_place(const ShellPlace& place, ReferencePlace about, const Lookup* lookup, Document& document);

/// Adds what the commands of one text hold. `guess`: the text may be no script at all.
void add_script(ScriptText text, const Lookup* around, std::uint32_t part, bool guess, Document& document);

/// The bytes of a file behind its byte order mark, to be read line by line; empty, with a remark, for what is
/// no text or too large.
[[nodiscard]] std::string_view readable_text(const Source& source, std::uint32_t max_bytes,
                                             Document& document);

}  // namespace imglint::shell
