// The digests of a file as registries give them: a command, for it takes a while and asks strangers.
#pragma once

#include <string>
#include <vector>

#include "lsp/digest_service.hpp"
#include "lsp/protocol.hpp"
#include "lsp/view.hpp"

namespace imglint::lsp {

/// Offered where something has a digest, or could have one.
[[nodiscard]] std::vector<CodeAction> digest_actions(const View& view);

/// The references of a file that are asked about.
[[nodiscard]] std::vector<PinUse> uses_to_update(const View& view);

struct UpdatedDigests {
  WorkspaceEdit edit;
  std::size_t changed = 0;
  std::vector<std::string> left;  ///< what stays as it is, and why: for a message
};
/// The edits of the file, and of the lock above it if it has one. Pure but for reading.
[[nodiscard]] UpdatedDigests plan_updates(const View& view, const DigestAnswers& answers,
                                          std::string_view today);

}  // namespace imglint::lsp
