// Runs over what changed: files that only others bring into them are read, and left as they are.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

ProcessOutput run_in(const std::string& folder, const std::vector<std::string>& words) {
  Invocation command{.words = {"env", "-C", folder, "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1"},
                     .without = {},
                     .settings = {}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  const auto result = run(command);
  EXPECT_TRUE(result);
  return result ? *result : ProcessOutput{};
}

std::string service(const std::string& image) { return "services:\n  x:\n    image: " + image + "\n"; }

TEST(Changes, AnIncludedFileThatDidNotChangeIsReadAndLeftAsItIs) {
  const std::string long_name = "docker.io/library/nginx:1.27";
  for (const std::vector<std::string>& which :
       std::vector<std::vector<std::string>>{{"--since", "HEAD"}, {"--staged"}}) {
    SCOPED_TRACE(which.front());
    const TemporaryFolder folder;
    const auto git = [&](std::vector<std::string> words) {
      words.insert(words.begin(), {"git", "-c", "user.name=a", "-c", "user.email=a@example.com"});
      EXPECT_EQ(run_in(folder.path(), words).status, 0);
    };
    folder.write(".imglint.yaml", "rules: {redundant-registry: warning}\n");
    folder.write("compose.yaml", "include: [part.inc]\n");
    folder.write("part.inc", service(long_name));
    git({"init", "-q"});
    git({"add", "."});
    git({"commit", "-q", "-m", "x"});
    folder.write("compose.yaml", "include: [part.inc]\nservices:\n  y:\n    image: " + long_name + "\n");
    git({"add", "."});
    std::vector<std::string> words = {program_path().string(), "check", "--fix"};
    words.insert(words.end(), which.begin(), which.end());
    const ProcessOutput result = run_in(folder.path(), words);
    EXPECT_EQ(folder.read("part.inc"), service(long_name)) << result.output << result.errors;
    EXPECT_EQ(folder.read("compose.yaml"), "include: [part.inc]\nservices:\n  y:\n    image: nginx:1.27\n")
        << result.output << result.errors;
  }
}

}  // namespace
}  // namespace imglint::test
