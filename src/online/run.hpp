// imglint-online: questions come on standard input, answers leave on standard output, one JSON object a line.
#pragma once

namespace imglint {

/// Reads questions until the end of the input, answers all of them. The exit code.
[[nodiscard]] int run_online(int input, int output);

}  // namespace imglint
