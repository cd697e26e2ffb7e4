// The JSON form of a lock: a flat object of strings, so that tools for relocation maps can read it too.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "retarget/lock.hpp"

namespace imglint {

/// Pairs of images, and for each file an `imglint:file:PATH` whose value is its edits as JSON in a string.
[[nodiscard]] std::string lock_json(const Lock& lock);

/// The error says what is wrong; its path is left empty.
[[nodiscard]] Result<Lock> read_lock_json(std::string_view text);

}  // namespace imglint
