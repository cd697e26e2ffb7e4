// Comments that name imglint, in languages whose files are not searched for comments otherwise. What stands
// in one must begin with the name, in letters of any case.
#pragma once

#include <string_view>
#include <vector>

#include "model/notice.hpp"
#include "source/source.hpp"

namespace imglint {

/// Whether the name stands anywhere. Most files do without, and nothing else is looked for in them.
[[nodiscard]] bool mentions_imglint(std::string_view text);

/// Of a recipe's line, what may stand between its tab and the command, or the comment: `@# a`.
inline constexpr std::string_view recipe_signs = "@-+";

/// Of a text whose comments end with their line, in file order. One begins with `#`, `//` or `;`, at the
/// beginning of a line or behind a blank. `prefixes`: signs that may stand before it on an indented line.
[[nodiscard]] std::vector<Comment> line_comments(const Source& source, std::string_view prefixes = {});
/// The same, of a part of it.
void add_line_comments(const Source& source, Span within, std::vector<Comment>& comments,
                       std::string_view prefixes = {});

/// Of HCL and of JSON with comments: those and `/* … */`, which may go over lines.
[[nodiscard]] std::vector<Comment> code_comments(const Source& source);

/// Adds those of a template in the language of Go, `{{- /* … */ -}}`, to others of the file.
void add_action_comments(const Source& source, std::vector<Comment>& comments);

/// `<!-- … -->`, of Markdown and HTML, wherever it stands.
[[nodiscard]] std::vector<Comment> markup_comments(const Source& source);

}  // namespace imglint
