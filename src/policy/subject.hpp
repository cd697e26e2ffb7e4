// Subject: one image use as the rules judge it. Its parts are evaluated, and each is known, known only by
// default, or unknown (docs/spec/rules.md 1, "Evaluation").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/document.hpp"
#include "policy/pattern.hpp"

namespace imglint {

/// Ordered: what is less known is greater.
enum class Knowledge : std::uint8_t { known, by_default, unknown };

/// How surely a range of the use's value is known. Unknown if a variable without a value touches it, its ends
/// included: text could appear there.
[[nodiscard]] Knowledge knowledge(const ImageUse& use, TextRange range);

/// Borrows from document and use.
struct Subject {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;

  /// There are parts to judge: an image, the name of a built image, or an unresolved use whose shape is clear
  /// in spite of what is missing. Never a stage, an index, scratch, a context or a service.
  bool has_parts = false;
  /// In ranges of use->value. A part that is wholly unknown is an empty range at its place.
  Reference parts;
  /// What the parts mean. Where a part is unknown its text here is a stand-in.
  ImageName name;
  /// As much of name.repository as is certain to begin it: all of it, or what stands before the first gap.
  std::string known_repository;
  /// The host is spelled without capitals. `Docker.io` is a registry of its own to Docker's client.
  bool host_is_lower_case = true;
  Knowledge registry = Knowledge::unknown;
  Knowledge repository = Knowledge::unknown;  ///< namespace and name
  Knowledge tag = Knowledge::unknown;         ///< or that there is none
  Knowledge digest = Knowledge::unknown;      ///< or that there is none

  [[nodiscard]] std::string_view text(TextRange range) const { return range.of(use->value.text()); }
};

[[nodiscard]] Subject evaluate(const Document& document, const ImageUse& use);

}  // namespace imglint
