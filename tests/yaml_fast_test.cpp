// The quick YAML reader against yaml-cpp, on what it should take, on what it must leave, on files, on made-up
// YAML.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/paths.hpp"
#include "tests/support/yaml_laws.hpp"

namespace imglint::test {
namespace {

namespace fs = std::filesystem;

TEST(FastYamlReader, TakesTheUsualFormsAsYamlCppDoes) {
  const char* const files[] = {
      "services:\n  web:\n    image: nginx:1.27\n",
      "\xEF\xBB\xBFservices:\n  web:\n    image: nginx\n",
      "---\na: 1\n",
      "a: 1",
      "a:",
      "a:\nb:\n  # comment\n\n  c:\nd:\n",
      "a: 'x y'\nb: \"x # y\"  # comment\n'c d': ''\n\"e\": \"\"\n",
      "a:\n- 1\n-\n- b: 2\n  c: 3\n- - x\n  - y\nd: 4\n",
      "a:\n  - 1\n  -\n   - 2\n  -\n   b: 3\n",
      "- a\n- b: c\n  d:\n    - e\n-\n",
      "a: [1, 'b', \"c d\", e f ]  # comment\nb: []\nc: {}\nd: [ x ]\n",
      "a: null\nb: ~\nc: [~, null]\n",
      "a: http://x:80/y?z#w\nb: -1\nc: 80:80\nd: $A${B:-c}\n",
      "a: |\n  one\n   two\n\n  three\n\nb: |-\n  # no comment\nc: 1\n",
      "a:\n  - |\n    x\n  - y\n",
      "a: b\n   # deeper comment\nc: d\n",
      "a:   b   \nc:    # nothing\n",
      "<<: a\nx-y: z\n",
  };
  for (const char* file : files) {
    const FastYaml read = read_both_ways(file);
    EXPECT_TRUE(read.taken) << file;
    EXPECT_EQ(read.difference, "") << file;
  }
}

TEST(FastYamlReader, LeavesTheRestToYamlCpp) {
  const char* const files[] = {
      "",
      "# nothing\n",
      "a",
      "a: b: c\n",
      "a: b\n  c\n",
      "a: b\n c: d\n",
      "a:\n  b: 1\n c: 2\n",
      "a: &x 1\nb: *x\n",
      "a: !!str 1\n",
      "a:\tb\n",
      "a: b\r\n",
      "a: {b: c}\n",
      "a: [b,\n  c]\n",
      "a: [b, [c]]\n",
      "a: [b: c]\n",
      "a: >\n  x\n",
      "a: |+\n  x\n",
      "a: |2\n  x\n",
      "a: |\n\n  x\n",
      "a: |\n  x\n    \n",
      "a: |\n  x",
      "a: 'it''s'\n",
      "a: \"\\x41\"\n",
      "a: 'x\n  y'\n",
      "a: 'x'y\n",
      "a: 'x'#y\n",
      "? a\n: b\n",
      "- a\nb: c\n",
      "a: 1\n- b\n",
      "a: 1\n---\nb: 2\n",
      "a: 1\n...\n",
      "%YAML 1.1\n---\na: 1\n",
      "a: @b\n",
      "a: `b`\n",
      "a\n",
      "a: 1\nb\n",
      "  a: 1\n",
      "a:\n  b\n",
      "a: - b\n",
      "a: [b, ]\n",
      "a: b:\n",
  };
  for (const char* file : files) EXPECT_FALSE(read_both_ways(file).taken) << file;
}

std::string contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Count {
  std::size_t files = 0;
  std::size_t taken = 0;
};

/// Every YAML file in a folder, and some damage to each.
Count compare_all(const fs::path& folder) {
  Count count;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".yml")) continue;
    const FastYaml read = read_both_ways(contents(entry.path()));
    EXPECT_EQ(read.difference, "") << entry.path();
    ++count.files;
    count.taken += read.taken ? 1 : 0;
  }
  return count;
}

TEST(FastYamlReader, ReadsTheFixturesAsYamlCppDoes) {
  EXPECT_GT(compare_all(source_folder() / "fixtures").taken, 50U);
}

TEST(FastYamlReader, ReadsTheCorpusAsYamlCppDoes) {
  const char* corpus = std::getenv("IMGLINT_CORPUS");
  if (corpus == nullptr) GTEST_SKIP() << "IMGLINT_CORPUS is not set";
  const Count count = compare_all(corpus);
  std::printf("%zu of %zu files taken\n", count.taken, count.files);
  EXPECT_GT(count.taken * 100, count.files * 80) << "the reader takes too few files to be worth its lines";
}

/// Lines put together at random from what YAML is made of: mostly right, often wrong in one place.
std::string made_up(std::mt19937& random) {
  static const std::vector<std::string> parts = {"a:",        "b: c",       "image: nginx:1",
                                                 "- ",        "- x",        "- k: v",
                                                 "-",         "[a, 'b']",   "[]",
                                                 "{}",        "'q'",        "\"q\"",
                                                 "|",         "|-",         "# c",
                                                 " # c",      "null",       "~",
                                                 "x y",       "x: y: z",    "k: |",
                                                 "k: [a,b]",  "k: 'v' # c", "\"k\": v",
                                                 "<<: *a",    "&a x",       "---",
                                                 "...",       "k:  v ",     "k : v",
                                                 "k: -",      "k: - v",     "k: v#w",
                                                 "k: v #w",   "?",          "? k",
                                                 ": v",       "k:v",        "!t v",
                                                 ">",         "k: >-",      "\xC3\xA9: \xC3\xA9",
                                                 "k: [a: b]", "k: [a, b",   "c]",
                                                 "k: 'a",     "b'",         "k: \"\\n\"",
                                                 "%x",        "k: v:",      "@"};
  std::string text;
  std::size_t indent = 0;
  for (std::size_t lines = 1 + random() % 9; lines-- > 0;) {
    if (random() % 3 == 0) indent = random() % 7;
    if (random() % 4 == 0) indent += 2;
    if (random() % 12 == 0) text += std::string(random() % 5, ' ') + "\n";
    text += std::string(indent, ' ') + parts[random() % parts.size()];
    if (random() % 6 == 0) text += " " + parts[random() % parts.size()];
    if (lines > 0 || random() % 2 == 0) text += '\n';
  }
  return text;
}

TEST(FastYamlReader, ReadsMadeUpYamlAsYamlCppDoes) {
  std::mt19937 random(7);
  std::size_t taken = 0;
  for (int round = 0; round < 200'000; ++round) {
    const std::string text = made_up(random);
    const FastYaml read = read_both_ways(text);
    ASSERT_EQ(read.difference, "") << text << "|";
    taken += read.taken ? 1 : 0;
  }
  EXPECT_GT(taken, 2000U) << "nearly nothing was compared";
}

/// A compose file with some made-up lines among its own.
std::string damaged(std::mt19937& random) {
  std::string text = random() % 8 == 0 ? "name: x\nservices:\n" : "services:\n";
  for (std::size_t service = 0; service < 2 + random() % 6; ++service) {
    text += "  s" + std::to_string(service) + ":\n    image: a:" + std::to_string(service) + "\n";
    if (random() % 3 == 0) text += "    ports: [1, '2']\n";
    if (random() % 3 == 0) text += std::string(random() % 7, ' ') + made_up(random);
    if (!text.ends_with('\n')) text += '\n';
    if (random() % 20 == 0) text += "volumes:\n";
  }
  return text;
}

TEST(FastYamlReader, SavesOfFaultyFilesWhatYamlCppSaves) {
  std::mt19937 random(8);
  std::size_t faulty = 0;
  for (int round = 0; round < 10'000; ++round) {
    const std::string text = damaged(random);
    const FastYaml read = salvaged_both_ways(text);
    ASSERT_EQ(read.difference, "") << text << "|";
    faulty += read.taken ? 1 : 0;
  }
  EXPECT_GT(faulty, 2500U) << "nearly nothing was compared";
}

}  // namespace
}  // namespace imglint::test
