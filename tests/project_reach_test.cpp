// How far a compose project reaches, what of it is not read, and that docker compose refuses it as a whole.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/project_test.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

class ProjectReach : public ProjectTest {
 protected:
  std::string check(const std::string& path) {
    const ProgramRun result = run({"check", "--format", "compact", path});
    return result.out + result.err;
  }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(ProjectReach, AProjectIsRefusedForATemplateWhereverItStands) {
  const struct {
    const char* value;
    bool refused;
  } cases[] = {{"${A:?say which}", true}, {"${A", true}, {"${A:-b}", false}, {"$${A:?say which}", false}};
  for (const auto& [value, refused] : cases) {
    SCOPED_TRACE(value);
    add("compose.yaml",
        std::string("services:\n  web:\n    image: nginx:1.27\n    command: \"") + value + "\"\n");
    const std::string out = run({"list", "--projects", "--format", "jsonl", "/p"}).out;
    EXPECT_TRUE(holds(out, refused ? "\"refused\":true" : "\"refused\":false")) << out;
  }
}

TEST(ProjectReachOnDisk, WithoutARepositoryAProjectReachesAsFarAsTheGivenFolder) {
  const TemporaryFolder folder, elsewhere;
  folder.write("a/compose.yaml", "include: [../common/part.inc]\n");
  folder.write("common/part.inc", "services:\n  x:\n    image: redis:latest\n");
  const auto check_from_elsewhere = [&](const std::string& path) {
    const auto result = imglint::run({.words = {"env", "-C", elsewhere.path(), program_path().string(),
                                                "check", "--isolated", "--format", "compact", path}});
    return result ? result->output + result->errors : std::string();
  };
  const std::string whole = check_from_elsewhere(folder.path());
  EXPECT_TRUE(holds(whole, "part.inc:3:18: warning")) << whole;
  const std::string part = check_from_elsewhere(folder / "a");
  EXPECT_TRUE(
      holds(part, "compose.yaml:1:11: note: not read: '../common/part.inc' lies outside of this repository"))
      << part;
}

TEST_F(ProjectReach, WhatComesFromElsewhereIsNamedByWhoeverJudgesOrMovesIt) {
  const struct {
    const char* text;
    const char* note;
  } cases[] = {
      {"include: [oci://example.com/x/y:1]\n",
       "compose.yaml:1:11: note: not read: 'oci://example.com/x/y:1' is not on this machine"},
      {"include: [../../q/part.inc]\n",
       "compose.yaml:1:11: note: not read: '../../q/part.inc' lies outside of this repository"},
      {"services: {x: {extends: {file: ../../q/part.inc, service: x}}}\n",
       "compose.yaml:1:32: note: not read: '../../q/part.inc' lies outside of this repository"},
  };
  disk.put("/q/part.inc", "services:\n  x:\n    image: redis:7\n");
  for (const auto& [text, note] : cases) {
    add("a/compose.yaml", text);
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"check", "/p"}, {"list", "/p"}, {"retarget", "--to", "ghcr.io/org", "/p"}}) {
      SCOPED_TRACE(words.front() + " " + text);
      const std::string told = run(words).err;
      const auto at = told.find(note);
      EXPECT_NE(at, told.npos) << told;
      EXPECT_EQ(told.find(note, at + 1), told.npos) << "told twice: " << told;
    }
  }
}

/// Most are not put together at all; what they would have been must not show.
TEST_F(ProjectReach, WhatIsIncludedFromAboveIsNoProjectHoweverDeep) {
  std::string folder;
  for (int level = 0; level < 12; ++level) {
    const std::string name = "l" + std::to_string(level);
    add(folder + "a.env", "TAG_" + name + "=7." + std::to_string(level) + "\nSAME=" + name + "\n");
    add(folder + "b.env", "NEXT=${TAG_" + name + "}\n");
    add(folder + "compose.yaml", "include: [{path: " + name + "/compose.yaml, env_file: [a.env, b.env]}]\n");
    folder += name + "/";
  }
  add(folder + "compose.yaml", "services:\n  w: {image: \"acme/${SAME}/${NEXT}:${TAG_l11}\"}\n");
  const auto projects = [&] { return run({"list", "--projects", "--config", "/p/.imglint.yaml", "/p"}).out; };
  add(".imglint.yaml", "fail-on: warning\n");
  std::string out = projects();
  EXPECT_TRUE(out.starts_with("p: /p/compose.yaml\n")) << out;
  EXPECT_TRUE(holds(out, "  w: acme/l0/7.0:7.11 (")) << out;
  EXPECT_EQ(out.find("  w: "), out.rfind("  w: ")) << out;
  // The project around is one of the configuration: what was left to that of its folder is its own, too.
  add(".imglint.yaml", "projects:\n  - files: [compose.yaml]\n");
  out = projects();
  EXPECT_TRUE(holds(out, "  w: acme/l0/7.0:7.11 (")) << out;
  EXPECT_EQ(out.find("  w: "), out.rfind("  w: ")) << out;
}

TEST_F(ProjectReach, AProjectBesideTakesNothingFromWhatOneOfItsOwnFolderIncludes) {
  add("a/k.yaml", "name: k\ninclude: [../c/compose.yaml]\n");
  add("a/.env", "COMPOSE_FILE=k.yaml\n");
  add("a/Dockerfile", "FROM scratch\n");
  add("c/compose.yaml", "include: [inner/compose.yaml]\n");
  add("c/inner/compose.yaml", "services:\n  w: {image: \"acme/w:1\"}\n");
  const std::string out = run({"list", "--projects", "/p"}).out;
  EXPECT_TRUE(holds(out, "k: /p/a/k.yaml\n")) << out;
  EXPECT_TRUE(holds(out, "c: /p/c/compose.yaml\n")) << out;
  EXPECT_FALSE(holds(out, "inner: ")) << out;
}

/// Of values, too, it is told which of the projects that read their file take them for an image.
TEST_F(ProjectReach, WhatIsWrongWithAValueOfAFileOfSeveralProjectsNamesThoseThatPullIt) {
  const std::string included = "include: [{path: ../base.yaml, env_file: ../c.env}]\n";
  const std::string extended = "services:\n  app: {extends: {file: ../base.yaml, service: app}}\n";
  const std::string of_variable = "services:\n  w: {image: \"${IMG}\"}\n";
  const std::string of_argument = "services:\n  app: {build: {context: app, args: {V: latest}}}\n";
  const struct {
    const char* what;
    std::string base, both;  ///< the file that both projects read, and what each of them is
    std::string more;        ///< what the first has besides
    std::string label;
  } rows[] = {
      {"both pull it", of_variable, included, "services:\n  x: {image: \"acme/x:1\"}\n", ""},
      {"one builds it", of_variable, included, "services:\n  w: {build: .}\n", " (in project b)"},
      {"one builds it by another service", of_variable, included,
       "services:\n  x: {build: ., image: \"acme/b:latest\"}\n", " (in project b)"},
      {"one has another", of_variable, included, "services:\n  w: {image: \"acme/x:1\"}\n",
       " (in project b)"},
      {"it is an argument", of_argument, extended, "  lib: {image: \"acme/lib:latest\", build: .}\n",
       " (in project b)"},
  };
  disk.put("/empty.json", R"({"version": 1, "findings": []})");
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    add("base.yaml", row.base);
    add("c.env", "IMG=acme/b:latest\n");
    add("app/Dockerfile", "ARG V\nFROM acme/lib:${V}\n");
    add("a/compose.yaml", row.both + row.more);
    add("b/compose.yaml", row.both);
    const std::string early = run({"check", "--format", "compact", "--select", "latest-tag", "/p"}).out;
    const std::string late =
        run({"check", "--format", "compact", "--select", "latest-tag", "--baseline", "/empty.json", "/p"})
            .out;
    EXPECT_TRUE(early.ends_with("'latest' is whatever was pushed last" + row.label + " [latest-tag]\n"))
        << early;
    EXPECT_EQ(early, late);
  }
}

TEST_F(ProjectReach, WhatIsAContextInOneProjectIsToldOfTheOtherThatPullsIt) {
  const std::string plain = "services:\n  app: {build: ../app}\n";
  const std::string given =
      "services:\n  app: {build: {context: ../app, additional_contexts: {acme/lib: ../lib}}}\n";
  const std::string found =
      "/p/app/Dockerfile:1:11: warning: no tag, so 'acme/lib' means whatever 'latest' is "
      "today";
  const struct {
    std::string a, b, label;
  } rows[] = {
      {given, plain, " (in project b)"},
      {plain, given, " (in project a)"},
      {plain, plain, ""},
      {given + "  more: {build: ../app}\n", plain, ""},
  };
  add("app/Dockerfile", "FROM acme/lib\n");
  for (const auto& row : rows) {
    SCOPED_TRACE(row.a + row.b);
    add("a/compose.yaml", row.a);
    add("b/compose.yaml", row.b);
    EXPECT_EQ(run({"check", "--format", "compact", "--select", "missing-tag", "/p"}).out,
              found + row.label + " [missing-tag]\n");
  }
  add("a/compose.yaml", given);
  EXPECT_TRUE(
      holds(run({"retarget", "--to", "ghcr.io/org", "/p"}).err, "gives a build context of this name"));
  EXPECT_EQ(text("app/Dockerfile"), "FROM acme/lib\n");
}

TEST_F(ProjectReach, ANameThatTheProjectTakesFromItsBuildIsPulled) {
  const struct {
    const char* what;
    std::string file;  ///< that names it
    std::string before, other, name;
  } rows[] = {
      {"another image", "compose.yaml",
       "services:\n  a: {image: acme/old, build: .}\n  b: {image: acme/old}\n",
       "services: {a: {image: acme/new}}\n", "b: {image: ghcr.io/org/acme/old}"},
      {"a tag that is reset", "compose.yaml",
       "services:\n  a: {build: {context: ., tags: [acme/t]}}\n  b: {image: acme/t}\n",
       "services: {a: {build: {tags: !reset []}}}\n", "b: {image: ghcr.io/org/acme/t}"},
      {"a service that nobody extends", "base.yaml",
       "services:\n  s: {image: acme/s, build: .}\n  t: {image: acme/s}\n", "",
       "t: {image: ghcr.io/org/acme/s}"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    disk = MemoryFileSystem();
    disk.put("/p/.git/HEAD", "");
    add("Dockerfile", "FROM scratch\n");
    add("compose.yaml", "services:\n  w:\n    extends: {file: base.yaml, service: t}\n");
    add(row.file, row.before);
    if (!row.other.empty()) add("compose.override.yaml", row.other);
    const ProgramRun moved = run({"retarget", "--to", "ghcr.io/org", "/p"});
    EXPECT_EQ(moved.code, 0) << moved.err;
    EXPECT_TRUE(holds(text(row.file), row.name)) << text(row.file) << moved.err;
  }
}

}  // namespace
}  // namespace imglint::test
