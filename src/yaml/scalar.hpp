// Finds the bytes of a scalar that yaml-cpp has decoded, and which byte each decoded character came from
// (docs/spec/yaml.md 2).
#pragma once

#include <optional>
#include <string_view>

#include "base/arena.hpp"
#include "model/document.hpp"
#include "model/mapped_text.hpp"
#include "source/source.hpp"
#include "tree/tree.hpp"

namespace imglint::yaml {

/// Where a scalar stands.
struct ScalarPlace {
  Style style = Style::plain;
  Span token;                     ///< with its quotes, or from a block scalar's indicator on
  Span content;                   ///< without quotes; of a block scalar from the line after its header
  MappedText text;                ///< the decoded value
  std::string_view not_editable;  ///< why the map may not be trusted; empty if it may
};

/// Finds a node of kind scalar. The decoded text is the parser's value, whatever happens: where the grammar
/// reads another value, the text has one piece that is not exact, and `not_editable` says why.
[[nodiscard]] ScalarPlace locate(const Source& source, const Node& node, Arena& arena);

/// The same without the map: only style, token and content.
[[nodiscard]] ScalarPlace locate_token(const Source& source, const Node& node);

/// `|-`, `>2+` and the like, without a comment.
[[nodiscard]] bool is_block_header(std::string_view text);

/// The place of the opening quote, if a scalar lacks its closing one (guard G4).
[[nodiscard]] std::optional<std::uint32_t> unterminated_quote(const Source& source, const Node& node);

/// The place of the first `\/` in a double quoted scalar, which docker compose refuses (compose.md 2.8).
[[nodiscard]] std::optional<std::uint32_t> escaped_slash(const Source& source, const Node& node);

}  // namespace imglint::yaml
