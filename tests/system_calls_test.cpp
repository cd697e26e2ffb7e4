// How many calls to the system a run makes for each file and folder, and for its start: they may not grow. On
// a slow file system, and on two processors at once, they take most of the time.
#include <cstddef>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

/// Calls about files in a run with these words; nothing where programs cannot be traced.
std::optional<std::size_t> calls_of(const std::string& folder, std::vector<std::string> words) {
  const TemporaryFolder log;
  Invocation command{.words = {"env", "-C", folder, "ASAN_OPTIONS=detect_leaks=0", "strace", "-f", "-qq",
                               "-o", log / "trace", "-e", "trace=%file,read,write,close,getdents64,lseek",
                               program_path().string()},
                     .without = {},
                     .settings = {}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  const auto result = run(command);
  if (!result || result->status > 1) return std::nullopt;
  std::ifstream trace(log / "trace");
  // A call that waits is written in two lines.
  std::size_t calls = 0;
  for (std::string line; std::getline(trace, line);)
    if (line.find("resumed>") == line.npos) ++calls;
  return calls;
}

void make_files(const TemporaryFolder& tree, std::size_t count, const std::string& name,
                const std::string& text) {
  for (std::size_t i = 0; i < count; ++i) tree.write(std::to_string(i) + "/" + name, text);
}

struct PerFile {
  std::string name;
  std::string text;
  std::vector<std::string> words;
  std::size_t most;  ///< calls for a file and the folder that it lies in
};

const std::vector<PerFile>& per_file() {
  // A folder is opened, looked at, listed to its end and closed; a file opened, asked for its size, read and
  // closed. What stands beside a compose file the listing has told; a manifest is read to be recognised, and
  // again to be judged.
  static const std::vector<PerFile> cases = {
      {"Dockerfile", "FROM nginx:1.27\n", {"check", "--isolated", "--jobs", "1"}, 9},
      {"Dockerfile", "FROM nginx:1.27\n", {"list", "--jobs", "1"}, 9},
      {"compose.yaml", "services:\n  a:\n    image: nginx:1.27\n", {"check", "--isolated", "--jobs", "1"}, 9},
      {"messages.yaml", "en:\n  hello: Hello\n", {"check", "--isolated", "--jobs", "1"}, 9},
      {"pod.yaml",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1.27\n",
       {"check", "--isolated", "--jobs", "1"},
       13},
  };
  return cases;
}

TEST(SystemCalls, DoNotGrowForAFile) {
  constexpr std::size_t few = 20, many = 120;
  for (const PerFile& one : per_file()) {
    SCOPED_TRACE(one.name + " " + one.words.front());
    const TemporaryFolder small, large;
    make_files(small, few, one.name, one.text);
    make_files(large, many, one.name, one.text);
    const auto calls_for_few = calls_of(small.path(), one.words),
               calls_for_many = calls_of(large.path(), one.words);
    if (!calls_for_few || !calls_for_many) GTEST_SKIP() << "strace is not here, or may not trace";
    EXPECT_GT(*calls_for_few, few) << "the calls are not seen";
    EXPECT_LE(*calls_for_many - *calls_for_few, one.most * (many - few));
  }
}

TEST(SystemCalls, DoNotGrowForTheStart) {
  const TemporaryFolder tree;
  tree.write("Dockerfile", "FROM nginx:1.27\n");
  const auto version = calls_of(tree.path(), {"--version"});
  const auto check = calls_of(tree.path(), {"check", "--isolated", "Dockerfile"});
  if (!version || !check) GTEST_SKIP() << "strace is not here, or may not trace";
  EXPECT_LE(*check - *version, 90U);
}

}  // namespace
}  // namespace imglint::test
