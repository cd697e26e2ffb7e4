// What `imglint retarget` prints: a table of edits, messages, one JSON object
// (docs/spec/retarget.md 6.6, 6.9).
#pragma once

#include <string>

#include "retarget/elsewhere.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// One line for each reference that moves: where, from what, to what.
[[nodiscard]] std::string retarget_table(const RetargetPlan& plan);

/// One line for each edit, where only the bytes are known.
[[nodiscard]] std::string edits_table(const std::vector<EditSet>& edits);

/// One line for each file that changes, as said after writing.
[[nodiscard]] std::string retarget_summary(const RetargetPlan& plan);

/// `path:line:col: error: what and what to change [kind]`, and notes and warnings in the same shape.
[[nodiscard]] std::string retarget_messages(const RetargetPlan& plan);

/// `{version, edits[], unresolved[], notes[], elsewhere, error}`; with an error the lists are empty.
[[nodiscard]] std::string retarget_json(const RetargetPlan& plan, const Elsewhere& elsewhere);
[[nodiscard]] std::string retarget_json(const RunError& error);

}  // namespace imglint
