// Names that someone is to fill in: a move cannot know what will stand there (docs/spec/retarget.md 6.6).
#pragma once

#include "retarget/proposal.hpp"

namespace imglint {

/// What is no reference, or lacks a value, in a document: whoever reads it fills it in, and nothing pulls it,
/// so that a note is enough. Returns how many.
std::size_t excuse_documents(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes);

/// What a command line takes from other commands, host and all: no file can be changed for it, nor a default
/// be given, so that a note is enough. Returns how many.
std::size_t excuse_scripts(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes);

/// Hosts that may be meant to be filled in and move as any other: `REGISTRY/x`. A note for each.
[[nodiscard]] std::vector<RetargetNote> hosts_like_placeholders(const std::vector<Proposal>& proposals);

}  // namespace imglint
