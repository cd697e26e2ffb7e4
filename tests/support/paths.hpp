// Where the repository and the built program are, for the tests. Compiled into one file, so that a compiler
// cache serves the other tests in any folder.
#pragma once

#include <filesystem>

namespace imglint::test {

/// The top folder of the repository.
[[nodiscard]] const std::filesystem::path& source_folder();

/// The built imglint.
[[nodiscard]] const std::filesystem::path& program_path();

/// The library that makes calls to the system fail (tests/faults).
[[nodiscard]] const std::filesystem::path& faults_path();

}  // namespace imglint::test
