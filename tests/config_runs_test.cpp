// What a configuration says of whole runs: where it counts, and files of it that are not there.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/quote.hpp"
#include "config/run_config.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

class ConfigOfRuns : public ::testing::Test {
 protected:
  ProgramRun run(std::vector<std::string> words) { return run_program_in(files_, words); }
  MemoryFileSystem files_;
};

/// Keys of whole runs count where imglint is started; elsewhere they are told, and not shown.
TEST_F(ConfigOfRuns, KeysOfRunsInAFolderBelowDoNotCount) {
  files_.put("Dockerfile", "FROM nginx:1\n");
  files_.put("sub/Dockerfile", "FROM nginx:1\n");
  files_.put(".imglint.yaml", "fail-on: error\n");
  struct Case {
    std::string config;
    std::string keys;  ///< that are told; empty: none
    std::string place;
  };
  const Case cases[] = {
      {"compat: true\n", "", ""},
      {"fail-on: info\n", "'fail-on'", "1:10"},
      {"compat: true\nbaseline: b.json\n", "'baseline'", "2:11"},
      {"build-args: [A=1, B=2]\nretarget: {to: ghcr.io/a, from: docker.io}\n", "'build-args', 'retarget'",
       "1:14"},
      {"format: json\ninclude: scripts\nenv-files: a.env\nenv: [A=1]\n",
       "'format', 'include', 'env-files', 'env'", "1:9"},
      {"projects: [{files: c.yaml}, {files: d.yaml}]\n", "'projects'", "1:20"},
  };
  for (const Case& each : cases) {
    files_.put("sub/.imglint.yaml", each.config);
    const std::string told =
        "sub/.imglint.yaml:" + each.place +
        ": note: these keys are about whole runs and do not count here: " + each.keys + "\n" +
        "  hint: those count that stand in the configuration of the folder where imglint is started\n";
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"config", "sub/Dockerfile"}, {"check"}, {"check", "sub", "Dockerfile"}}) {
      const ProgramRun result = run(words);
      EXPECT_EQ(result.err.find(told) != std::string::npos, !each.keys.empty()) << each.config << result.err;
      EXPECT_EQ(result.err.find("whole runs") == std::string::npos, each.keys.empty()) << result.err;
      EXPECT_EQ(result.err.find("whole runs"), result.err.rfind("whole runs")) << "told once";
    }
    const ProgramRun shown = run({"config", "sub/Dockerfile"});
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_NE(shown.out.find("fail-on: error"), std::string::npos) << shown.out;
    EXPECT_EQ(shown.out.find("build-args"), std::string::npos) << shown.out;
  }
}

TEST_F(ConfigOfRuns, AConfigurationInWhatOneAboveExcludesIsNotReachedByAWalk) {
  files_.put(".imglint.yaml", "exclude: [vendor/]\n");
  files_.put("vendor/lib/.imglint.yaml", "rules: {missing-tag: error}\n");
  files_.put("vendor/lib/deep/.imglint.yaml", "files: [{paths: [\"*.txt\"], kind: dockerfile}]\n");
  files_.put("vendor/lib/Dockerfile", "FROM nginx\n");
  files_.put("vendor/lib/deep/a.txt", "FROM nginx\n");
  for (const char* path : {".", "vendor", "vendor/lib", "vendor/lib/deep"}) {
    const ProgramRun walked = run({"check", "--format", "compact", path});
    EXPECT_EQ(walked.out, "") << path;
    EXPECT_NE(walked.err.find("'vendor/' in .imglint.yaml:1 excludes files here"), std::string::npos)
        << path << walked.err;
  }
  const ProgramRun named = run({"check", "--format", "compact", "vendor/lib/Dockerfile"});
  EXPECT_NE(named.out.find("error: no tag"), std::string::npos)
      << named.out << "its own configuration counts";
}

/// The keys are told as they are read, so that a new one needs no further list of them.
TEST_F(ConfigOfRuns, EveryKeyOfTheirTableIsTold) {
  for (const ConfigKey& key : run_config_keys()) {
    const bool is_group = key.type == ConfigType::group;
    std::string value = key.choices.empty() ? "A=1" : std::string(key.choices.front());
    if (is_group || key.type == ConfigType::groups)
      value = "{" + std::string(key.keys.front().name) + ": ghcr.io/a}";
    if (takes_list(key.type)) value = "[" + value + "]";
    const auto config = parse_config(std::string(key.name) + ": " + value + "\n", {"a", "a", "/"}, {});
    ASSERT_TRUE(config) << key.name;
    const std::vector<Error> remarks = ignored_run_keys(*config, {});
    ASSERT_EQ(remarks.size(), 1u) << key.name;
    EXPECT_NE(remarks[0].message.find(quote(key.name)), std::string::npos) << remarks[0].message;
  }
}

TEST_F(ConfigOfRuns, FilesThatAreNotThereAreToldAtTheirNames) {
  files_.put("compose.yaml", "services: {a: {image: 'nginx:1.27'}}\n");
  files_.put(".imglint.yaml", "env-files: [gone.env]\nprojects: [{files: [compose.yaml, lost.yaml]}]\n");
  for (const char* command : {"config", "check"}) {
    const ProgramRun result = run({command});
    EXPECT_NE(result.err.find(".imglint.yaml:2:35: "), std::string::npos) << command << result.err;
    EXPECT_NE(result.err.find("'lost.yaml': cannot read: no such file or folder"), std::string::npos)
        << result.err;
  }
  files_.put(".imglint.yaml", "env-files: [gone.env]\n");
  for (const char* command : {"config", "check", "list"}) {
    const ProgramRun result = run({command});
    EXPECT_NE(result.err.find(".imglint.yaml:1:13: "), std::string::npos) << command << result.err;
    EXPECT_NE(result.err.find("'gone.env': cannot read: no such file or folder"), std::string::npos)
        << result.err;
  }
  EXPECT_EQ(run({"check"}).code, 2);
  EXPECT_EQ(run({"config"}).code, 0);
  files_.put("gone.env", "");
  EXPECT_EQ(run({"config"}).err, "");
  EXPECT_EQ(run({"check"}).code, 0);
}

/// As docker compose names it: after the folder that is given, there or not.
TEST_F(ConfigOfRuns, AProjectHasTheNameOfItsDirectory) {
  files_.put("compose.yaml", "services: {a: {image: 'acme/${COMPOSE_PROJECT_NAME}:1.27'}}\n");
  for (const auto& [directory, name] : std::map<std::string, std::string>{
           {"gone", "gone"}, {"deep/Gone.1", "gone1"}, {"gone/", "gone"}, {"a/../b", "b"}}) {
    files_.put(".imglint.yaml", "projects: [{files: compose.yaml, directory: " + directory + "}]\n");
    const ProgramRun result = run({"list"});
    EXPECT_NE(result.out.find("acme/" + name + ":1.27"), std::string::npos) << directory << result.out;
    EXPECT_EQ(run({"check"}).err.find("leaves no name"), std::string::npos) << directory;
  }
}

}  // namespace
}  // namespace imglint::test
