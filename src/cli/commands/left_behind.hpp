// Command lines and documents that a move leaves, since nobody asked for them.
#pragma once

#include <cstddef>
#include <string>

#include "cli/common_options.hpp"
#include "cli/session.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

struct LeftBehind {
  std::size_t commands = 0;   ///< references in command lines that would move
  std::size_t documents = 0;  ///< documents with any
};

/// Reads what `--include` leaves out of scripts and documents below the paths of the command line, and counts
/// what the mapping would change there. What is wrong with those files is not told.
[[nodiscard]] LeftBehind count_left_behind(const CommonOptions& options, LoadHooks hooks,
                                           const Mapping& mapping, const RetargetOptions& move,
                                           const Session& session);

/// A line for people; empty if nothing is left.
[[nodiscard]] std::string left_behind_message(const LeftBehind& left);

}  // namespace imglint
