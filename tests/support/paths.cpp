#include "tests/support/paths.hpp"

namespace imglint::test {

const std::filesystem::path& source_folder() {
  static const std::filesystem::path folder = IMGLINT_SOURCE_DIR;
  return folder;
}

const std::filesystem::path& program_path() {
  static const std::filesystem::path program = IMGLINT_PROGRAM;
  return program;
}

const std::filesystem::path& faults_path() {
  static const std::filesystem::path library = IMGLINT_FAULTS;
  return library;
}

}  // namespace imglint::test
