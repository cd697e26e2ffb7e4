// Whether a file that has the name of a Dockerfile is one: a look at its lines that costs no reading.
#pragma once

#include <string>
#include <string_view>

namespace imglint::dockerfile {

/// Whether a comment is `# syntax=…` or one of its like.
[[nodiscard]] bool is_directive(std::string_view comment);
/// Whether a line is a statement of a template engine, which may stand in front of a Dockerfile.
[[nodiscard]] bool begins_template(std::string_view line);

/// Why a text is no Dockerfile but a program, a list or prose; empty if it may be one. A FROM that could be
/// built makes it one whatever stands before it: a template's line, a mistake.
[[nodiscard]] std::string doubt(std::string_view bytes);

}  // namespace imglint::dockerfile
