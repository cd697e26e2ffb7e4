// The JSON form of a baseline: one finding a line, sorted, so that people can read its differences.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "check/baseline.hpp"

namespace imglint {

[[nodiscard]] std::string baseline_json(const Baseline& baseline);

/// Of an entry that comes twice (after a merge of two branches) the larger count holds. The error has line
/// and column where the text is no JSON, and names the entry otherwise; its path is left empty.
[[nodiscard]] Result<Baseline> read_baseline_json(std::string_view text);

/// Whether a text that cannot be read was a baseline: of another version, or a merge left conflict markers.
[[nodiscard]] bool was_baseline(std::string_view text);

/// Whether there is nothing in a file, as where one was made to be written to.
[[nodiscard]] bool is_empty_baseline(std::string_view text);

}  // namespace imglint
