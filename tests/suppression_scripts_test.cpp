// Comments that silence rules in what is read on demand: scripts in pipelines, and lines beside markers.
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/silence_cases.hpp"

namespace imglint::test {
namespace {

constexpr std::string_view w = ".github/workflows/a.yml";
constexpr std::string_view g = ".gitlab-ci.yml";

ProgramRun check_with(MemoryFileSystem& files, std::string_view option) {
  return run_program_in(
      files, {"check", "--include", "scripts,markers", "--format", "compact", std::string(option)});
}

/// `line:rule` for each finding.
std::string findings_of(std::string_view file, std::string_view text) {
  MemoryFileSystem files;
  files.put(std::string(file), std::string(text));
  std::string_view rest;
  const std::string out = check_with(files, "--exit-zero").out;
  std::string lines;
  for (rest = out; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const auto number = line.find(':') + 1;
    const auto rule = line.rfind('[') + 1;
    lines.append(line.substr(number, line.find(':', number) - number)).append(":");
    lines.append(line.substr(rule, line.rfind(']') - rule)).append("\n");
  }
  return lines;
}

void expect_all(std::span<const FormCase> cases) {
  expect_all(cases, [](std::string_view file, std::string_view text) { return findings_of(file, text); });
}

TEST(SuppressionScripts, InBlocksOfPipelines) {
  constexpr FormCase cases[] = {
      {"a step of a workflow", w,
       "on: push\njobs:\n  a:\n    steps:\n    - run: |\n        # imglint ignore=latest-tag why\n"
       "        docker run \\\n          nginx:latest\n        docker run redis:latest # imglint "
       "ignore=latest-tag\n        docker run php:latest\n",
       "10:latest-tag\n"},
      {"the step", w,
       "on: push\njobs:\n  a:\n    steps:\n    # imglint ignore=latest-tag\n    - run: |\n"
       "        docker run nginx:latest\n        docker run php:latest\n    - run: docker run "
       "redis:latest\n",
       "9:latest-tag\n"},
      {"an item of a script", g,
       "a:\n  script:\n  - |-\n    # imglint ignore=latest-tag\n    docker run nginx:latest\n"
       "  - docker run php:latest # imglint ignore=latest-tag\n",
       ""},
      {"the file", g,
       "a:\n  script:\n  - |-\n    # imglint ignore-file=latest-tag\n    docker run nginx:latest\n", ""},
      {"CRLF", g,
       "a:\r\n  script:\r\n  - |\r\n    # imglint ignore=latest-tag\r\n    docker run nginx:latest\r\n", ""},
      {"an alias of it", g,
       ".s: &s\n  - |\n    # imglint ignore=latest-tag\n    docker run nginx:latest\na: {script: *s}\nb: "
       "{script: "
       "*s}\n",
       ""},
      {"unused", w,
       "on: push\njobs:\n  a:\n    steps:\n    - run: |\n        # imglint ignore=latest-tag\n        true\n",
       "6:unused-suppression\n"},
      {"misspelt", w,
       "on: push\njobs:\n  a:\n    steps:\n    - run: |\n        # imglint-ignore=latest-tag\n        true\n",
       "6:unused-suppression\n"},
      {"text of another value is none", w,
       "on: push\njobs:\n  a:\n    env:\n      A: |\n        # imglint ignore=latest-tag\n"
       "    container: nginx:latest\n",
       "7:latest-tag\n"},
  };
  expect_all(cases);
}

TEST(SuppressionScripts, AnUnusedOneIsDeletedByAFix) {
  MemoryFileSystem files;
  const std::string before = "on: push\njobs:\n  a:\n    steps:\n    - run: |\n";
  const std::string comment = "        # imglint ignore=latest-tag\n";
  const std::string behind = "        docker run nginx:1.27\n";
  files.put(std::string(w), before + comment + behind);
  EXPECT_EQ(check_with(files, "--fix").code, 0);
  EXPECT_EQ(files.bytes(std::string(w)), before + behind);
}

/// Nor does it keep others from being fixed.
TEST(SuppressionScripts, AnUnusedOneAtTheEndOfAScriptStays) {
  MemoryFileSystem files;
  const std::string before = "on: push\njobs:\n  a:\n    steps:\n    - run: |\n        true\n";
  const std::string comment = "        # imglint ignore=latest-tag\n";
  const std::string behind = "    - uses: a/b@v1\n";
  const std::string other = "    # imglint ignore=latest-tag\n    - uses: a/c@v1\n";
  files.put(std::string(w), before + comment + behind + other);
  EXPECT_EQ(check_with(files, "--fix").code, 1);
  EXPECT_EQ(files.bytes(std::string(w)), before + comment + behind + "    - uses: a/c@v1\n");
}

TEST(SuppressionScripts, BesideMarkers) {
  constexpr FormCase cases[] = {
      {"hashes", "main.tf",
       "# imglint ignore=latest-tag why\na = \"nginx:latest\" # imglint: image\n"
       "b = \"redis:latest\" # imglint: image\n",
       "3:latest-tag\n"},
      {"slashes, above the marker", "main.go",
       "// imglint ignore=latest-tag\n// imglint: image\nconst a = \"nginx:latest\"\n", ""},
      {"a block", "main.c", "/* imglint ignore=latest-tag */\nx = \"nginx:latest\"; /* imglint: image */\n",
       ""},
      {"unused", "main.tf", "# imglint ignore=latest-tag\na = \"nginx:1.27\" # imglint: image\n",
       "1:unused-suppression\n"},
  };
  expect_all(cases);
}

}  // namespace
}  // namespace imglint::test
