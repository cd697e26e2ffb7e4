// Words of `--from` that move as images, and look like a misspelt stage (docs/spec/retarget.md 6.7).
#pragma once

#include "retarget/proposal.hpp"

namespace imglint {

/// A note for each word that no stage has for its name, as the builder sees it an image, and that is nearly
/// the name of a stage of its file.
[[nodiscard]] std::vector<RetargetNote> words_like_stages(const std::vector<Proposal>& proposals);

}  // namespace imglint
