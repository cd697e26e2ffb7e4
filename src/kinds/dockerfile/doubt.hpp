// Whether a file that has the name of a Dockerfile is one: a look at its lines that costs no reading.
#pragma once

#include <string>
#include <string_view>

namespace imglint::dockerfile {

/// Whether a comment is `# syntax=…` or one of its like.
[[nodiscard]] bool is_directive(std::string_view comment);
/// Whether a line is a statement of a template engine, which may stand in front of a Dockerfile.
[[nodiscard]] bool begins_template(std::string_view line);

/// Whether a word that is no instruction may stand for stages: it includes other files, or is nearly FROM.
[[nodiscard]] bool may_define_stages(std::string_view word);

/// Why a text is no Dockerfile but a program, a list or prose; empty if it may be one. A FROM that could be
/// built makes it one whatever stands before it: a template's line, a mistake.
[[nodiscard]] std::string doubt(std::string_view bytes);

}  // namespace imglint::dockerfile
