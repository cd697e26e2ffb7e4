// The scalars of a reference that is written in several: Helm's registry, repository, tag and digest.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/span.hpp"
#include "model/mapped_text.hpp"
#include "model/quoting.hpp"

namespace imglint {

/// What a scalar of a split reference says of it.
enum class PartName : std::uint8_t { registry, repository, tag, digest };
[[nodiscard]] constexpr std::string_view to_string(PartName name) {
  switch (name) {
    case PartName::registry:
      return "registry";
    case PartName::repository:
      return "repository";
    case PartName::tag:
      return "tag";
    case PartName::digest:
      return "digest";
  }
  return {};
}

/// One of them. Of a registry that is `""` the span is the place between its quotes.
struct UsePart {
  PartName name = PartName::repository;
  Span span;
  MappedText text;
  Style style = Style::plain;     ///< how the scalar is quoted
  bool also = false;              ///< not a part of the value: a registry that says the same elsewhere
  std::string_view not_editable;  ///< why its bytes cannot be changed; empty if they can
};

/// Why a reference cannot be moved although its text is known, or may be.
enum class MoveLock : std::uint8_t {
  none,
  template_,        ///< a chart's template stands in its name
  global_registry,  ///< two registries are given, and the chart decides which one counts
};

}  // namespace imglint
