// The rules of ignore files, held against what git makes of them.
#include "project/ignore_rules.hpp"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "source/disk_file_system.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

const std::vector<std::string> paths = {"a",       "b",   "x/a",   "x/b",   "x/y/a",   "x/y/b",
                                        "x/y/z/a", "y/a", "y/x/a", "y/x/b", "a b",     "c ",
                                        "#d",      "!e",  "x/*",   "x/[q]", "x/q",     "x/ab",
                                        "x/aab",   ".f",  "x/.f",  "z/z/z", "z/a/z/b", "long.name.txt"};

/// Of the paths, those that git keeps, and those that the rules keep.
class Both {
 public:
  Both() {
    static_cast<void>(run_in(folder_.path(), {"git", "init", "-q"}));
    for (const std::string& path : paths) folder_.write(path, "");
  }
  void say(const std::string& folder, const std::string& text) const {
    folder_.write(folder + ".imglintignore", text);
  }
  [[nodiscard]] std::set<std::string> kept_by_git() const {
    std::set<std::string> kept;
    const std::string out =
        run_in(folder_.path(), {"git", "ls-files", "-z", "-o", "--exclude-per-directory=.imglintignore"});
    for (const std::string& path : split(out, '\0'))
      if (!path.empty() && !path.ends_with(".imglintignore")) kept.insert(path);
    return kept;
  }
  [[nodiscard]] std::set<std::string> kept_by_rules() const {
    DiskFileSystem disk;
    IgnoreRules rules(disk);
    std::set<std::string> kept;
    for (const std::string& path : paths)
      if (!rules.leave_out(folder_.path(), folder_ / path)) kept.insert(path);
    return kept;
  }

 private:
  TemporaryFolder folder_;
};

TEST(IgnoreRules, MeanWhatTheyMeanToGit) {
  const Both both;
  for (const char* text : {"",
                           "\n\n",
                           "a",
                           "a\r\nb\r\n",
                           "\xEF\xBB\xBF"
                           "a\n",
                           "#d\n",
                           "\\#d\n",
                           "\\!e\n",
                           "!e\n",
                           "a b  \n",
                           "c \n",
                           "c\\ \n",
                           "c\\  \n",
                           "a\t\n",
                           " a\n",
                           "/a\n",
                           "a/\n",
                           "x/\n",
                           "/x/y/\n",
                           "x/a\n",
                           "/x/a\n",
                           "**/a\n",
                           "**/x/a\n",
                           "x/**\n",
                           "x/**/a\n",
                           "/**\n",
                           "**\n",
                           "**/\n",
                           "/\n",
                           "*\n",
                           "*/\n",
                           "x/*\n",
                           "x/\\*\n",
                           "x/\\[q\\]\n",
                           "x/[q]\n",
                           "x/[!q]\n",
                           "?\n",
                           "x/?\n",
                           "*b\n",
                           "x/a*b\n",
                           "x/a**b\n",
                           "z/**/z\n",
                           "*\n!a\n",
                           "*\n!*/\n!a\n",
                           "x/*\n!x/y\n",
                           "x\n!x/a\n",
                           "a\n!x/a\n",
                           "!a\na\n",
                           "x/y\n!x/y/a\n",
                           "x/y/*\n!x/y/a\n",
                           "*.txt\n",
                           "long.*.txt\n",
                           ".f\n",
                           ".*\n",
                           "[a-b]\n",
                           "[[:alpha:]]\n",
                           "x//a\n",
                           "./a\n",
                           "x/./a\n",
                           "y/\n!y/x\n"}) {
    both.say("", text);
    EXPECT_EQ(both.kept_by_rules(), both.kept_by_git()) << testing::PrintToString(text);
  }
}

TEST(IgnoreRules, OfSeveralFilesMeanWhatTheyMeanToGit) {
  const Both both;
  constexpr const char* lines[] = {"a",    "!a", "x",  "!x",  "/a",   "!/a", "x/a",    "!x/a", "y/", "!y/",
                                   "**/b", "*",  "!*", "!*/", "z/**", "?",   "x/**/a", "!b",   "/y", "!z"};
  std::mt19937 random(7);
  const auto any_text = [&] {
    std::string text;
    for (auto count = random() % 4; count > 0; --count)
      text += std::string(lines[random() % std::size(lines)]) + "\n";
    return text;
  };
  for (int round = 0; round < 150; ++round) {
    std::string said;
    for (const char* folder : {"", "x/", "x/y/", "y/", "z/"}) {
      const std::string text = any_text();
      both.say(folder, text);
      said += folder + (":\n" + text);
    }
    EXPECT_EQ(both.kept_by_rules(), both.kept_by_git()) << said;
    if (testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace imglint::test
