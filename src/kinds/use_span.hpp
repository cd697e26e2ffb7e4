// Which bytes of a scalar a part of its interpolated value is written with: a variable that lies wholly in
// the part belongs to it from its `$` to its brace.
#pragma once

#include <optional>
#include <span>

#include "base/arena.hpp"
#include "model/value.hpp"

namespace imglint {

/// Where a range of a value is written, in the given source. Nothing for a text without pieces.
[[nodiscard]] std::optional<Span> written_span(const MappedText& value, TextRange range,
                                               std::span<const Variable> variables, const Source& source);

/// The range of a decoded text that its bytes in a span gave.
[[nodiscard]] TextRange decoded_range(const MappedText& text, Span span);

/// The range of a value with its own variables: those that are written in the span, numbered anew.
[[nodiscard]] Value part_of(const MappedText& value, TextRange range, Span written,
                            std::span<const Variable> variables, Arena& arena);

}  // namespace imglint
