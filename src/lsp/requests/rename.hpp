// Rename of a build stage together with everything that names it.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

/// The name of a stage at a place, where it is given or used; nothing if there is none.
[[nodiscard]] std::optional<Range> renamable_at(const View& view, Position position);

/// The edits: where the stage is named, FROM, --from, and `build.target` of the services that build this
/// file. Or why it cannot be.
[[nodiscard]] std::variant<WorkspaceEdit, std::string> rename_stage(const View& view, Position position,
                                                                    const std::string& name);

}  // namespace imglint::lsp
