// Variables made to cost much: values that double each other, one of many bytes used by many. What is too
// much is said with its place.
#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string number(std::size_t n) { return std::to_string(n); }

/// `line(0)`, `line(1)` … after each other.
std::string repeated(std::size_t count, const std::function<std::string(std::size_t)>& line) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line(i);
  return text;
}

/// `V0=aaaaaaaa`, and 40 more that are each twice the one before.
std::string doubled(const std::string& prefix, const std::string& dollar = "$") {
  return prefix + "V0=aaaaaaaa\n" + repeated(40, [&](std::size_t i) {
           const std::string before = dollar + "{V" + number(i) + "}";
           return prefix + "V" + number(i + 1) + "=" + before + before + "\n";
         });
}

struct Expansion {
  std::string name;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> words;
  std::string said;
};

const std::string compose_of_v40 =
    "services:\n  web:\n    image: nginx:${V40}\n  db:\n    image: redis:${V2}\n";

const std::vector<Expansion> expansions = {
    {"ARG defaults",
     {{"Dockerfile", doubled("ARG ") + "FROM nginx:$V40\n"}},
     {"check", "Dockerfile"},
     "Dockerfile:13:9: error: cannot judge: the variables of this file amount to too much text"},
    {"a FROM",
     {{"Dockerfile", "ARG A=" + std::string(40000, 'a') + "\nFROM nginx:$A$A\n"}},
     {"check", "Dockerfile"},
     "Dockerfile:2:6: error: cannot judge: 'nginx:$A$A' amounts to more than 65536 bytes"},
    {"many that are long",
     {{"Dockerfile", "ARG A=" + std::string(60000, 'a') + "\n" +
                         repeated(2000, [](std::size_t i) { return "ARG B" + number(i) + "=$A\n"; }) +
                         "FROM nginx\n"}},
     {"check", "Dockerfile"},
     "error: cannot judge: the variables of this file amount to too much text"},
    {".env",
     {{".env", doubled("")}, {"compose.yaml", compose_of_v40}},
     {"check", "compose.yaml"},
     "compose.yaml:3:18: error: cannot judge: 'V40' amounts to more than 65536 bytes"},
    {"--env-file",
     {{"values", doubled("export ")}, {"compose.yaml", compose_of_v40}},
     {"check", "--env-file", "values", "compose.yaml"},
     "compose.yaml:3:18: error: cannot judge: 'V40' amounts to more than 65536 bytes"},
    {"a scalar of many",
     {{".env", "A=" + std::string(40000, 'a') + "\n"},
      {"compose.yaml", "services:\n  web:\n    image: nginx:$A$A\n"}},
     {"check", "compose.yaml"},
     "compose.yaml:3:20: error: cannot judge: 'A' amounts to more than 65536 bytes"},
    {"many scalars",
     {{".env", "A=" + std::string(60000, 'a') + "\n"},
      {"compose.yaml",
       "services:\n" +
           repeated(2000, [](std::size_t i) { return "  s" + number(i) + ": {image: \"$A\"}\n"; })}},
     {"check", "compose.yaml"},
     "error: cannot judge: the variables of this file amount to too much text"},
    {"build arguments",
     {{".env", doubled("")},
      {"compose.yaml", "services:\n  web:\n    build:\n      context: .\n      args:\n        A: ${V40}\n"},
      {"Dockerfile", "ARG A\nFROM nginx:$A\n"}},
     {"check", "compose.yaml", "Dockerfile"},
     "compose.yaml:6:12: error: cannot judge: 'V40' amounts to more than 65536 bytes"},
    {"an inline Dockerfile",
     {{"compose.yaml", "services:\n  web:\n    build:\n      dockerfile_inline: |\n" +
                           doubled("        ARG ", "$$") + "        FROM nginx:$$V40\n"}},
     {"check", "compose.yaml"},
     "compose.yaml:17:17: error: cannot judge: the variables of this file amount to too much text"},
};

TEST(HostileVariables, WhatVariablesAmountToIsLimitedAndSaidWithItsPlace) {
  for (const Expansion& expansion : expansions) {
    SCOPED_TRACE(expansion.name);
    MemoryFileSystem files;
    for (const auto& [path, bytes] : expansion.files) files.put(path, bytes);
    for (const char* command : {"check", "list"}) {
      auto words = expansion.words;
      words.front() = command;
      const ProgramRun run = run_program_in(files, words);
      EXPECT_LE(run.code, 1) << run.err;
      EXPECT_LT(run.out.size() + run.err.size(), 4'000'000u);
      EXPECT_THAT(run.out + run.err, HasSubstr(expansion.said));
    }
  }
}

TEST(HostileVariables, WhatIsWrongWithATextIsToldByOneRule) {
  struct Row {
    const char* what;
    std::pair<std::string, std::string> file;
    std::string rule;
  };
  const std::string long_default = "ARG A=" + std::string(40000, 'a') + "\n";
  const Row rows[] = {
      {"too much for a FROM", {"Dockerfile", long_default + "FROM nginx:$A$A\n"}, "unreadable-file"},
      {"no such operator", {"Dockerfile", "ARG A=1\nFROM nginx:${A!x}\n"}, "invalid-reference"},
      {"a variable in a mount",
       {"Dockerfile", "FROM nginx:1.27\nRUN --mount=type=bind,from=$A,target=/a true\n"},
       "invalid-reference"},
      {"an open brace", {"compose.yaml", "services:\n  a: {image: \"nginx:${A\"}\n"}, "invalid-reference"},
      {"an open brace that is no reference",
       {"compose.yaml", "services:\n  a: {image: nginx:1.27, user: \"${A\"}\n"},
       "unreadable-file"},
      {"the same in a Dockerfile inside of the file",
       {"compose.yaml", "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM nginx:${A\n"},
       "unreadable-file"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    MemoryFileSystem files;
    files.put(row.file.first, row.file.second);
    const std::string said = run_program_in(files, {"check", "--format", "compact", row.file.first}).out;
    EXPECT_THAT(said, HasSubstr("[" + row.rule + "]"));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
  }
}

TEST(HostileVariables, AFileIsReadForSoManyProjectsAsThereIsTimeFor) {
  const auto told = [](std::vector<std::string> words, std::size_t projects, std::size_t services,
                       const std::string& asks) {
    MemoryFileSystem files;
    files.put("p/.git/HEAD", "");
    files.put("p/base.yaml", "services:\n" + repeated(services, [](std::size_t i) {
                               return "  s" + number(i) + ": {image: \"acme/x:${V:-1}\", labels: {a: b}}\n";
                             }));
    for (std::size_t i = 0; i < projects; ++i) {
      files.put("p/d" + number(i) + "/compose.yaml", asks);
      files.put("p/d" + number(i) + "/.env", "V=" + number(i) + "\n");
    }
    words.emplace_back("p");
    const ProgramRun run = run_program_in(files, words);
    return run.out + run.err;
  };
  const char* message = "cannot judge: the projects of this run read this file too often";
  const std::string extends = "services: {a: {extends: {file: ../base.yaml, service: s7}}}\n";
  for (const std::string& asks : {extends, std::string("include: [../base.yaml]\n")}) {
    EXPECT_THAT(told({"check"}, 60, 2000, asks), HasSubstr(message)) << asks;
    EXPECT_THAT(told({"check"}, 200, 40, asks), Not(HasSubstr(message))) << asks;
  }
  EXPECT_THAT(told({"retarget", "--to", "h.io/x", "--dry-run"}, 60, 2000, extends), HasSubstr(message));
}

TEST(HostileVariables, AValueThatIsTooLongHidesNoOther) {
  MemoryFileSystem files;
  files.put(".env", doubled("") + "LAST=9\n");
  files.put("compose.yaml", "services:\n  a: {image: \"a:${V40}\"}\n  b: {image: \"b:${LAST}\"}\n");
  EXPECT_THAT(run_program_in(files, {"list", "compose.yaml"}).out, HasSubstr("docker.io/library/b:9"));
}

TEST(HostileVariables, AnArgumentThatIsTooLongIsNotTakenForAnEmptyOne) {
  MemoryFileSystem files;
  files.put(".env", doubled(""));
  files.put("compose.yaml", "services:\n  web: {build: {context: ., args: {A: \"${V40}\"}}}\n");
  files.put("Dockerfile", "ARG A\nFROM nginx:1.27$A\n");
  const std::string said = run_program_in(files, {"check", "compose.yaml", "Dockerfile"}).out;
  EXPECT_THAT(said, HasSubstr("cannot judge: 'V40' amounts to more than 65536 bytes"));
  EXPECT_THAT(said, Not(HasSubstr("Dockerfile:")));
  files.put("Dockerfile", "ARG A\nFROM nginx:$A\n");
  EXPECT_THAT(run_program_in(files, {"check", "compose.yaml", "Dockerfile"}).out,
              Not(HasSubstr("[invalid-reference]")));
}

}  // namespace
}  // namespace imglint::test
