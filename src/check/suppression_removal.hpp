// The fix that deletes a comment which silences nothing.
#pragma once

#include <optional>

#include "edit/edit.hpp"
#include "kinds/suppression.hpp"

namespace imglint {

/// Deletes the whole comment: its line if it has one of its own, else with the blanks before it. Nothing if
/// it says more, or if what is around it would be another thing without it.
[[nodiscard]] std::optional<Fix> removal_of(const Suppression& suppression, const Document& document);

}  // namespace imglint
