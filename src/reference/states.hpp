// The state table of docs/spec/reference.md 8: says where a faulty reference breaks and what could have stood
// there. It runs only after the grammar has refused a text.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/span.hpp"

namespace imglint {

/// Where a reading of the text has come to; the names are those of reference.md 8, with the two "not empty"
/// of an address and a port as states of their own.
enum class ReadingState : std::uint8_t {
  dead,
  start,
  host,
  host_dash,
  host_dot,
  bracket,  ///< after `[`
  address,
  address_end,
  port_start,  ///< after the colon of a port
  port,
  slash,  ///< a component starts here
  component,
  separator,  ///< after `.` or `__`
  underscore,
  dash,
  tag_start,  ///< after the colon of a tag
  tag,
  algorithm_start,
  algorithm,
  hex,
};

/// The two readings that can be alive together: the text so far as a host (and port), and as a path (and tag,
/// and digest).
struct ReferenceReadings {
  ReadingState host = ReadingState::dead;
  ReadingState path = ReadingState::dead;
  std::uint32_t count = 0;  ///< characters of the tag, or hex digits, so far

  [[nodiscard]] bool alive() const { return host != ReadingState::dead || path != ReadingState::dead; }
};

/// Where the reading of a text starts.
enum class ReferenceStart : std::uint8_t {
  anywhere,    ///< a registry or a component
  repository,  ///< a component: the registry is known to be docker.io
};

/// How far a text can be read.
struct ReferenceScan {
  ReferenceReadings before;  ///< the readings before the fault; at the end if there is none
  std::uint32_t offset = 0;  ///< of the first byte that nothing can go on with, or the text's length
  std::uint32_t path = 0;    ///< where the path starts: after the slash of a domain, else 0
  bool accepted = false;     ///< the whole text is a reference
};

/// Lower-cases ASCII letters on the way if asked to. Linear time, no allocation.
[[nodiscard]] ReferenceScan scan_reference(std::string_view text, ReferenceStart from,
                                           bool lower_case = false);

/// Whether Docker takes the text before the first slash for a registry (reference.md 4, step 3): it is
/// `localhost`, or holds a dot, a colon or a capital.
[[nodiscard]] bool reads_as_registry(std::string_view first);

/// Where Docker's reading starts: `anywhere` if a part before the first slash reads as a registry.
[[nodiscard]] ReferenceStart docker_start(std::string_view text);

}  // namespace imglint
