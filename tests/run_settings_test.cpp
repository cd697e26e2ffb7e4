// What the configuration says of a whole run counts where no option does (docs/configuration.md).
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

class RunSettings : public ::testing::Test {
 protected:
  ProgramRun run(const std::vector<std::string>& words) { return run_program_in(files_, words); }
  MemoryFileSystem files_;
};

TEST_F(RunSettings, AnOptionCountsBeforeTheConfiguration) {
  files_.put("Dockerfile", "FROM nginx\n");
  files_.put(".imglint.yaml", "fail-on: error\nformat: compact\n");
  const ProgramRun configured = run({"check"});
  EXPECT_EQ(configured.code, 0) << configured.out;
  EXPECT_EQ(configured.out.find("Dockerfile:1:6: "), 0U) << configured.out;
  EXPECT_EQ(configured.out.find(" | "), std::string::npos) << configured.out;
  EXPECT_EQ(run({"check", "--fail-on", "warning"}).code, 1);
  EXPECT_NE(run({"check", "--format", "text"}).out.find(" | "), std::string::npos);
  EXPECT_EQ(run({"check", "--isolated"}).code, 1);
}

TEST_F(RunSettings, TheBaselineStandsBesideTheConfiguration) {
  files_.put("Dockerfile", "FROM nginx\n");
  EXPECT_EQ(run({"check", "--write-baseline=known.json"}).code, 0);
  files_.put(".imglint.yaml", "baseline: known.json\n");
  const ProgramRun quiet = run({"check"});
  EXPECT_EQ(quiet.code, 0) << quiet.out;
  EXPECT_NE(quiet.err.find("1 hidden by the baseline"), std::string::npos) << quiet.err;
  files_.put("Dockerfile", "FROM nginx\nFROM redis\n");
  EXPECT_EQ(run({"check"}).code, 1);
  // Written without a name it is the same file.
  EXPECT_EQ(run({"check", "--write-baseline"}).code, 0);
  EXPECT_EQ(run({"check"}).code, 0);
}

/// The steps that a report with many findings names: those that are left, in an order that ends well.
TEST_F(RunSettings, TheFirstStepsLeaveWhatIsNew) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "FROM nginx\n";
  files_.put("Dockerfile", many);
  const std::string first = run({"check"}).err;
  const std::size_t note = first.find("\n  imglint check --write-baseline  notes");
  EXPECT_NE(note, std::string::npos) << first;
  EXPECT_NE(first.find("\n  imglint init  ", std::min(note, first.size())), std::string::npos) << first;

  EXPECT_EQ(run({"check", "--write-baseline"}).code, 0);
  const std::string second = run({"check"}).err;
  EXPECT_EQ(second.find("--write-baseline"), std::string::npos) << second;
  EXPECT_NE(second.find("\n  imglint init  "), std::string::npos) << second;

  const ProgramRun init = run({"init"});
  EXPECT_EQ(
      init.err,
      ".imglint-baseline.json: note: this baseline hides 40 findings of today\n.imglint.yaml: written\n");
  const std::string written = files_.bytes(".imglint.yaml");
  EXPECT_NE(written.find("\nbaseline: .imglint-baseline.json  # hides 40 findings of today\n"),
            std::string::npos)
      << written;
  EXPECT_EQ(written.find("missing-tag"), std::string::npos) << written;
  EXPECT_EQ(run({"check"}).code, 0);
  files_.put("Dockerfile", many + "FROM redis\n");
  EXPECT_EQ(run({"check"}).code, 1);
}

TEST_F(RunSettings, AConfigurationAloneLeavesAStep) {
  std::string many;
  for (int i = 0; i < 40; ++i) many += "FROM nginx\n";
  files_.put("Dockerfile", many);
  EXPECT_NE(run({"init"}).err.find("1 rule that finds much today becomes info, for new findings as well"),
            std::string::npos);
  const std::string told = run({"check"}).err;
  EXPECT_EQ(told.find("imglint init"), std::string::npos) << told;
  EXPECT_NE(told.find("\n  imglint check --write-baseline  notes"), std::string::npos) << told;
  EXPECT_NE(told.find("\n  baseline: .imglint-baseline.json  as a line of the configuration"),
            std::string::npos)
      << told;
}

TEST_F(RunSettings, VariablesAreKnownToEveryCommand) {
  files_.put("compose.yaml", "services: {a: {image: \"$R/a:1\"}}\n");
  files_.put("Dockerfile", "ARG TAG\nFROM nginx:$TAG\n");
  files_.put("ci/values.env", "R=ghcr.io/acme\n");
  files_.put(".imglint.yaml", "env-files: ci/values.env\nbuild-args: [TAG=1.27]\n");
  const ProgramRun list = run({"list"});
  EXPECT_NE(list.out.find("ghcr.io/acme/a:1"), std::string::npos) << list.out;
  EXPECT_NE(list.out.find("nginx:1.27"), std::string::npos) << list.out;
  const ProgramRun given =
      run({"list", "--env", "R=quay.io", "--env-file", "/dev/null", "--build-arg", "TAG=9"});
  EXPECT_NE(given.out.find("nginx:9"), std::string::npos) << given.out;
}

TEST_F(RunSettings, ImagesMoveWhereTheConfigurationSays) {
  files_.put("Dockerfile", "FROM docker.io/acme/web:1\nFROM quay.io/other/x:1\n");
  files_.put(".imglint.yaml", "retarget: {map: [docker.io/acme=ghcr.io/acme]}\n");
  const ProgramRun check = run({"retarget", "--check"});
  EXPECT_EQ(check.code, 1) << check.err;
  EXPECT_EQ(run({"retarget"}).code, 0);
  EXPECT_EQ(files_.bytes("Dockerfile"), "FROM ghcr.io/acme/web:1\nFROM quay.io/other/x:1\n");
  // Where an option says it, nothing of the configuration's is added.
  EXPECT_EQ(run({"retarget", "--map", "quay.io/other=r.example/o"}).code, 0);
  EXPECT_EQ(files_.bytes("Dockerfile"), "FROM ghcr.io/acme/web:1\nFROM r.example/o/x:1\n");
}

TEST_F(RunSettings, WhatIsExceptedStaysWhateverOptionsSay) {
  files_.put(".imglint.yaml", "retarget: {to: ghcr.io/acme, except: [redis]}\n");
  const std::string text = "FROM redis:7\nFROM nginx:1\nFROM busybox:1\n";
  const std::vector<std::pair<std::vector<std::string>, std::string>> runs = {
      {{"retarget"}, "FROM redis:7\nFROM ghcr.io/acme/nginx:1\nFROM ghcr.io/acme/busybox:1\n"},
      {{"retarget", "--to", "q.io/x"}, "FROM redis:7\nFROM q.io/x/nginx:1\nFROM q.io/x/busybox:1\n"},
      {{"retarget", "--except", "nginx"}, "FROM redis:7\nFROM nginx:1\nFROM ghcr.io/acme/busybox:1\n"},
  };
  for (const auto& [words, wanted] : runs) {
    files_.put("Dockerfile", text);
    EXPECT_EQ(run(words).code, 0);
    EXPECT_EQ(files_.bytes("Dockerfile"), wanted) << words.back();
  }
}

struct Fault {
  std::string_view config;
  std::vector<std::string> words;
  std::string_view message;
};

TEST_F(RunSettings, WhatIsWrongIsSaidAtItsPlace) {
  files_.put("Dockerfile", "FROM nginx:1\n");
  const std::vector<Fault> faults = {
      {"format: xml\n", {"check"}, ".imglint.yaml:1:9: error: 'format' must be "},
      {"fail-on: never\n", {"check"}, ".imglint.yaml:1:10: error: 'fail-on' must be "},
      {"env: [A]\n", {"list"}, ".imglint.yaml:1:7: error: 'env' must be NAME=VALUE, not 'A'"},
      {"baseline: ../known.json\n", {"check"}, ".imglint.yaml:1:11: error: '../known.json' "},
      {"env-files: [/etc/passwd]\n", {"check"}, ".imglint.yaml:1:13: error: '/etc/passwd' "},
      {"retarget: {to: a.io, include: [all]}\n",
       {"retarget"},
       ".imglint.yaml:1:32: error: 'include' must be "},
  };
  for (const Fault& fault : faults) {
    files_.put(".imglint.yaml", std::string(fault.config));
    const ProgramRun result = run(fault.words);
    EXPECT_EQ(result.code, 2) << fault.config;
    EXPECT_NE(result.err.find(fault.message), std::string::npos) << fault.config << result.err;
  }
}

TEST_F(RunSettings, ConfigShowsThemWithTheirPlaces) {
  files_.put(".imglint.yaml",
             "baseline: known.json\nenv: [A=1]\nretarget: {to: ghcr.io/acme, except: [quay.io]}\n");
  const ProgramRun shown = run({"config"});
  for (const char* part :
       {"baseline: known.json", "- \"A=1\"", "to: ghcr.io/acme", "- quay.io", "# .imglint.yaml:3"})
    EXPECT_NE(shown.out.find(part), std::string::npos) << part << shown.out;
}

}  // namespace
}  // namespace imglint::test
