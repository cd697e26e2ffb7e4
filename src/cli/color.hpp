// Whether a stream gets colours.
#pragma once

namespace imglint {

/// NO_COLOR (set and not empty) turns colours off, else CLICOLOR_FORCE (set, not empty, not `0`) turns them
/// on, else the stream decides. The two are given as getenv() gives them: null where they are not set.
[[nodiscard]] bool wants_color(bool is_terminal, const char* no_color, const char* clicolor_force);

}  // namespace imglint
