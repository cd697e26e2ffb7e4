// What `imglint retarget` prints: a table of edits, messages, one JSON object
// (docs/spec/retarget.md 6.6, 6.9).
#pragma once

#include <string>

#include "retarget/elsewhere.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// One line for each reference that moves: where, from what, to what. It is shortened where it is longer than
/// `columns` (0: never), if that is possible without taking from names or paths.
[[nodiscard]] std::string retarget_table(const RetargetPlan& plan, std::size_t columns);

/// One line for each edit, where only the bytes are known.
[[nodiscard]] std::string edits_table(const std::vector<EditSet>& edits);

/// One line for each file that changes, as said after writing.
[[nodiscard]] std::string retarget_summary(const RetargetPlan& plan);

/// What has become of all references, on one line; empty if the run concerns none. `done`: the files are
/// written.
[[nodiscard]] std::string retarget_total(const RetargetPlan& plan, bool done);

/// The references that are left, a line each, as retarget_messages() begins.
[[nodiscard]] std::string retarget_left(const RetargetPlan& plan);

/// `path:line:col: error: what and what to change [kind]`, and warnings and, if wanted, notes in the same
/// shape.
[[nodiscard]] std::string retarget_messages(const RetargetPlan& plan, bool with_notes = true);

/// `{version, edits[], unresolved[], notes[], elsewhere, counts, error}`; with an error the lists are empty.
[[nodiscard]] std::string retarget_json(const RetargetPlan& plan, const Elsewhere& elsewhere);
[[nodiscard]] std::string retarget_json(const RunError& error);

}  // namespace imglint
