#include "edit/unified_diff.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

struct Change {
  std::uint32_t begin;
  std::uint32_t end;
  std::string text;
};

/// A source and its edits.
class Edited {
 public:
  Edited(std::string path, std::string bytes, const std::vector<Change>& changes)
      : source_(std::move(path), std::move(bytes)), set_(source_) {
    for (const Change& change : changes)
      EXPECT_FALSE(set_.add({{&source_, {change.begin, change.end}, change.text}}));
  }
  [[nodiscard]] std::string diff() const { return unified_diff(set_); }
  [[nodiscard]] std::string after() const { return set_.apply(); }
  [[nodiscard]] const Source& source() const { return source_; }

 private:
  Source source_;
  EditSet set_;
};

struct DiffCase {
  std::string name;
  std::string bytes;
  std::vector<Change> changes;
  std::string hunks;  ///< without the two lines of names
};

const std::string numbers = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
constexpr const char* no_newline = "\\ No newline at end of file\n";

std::vector<DiffCase> diff_cases() {
  return {
      {"a word", "FROM nginx\n", {{5, 10, "redis"}}, "@@ -1 +1 @@\n-FROM nginx\n+FROM redis\n"},
      {"nothing", "FROM nginx\n", {}, ""},
      {"the same text again", "FROM nginx\n", {{5, 10, "nginx"}}, ""},
      {"two edits of one line", "ab cd\n", {{0, 2, "x"}, {3, 5, "y"}}, "@@ -1 +1 @@\n-ab cd\n+x y\n"},
      {"three lines of context",
       numbers,
       {{8, 9, "five"}},
       "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"},
      {"two hunks",
       numbers,
       {{0, 1, "one"}, {33, 35, "fifteen"}},
       "@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -12,4 +12,4 @@\n 12\n 13\n 14\n-15\n+fifteen\n"},
      {"six lines between make one hunk",
       numbers,
       {{0, 1, "one"}, {14, 15, "eight"}},
       "@@ -1,11 +1,11 @@\n-1\n+one\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+eight\n 9\n 10\n 11\n"},
      {"seven lines between make two",
       numbers,
       {{0, 1, "one"}, {16, 17, "nine"}},
       "@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n 4\n@@ -6,7 +6,7 @@\n 6\n 7\n 8\n-9\n+nine\n 10\n 11\n 12\n"},
      {"an insert between lines", "a\nb\n", {{2, 2, "x\n"}}, "@@ -1,2 +1,3 @@\n a\n+x\n b\n"},
      {"an insert that splits a line", "ab\n", {{1, 1, "\n"}}, "@@ -1 +1,2 @@\n-ab\n+a\n+b\n"},
      {"later hunks count what came before",
       numbers,
       {{0, 0, "0\n"}, {33, 35, "fifteen"}},
       "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -12,4 +13,4 @@\n 12\n 13\n 14\n-15\n+fifteen\n"},
      {"a deleted line", "a\nb\nc\n", {{2, 4, ""}}, "@@ -1,3 +1,2 @@\n a\n-b\n c\n"},
      {"joined lines", "a\nb\nc\n", {{1, 2, " "}}, "@@ -1,3 +1,2 @@\n-a\n-b\n+a b\n c\n"},
      {"joined at the next line's begin", "a\nb\nc\n", {{0, 2, "x"}}, "@@ -1,3 +1,2 @@\n-a\n-b\n+xb\n c\n"},
      {"no last newline",
       "a\nb",
       {{2, 3, "x"}},
       "@@ -1,2 +1,2 @@\n a\n-b\n" + std::string(no_newline) + "+x\n" + no_newline},
      {"no last newline, in the context",
       "a\nb",
       {{0, 1, "x"}},
       "@@ -1,2 +1,2 @@\n-a\n+x\n b\n" + std::string(no_newline)},
      {"a last newline is added",
       "a",
       {{1, 1, "\n"}},
       "@@ -1 +1 @@\n-a\n" + std::string(no_newline) + "+a\n"},
      {"a last newline is taken", "a\n", {{1, 2, ""}}, "@@ -1 +1 @@\n-a\n+a\n" + std::string(no_newline)},
      {"the only line, without newline",
       "a",
       {{0, 1, "b"}},
       "@@ -1 +1 @@\n-a\n" + std::string(no_newline) + "+b\n" + no_newline},
      {"an empty file is filled", "", {{0, 0, "a\n"}}, "@@ -0,0 +1 @@\n+a\n"},
      {"a file is emptied", "a\n", {{0, 2, ""}}, "@@ -1 +0,0 @@\n-a\n"},
      {"CRLF stays", "a\r\nb\r\n", {{0, 1, "x"}}, "@@ -1,2 +1,2 @@\n-a\r\n+x\r\n b\r\n"},
      {"lines that stay are context",
       "a\nb\nc\n",
       {{0, 6, "a\nx\nc\n"}},
       "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n"},
  };
}

std::string without_names(const std::string& diff) {
  if (diff.empty()) return {};
  return diff.substr(diff.find('\n', diff.find('\n') + 1) + 1);
}

TEST(UnifiedDiff, ShowsTheChangedLines) {
  for (const DiffCase& test : diff_cases()) {
    EXPECT_EQ(without_names(Edited("Dockerfile", test.bytes, test.changes).diff()), test.hunks) << test.name;
  }
}

struct LabelCase {
  std::string path;
  std::string label;
};

TEST(UnifiedDiff, QuotesNamesAsGitDoes) {
  const LabelCase cases[] = {
      {"Dockerfile", "a/Dockerfile"},
      {"./a/Dockerfile", "a/a/Dockerfile"},
      {"/tmp/Dockerfile", "a/tmp/Dockerfile"},
      {"../Dockerfile", "a/../Dockerfile"},
      {"with space", "a/with space\t"},
      {"trailing ", "\"a/trailing \"\t"},
      {"tab\there", "\"a/tab\\there\""},
      {"new\nline", "\"a/new\\nline\""},
      {"quo\"te", "\"a/quo\\\"te\""},
      {"back\\slash", "\"a/back\\\\slash\""},
      {"esc\x1b[31m and space", "\"a/esc\\033[31m and space\"\t"},
      {"caf\xC3\xA9", "a/caf\xC3\xA9"},
      {"\xFF", "\"a/\\377\""},
      {"\xC2\x9B", "\"a/\\302\\233\""},
  };
  for (const LabelCase& test : cases) EXPECT_EQ(diff_label("a/", test.path), test.label);
}

/// Applies a diff with a program in a folder that holds the file, and gives what became of it.
std::string applied(const Edited& edited, const std::vector<std::string>& program) {
  const TemporaryFolder folder;
  folder.write(edited.source().path(), edited.source().bytes());
  std::vector<std::string> words = program;
  words.push_back(folder.write("the.diff", edited.diff()));
  run_in(folder.path(), words);
  return folder.read(edited.source().path());
}

bool has_patch() {
  const auto result = run({.words = {"patch", "--version"}});
  return result && result->status == 0;
}

void expect_applies(const Edited& edited) {
  static const bool patch = has_patch();
  EXPECT_EQ(applied(edited, {"git", "apply"}), edited.after()) << edited.diff();
  if (!patch) return;
  EXPECT_EQ(applied(edited, {"patch", "-s", "-p1", "--binary", "-i"}), edited.after()) << edited.diff();
}

TEST(UnifiedDiff, IsTakenByGitAndPatch) {
  for (const DiffCase& test : diff_cases()) {
    SCOPED_TRACE(test.name);
    const Edited edited("Dockerfile", test.bytes, test.changes);
    if (!edited.diff().empty() && !edited.after().empty()) expect_applies(edited);
  }
}

TEST(UnifiedDiff, IsTakenForOddNames) {
  for (const char* path : {"with space", "a b/c d", "tab\there", "new\nline", "quo\"te", "back\\slash",
                           "esc\x1b[31m", "caf\xC3\xA9", "bad\xFF", "-x", "trailing ", " leading"})
    expect_applies({path, "FROM nginx\n", {{5, 10, "redis"}}});
}

std::string random_text(std::mt19937& random, std::size_t most) {
  constexpr std::string_view letters = "ab\n\n\r";
  std::string text;
  for (auto left = random() % (most + 1); left > 0; --left) text += letters[random() % letters.size()];
  return text;
}

Edited random_edit(std::mt19937& random) {
  const std::string bytes = random_text(random, 60);
  std::vector<Change> changes;
  std::uint32_t at = 0;
  while (changes.size() < 5) {
    const auto begin = at + static_cast<std::uint32_t>(random() % 20);
    const auto end = begin + static_cast<std::uint32_t>(random() % 5);
    if (end > bytes.size()) break;
    std::string text = random_text(random, 4);
    if (begin != end || !text.empty()) changes.push_back({begin, end, std::move(text)});
    at = end + 1;
  }
  return {"Dockerfile", bytes, changes};
}

TEST(UnifiedDiff, OfRandomEditsIsTakenByGit) {
  std::mt19937 random(7);
  int checked = 0;
  for (int round = 0; round < 150; ++round) {
    const Edited edited = random_edit(random);
    if (edited.diff().empty()) {
      EXPECT_EQ(edited.after(), edited.source().bytes());
      continue;
    }
    if (edited.after().empty()) continue;  // git would delete the file
    EXPECT_EQ(applied(edited, {"git", "apply"}), edited.after()) << edited.diff();
    ++checked;
  }
  EXPECT_GT(checked, 50);
}

TEST(UnifiedDiff, ManyEditsOfOneLongLineTakeLinearTime) {
  std::string bytes;
  std::vector<Edit> edits;
  for (int word = 0; word < 100'000; ++word) bytes += "nginx ";
  const Source source("Dockerfile", bytes);
  for (std::uint32_t word = 0; word < 100'000; ++word)
    edits.push_back({&source, {6 * word, 6 * word + 5}, "redis"});
  EditSet set(source);
  ASSERT_FALSE(set.add(edits));
  EXPECT_EQ(unified_diff(set).size(), 2 * bytes.size() + std::string_view("--- a/Dockerfile\n").size() * 2 +
                                          std::string_view("@@ -1 +1 @@\n").size() + 4 +
                                          2 * std::string_view(no_newline).size());
}

}  // namespace
}  // namespace imglint::test
