// Recorded sessions with the language server: fixtures/lsp/*.script, each a feature or what goes wrong with
// the protocol. IMGLINT_UPDATE_GOLDEN=1 records anew.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"
#include "tests/support/lsp_session.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

TEST(LspScript, TheServerSaysWhatIsRecorded) {
  const std::vector<RepositoryFile> scripts = repository_files("fixtures/lsp", {".script"});
  ASSERT_GE(scripts.size(), 10U);
  for (const RepositoryFile& script : scripts) {
    SCOPED_TRACE(script.path);
    expect_golden(replay(script.text), script.path);
  }
}

}  // namespace
}  // namespace imglint::test
