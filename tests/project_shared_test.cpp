// What several projects read in one place, and what compose projects lack.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/retarget_run.hpp"

namespace imglint::test {
namespace {

/// Two projects read one place: `a` builds the image, `b` pulls it.
struct Divided {
  const char* name;
  std::vector<std::pair<std::string, std::string>> files;
  std::string place;  ///< where both read it
};

const std::string base_of_two = "services:\n  x:\n    extends: {file: ../base.yaml, service: x}\n";

const Divided divided[] = {
    {"a service that one of them builds",
     {{"base.yaml", "services:\n  x:\n    image: acme/lib:latest\n"},
      {"a/compose.yaml", base_of_two + "    build: .\n"},
      {"b/compose.yaml", base_of_two}},
     "base.yaml:3:"},
    {"a service beside one that is built",
     {{"base.yaml", "services:\n  x:\n    image: acme/lib:latest\n"},
      {"a/compose.yaml", base_of_two + "  lib:\n    image: acme/lib:latest\n    build: .\n"},
      {"b/compose.yaml", base_of_two}},
     "base.yaml:3:"},
    {"a Dockerfile",
     {{"app/Dockerfile", "FROM acme/lib:latest\n"},
      {"a/compose.yaml",
       "services:\n  lib:\n    image: acme/lib:latest\n    build: ../lib\n  app:\n    build: ../app\n"},
      {"b/compose.yaml", "services:\n  app:\n    build: ../app\n"}},
     "app/Dockerfile:1:"},
    {"a Dockerfile with arguments",
     {{"app/Dockerfile", "ARG V\nFROM acme/lib:${V}\n"},
      {"a/compose.yaml",
       "services:\n  lib:\n    image: acme/lib:latest\n    build: ../lib\n  app:\n    build: {context: "
       "../app, "
       "args: {V: latest}}\n"},
      {"b/compose.yaml", "services:\n  app:\n    build: {context: ../app, args: {V: latest}}\n"}},
     "app/Dockerfile:2:"},
};

class ProjectsThatDiffer : public ::testing::Test {
 protected:
  ProjectsThatDiffer() { begin(); }
  void begin() {
    disk_ = std::make_unique<MemoryFileSystem>();
    disk_->put("/p/.git/HEAD", "");
  }
  void add(const std::string& path, const std::string& text) { disk_->put("/p/" + path, text); }
  std::string text(const std::string& path) { return disk_->bytes("/p/" + path); }
  ProgramRun run(const Words& words) { return run_program_in(*disk_, words); }
  std::string check() { return run({"check", "--format", "compact", "/p"}).out; }

  std::unique_ptr<MemoryFileSystem> disk_;
};

TEST_F(ProjectsThatDiffer, WhatOneProjectBuildsIsStillPulledByAnother) {
  for (const Divided& row : divided) {
    SCOPED_TRACE(row.name);
    begin();
    for (const auto& [path, bytes] : row.files) add(path, bytes);
    const std::string out = check();
    EXPECT_TRUE(holds(out, "latest-tag")) << out;
    // Where the bytes are a value of a compose file, it is told there.
    if (row.name != divided[3].name) {
      EXPECT_TRUE(holds(out, row.place)) << out;
      EXPECT_TRUE(holds(out, "(in project b)")) << out;
    }
  }
}

TEST_F(ProjectsThatDiffer, WhatOneProjectBuildsAndAnotherPullsIsNotMoved) {
  for (const Divided& row : divided) {
    SCOPED_TRACE(row.name);
    begin();
    for (const auto& [path, bytes] : row.files) add(path, bytes);
    const std::string& shared = row.files.front().first;
    const ProgramRun moved = run({"retarget", "--to", "ghcr.io/org", "/p"});
    EXPECT_TRUE(holds(moved.err, row.place)) << moved.err;
    EXPECT_TRUE(holds(moved.err, "project 'a' builds this image and project 'b' pulls it")) << moved.err;
    EXPECT_TRUE(holds(moved.err, "[shared-anchor]")) << moved.err;
    EXPECT_EQ(moved.code, 1);
    EXPECT_EQ(text(shared), row.files.front().second);
    EXPECT_EQ(run({"retarget", "--to", "ghcr.io/org", "--include", "built", "/p"}).code, 0);
    EXPECT_TRUE(holds(text(shared), "ghcr.io/org/acme/lib:")) << text(shared);
  }
}

TEST_F(ProjectsThatDiffer, WhatOneProjectBuildsAndAnotherPullsIsNotFixed) {
  const std::string mirror = "registries:\n  mirrors: [{from: docker.io, to: mirror.example.com/hub}]\n";
  for (const Divided& row : divided) {
    SCOPED_TRACE(row.name);
    begin();
    add(".imglint.yaml", mirror);
    for (const auto& [path, bytes] : row.files) add(path, bytes);
    const std::string& shared = row.files.front().first;
    const ProgramRun fixed = run({"check", "--fix", "--unsafe-fixes", "--format", "compact", "/p"});
    EXPECT_EQ(text(shared), row.files.front().second);
    EXPECT_TRUE(holds(fixed.out, "it is not fixed, since project a builds this image and project b pulls it"))
        << fixed.out;
    EXPECT_EQ(fixed.code, 1);
  }
}

TEST_F(ProjectsThatDiffer, WhatLiesOutsideOfTheGivenPathsIsJudgedAndNotFixed) {
  add(".imglint.yaml", "rules: {require-registry: warning}\n");
  const std::string shared = "services:\n  c: {image: \"redis:7.2\"}\n  d: {build: .}\n";
  add("s/s.yaml", shared);
  add("s/Dockerfile", "FROM redis:7.2\n");
  for (const std::string folder : {"a", "b"})
    add(folder + "/compose.yaml", "include: [../s/s.yaml]\nservices:\n  own: {image: \"nginx:1.27\"}\n");
  const ProgramRun judged = run({"check", "/p/a", "/p/b"});
  EXPECT_TRUE(holds(judged.out, "s/s.yaml:2:15")) << judged.out;
  EXPECT_TRUE(holds(judged.err, "(2 fixable")) << judged.err << "the two that were given";
  // Of the first reading and of a second one, and in a second round, when others were changed.
  for (const Words& paths : {Words{"/p/a"}, Words{"/p/a", "/p/b"}}) {
    Words words = {"check", "--fix", "--unsafe-fixes"};
    words.insert(words.end(), paths.begin(), paths.end());
    const ProgramRun fixed = run(words);
    EXPECT_EQ(text("s/s.yaml"), shared);
    EXPECT_EQ(text("s/Dockerfile"), "FROM redis:7.2\n");
    EXPECT_FALSE(holds(fixed.err, "fixable")) << fixed.err;
    EXPECT_EQ(fixed.code, 1);
  }
  EXPECT_TRUE(holds(text("a/compose.yaml"), "docker.io/library/nginx:1.27"));
  EXPECT_EQ(run({"check", "--fix", "/p"}).code, 0);
  EXPECT_TRUE(holds(text("s/s.yaml"), "docker.io/library/redis:7.2")) << text("s/s.yaml");
}

TEST_F(ProjectsThatDiffer, AResetNamesAKeyOfWhatTheFileBeforeWroteInShort) {
  struct Row {
    std::string main, override_file;
    std::string found;  ///< in what `check` and `list --projects` say; empty: nothing of it
  };
  const Row rows[] = {
      {"  a: {build: {context: ., additional_contexts: [\"k=docker-image://nginx:1.27\"]}}\n",
       "  a: {build: {additional_contexts: {k: !reset null}}}\n",
       "p/Dockerfile:1:6: warning: no tag, so 'k'"},
      {"  a: {image: \"nginx:1.27\", depends_on: [db]}\n  db: {image: \"redis:7.2\"}\n",
       "  a: {depends_on: {db: !reset null}}\n  db: !reset null\n", ""},
      {"  a: {build: sub}\n", "  a: {build: {context: !reset null}}\n", "a: builds p-a from /p/Dockerfile"},
      // Arguments stay a list.
      {"  a: {build: {context: sub, args: [\"BASE=alpine\"]}}\n",
       "  a: {build: {args: {BASE: !reset null}}}\n", "compose.yaml:2:42: warning: no tag, so 'alpine'"},
      {"  a: {build: {context: sub, args: {BASE: alpine}}}\n",
       "  a: {build: {args: {OTHER: x}}}\n---\nservices:\n  a: {build: {args: {BASE: !reset null}}}\n",
       "compose.yaml:2:42: warning: no tag, so 'alpine'"},
      {"  a: {build: {context: sub, args: {BASE: alpine}}}\n", "  a: {build: {args: {BASE: !reset null}}}\n",
       ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.main + row.override_file);
    begin();
    add("compose.yaml", "services:\n" + row.main);
    add("compose.override.yaml", "services:\n" + row.override_file);
    add("Dockerfile", "FROM k\n");
    add("sub/Dockerfile", "ARG BASE=debian:12.5\nFROM ${BASE}\n");
    const std::string out = check() + run({"list", "--projects", "/p"}).out;
    if (row.found.empty())
      EXPECT_FALSE(holds(out, "alpine") || holds(out, "depends")) << out;
    else
      EXPECT_TRUE(holds(out, row.found)) << out;
  }
}

TEST_F(ProjectsThatDiffer, WhatAllOfThemPullIsFixed) {
  add(".imglint.yaml", "registries:\n  mirrors: [{from: docker.io, to: mirror.example.com/hub}]\n");
  add("base.yaml", "services:\n  x:\n    image: acme/lib:1.2\n");
  add("a/compose.yaml", base_of_two);
  add("b/compose.yaml", base_of_two);
  EXPECT_EQ(run({"check", "--fix", "--unsafe-fixes", "/p"}).code, 0);
  EXPECT_EQ(text("base.yaml"), "services:\n  x:\n    image: mirror.example.com/hub/acme/lib:1.2\n");
}

/// Another spelling of the same image is right for whoever builds it, too.
TEST_F(ProjectsThatDiffer, WhatIsWrongWithANameInAllOfThemIsFixed) {
  add("base.yaml", "services:\n  x:\n    image: index.docker.io/acme/lib:1.2\n");
  add("a/compose.yaml", base_of_two + "    build: .\n");
  add("b/compose.yaml", base_of_two);
  EXPECT_EQ(run({"check", "--fix", "/p"}).code, 0);
  EXPECT_EQ(text("base.yaml"), "services:\n  x:\n    image: docker.io/acme/lib:1.2\n");
}

TEST_F(ProjectsThatDiffer, WhatAllProjectsThatBuildADockerfileBuildIsNotPulled) {
  const std::string both =
      "services:\n  lib:\n    image: acme/lib:latest\n    build: ../lib\n  app:\n    build: ../app\n";
  add("app/Dockerfile", "FROM acme/lib:latest\n");
  add("a/compose.yaml", both);
  add("b/compose.yaml", both);
  EXPECT_EQ(check(), "");
}

TEST_F(ProjectsThatDiffer, AComposeFileThatIsNotThereIsToldWhereItIsNamed) {
  const struct {
    const char *environment, *said;
  } rows[] = {
      {"A=1\nCOMPOSE_FILE=gone.yaml\n", "/p/.env:2:14: error: COMPOSE_FILE: '/p/gone.yaml': cannot read: "},
      {"COMPOSE_FILE=gone.yaml:more.yaml\n",
       "/p/.env:1:14: error: COMPOSE_FILE: '/p/gone.yaml': cannot read: "},
      {"COMPOSE_FILE=compose.yaml:gone.yaml\n", "/p/.env:1:14: error: COMPOSE_FILE: '/p/gone.yaml': cannot "},
      {"A=1\nCOMPOSE_FILE=\n", "/p/.env:2:14: error: COMPOSE_FILE is empty, which names the folder itself"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.environment);
    add("compose.yaml", "services:\n  web:\n    image: nginx:1.27\n");
    add(".env", row.environment);
    const ProgramRun checked = run({"check", "--format", "compact", "/p"});
    EXPECT_TRUE(holds(checked.out, row.said)) << checked.out << checked.err;
    EXPECT_EQ(checked.code, 1) << checked.err;
    for (const char* command : {"list", "retarget"}) {
      std::vector<std::string> words = {command, "/p"};
      if (words.front() == "retarget") words.insert(words.end(), {"--to", "ghcr.io/org", "--dry-run"});
      const ProgramRun other = run(words);
      EXPECT_TRUE(holds(other.err, row.said)) << other.err;
      EXPECT_EQ(other.code, 1) << command;
    }
  }
}

TEST_F(ProjectsThatDiffer, AFileOfAConfiguredProjectThatIsNotThereIsToldWhereItIsNamed) {
  add("compose.yaml", "services:\n  web:\n    image: nginx:1.27\n");
  const struct {
    const char *configuration, *said;
  } rows[] = {
      {"projects:\n  - files: [compose.yaml, gone.yaml]\n",
       ".imglint.yaml:2:27: error: '/p/gone.yaml': cannot "},
      {"projects:\n  - files: [compose.yaml]\n    env-files: [gone.env]\n",
       ".imglint.yaml:3:17: error: '/p/gone.env': cannot "},
  };
  for (const auto& row : rows) {
    add(".imglint.yaml", row.configuration);
    const ProgramRun checked = run({"check", "--config", "/p/.imglint.yaml", "/p"});
    EXPECT_TRUE(holds(checked.err, row.said)) << checked.err;
    EXPECT_EQ(checked.code, 2);
  }
}

TEST_F(ProjectsThatDiffer, ATemplateThatIsNoneIsOneFinding) {
  add("compose.yaml", "services:\n  web:\n    image: a:${}\n");
  EXPECT_EQ(check(), "/p/compose.yaml:3:12: error: invalid template '${}' [invalid-reference]\n");
  add("compose.yaml", "services:\n  web:\n    image: a:1.2\n    user: ${}\n");
  EXPECT_EQ(check(), "/p/compose.yaml:4:11: error: invalid template '${}' [unreadable-file]\n");
}

/// Whoever starts the project makes it; git ignores it in most repositories.
TEST_F(ProjectsThatDiffer, AnEnvironmentFileOfAServiceThatIsNotThereIsToldByList) {
  const struct {
    const char *service, *said;
  } rows[] = {
      {"env_file: x.env", "/p/compose.yaml:4:15: note: there is no env file '/p/x.env', without which"},
      {"env_file: [has.env, x.env]", "/p/compose.yaml:4:25: note: there is no env file '/p/x.env', "},
      {"env_file: [{path: x.env}]", "/p/compose.yaml:4:23: note: there is no env file '/p/x.env', "},
      {"env_file: [{path: x.env, required: false}]", ""},
      {"env_file: [{path: x.env}]\n    profiles: [off]", ""},
      {"env_file: has.env", ""},
      {"env_file: /etc/x.env", ""},
      {"env_file: ../x.env", ""},  // outside of the repository
  };
  add("has.env", "A=1\n");
  for (const auto& row : rows) {
    SCOPED_TRACE(row.service);
    add("compose.yaml", "services:\n  web:\n    image: nginx:1.27\n    " + std::string(row.service) + "\n");
    EXPECT_EQ(check(), "");
    const ProgramRun listed = run({"list", "/p"});
    EXPECT_EQ(holds(listed.err, *row.said ? row.said : "env file"), *row.said != 0) << listed.err;
    EXPECT_EQ(listed.code, 0);
  }
}

using SharedValues = RetargetFixture;

TEST_F(SharedValues, MovesADefaultAndTheValueThatAnotherProjectHasForIt) {
  const struct {
    std::string before, after, environment, wanted;
  } rows[] = {
      {"${REG:-docker.io}/acme/app:1", "${REG:-n.example.com/d}/acme/app:1", "REG=quay.io\n",
       "REG=n.example.com/q\n"},
      {"${IMG:-docker.io/acme/app:1}", "${IMG:-n.example.com/d/acme/app:1}", "IMG=quay.io/acme/app:1\n",
       "IMG=n.example.com/q/acme/app:1\n"},
      {"${IMG-${REG:-docker.io}/acme/app:1}", "${IMG-${REG:-n.example.com/d}/acme/app:1}",
       "IMG=quay.io/acme/app:1\n", "IMG=n.example.com/q/acme/app:1\n"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.before);
    const auto base = [](const std::string& image) { return "services:\n  x:\n    image: " + image + "\n"; };
    const std::string compose = "services:\n  x:\n    extends: {file: ../base.yaml, service: x}\n";
    files_.put("p/base.yaml", base(row.before));
    files_.put("p/a/compose.yaml", compose);
    files_.put("p/b/compose.yaml", compose);
    files_.put("p/b/.env", row.environment);
    const ProgramRun result = run({"--isolated", "--map", "docker.io=n.example.com/d", "--map",
                                   "quay.io=n.example.com/q", "--edit-env", "p"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(text("p/base.yaml"), base(row.after));
    EXPECT_EQ(text("p/b/.env"), row.wanted);
  }
}

TEST_F(SharedValues, LeavesEnvironmentFilesOutsideOfThePaths) {
  const std::string compose = "include:\n  - path: inc.yaml\n    env_file: ../common.env\n";
  files_.put(".git/HEAD", "");
  files_.put("common.env", "A=1\nREG=docker.io\n");
  for (const std::string folder : {"a", "b"}) {
    files_.put(folder + "/compose.yaml", compose);
    files_.put(folder + "/inc.yaml", "services:\n  x:\n    image: ${REG}/acme/" + folder + ":1\n");
  }
  const Words words = {"--isolated", "--map", "docker.io=n.example.com", "--edit-env"};
  const auto with = [&](const Words& paths) {
    Words all = words;
    all.insert(all.end(), paths.begin(), paths.end());
    return run(all);
  };
  const ProgramRun left = with({"a"});
  EXPECT_EQ(left.code, 1);
  EXPECT_TRUE(holds(left.err,
                    "a/inc.yaml:3:12: error: it is written in 'common.env', line 2, which lies outside "
                    "of the given paths; give both"))
      << left.err;
  EXPECT_EQ(text("common.env"), "A=1\nREG=docker.io\n");
  const ProgramRun both = with({"a", "common.env"});
  EXPECT_EQ(both.code, 0) << both.err;
  EXPECT_TRUE(holds(both.err, "b/inc.yaml:3, which lies outside of the given paths")) << both.err;
  EXPECT_EQ(text("common.env"), "A=1\nREG=n.example.com\n");
  files_.put("common.env", "A=1\nREG=docker.io\n");
  const ProgramRun all = with({"."});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_FALSE(holds(all.err, "outside of the given paths")) << all.err;
}

TEST_F(SharedValues, EditsTheEnvironmentFileBesideAComposeFileThatIsNamed) {
  files_.put("p/.env", "REG=docker.io\n");
  files_.put("p/compose.yaml", "services:\n  x:\n    image: ${REG}/acme/app:1\n");
  const ProgramRun result =
      run({"--isolated", "--map", "docker.io=n.example.com", "--edit-env", "p/compose.yaml"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(text("p/.env"), "REG=n.example.com\n");
}

TEST_F(SharedValues, AsksOnlyTheBuildsOfADockerfileThatNobodyBuildsAsItStands) {
  const struct {
    std::string dockerfile, arguments, environment;
    Words options;
    std::string said;  ///< all of it
  } rows[] = {
      {"ARG A\nFROM f${A}:1\n",
       "{A: \"2\"}",
       "",
       {"--map", "f2=n.example.com/f2"},
       "1 would move in 1 file\n"},
      {"ARG A\nFROM f${A}:1\n", "{A: \"2\"}", "", {"--to", "n.example.com"}, "1 would move in 1 file\n"},
      // Who builds it by hand gets its default, which no change may spoil.
      {"ARG A=1\nFROM f${A}:1\n",
       "{A: \"2\"}",
       "",
       {"--map", "f2=n.example.com/f2"},
       "p/Dockerfile:2:6: error: the text before 'n.example.com/' would go is also part of 'f1:1', the image "
       "of a "
       "build without arguments, which does not ask for this change; give both a --map, or change it by hand "
       "[shared-variable]\n1 left\n"},
      {"ARG A=1\nFROM f${A}:1\n", "{A: \"2\"}", "", {"--to", "n.example.com"}, "1 would move in 1 file\n"},
      {"ARG BASE\nFROM ${BASE}\n",
       "{BASE: \"${BASE}\"}",
       "BASE=alpine:3.20\n",
       {"--to", "n.example.com"},
       "p/Dockerfile:2:6: error: 'BASE' is set in p/.env:1; use --edit-env to edit it there "
       "[defined-in-env-file]\n1 left (--edit-env)\n"},
      {"ARG BASE=redis:7\nFROM ${BASE}\n",
       "{BASE: \"${BASE}\"}",
       "BASE=alpine:3.20\n",
       {"--to", "n.example.com"},
       "p/Dockerfile:2:6: error: 'BASE' is set in p/.env:1; use --edit-env to edit it there "
       "[defined-in-env-file]\n1 would move in 1 file, 1 left (--edit-env)\n"},
      {"ARG BASE=redis\nFROM ${BASE:?}\n",
       "{BASE: \"${BASE:-alpine:3.20}\"}",
       "",
       {"--to", "n.example.com"},
       "2 would move in 2 files\n"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.dockerfile + row.arguments);
    files_.put("p/Dockerfile", row.dockerfile);
    files_.put("p/.env", row.environment);
    files_.put("p/compose.yaml", "services:\n  x:\n    build: {context: ., args: " + row.arguments + "}\n");
    Words words = {"--isolated", "--dry-run"};
    words.insert(words.end(), row.options.begin(), row.options.end());
    words.push_back("p");
    EXPECT_EQ(run(words).err, row.said);
  }
}

}  // namespace
}  // namespace imglint::test
