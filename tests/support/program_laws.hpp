// The laws that hold for the program over any files (docs/design.md 6): looking writes nothing, what is
// written is what was reported, a second run changes nothing, and a move can be taken back.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace imglint::test {

using TextFiles = std::map<std::string, std::string>;

/// `list` and `check` in all formats: nothing is written, JSON is JSON, and all formats have as many
/// findings. The first law that is broken, with what breaks it; empty if all hold.
[[nodiscard]] std::string broken_reading_law(const TextFiles& files);

/// `retarget` with options: the new bytes are the old ones with the reported edits made, a second run has
/// nothing to do, what is read afterwards are the same uses and troubles, and --revert gives the old bytes.
[[nodiscard]] std::string broken_move_law(const TextFiles& files, const std::vector<std::string>& options);

/// `check --fix`, and with unsafe fixes: --diff says as much and writes nothing, a second run has nothing to
/// do, and there are no new troubles.
[[nodiscard]] std::string broken_fix_law(const TextFiles& files, bool unsafe);

}  // namespace imglint::test
