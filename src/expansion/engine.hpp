// What template engines (Jinja, Go, ERB, autoconf) put into files that become Dockerfiles and compose files.
// What an expression gives is not known here; where it stands is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/span.hpp"
#include "model/value.hpp"

namespace imglint {

/// Whether a file's name says that an engine makes another file of it: `Dockerfile.j2`, `compose.yml.tmpl`.
[[nodiscard]] bool is_template_name(std::string_view path);

/// Where expressions stand, in order: `{{ tag }}`, `<%= tag %>`, `{% … %}`, `@TAG@`. None goes over the end
/// of a line.
[[nodiscard]] std::vector<TextRange> find_expressions(std::string_view text);

/// The text with a letter for each byte of an expression, so that it can be cut at blanks and read as YAML;
/// nothing if there is none.
[[nodiscard]] std::optional<std::string> with_letters_for_expressions(std::string_view text);

/// A file without the lines on which nothing but statements stands.
struct WithoutStatements {
  std::string text;  ///< with blanks in their places
  Span first;        ///< of the first one; empty if there is none
  /// One of them may put in lines that are not known: an include, a lone expression.
  bool may_insert = false;
  std::uint32_t inserts_at = 0;  ///< where the first of those begins
};
[[nodiscard]] WithoutStatements without_statements(std::string_view text);

/// A file of which an engine makes YAML, as YAML: without statements, letters for expressions. Every other
/// byte stands where it stood.
[[nodiscard]] std::string yaml_shape(std::string_view bytes);

/// Makes a variable without a value of each expression in a value.
void open_expressions(Value& value, Arena& arena);

}  // namespace imglint
