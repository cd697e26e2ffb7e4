// `imglint check`, `explain` and `rules` as users run them: exit codes, streams, fixing, standard input.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

class CheckCommand : public ::testing::Test {
 protected:
  ProgramRun run(std::vector<std::string> words, const std::string& input = {}) {
    return run_program_in(files_, words, input);
  }
  MemoryFileSystem files_;
};

TEST_F(CheckCommand, ExitCodesFollowTheFindings) {
  files_.put("clean/Dockerfile", "FROM nginx:1.27\n");
  files_.put("warns/Dockerfile", "FROM nginx\n");
  files_.put("fails/Dockerfile", "FROM nginx:1:2\n");
  files_.put("informs/Dockerfile", "FROM index.docker.io/library/nginx:1\n");
  EXPECT_EQ(run({"check", "clean/Dockerfile"}).code, 0);
  EXPECT_EQ(run({"check", "warns/Dockerfile"}).code, 1);
  EXPECT_EQ(run({"check", "warns/Dockerfile", "--fail-on", "error"}).code, 0);
  EXPECT_EQ(run({"check", "fails/Dockerfile", "--fail-on", "error"}).code, 1);
  EXPECT_EQ(run({"check", "informs/Dockerfile"}).code, 0);
  EXPECT_EQ(run({"check", "informs/Dockerfile", "--fail-on", "info"}).code, 1);
  EXPECT_EQ(run({"check", "fails/Dockerfile", "--exit-zero"}).code, 0);
}

TEST_F(CheckCommand, WhatCannotBeJudgedIsExitCodeTwoInEveryFormat) {
  files_.put("Dockerfile", "FROM nginx:1.27\n");
  for (const char* format :
       {"text", "compact", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson"}) {
    const ProgramRun missing = run({"check", "Dockerfile", "none/Dockerfile", "--format", format});
    EXPECT_EQ(missing.code, 2) << format;
    EXPECT_NE(missing.err.find("none/Dockerfile"), std::string::npos) << missing.err;
  }
  EXPECT_EQ(run({"check", "none/Dockerfile", "--exit-zero"}).code, 2);
  EXPECT_EQ(run({"check", "Dockerfile", "--config", "none.yaml"}).code, 2);
}

TEST_F(CheckCommand, AFaultyLineDoesNotSilenceTheRest) {
  files_.put("Dockerfile", "FROM nginx\nNONSENSE\nFROM redis\n");
  const ProgramRun result = run({"check", "Dockerfile", "--format", "compact"});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.out.find(":1:6"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("unreadable-file"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find(":3:6"), std::string::npos) << result.out;
}

TEST_F(CheckCommand, ChecksWithoutWriting) {
  files_.put("Dockerfile", "FROM k8s.gcr.io/pause:3.9\n");
  (void)run({"check", "Dockerfile"});
  (void)run({"check", "Dockerfile", "--diff"});
  EXPECT_TRUE(files_.writes().empty()) << files_.writes().front();
}

TEST_F(CheckCommand, FixesSafelyAndSaysWhatIsLeft) {
  files_.put("Dockerfile", "FROM k8s.gcr.io/pause:3.9\nFROM vault:1.13.3\n");
  const ProgramRun safe = run({"check", "Dockerfile", "--fix"});
  EXPECT_EQ(files_.bytes("Dockerfile"), "FROM registry.k8s.io/pause:3.9\nFROM vault:1.13.3\n");
  EXPECT_EQ(safe.code, 1);
  EXPECT_EQ(safe.out.find("k8s.gcr.io"), std::string::npos) << safe.out;
  EXPECT_NE(safe.out.find("vault"), std::string::npos) << safe.out;
  EXPECT_NE(safe.err.find("(1 fixed, 1 with --unsafe-fixes)"), std::string::npos) << safe.err;
  const ProgramRun again = run({"check", "Dockerfile", "--fix"});
  EXPECT_NE(again.err.find("(none fixed, 1 with --unsafe-fixes)"), std::string::npos) << again.err;
  const ProgramRun unsafe = run({"check", "Dockerfile", "--unsafe-fixes"});
  EXPECT_EQ(files_.bytes("Dockerfile"), "FROM registry.k8s.io/pause:3.9\nFROM hashicorp/vault:1.13.3\n");
  EXPECT_EQ(unsafe.code, 0) << unsafe.out;
}

TEST_F(CheckCommand, DiffShowsAllRoundsAsOneChange) {
  files_.put("Dockerfile", "# one\nFROM index.docker.io/library/nginx:1\n");
  files_.put(".imglint.yaml", "rules: {redundant-registry: warning}\n");
  const ProgramRun result = run({"check", "Dockerfile", "--diff"});
  EXPECT_EQ(result.out,
            "--- a/Dockerfile\n+++ b/Dockerfile\n@@ -1,2 +1,2 @@\n # one\n"
            "-FROM index.docker.io/library/nginx:1\n+FROM nginx:1\n");
}

TEST_F(CheckCommand, JudgesStandardInputByItsName) {
  const ProgramRun compose = run({"check", "-", "--stdin-filename", "compose.yaml", "--format", "compact"},
                                 "services: {a: {image: redis}}\n");
  EXPECT_EQ(compose.code, 1);
  EXPECT_NE(compose.out.find("compose.yaml:1:23"), std::string::npos) << compose.out;
  EXPECT_EQ(run({"check", "-"}, "FROM nginx:1.27\n").code, 0);
}

TEST_F(CheckCommand, FixesStandardInputToStandardOutput) {
  const ProgramRun result =
      run({"check", "-", "--stdin-filename", "Dockerfile", "--fix"}, "FROM k8s.gcr.io/pause:3.9\n");
  EXPECT_EQ(result.out, "FROM registry.k8s.io/pause:3.9\n");
  EXPECT_EQ(result.code, 0) << result.err;
  const ProgramRun unchanged = run({"check", "-", "--stdin-filename", "Dockerfile", "--fix"}, "FROM nginx\n");
  EXPECT_EQ(unchanged.out, "FROM nginx\n");
  EXPECT_NE(unchanged.err.find("missing-tag"), std::string::npos) << unchanged.err;
}

TEST_F(CheckCommand, SaysThatAFileIsNamedAfterAnotherFormat) {
  files_.put("Dockerfile", "FROM nginx:1.27\n");
  struct Case {
    std::vector<std::string> words;
    std::string hint;
  };
  const Case cases[] = {
      {{"check", "--output", "a.json"}, "--format json"},
      {{"check", "--output", "a.xml"}, "--format junit or checkstyle"},
      {{"list", "--output", "a.html"}, "--format html"},
      {{"check", "--output", "a.sarif", "--format", "sarif"}, ""},
      {{"check", "--output", "a.txt"}, ""},
      {{"check", "--output", "json"}, ""},
      {{"list", "--output", "a.sarif"}, ""},
  };
  for (const Case& test : cases) {
    const std::string err = run(test.words).err;
    EXPECT_EQ(err.find("text is written, whatever the name says") != err.npos, !test.hint.empty()) << err;
    EXPECT_NE(err.find(test.hint), err.npos) << err;
  }
}

TEST_F(CheckCommand, TakesContextsFromTheConfiguration) {
  files_.put("Dockerfile", "FROM base\nCOPY --from=assets /a /\n");
  files_.put(".imglint.yaml", "contexts: [base, assets]\n");
  EXPECT_EQ(run({"check", "Dockerfile"}).code, 0);
  EXPECT_EQ(run({"check", "Dockerfile", "--isolated"}).code, 1);
}

TEST_F(CheckCommand, TakesTheChoiceOfFilesFromTheConfiguration) {
  files_.put("a/Dockerfile2", "FROM nginx\n");
  files_.put("a/app", "services: {a: {image: redis}}\n");
  files_.put("vendor/Dockerfile", "FROM postgres\n");
  files_.put(".imglint.yaml",
             "files:\n  - {paths: [Dockerfile2], kind: dockerfile}\n  - {paths: [a/app], kind: compose}\n"
             "exclude: [vendor/]\n");
  for (const char* command : {"check", "list"}) {
    const ProgramRun found = run({command, "."});
    EXPECT_NE(found.out.find("nginx"), std::string::npos) << found.out;
    EXPECT_NE(found.out.find("redis"), std::string::npos) << found.out;
    EXPECT_EQ(found.out.find("postgres"), std::string::npos) << found.out;
  }
  EXPECT_NE(run({"check", "--isolated", "."}).out.find("postgres"), std::string::npos);
  EXPECT_NE(run({"list", "vendor/Dockerfile"}).out.find("postgres"), std::string::npos);
  files_.put(".imglint.yaml", "files: 1\n");
  EXPECT_EQ(run({"list", "."}).code, 2);
}

TEST_F(CheckCommand, LeavesOutWhatIsNoDockerfileButForItsName) {
  files_.put("dockerfile.go", "// Copyright\n\npackage dockerfile\n");
  files_.put("Dockerfile.list", "# images\nnginx 1\nredis 7\n");
  files_.put("Dockerfile.j2", "# {{ managed }}\n{% set a = 1 %}\nFROM nginx\n");
  files_.put("Dockerfile.x", "# syntax=acme/own\nBASE nginx:1\n");
  files_.put("Dockerfile.typo", "FORM nginx:1\n");
  const ProgramRun walked = run({"check", "."});
  EXPECT_NE(walked.err.find("dockerfile.go: note: left out: no Dockerfile, for '//', its first word, is no "
                            "instruction\n"),
            std::string::npos)
      << walked.err;
  EXPECT_NE(walked.err.find("Dockerfile.list: note: left out"), std::string::npos) << walked.err;
  EXPECT_EQ(walked.out.find("Dockerfile.list"), std::string::npos) << walked.out;
  EXPECT_NE(walked.out.find("Dockerfile.j2:3"), std::string::npos) << walked.out;
  EXPECT_NE(walked.out.find("Dockerfile.x:"), std::string::npos) << walked.out;
  EXPECT_NE(walked.out.find("'FORM'"), std::string::npos) << walked.out;
  EXPECT_NE(run({"check", "Dockerfile.list"}).out.find("Dockerfile.list:"), std::string::npos);
}

TEST_F(CheckCommand, TellsDockerfilesWithAMistakeFromWhatIsNone) {
  const struct {
    std::string text;
    bool is_taken;
    std::string found;  ///< behind the file's name, without the rule's
  } rows[] = {
      {"hello there\nthis is prose\n", false, ""},
      {"form over function\nmore prose\n", false, ""},
      {"shell scripts are here\nand more\n", false, ""},
      {"Add what is needed\nand the rest of it\nin one go\n", false, ""},
      {"Include this file\nwhere you need it\n", false, ""},
      {"This is some text\nFrom the author\n", false, ""},
      {"USER GUIDE\nHow it works\nWhat it does\n", false, ""},
      {"import os\nTEXT = 1\nx = 2\nFROM {base}\n", false, ""},
      {"cat > Dockerfile <<EOF\nFROM alpine:3.20\nRUN true\nEOF\n", false, ""},
      {"from flask import Flask\nx = Flask()\n", false, ""},
      {"HELLO world\nFROM x:1\n", true, "1:1: error: unknown instruction 'HELLO'"},
      {"INCLUDE base\nFROM x:1\n", true, "1:1: error: unknown instruction 'INCLUDE'"},
      {"GREETINGS all\nFROM x:1 AS a\nRUN true\n", true, "1:1: error: unknown instruction 'GREETINGS'"},
      {"include(`base.m4')\nFROM x:1\n", true, "1:1: error: unknown instruction 'include(`base.m4')'"},
      {"FORM node:1\nRUN true\n", true, "1:1: error: unknown instruction 'FORM' (did you mean 'FROM'?)"},
      {"form node:1 as a\n", true, "1:1: error: unknown instruction 'form' (did you mean 'FROM'?)"},
      {"FORM node:1\nRUN true\nFROM x:1\n", true,
       "1:1: error: unknown instruction 'FORM' (did you mean 'FROM'?)"},
      {"RNU true\nCOPY a b\n", true, "1:1: error: unknown instruction 'RNU' (did you mean 'RUN'?)"},
      {"COPY a b\n", true, "1:1: error: COPY before the first FROM"},
      {"# a part\nRUN <<EOF\nthis and that\nEOF\n", true, "2:1: error: RUN before the first FROM"},
      {"INCLUDE+ Dockerfile.common\n", true, "1:1: error: unknown instruction 'INCLUDE+'"},
      {"# escape=`\nhello\n", true, "2:1: error: unknown instruction 'hello'"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    files_.put("d/Dockerfile", row.text);
    const ProgramRun walked = run({"check", "--format", "compact", "d"});
    EXPECT_EQ(walked.err.find("left out: no Dockerfile") == std::string::npos, row.is_taken) << walked.err;
    EXPECT_EQ(walked.out, row.is_taken ? "d/Dockerfile:" + row.found + " [unreadable-file]\n" : "");
  }
}

TEST_F(CheckCommand, DoesNotDoubtADockerfileThatTheConfigurationNames) {
  files_.put("Dockerfile", "hello there\nthis is prose\nand more\n");
  files_.put("docs/Dockerfile", "hello there\nthis is prose\nand more\n");
  files_.put(".imglint.yaml", "files:\n  - {paths: [docs/Dockerfile], kind: dockerfile}\n");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"check", "."}, {"check", "--force-exclude", "Dockerfile", "docs/Dockerfile"}}) {
    const ProgramRun run = this->run(words);
    EXPECT_EQ(run.err.find("docs/Dockerfile: note: left out"), std::string::npos) << run.err;
    EXPECT_NE(run.err.find("Dockerfile: note: left out: no Dockerfile"), std::string::npos) << run.err;
    EXPECT_NE(run.out.find("docs/Dockerfile:1:1: error: unknown instruction 'hello'"), std::string::npos)
        << run.out;
  }
}

TEST_F(CheckCommand, SaysOnceOfANamedTextThatItIsNoDockerfile) {
  files_.put("Dockerfile", "hello there\nthis is prose\nand more\n");
  EXPECT_EQ(run({"check", "--format", "compact", "Dockerfile"}).out,
            "Dockerfile:1:1: error: unknown instruction 'hello', nor does another line begin with one "
            "[unreadable-file]\n");
  const ProgramRun hook = run({"check", "--force-exclude", "Dockerfile"});
  EXPECT_EQ(hook.out, "");
  EXPECT_NE(hook.err.find("Dockerfile: note: left out: no Dockerfile"), std::string::npos) << hook.err;
}

TEST_F(CheckCommand, TellsWhatComposeEmptiesInsideOfADockerfile) {
  const std::string unset = "' has no default and no value in .env, so it is empty";
  const std::string advice = "; write '$$' for the Dockerfile's own variable";
  const struct {
    std::string lines;
    std::string found;        ///< place and name
    bool is_expanded = true;  ///< the builder would take a variable of its own there
  } rows[] = {
      {"FROM --platform=$BUILDPLATFORM a:1", "6:25 BUILDPLATFORM"},
      {"FROM --platform=\"${P}\" a:1 AS b", "6:26 P"},
      {"FROM --platform=linux/$ARCH a:1", "6:31 ARCH"},
      {"FROM a:$V", "6:16 V"},
      {"FROM $BASE", "6:14 BASE"},
      {"FROM ${BASE} AS b", "6:14 BASE"},
      {"FROM --platform=linux/${A:-amd64} $BASE", "6:43 BASE"},
      {"FROM a:1\n        COPY --from=$C /x /x", "7:21 C", false},
      {"FROM a:1\n        RUN --mount=type=bind,from=$D,target=/d true", "7:36 D", false},
      {"FROM --platform=$$BUILDPLATFORM a:1", ""},
      {"FROM --platform=${P:-linux/amd64} a:1", ""},
      {"FROM a:1\n        COPY --from= /x /x", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.lines);
    files_.put("compose.yaml",
               "services:\n  a:\n    build:\n      context: .\n      dockerfile_inline: |\n"
               "        " +
                   row.lines + "\n");
    const std::size_t blank = row.found.find(' ');
    const std::string wanted = row.found.empty()
                                   ? ""
                                   : "compose.yaml:" + row.found.substr(0, blank) + ": warning: variable '" +
                                         row.found.substr(blank + 1) + unset +
                                         (row.is_expanded ? advice : "") + " [unset-image-variable]\n";
    EXPECT_EQ(run({"check", "--format", "compact", "--ignore", "constant-platform", "compose.yaml"}).out,
              wanted);
    const ProgramRun moved = run({"retarget", "--to", "q.io", "--dry-run", "compose.yaml"});
    const bool is_unknown =
        row.found.ends_with(" BASE") || row.found.ends_with(" C") || row.found.ends_with(" D");
    EXPECT_EQ(moved.err.find("[unknown-variable]") != std::string::npos, is_unknown) << moved.err;
  }
}

TEST_F(CheckCommand, SelectsAndIgnoresRules) {
  files_.put("Dockerfile", "FROM nginx\nFROM redis:latest\n");
  const ProgramRun one = run({"check", "Dockerfile", "--select", "latest-tag", "--format", "compact"});
  EXPECT_EQ(one.out.find("missing-tag"), std::string::npos) << one.out;
  EXPECT_NE(one.out.find("latest-tag"), std::string::npos) << one.out;
  EXPECT_EQ(run({"check", "Dockerfile", "--ignore", "latest-tag,missing-tag"}).code, 0);
  const ProgramRun wrong = run({"check", "Dockerfile", "--select", "latest-tga"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("latest-tag"), std::string::npos) << wrong.err;
}

TEST_F(CheckCommand, JudgesDatedFactsByTheDateGiven) {
  files_.put("Dockerfile", "FROM centos:7\nFROM microsoft/dotnet:2.1\n");
  EXPECT_EQ(run({"check", "Dockerfile", "--as-of", "2021-01-01"}).code, 0);
  const ProgramRun later = run({"check", "Dockerfile", "--as-of", "2025-01-01", "--format", "compact"});
  EXPECT_NE(later.out.find("centos"), std::string::npos) << later.out;
  EXPECT_NE(later.out.find("error"), std::string::npos) << later.out;
  EXPECT_EQ(run({"check", "Dockerfile", "--as-of", "yesterday"}).code, 2);
}

TEST_F(CheckCommand, NamesTheWayForHadolintsConfigurationOnce) {
  files_.put("Dockerfile", "FROM nginx\n");
  files_.put(".hadolint.yml/a-folder", "");
  EXPECT_EQ(run({"check"}).err.find("hadolint"), std::string::npos);
  files_.put(".hadolint.yaml", "ignored: [DL3006]\n");
  const std::string note =
      ".hadolint.yaml: note: hadolint's configuration says nothing here; 'imglint init --from";
  EXPECT_NE(run({"check"}).err.find(note), std::string::npos);
  EXPECT_EQ(run({"check", "--isolated"}).err.find(note), std::string::npos);
  files_.put(".imglint.yaml", "preset: strict\n");
  EXPECT_EQ(run({"check"}).err.find(note), std::string::npos);
}

TEST_F(CheckCommand, RefusesFormatsThatDoNotExistOrClash) {
  files_.put("Dockerfile", "FROM nginx:1\n");
  const ProgramRun wrong = run({"check", "Dockerfile", "--format", "jsno"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("did you mean json?"), std::string::npos) << wrong.err;
  EXPECT_EQ(run({"check", "Dockerfile", "--format", "json", "--format", "text"}).code, 2);
}

TEST_F(CheckCommand, GivesTheSameWithAnyNumberOfThreads) {
  for (int i = 0; i < 40; ++i)
    files_.put("d" + std::to_string(i) + "/Dockerfile", "FROM nginx\nFROM redis:latest\nFROM quay.io/A/b\n");
  const ProgramRun one = run({"check", ".", "--no-ignore", "--format", "jsonl", "-j", "1"});
  const ProgramRun many = run({"check", ".", "--no-ignore", "--format", "jsonl", "-j", "8"});
  EXPECT_EQ(one.out, many.out);
  EXPECT_FALSE(one.out.empty());
}

TEST_F(CheckCommand, ExplainsRules) {
  EXPECT_NE(run({"explain", "missing-tag"}).out.find("FROM nginx"), std::string::npos);
  EXPECT_NE(run({"explain"}).out.find("registry-typo"), std::string::npos);
  EXPECT_NE(run({"explain", "latest-tag", "--format", "markdown"}).out.find("## latest-tag"),
            std::string::npos);
  const ProgramRun wrong = run({"explain", "mising-tag"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.err.find("did you mean 'missing-tag'?"), std::string::npos) << wrong.err;
  EXPECT_TRUE(run({"rules", "--format", "json"}).out.starts_with("["));
}

struct StrictCase {
  const char* name;
  const char* path;
  const char* text;
  const char* findings;  ///< of require-digest, compact, without the path
};

class StrictPreset : public ::testing::TestWithParam<StrictCase> {};

#define IMGLINT_TEST_DIGEST "@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d"

INSTANTIATE_TEST_SUITE_P(
    References, StrictPreset,
    ::testing::Values(
        StrictCase{"step_of_a_workflow", ".github/workflows/ci.yml",
                   "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker://alpine:3.20\n",
                   ":6:24: error: no digest, so what 'alpine:3.20' names can change [require-digest]\n"},
        StrictCase{"step_of_a_workflow_with_a_digest", ".github/workflows/ci.yml",
                   "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: "
                   "docker://alpine:3.20" IMGLINT_TEST_DIGEST "\n",
                   ""},
        StrictCase{"step_of_a_forgejo_workflow", ".forgejo/workflows/ci.yml",
                   "on: push\njobs:\n  a:\n    steps: [{uses: 'docker://ghcr.io/acme/lint:2.1.0'}]\n",
                   ":4:30: error: no digest, so what 'ghcr.io/acme/lint:2.1.0' names can change "
                   "[require-digest]\n"},
        StrictCase{"action_that_runs_an_image", "action.yml",
                   "name: x\nruns:\n  using: docker\n  image: docker://alpine:3.20\n",
                   ":4:19: error: no digest, so what 'alpine:3.20' names can change [require-digest]\n"},
        StrictCase{"step_of_a_composite_action", "action.yml",
                   "name: x\nruns:\n  using: composite\n  steps:\n    - uses: docker://alpine:3.20\n",
                   ":5:22: error: no digest, so what 'alpine:3.20' names can change [require-digest]\n"},
        StrictCase{"container_of_a_job", ".github/workflows/ci.yml",
                   "on: push\njobs:\n  a:\n    runs-on: x\n    container: alpine:3.20\n    steps: []\n",
                   ":5:16: error: no digest, so what 'alpine:3.20' names can change [require-digest]\n"},
        StrictCase{"action_that_is_no_image", ".github/workflows/ci.yml",
                   "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n",
                   ""},
        StrictCase{"tag_that_may_hold_the_digest", ".github/workflows/ci.yml",
                   "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: docker://alpine:${{ "
                   "github.ref }}\n",
                   ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_P(StrictPreset, WantsADigest) {
  const StrictCase& c = GetParam();
  MemoryFileSystem files;
  files.put(c.path, c.text);
  EXPECT_EQ(run_program_in(files, {"check", "."}).out.find("require-digest"), std::string::npos);
  files.put(".imglint.yaml", "preset: strict\n");
  const ProgramRun strict = run_program_in(files, {"check", "--format", "compact", "."});
  std::string found;
  for (std::size_t at = 0; at < strict.out.size();) {
    const std::size_t end = strict.out.find('\n', at) + 1;
    const std::string line = strict.out.substr(at, end - at);
    if (line.find("[require-digest]") != line.npos) found += line.substr(std::string(c.path).size());
    at = end;
  }
  EXPECT_EQ(found, c.findings) << strict.out << strict.err;
}

}  // namespace
}  // namespace imglint::test
