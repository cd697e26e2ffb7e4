// Moves of images in the editor: one image, one file or the workspace, as `imglint retarget` would make them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

enum class MoveScope : std::uint8_t {
  image,  ///< every use of the image in its file
  file,
  workspace,
};
[[nodiscard]] std::string_view to_string(MoveScope scope);
[[nodiscard]] std::optional<MoveScope> move_scope_named(std::string_view name);

struct PlannedMoves {
  WorkspaceEdit edit;
  std::size_t moved = 0;
  std::vector<std::string> left;  ///< why references stay that should move, a line each
};

/// The edits of a move to `HOST[/NS]`, or why it cannot be made. For an image, `position` says which. To the
/// target of the configuration, or none, images move in all as the configuration says.
[[nodiscard]] std::variant<PlannedMoves, std::string> plan_moves(const View& view, MoveScope scope,
                                                                 std::optional<Position> position,
                                                                 const std::string& to);

/// Moves to the targets of the configuration, of the settings and of mirrors, as commands. One of a single
/// image is offered where it would move and the configuration does not except it.
[[nodiscard]] std::vector<CodeAction> move_actions(const View& view, const Range& range);

}  // namespace imglint::lsp
