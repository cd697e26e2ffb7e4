// The laws of a run over made-up files, for a fuzz target and a test.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/program_laws.hpp"

namespace imglint::test {

/// One of looking, fixing and moving in some way, as the choice (0 to 255) has it: the first law that is
/// broken, or nothing.
[[nodiscard]] std::string broken_run_law(const TextFiles& files, std::size_t choice);

/// Makes a Dockerfile and a compose file by these decisions. Readers find no trouble in them, and the laws of
/// a run hold.
[[nodiscard]] std::string broken_made_up_law(std::string_view decisions);

}  // namespace imglint::test
