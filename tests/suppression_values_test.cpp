// Comments that silence rules in env files, whose values findings stand at, and in recipes of Makefiles.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/silence_cases.hpp"

namespace imglint::test {
namespace {

struct ValueCase {
  std::string_view about;
  std::string_view env;
  std::string_view findings;  ///< `file:line:rule`, with the message where it is about a comment
  std::string_view compose = "services:\n  a: {image: \"${I:-x:1}\"}\n  b: {image: \"${J:-x:1}\"}\n";
  std::string_view config = {};
};

std::string findings_of(const ValueCase& test) {
  const auto run = check_texts({{"compose.yaml", std::string(test.compose)},
                                {"Dockerfile", "ARG BASE=x:1\nFROM $BASE\n"},
                                {".env", std::string(test.env)}},
                               policy_of(test.config));
  std::string lines;
  for (const Finding& finding : run->result.findings) {
    const Source& source = *finding.place.source;
    lines += source.path() + ":" + std::to_string(source.position(finding.place.span.begin).line) + ":" +
             std::string(finding.rule);
    if (finding.rule.ends_with("-suppression")) lines += " " + finding.message;
    EXPECT_FALSE(finding.fix && finding.place.source->path() == ".env" &&
                 finding.rule == "unused-suppression");
    lines += '\n';
  }
  return lines;
}

constexpr ValueCase value_cases[] = {
    {"above a value", "# imglint: ignore=latest-tag\nI=nginx:latest\nJ=redis:latest\n",
     ".env:3:latest-tag\n"},
    {"behind a value", "I=nginx:latest # imglint ignore=latest-tag until=2999-01-01 why\nJ=redis:latest\n",
     ".env:2:latest-tag\n"},
    {"behind a quoted value", "export I=\"nginx:latest\" # imglint ignore=* why\n", ""},
    {"above other comments and blank lines", "# imglint ignore=latest-tag\n\n# b\nI=nginx:latest\n", ""},
    {"of the whole file", "I=nginx:latest\n# imglint ignore-file=latest-tag\nJ=redis\n",
     ".env:3:missing-tag\n"},
    {"of what a value is made of", "# imglint ignore=latest-tag\nT=latest\nI=nginx:$T\n", ""},
    {"above another value", "# imglint ignore=latest-tag\nJ=redis:7\nI=nginx:latest\n",
     ".env:1:unused-suppression there is no finding of 'latest-tag' here to silence\n.env:3:latest-tag\n"},
    {"above a value that nobody here reads",
     "# imglint ignore=latest-tag\nOTHER=redis:latest\nI=nginx:1.27\n", ""},
    {"above nothing", "I=nginx:1.27\n# imglint ignore=latest-tag\n",
     ".env:2:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
    {"over", "# imglint ignore=latest-tag until=2020-01-01\nI=nginx:latest\n", ".env:2:latest-tag\n"},
    {"an unknown rule", "# imglint ignore=latest\nOTHER=1\nI=nginx:1.27\n",
     ".env:1:unused-suppression unknown rule 'latest', did you mean 'latest-tag'?\n"},
    {"another form", "# imglint disable\nI=nginx:latest\n",
     ".env:1:unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n"
     ".env:2:latest-tag\n"},
    {"a stage", "# imglint ignore-stage=latest-tag\nI=nginx:latest\n",
     ".env:1:unused-suppression only a Dockerfile has stages, so this silences nothing\n.env:2:latest-tag\n"},
    {"for a build", "# imglint ignore=latest-tag\nBASE=nginx:latest\n", "",
     "services:\n  a: {build: {context: ., args: {BASE: \"$BASE\"}}}\n"},
    {"a locked rule", "# imglint ignore=latest-tag\nI=nginx:latest\n",
     ".env:1:unused-suppression 'latest-tag' is locked by the configuration: no comment silences it\n"
     ".env:2:latest-tag\n",
     "services:\n  a: {image: \"$I\"}\n", "rules: {latest-tag: {severity: error, locked: true}}\n"},
};

TEST(SuppressionValues, OfEnvFiles) {
  for (const ValueCase& test : value_cases)
    EXPECT_EQ(findings_of(test), test.findings) << test.about << "\n" << test.env;
}

TEST(SuppressionValues, OfAnEnvFileThatSeveralProjectsShare) {
  MemoryFileSystem files;
  files.put("a/compose.yaml", "services:\n  a: {image: \"$I\"}\n");
  files.put("b/compose.yaml", "services:\n  b: {image: \"$J\"}\n");
  files.put("shared.env", "# imglint ignore=latest-tag\nI=nginx:latest\nJ=redis:7\n");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"check", "--env-file", "shared.env"},
                                                {"check", "--env-file", "shared.env", "a"},
                                                {"check", "--env-file", "shared.env", "b"},
                                                {"check", "--env-file", "shared.env", "--jobs", "4"}}) {
    const ProgramRun done = run_program_in(files, words);
    EXPECT_EQ(done.code, 0) << done.out << done.err;
  }
}

TEST(SuppressionValues, InRecipesOfMakefiles) {
  constexpr std::string_view m = "Makefile";
  constexpr FormCase cases[] = {
      {"that make does not show", m, "a:\n\t@# imglint: ignore=latest-tag\n\tdocker run nginx:latest\n", ""},
      {"with blanks and other signs", m,
       "a:\n\t-@ ## imglint ignore=latest-tag\n\t@docker run nginx:latest\n", ""},
      {"above another comment", m,
       "a:\n\t@# imglint ignore=latest-tag\n\t@# why\n\n\tdocker run nginx:latest\n", ""},
      {"behind a command", m, "a:\n\t@docker run nginx:latest # imglint ignore=latest-tag\n", ""},
      {"unused", m, "a:\n\t@# imglint ignore=latest-tag\n\tdocker run nginx:1.27\n",
       "2:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
      {"another form", m, "a:\n\t@# imglint off\n\tdocker run nginx:1.27\n",
       "2:unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n"},
      {"no recipe", m, "@# imglint ignore=latest-tag\na:\n\tdocker run nginx:latest\n", "3:latest-tag\n"},
  };
  expect_all(cases,
             [](std::string_view file, std::string_view text) { return silenced_findings(file, text); });
}

}  // namespace
}  // namespace imglint::test
