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

#include "tests/support/made_up_yaml.hpp"
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
      // carriage returns and tabs
      "a: b\r\nc:\r\n  - 'd'\r\n\r\n  # e\r\n  - |\r\n    f\r\n    g\r\n",
      "a:\tb\t# c\nd: e\tf\t\n",
      "a: 'b'\n\t\n\t# c\nd: e\n",
      // a marker behind comments
      "# c\n---\na: b\n",
      "--- # c\na: b\n",
      // several documents
      "a: 1\n---\nb: 2\n",
      "---\na:\n- 1\n--- # c\n- b\n\n---\n# c\nc: {d: e}\n",
      "a: &x 1\nb: *x\n---\na: &x 2\nb: *x\n",
      "a: |\n  b\n---\nc: d\n  e\n---\nf: g\n",
      // anchors, aliases, tags
      "x: &x\n  a: 1\ny:\n  <<: *x\n  b: &b 2\nz: [*b, *x]\n",
      "x: &x\ny: &y # c\n- 1\nz:\n  - &z\n    a: b\n  - &s c\n  - *s\n  - *x\n",
      "x: &x\ny: *x\n",
      "x: &x 1\ny: &x 2\nz: *x\n",
      "x: &x [1, 2]\ny: &y {a: *x}\nz: *y\n",
      "x: !reset null\ny: !override\n  - a\nz: !reset\nw: !!str &a 1\nv: &b !t 'q'\n",
      // block scalars
      "a: >\n  x\n  y\n\n  z\n   w\n  v\nb: >-\n  x\n\nc: >+\n  x\n\nd: |+\n  x\n\n",
      "a: |2\n    x\n  y\nb: >1-\n x\nc: |\n\n  x\nd: | # c\n  x\n    \ne:\n  |\n  x",
      "a: |\n \tx\n",
      // quoted scalars
      "a: 'it''s'\nb: \"\\x41\\u00e9\\t\\\"\"\n",
      "a: 'x\n  y\n\n  z'\nb: \"x \\\n  y\"\nc: \"\n  x\n  \"\n",
      // plain scalars on several lines
      "a: b\n  c\n\n  - d # e\nf:\n  g\n  h\n",
      "- a\n  b\n-\n  c\n  d\n",
      // keys of no text
      "a: b\n: c\nd:\n  :  e: f\n  : - : g\n  :\n",
      // brackets
      "a: {b: c, d: [e, {f: g}], 'h': , \"i\":\"j\"}\n",
      "a: [\n  b, # c\n  'd\n  e',\n]\nf: {\n\n}\n",
      "a:\n  [b]\nc:\n- {d: e}\n- []\n",
      "{\"a\": {\"b\": [1, null, \"c\"]},\n\"d\":1}\n",
      "a: [-f, --x, it's, http://x:80/y]\n",
      "a: [b, ]\n",
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
      "a: b\n c: d\n",
      "a: b\n\t\nc: d\n",
      "a: b\n  c\n\td\n",
      "a: b # c\n  d\n",
      "a: null\n  b\n",
      "a:\n  b: 1\n c: 2\n",
      "-\ta\n",
      "a:\n\tb: c\n",
      // anchors, aliases, tags
      "a: *x\n",
      "a: &x [*x]\n",
      "a: &x\n  b: *x\n",
      "a: &x *y\n",
      "a: &x &y b\n",
      "a: !t !t b\n",
      "a: !<t> b\n",
      "a: ! b\n",
      "a: !t! b\n",
      "a: !a!b c\n",
      "a: &\n",
      "&x a: b\n",
      "- &x a: b\n",
      "- &x |\n  y\n",
      "- &x y\n   z\n",
      "&x\na: b\n",
      "a: &x 1\n*x : b\n",
      // block scalars
      "a: >x\n  y\n",
      "a: |0\n  x\n",
      "a: |-+\n  x\n",
      "a: |#c\n  x\n",
      "a: |\n      \n  x\n",
      "a: |\n\tx\n",
      "|\n  x\n",
      // quoted scalars
      "a: \"\\q\"\n",
      "a: \"\\ud800\"\n",
      "a: 'x\n--- y'\n",
      "a: 'x\n\n\n  '\n",
      "a: 'x'y\n",
      "a: 'x'#y\n",
      "a: 'x\n",
      "'a\nb': c\n",
      // brackets
      "a: [b: c]\n",
      "a: [b\n  c]\n",
      "a: [b, c\n",
      "a: [b, c}\n",
      "a: {b}\n",
      "a: {b:c}\n",
      "a: {b: c d: e}\n",
      "a: {b\n: c}\n",
      "a: {? b}\n",
      "a: {[b]: c}\n",
      "a: [&b c]\n",
      "a: [http://x/y?z]\n",
      "a: [b,#c\n  d]\n",
      "a: [b,\n--- c]\n",
      "a: [b] c\n",
      "[a]: b\n",
      "{a: b}\nc: d\n",
      // the rest
      "? a\n: b\n",
      "- a\nb: c\n",
      "a: 1\n- b\n",
      "a:\n---\nb: 2\n",
      "a: 1\n---\n",
      "a: 1\n...\n",
      "--- a: 1\n",
      "---\n---\na: 1\n",
      "%YAML 1.1\n---\na: 1\n",
      "a: @b\n",
      "a: `b`\n",
      "a\n",
      "a: 1\nb\n",
      "  a: 1\n",
      "a: - b\n",
      "a: b:\n",
      "null: a\n",
      "a:\n: b\n",
      ":\ta: b\n",
      ": &x |\n  y\n",
      "- &x y\n\t\n- z\n",
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
  EXPECT_GT(count.taken * 100, count.files * 95) << "the reader takes too few files to be worth its lines";
}

TEST(FastYamlReader, ReadsMadeUpYamlAsYamlCppDoes) {
  std::mt19937 random(7);
  std::size_t taken = 0;
  for (int round = 0; round < 200'000; ++round) {
    const std::string text = made_up_yaml(random);
    const FastYaml read = read_both_ways(text);
    ASSERT_EQ(read.difference, "") << text << "|";
    taken += read.taken ? 1 : 0;
  }
  EXPECT_GT(taken, 8000U) << "nearly nothing was compared";
}

TEST(FastYamlReader, SavesOfFaultyFilesWhatYamlCppSaves) {
  std::mt19937 random(8);
  std::size_t faulty = 0;
  for (int round = 0; round < 10'000; ++round) {
    const std::string text = damaged_compose_file(random);
    const FastYaml read = salvaged_both_ways(text);
    ASSERT_EQ(read.difference, "") << text << "|";
    faulty += read.taken ? 1 : 0;
  }
  EXPECT_GT(faulty, 2500U) << "nearly nothing was compared";
}

}  // namespace
}  // namespace imglint::test
