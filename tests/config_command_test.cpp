// `imglint config` and `imglint init` as users run them.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/process.hpp"
#include "rules/index.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

class ConfigCommand : public ::testing::Test {
 protected:
  ProgramRun run(const std::vector<std::string>& words) { return run_program_in(files_, words); }
  /// What is wrong with a configuration, as `check` says it.
  std::string complaints_about(const std::string& config) {
    files_.put("read-back.yaml", config);
    const ProgramRun result = run({"config", "--config", "read-back.yaml"});
    return result.code == 0 ? "" : result.err;
  }
  MemoryFileSystem files_;
};

TEST_F(ConfigCommand, ShowsEveryRuleAndWhereItIsSet) {
  files_.put("team/base.yaml", "preset: strict\nregistries: {allow: [a.io]}\nrules: {latest-tag: info}\n");
  files_.put(".imglint.yaml",
             "extends: team/base.yaml\nrules:\n  missing-tag: {severity: error, allow: [nginx]}\n"
             "overrides:\n  - {paths: [dev], rules: {missing-tag: off}}\n");
  const ProgramRun result = run({"config", "Dockerfile"});
  EXPECT_EQ(result.code, 0) << result.err;
  for (const char* line :
       {"# From .imglint.yaml, which extends team/base.yaml\n", "# team/base.yaml:1\n", "- a.io",
        "severity: error", "# .imglint.yaml:3\n", "allow: [nginx]", "compat: false", "# default\n"})
    EXPECT_NE(result.out.find(line), std::string::npos) << line << result.out;
  for (const RuleInfo* rule : all_rule_infos())
    EXPECT_NE(result.out.find("  " + std::string(rule->name) + ":"), std::string::npos) << rule->name;
  EXPECT_EQ(complaints_about(result.out), "");
  // Options of a rule that is off are shown, as comments.
  const ProgramRun dev = run({"config", "dev/Dockerfile"});
  EXPECT_NE(dev.out.find("    # allow: [nginx]"), std::string::npos) << dev.out;
  EXPECT_EQ(complaints_about(dev.out), "");
}

TEST_F(ConfigCommand, WhatItShowsIsTheSameConfiguration) {
  files_.put(
      ".imglint.yaml",
      "preset: strict\nregistries:\n  allow: [\"**\", 'localhost:5000/**']\n"
      "  deny: [{pattern: quay.io, message: \"a: 'b' #c\", use: ghcr.io/x}, gcr.io]\n"
      "  mirrors: [{from: docker.io, to: m.io/x}]\n"
      "rules:\n  missing-tag: {severity: info, unresolved: error, locked: true, allow: [22, 'node:1*']}\n"
      "  tag-pattern: {patterns: [{images: [a], pattern: '^v\\d'}, {images: [b, c], forbid: [x, y]}]}\n"
      "  require-registry: {keep-library: false}\n  image-typo: {min-length: 5, known: [\"true\"]}\n"
      "contexts: [base, 'yes']\ncompat: true\n"
      "exceptions: [{rules: [latest-tag], images: [a], reason: '1.2', until: 2099-01-01}]\n");
  const auto without_places = [](const std::string& text) {
    nlohmann::json json = nlohmann::json::parse(text);
    json.erase("files");
    json.erase("path");
    const auto strip = [](const auto& self, nlohmann::json& node) -> void {
      if (node.is_object()) node.erase("from"), node.erase("by_preset");
      if (node.is_structured())
        for (auto& child : node) self(self, child);
    };
    for (const char* key : {"preset", "rules", "contexts", "exceptions", "compat"}) strip(strip, json[key]);
    for (auto& list : json["registries"])
      for (auto& entry : list) entry.erase("from");
    return json;
  };
  const ProgramRun first = run({"config", "x", "--format", "json"});
  ASSERT_EQ(first.code, 0) << first.err;
  files_.put("shown.yaml", run({"config", "x"}).out);
  const ProgramRun second = run({"config", "x", "--format", "json", "--config", "shown.yaml"});
  ASSERT_EQ(second.code, 0) << second.err;
  nlohmann::json expected = without_places(first.out);
  nlohmann::json actual = without_places(second.out);
  // Defaults that are shown are set when they are read.
  EXPECT_EQ(expected, actual);
}

/// Without comments, which say where each value stands.
std::string without_comments(const std::string& text) {
  std::string result;
  for (const std::string& line : split(text, '\n')) {
    const std::size_t comment = line.find("  # ");
    std::string bare = line.substr(0, comment);
    bare.erase(bare.find_last_not_of(' ') + 1);
    if (!bare.empty() && bare.front() != '#') result += bare + '\n';
  }
  return result;
}

TEST_F(ConfigCommand, WhatItShowsOfRunsAndFilesReadsBackAsTheSame) {
  files_.put("team/base.yaml",
             "exclude: [dist/, /top, sub/deep, x]\nexceptions: [{paths: [team/, x], rules: [latest-tag]}]\n"
             "places: [{files: [x], path: '$..image'}]\nenv-files: a.env\n");
  files_.put("team/a.env", "A=1\n");
  for (const char* name : {"b.env", "a.yaml", "b.yaml", "c.yaml"}) files_.put(name, "");
  files_.put(
      ".imglint.yaml",
      "extends: team/base.yaml\n"
      "files: [{paths: [\"team/*\", 'x y'], kind: markers}]\n"
      "places:\n  - {files: ['team/x', z], path: '$.app[\"any key\"].image', parts: {repository: 'true', "
      "tag: t}}\n"
      "baseline: 'known: 1.json'\nfail-on: error\nformat: jsonl\nenv-files: [b.env]\n"
      "env: ['A=b: c', \"B=\", 'C=#x']\nbuild-args: [TAG=1]\ninclude: [scripts, docs]\n"
      "projects:\n  - {files: [a.yaml, b.yaml], env-files: b.env, profiles: [dev, 'yes'], directory: team}\n"
      "  - {files: c.yaml}\n"
      "retarget: {to: ghcr.io/acme, from: docker.io, except: ['*.gcr.io', nginx], map: ['a=b.c/d', 'e='], "
      "paths: flat, include: built}\n");
  const ProgramRun first = run({"config", "team/x"});
  ASSERT_EQ(first.code, 0) << first.err;
  for (const char* line : {"\ninclude:\n  - scripts", "\nplaces:\n  - {files: [team/**/x], path: ",
                           "\nprojects:\n  - files:\n      - a.yaml", "\n  - team/**/x"})
    EXPECT_NE(first.out.find(line), std::string::npos) << line << '\n' << first.out;
  files_.put("shown.yaml", first.out);
  const ProgramRun second = run({"config", "team/x", "--config", "shown.yaml"});
  ASSERT_EQ(second.code, 0) << second.err;
  EXPECT_EQ(without_comments(second.out), without_comments(first.out));
  files_.put("again.yaml", second.out);
  EXPECT_EQ(without_comments(run({"config", "team/x", "--config", "again.yaml"}).out),
            without_comments(first.out));
  const auto json = nlohmann::json::parse(run({"config", "team/x", "--format", "json"}).out);
  EXPECT_EQ(json["run"]["include"][1]["value"], "docs");
  EXPECT_EQ(json["places"].size(), 2U);
  EXPECT_EQ(json["places"][1]["value"]["parts"], (nlohmann::json{{"repository", "true"}, {"tag", "t"}}));
}

TEST_F(ConfigCommand, JsonTellsFileLineAndColumn) {
  files_.put(".imglint.yaml", "rules:\n  missing-tag: error\n");
  const auto json = nlohmann::json::parse(run({"config", "--format", "json"}).out);
  EXPECT_EQ(json["files"], nlohmann::json::array({".imglint.yaml"}));
  EXPECT_EQ(json["path"], "./");
  const auto& severity = json["rules"]["missing-tag"]["severity"];
  EXPECT_EQ(severity["value"], "error");
  EXPECT_EQ(severity["from"], (nlohmann::json{{"file", ".imglint.yaml"}, {"line", 2}, {"column", 16}}));
  EXPECT_EQ(severity["by_preset"], false);
  EXPECT_EQ(json["rules"]["latest-tag"]["severity"]["from"], nullptr);
  EXPECT_EQ(json["rules"].size(), all_rule_infos().size());
}

TEST_F(ConfigCommand, WithoutAFileTheDefaultsHold) {
  const ProgramRun result = run({"config"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("# No configuration file counts for it.\n"), std::string::npos);
  files_.put(".imglint.yaml", "preset: strict\n");
  EXPECT_NE(run({"config", "--isolated"}).out.find("preset: recommended"), std::string::npos);
}

TEST_F(ConfigCommand, FaultyConfigurationsAndOptionsAreExitCodeTwo) {
  files_.put(".imglint.yaml", "rules: {x: off}\n");
  const ProgramRun faulty = run({"config"});
  EXPECT_EQ(faulty.code, 2);
  EXPECT_EQ(faulty.out, "");
  EXPECT_EQ(faulty.err.find(".imglint.yaml:1:9: error: unknown rule 'x'\n"), 0u) << faulty.err;
  struct Case {
    std::vector<std::string> words;
    std::string error;
  };
  const Case cases[] = {
      {{"config", "--kyes"}, "imglint: error: no such option: --kyes\n  hint: did you mean --keys?\n"},
      {{"conifg"}, "imglint: error: no such command: conifg\n  hint: did you mean config?\n"},
      {{"init", "a", "b"},
       "imglint: error: one word too many: b\n  hint: 'imglint init --help' lists the options\n"},
      {{"inti"}, "imglint: error: no such command: inti\n  hint: did you mean init?\n"},
      {{"init", "--forse"}, "imglint: error: no such option: --forse\n  hint: did you mean --force?\n"},
      {{"config", "--format", "jsn"},
       "imglint: error: --format: must be text or json, not 'jsn'; did you mean 'json'?\n"
       "  hint: 'imglint config --help' lists the options\n"},
      {{"config", "--as-of", "today"}, "imglint: error: --as-of wants a date as 2027-01-31, not 'today'\n"},
      {{"config", "--config", "none.yaml"}, "none.yaml: error: cannot read: no such file or folder\n"},
      {{"check", "--config", "none.yaml", "--isolated"},
       "imglint: error: --config excludes --isolated\n  hint: 'imglint check --help' lists the options\n"},
  };
  for (const Case& test : cases) {
    const ProgramRun result = run(test.words);
    EXPECT_EQ(result.code, 2) << test.error;
    EXPECT_EQ(result.err, test.error);
    EXPECT_EQ(result.out, "");
  }
}

TEST_F(ConfigCommand, OverridesThatContradictEachOtherAreShownForTheFile) {
  files_.put(".imglint.yaml",
             "overrides:\n  - {paths: [a], rules: {tag-with-digest: info}}\n"
             "  - {paths: [Dockerfile], rules: {digest-without-tag: info}}\n");
  EXPECT_EQ(run({"config", "a/x"}).code, 0);
  const ProgramRun result = run({"config", "a/Dockerfile"});
  EXPECT_EQ(result.code, 2);
  EXPECT_NE(result.err.find(".imglint.yaml:3:55: error: 'digest-without-tag' contradicts"), std::string::npos)
      << result.err;
}

TEST_F(ConfigCommand, HelpHasExamplesAndExitCodes) {
  for (const char* command : {"init", "config"}) {
    const ProgramRun result = run({command, "--help"});
    EXPECT_EQ(result.code, 0);
    EXPECT_NE(result.out.find("Examples:\n"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("Exit codes:"), std::string::npos) << result.out;
  }
}

class InitCommand : public ConfigCommand {
 protected:
  /// The file that init writes reads back, and blocks nothing that is in use.
  void expect_useful(const std::string& config) {
    EXPECT_EQ(complaints_about(config), "") << config;
    const ProgramRun check = run({"check", "--config", "read-back.yaml", "--select", "registry-not-allowed"});
    EXPECT_EQ(check.code, 0) << check.out << check.err << config;
  }
};

TEST_F(InitCommand, AllowsWhatIsInUse) {
  files_.put("Dockerfile",
             "# syntax=docker/dockerfile:1\nARG REG=quay.io\nARG UNKNOWN\nFROM ${REG}/acme/a:1 AS build\n"
             "FROM INDEX.docker.io/library/nginx:1\nFROM $UNKNOWN/x:1\nFROM ghrc.io/acme/x:1\n"
             "COPY --from=build / /\nCOPY --from=localhost:5000/tool:1 / /\nFROM scratch\n");
  files_.put("compose.yaml",
             "services:\n  a: {image: 'ghcr.io/acme/team/app:1'}\n  b: {image: 'ghcr.io/other/app:1'}\n");
  const ProgramRun result = run({"init"});
  EXPECT_EQ(result.code, 0) << result.err;
  const std::string written = files_.bytes(".imglint.yaml");
  for (const char* line :
       {"    - INDEX.docker.io  # 1 reference: library\n", "    - docker.io        # 1 reference: docker\n",
        "    - ghcr.io          # 2 references: acme/team, other\n", "    - localhost:5000   # 1 reference\n",
        "    - quay.io          # 1 reference: acme\n",
        "    # left out: ghrc.io: host 'ghrc.io' is one letter away from 'ghcr.io'\n"})
    EXPECT_NE(written.find(line), std::string::npos) << line << written;
  EXPECT_NE(
      result.err.find("Dockerfile:6:6: note: no file tells the registry of this reference; it is not judged"),
      std::string::npos)
      << result.err;
  EXPECT_EQ(complaints_about(written), "");
  const ProgramRun check = run({"check", "--select", "registry-not-allowed", "--format", "compact"});
  EXPECT_EQ(check.out.find("Dockerfile:7:6: error: registry 'ghrc.io'"), 0u) << check.out;
  EXPECT_EQ(std::count(check.out.begin(), check.out.end(), '\n'), 1) << check.out;
}

TEST_F(InitCommand, AllowsHostsHoweverTheyAreWritten) {
  struct Case {
    std::string image, line;
  };
  const Case cases[] = {
      {"registry:5000/app:1.2", "- registry:5000/**  # 1 reference"},
      {"my-reg:5000/a/b:1", "- my-reg:5000/**  # 1 reference: a"},
      {"[::1]:5000/app:1", "5000/**"},
      {"localhost:5000/app:1", "- localhost:5000  # 1 reference"},
      {"localhost/app:1", "- localhost  # 1 reference"},
      {"reg.example:5000/app:1", "- reg.example:5000  # 1 reference"},
      {"GHCR.io/x/y:1", "- GHCR.io  # 1 reference: x"},
      {"Reg.Example:5000/app:1", "- Reg.Example:5000  # 1 reference"},
      {"REGISTRY:5000/app:1", "- REGISTRY:5000/**  # 1 reference"},
      {"Acme/tool:1", "- Acme/**  # 1 reference"},
  };
  for (const Case& each : cases) {
    files_.put("Dockerfile", "FROM " + each.image + "\n");
    const ProgramRun init = run({"init", "--force"});
    EXPECT_EQ(init.code, 0) << each.image << init.err;
    const std::string written = files_.bytes(".imglint.yaml");
    EXPECT_NE(written.find(each.line), std::string::npos) << each.image << "\n" << written;
    expect_useful(written);
  }
}

/// To the client it is another registry, so that an entry without the capitals does not stand for it.
TEST_F(InitCommand, AHostWithCapitalsIsAllowedAsItIsSpelledAlone) {
  files_.put("Dockerfile", "FROM GHCR.io/x/y:1\nFROM ghcr.io/x/y:1\nFROM Ghcr.io/x/y:1\n");
  struct Case {
    std::string allow;
    std::vector<int> lines;
  };
  const Case cases[] = {{"ghcr.io", {1, 3}},
                        {"GHCR.io", {3}},
                        {"Ghcr.io/x/*", {1}},
                        {"GHCR.io/z/*", {1, 2, 3}},
                        {"'*.io'", {1, 3}}};
  for (const Case& each : cases) {
    files_.put(".imglint.yaml", "registries: {allow: [" + each.allow + "]}\n");
    const ProgramRun check = run({"check", "--select", "registry-not-allowed", "--format", "compact"});
    for (int line = 1; line <= 3; ++line) {
      const bool wanted = std::find(each.lines.begin(), each.lines.end(), line) != each.lines.end();
      const bool found = check.out.find("Dockerfile:" + std::to_string(line) + ":") != std::string::npos;
      EXPECT_EQ(found, wanted) << each.allow << " line " << line << "\n" << check.out << check.err;
    }
  }
}

TEST_F(InitCommand, CommentsForOtherLintersGoOnToCount) {
  files_.put("Dockerfile", "# hadolint ignore=DL3006,DL3008\nFROM nginx\n# hadolint ignore=DL3008\nRUN x\n");
  EXPECT_EQ(run({"check"}).code, 1);
  EXPECT_EQ(run({"init"}).code, 0);
  EXPECT_NE(files_.bytes(".imglint.yaml").find("compat: true  # 1 comment for other linters"),
            std::string::npos);
  EXPECT_EQ(run({"check"}).code, 0);
}

TEST_F(InitCommand, TakesWhatAnotherLinterSaysOfRuns) {
  files_.put("Dockerfile", "FROM nginx\n");
  files_.put(".hadolint.yaml", "failure-threshold: error\nformat: gnu\n");
  EXPECT_EQ(run({"init"}).err, ".imglint.yaml: written\n");
  EXPECT_NE(files_.bytes(".imglint.yaml")
                .find("fail-on: error   # failure-threshold: error\nformat: compact  # format: gnu\n"),
            std::string::npos)
      << files_.bytes(".imglint.yaml");
  const ProgramRun check = run({"check"});
  EXPECT_EQ(check.code, 0) << check.err;
  EXPECT_TRUE(check.out.starts_with("Dockerfile:1:6: warning: ")) << check.out;
  EXPECT_EQ(check.out.find("\n"), check.out.size() - 1) << check.out;
}

TEST_F(InitCommand, WritesNothingOverAnother) {
  files_.put("Dockerfile", "FROM nginx:1\n");
  files_.put(".imglint.yml", "compat: true\n");
  const ProgramRun refused = run({"init"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err,
            ".imglint.yml: error: there is a configuration already\n"
            "  hint: --force replaces it, --stdout shows what would be written\n");
  EXPECT_EQ(files_.bytes(".imglint.yml"), "compat: true\n");
  const ProgramRun shown = run({"init", "--stdout"});
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(files_.bytes(".imglint.yml"), "compat: true\n");
  EXPECT_TRUE(files_.writes().empty());
  EXPECT_EQ(run({"init", "--force"}).code, 0);
  EXPECT_EQ(files_.bytes(".imglint.yml"), shown.out) << "there must not be two";
  expect_useful(shown.out);
  files_.put(".imglint.yaml", "compat: true\n");
  const ProgramRun two = run({"init", "--force"});
  EXPECT_EQ(two.code, 2);
  EXPECT_NE(two.err.find("there is .imglint.yaml and .imglint.yml in one folder"), std::string::npos)
      << two.err;
  EXPECT_EQ(files_.bytes(".imglint.yaml"), "compat: true\n");
  EXPECT_EQ(run({"init", "--stdout"}).code, 0);
}

TEST_F(InitCommand, WorksInAFolderAndWithoutFiles) {
  files_.put("api/Dockerfile", "FROM ghcr.io/acme/api:1\n");
  files_.put("Dockerfile", "FROM nginx:1\n");
  EXPECT_EQ(run({"init", "api"}).code, 0);
  EXPECT_EQ(files_.bytes("api/.imglint.yaml").find("docker.io  #"), std::string::npos);
  EXPECT_NE(files_.bytes("api/.imglint.yaml").find("- ghcr.io  #"), std::string::npos);
  files_.put("empty/README", "");
  const ProgramRun empty = run({"init", "empty", "--stdout"});
  EXPECT_EQ(empty.code, 0);
  expect_useful(empty.out);
  EXPECT_EQ(run({"init", "none"}).err, "none: error: cannot write there: no such file or folder\n");
  EXPECT_EQ(run({"init", "Dockerfile"}).code, 2);
}

TEST_F(InitCommand, TellsOfTheConfigurationThatIsHiddenFromNowOn) {
  files_.put("api/Dockerfile", "FROM nginx:1\n");
  files_.put(".imglint.yaml", "compat: true\n");
  EXPECT_EQ(run({"init", "api"}).err,
            "api/.imglint.yaml: note: what '.imglint.yaml' says does not hold beside it: the nearest "
            "configuration counts\n  hint: the key 'extends' takes the settings of another over\n"
            "api/.imglint.yaml: written\n");
  EXPECT_EQ(run({"init", "api", "--force"}).err, "api/.imglint.yaml: written\n");
}

TEST_F(InitCommand, AFaultyHadolintFileIsExitCodeTwo) {
  files_.put(".hadolint.yaml", "ignored: [\n");
  EXPECT_EQ(run({"init"}).err, ".hadolint.yaml:1:10: error: not valid YAML: '[' without its ']'\n");
  files_.put(".hadolint.yaml", "- DL3006\n");
  EXPECT_EQ(run({"init"}).code, 2);
  EXPECT_EQ(run({"init", "--from", "none.yaml"}).err,
            "none.yaml: error: cannot read: no such file or folder\n");
  files_.put(".hadolint.yaml", "");
  EXPECT_EQ(run({"init"}).code, 0);
}

/// Real projects: whatever they use, init's file reads back and blocks none of it.
TEST(InitCorpus, ReadsBackAndBlocksNothing) {
  const char* const corpus = std::getenv("IMGLINT_CORPUS");
  if (corpus == nullptr) GTEST_SKIP() << "IMGLINT_CORPUS is not set";
  int projects = 0;
  const std::string script =
      "set -e; cd \"$0\"; for d in \"$2\"/*/*/; do rm -rf p; cp -r \"$d\" p; "
      "for f in p/*.yml p/*.yaml; do [ ! -f \"$f\" ] || mv \"$f\" \"p/compose.${f##*/}\"; done; "
      "\"$1\" init p >/dev/null 2>&1; \"$1\" config p >/dev/null; "
      "\"$1\" check p --select registry-not-allowed --format compact 2>/dev/null || [ $? = 2 ]; echo done; "
      "done";
  const TemporaryFolder folder(true);
  const auto output =
      imglint::run({.words = {"sh", "-c", script, folder.path(), program_path().string(), corpus}});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0);
  for (std::size_t at = 0; (at = output->output.find("done\n", at)) != std::string::npos; ++at) ++projects;
  EXPECT_GT(projects, 20);
  EXPECT_EQ(output->output.size(), 5u * static_cast<std::size_t>(projects)) << output->output;
}

}  // namespace
}  // namespace imglint::test
