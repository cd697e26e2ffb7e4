// What is to be said of references once registries, or the lock, have been asked: for people, for programs,
// for code scanning (docs/spec/online.md 5.5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "source/source.hpp"

namespace imglint {

/// One reference and its state.
struct ReferenceState {
  Location place;                     ///< source is null for a name that stands in no file
  std::string image;                  ///< as it is asked for: `docker.io/library/nginx:1.25@sha256:…`
  std::string_view state;             ///< `ok`, `missing`, … ; static
  Severity severity = Severity::off;  ///< off: all is well
  std::string message;    ///< lower-case start, no final stop; empty where there is nothing to say
  std::string digest;     ///< what the registry, or the lock, says; empty if nobody says
  std::string target;     ///< of a move: the other name
  bool given_up = false;  ///< its registry is not asked any more: text says that once, not for each
};

enum class StateFormat : std::uint8_t { text, json, jsonl, sarif };
[[nodiscard]] std::optional<StateFormat> state_format_named(std::string_view name);
[[nodiscard]] std::span<const std::string_view> state_format_names();

/// Text holds only what is not well, and `all` of them if that is wanted.
[[nodiscard]] std::string states_text(std::span<const ReferenceState> states, StateFormat format, bool all);

/// `12 references: 10 ok, 1 moved, 1 missing`, with a line feed.
[[nodiscard]] std::string states_summary(std::span<const ReferenceState> states);

}  // namespace imglint
