// From expressions in a file to the uses of a Document, for pipelines, units and command lines
// (docs/spec/pipelines.md 1.2 to 1.4).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kinds/text_parts.hpp"
#include "model/document.hpp"

namespace imglint {

/// The reference in a value that may be more than one; nothing if it holds none.
using ReferenceInValue = std::optional<TextRange> (*)(std::string_view value, bool is_known);

/// All but the text that is to be said of a reference.
struct ReferencePlace {
  const RoleInfo* role = &plain_image;
  std::string_view path = {};  ///< where it is written; empty without
  std::span<const std::string> uses = {};
  Style style = Style::shell;
  std::string_view not_editable = {};
  std::uint32_t part = 0;
  bool only_references = false;             ///< what is none by the grammar is left out
  TextRange cover = {};                     ///< what the use spans, if not the expression alone
  bool mirrored = false;                    ///< Docker Hub behind a cache: never moved
  ReferenceInValue reference_in = nullptr;  ///< null: the value is one
};

/// Adds what an expression amounts to: one use, or several at one place where it may be several. Nothing for
/// a text that is known to be empty.
void add_reference(const ReferencePlace& place, const Expression& expression, Document& document);

/// Gives values to the expressions of a place in one of the ways in which the place is reached.
struct Reading {
  const Lookup* lookup = nullptr;
  bool is_template = false;  ///< nothing runs that way: what it leaves unknown others may know
};
/// The same of a place that is reached in several ways: each value once. Where a way leaves anything unknown
/// all is.
void add_reference(const ReferencePlace& place, const Expression& expression,
                   std::span<const Reading> readings, Document& document);

/// The same role for a place that is a guess.
[[nodiscard]] const RoleInfo& probable(const RoleInfo& role);

/// What the file itself makes is not pulled: turns images whose name an output of the document has into built
/// ones. To be called once, when all uses are there; sorts them.
void finish_references(Document& document);

/// The text without blanks and line ends at its ends.
[[nodiscard]] TextRange trimmed(std::string_view text, TextRange range);

/// The expression with a range of it alone.
[[nodiscard]] Expression within(const Expression& expression, TextRange range);
/// The text with each byte of an expression made 1, so that what stands in it separates nothing.
[[nodiscard]] std::string masked(const Expression& expression);

}  // namespace imglint
