// imglint retarget at its edges: hostile text in what it prints, runs that come to nothing, what files say of
// each other.
#include <nlohmann/json.hpp>

#include "tests/support/retarget_run.hpp"

namespace imglint::test {
namespace {

using RetargetEdges = RetargetFixture;

TEST_F(RetargetEdges, KeepsAVariableOverTwoLinesInsideOfItsComment) {
  files_.put("compose.yaml",
             "services:\n  a:\n    image: \"ghcr.io/a/${X:?\\\n      ; touch owned #}/b\"\n  b: {image: "
             "nginx}\n");
  for (const std::string form : {"list", "docker", "skopeo", "crane", "imagetools", "regsync", "verify"}) {
    const std::string plan = run({"--to", "h.io/x", "--plan", form, "--dry-run", "compose.yaml"}).out;
    EXPECT_TRUE(holds(plan, "# name not known: ghcr.io/a/${X:?\\\\n")) << plan;
    EXPECT_FALSE(holds(plan, "\n      ;")) << plan;
  }
  EXPECT_FALSE(holds(run({"--to", "h.io/x", "--emit", "registries-conf", "compose.yaml"}).out, "\n      ;"));
}

TEST_F(RetargetEdges, KeepsAFileNameWithALineBreakInsideOfItsComment) {
  files_.put("a\nb: c/Dockerfile", "FROM nginx\n");
  EXPECT_EQ(run({"--to", "h.io/x", "--emit", "compose-override", "a\nb: c/Dockerfile"}).out,
            "services: {}\n# not an image of a service: a\\nb: c/Dockerfile:1: docker.io/library/nginx\n");
}

TEST_F(RetargetEdges, ShowsADiffThatSteersNoTerminal) {
  files_.put("Dockerfile", "# \x1b[31m\x07 \xff\tx\r\nFROM nginx\r\n");
  const std::string raw = run({"--to", "h.io/x", "--diff", "Dockerfile"}).out;
  EXPECT_TRUE(holds(raw, " # \x1b[31m\x07 \xff\tx\r\n")) << raw;
  const std::string shown = run({"--to", "h.io/x", "--diff", "Dockerfile"}, true).out;
  EXPECT_TRUE(holds(shown, " # \\x1B[31m\\x07 \\xFF\tx\\r\n")) << shown;
  EXPECT_TRUE(holds(shown, "\n+FROM h.io/x/nginx\\r\n")) << shown;
}

TEST_F(RetargetEdges, LeavesNoLockOfARunThatWroteNothing) {
  files_.put("Dockerfile", "FROM nginx\n");
  files_.set_permissions("Dockerfile", 0444);
  const Words words = {"--to", "h.io/x", "--lock", "moved.json", "Dockerfile"};
  EXPECT_EQ(run(words).code, 2);
  EXPECT_FALSE(files_.status("moved.json"));
  files_.set_permissions("Dockerfile", 0644);
  const ProgramRun again = run(words);
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_TRUE(files_.status("moved.json"));
}

TEST_F(RetargetEdges, LeavesNoPlanOfARunThatWroteNothing) {
  files_.put("Dockerfile", "FROM nginx\n");
  files_.put("old.txt", "old\n");
  files_.put("taken.json", "{}\n");
  files_.set_permissions("Dockerfile", 0444);
  EXPECT_EQ(run({"--to", "h.io/x", "--lock", "l.json", "--plan", "list=new.txt", "Dockerfile"}).code, 2);
  EXPECT_EQ(run({"--to", "h.io/x", "--lock", "l.json", "--plan", "list=old.txt", "Dockerfile"}).code, 2);
  files_.set_permissions("Dockerfile", 0644);
  for (const char* lock : {"taken.json", "no/such/folder/l.json"})
    for (const char* plan : {"new.txt", "old.txt"})
      EXPECT_EQ(
          run({"--to", "h.io/x", "--lock", lock, "--plan", std::string("list=") + plan, "Dockerfile"}).code,
          2);
  EXPECT_FALSE(files_.status("new.txt"));
  EXPECT_FALSE(files_.status("l.json"));
  EXPECT_EQ(text("old.txt"), "old\n");
  EXPECT_EQ(text("Dockerfile"), "FROM nginx\n");
  const ProgramRun one = run({"--to", "h.io/x", "--lock", "./a", "--plan", "list=a", "Dockerfile"});
  EXPECT_EQ(one.code, 2);
  EXPECT_TRUE(holds(one.err, "--lock and --plan name one file")) << one.err;
  EXPECT_FALSE(files_.status("a"));
}

TEST_F(RetargetEdges, RevertsFilesWhoseNamesAreNoUtf8) {
  const std::string one = "\xff.dockerfile";
  const std::string other = "\xfe.dockerfile";
  files_.put(one, "FROM nginx\n");
  files_.put(other, "FROM redis\n");
  EXPECT_EQ(run({"--to", "h.io/x", "--lock", "moved.json", one, other}).code, 0);
  EXPECT_EQ(text(other), "FROM h.io/x/redis\n");
  const ProgramRun back = run({"--revert", "moved.json"});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_EQ(text(one), "FROM nginx\n");
  EXPECT_EQ(text(other), "FROM redis\n");
}

TEST_F(RetargetEdges, RevertsAFileThatALinkWasNamedFor) {
  files_.put("docker/web.Dockerfile", "FROM nginx\n");
  files_.put_link("link.Dockerfile", "docker/web.Dockerfile");
  EXPECT_EQ(run({"--to", "h.io/x", "--lock", "moved.json", "link.Dockerfile"}).code, 0);
  EXPECT_EQ(text("docker/web.Dockerfile"), "FROM h.io/x/nginx\n");
  const ProgramRun back = run({"--revert", "moved.json"});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_EQ(text("docker/web.Dockerfile"), "FROM nginx\n");
}

TEST_F(RetargetEdges, FindsNothingToDoWhereARunWasUndone) {
  const std::string compose = "services:\n  a: {image: nginx}\n  b: {image: \"quay.io/x/y\"} # nginx\n";
  files_.put("compose.yaml", compose);
  EXPECT_EQ(run({"--to", "h.io/x", "--lock", "moved.json", "compose.yaml"}).code, 0);
  EXPECT_EQ(run({"--revert", "moved.json"}).code, 0);
  const ProgramRun again = run({"--revert", "moved.json"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(again.out + again.err, "");
  EXPECT_EQ(text("compose.yaml"), compose);
  files_.put("compose.yaml", "services:\n  a: {image: redis}\n  b: {image: \"quay.io/x/y\"} # nginx\n");
  const ProgramRun rest = run({"--revert", "moved.json"});
  EXPECT_EQ(rest.code, 1) << "its line is another now";
  EXPECT_EQ(rest.err,
            "compose.yaml: error: the line with 'h.io/x/' was changed since; take that out by hand "
            "[not-editable]\n")
      << "and the other one is done";
}

TEST_F(RetargetEdges, RefusesAWayBackThatCannotBeMeant) {
  files_.put("Dockerfile", "FROM nginx\n");
  EXPECT_EQ(run({"--to", "h.io/x", "--lock", "moved.json", "Dockerfile"}).code, 0);
  EXPECT_TRUE(
      holds(run({"--revert", "moved.json", "Dockerfiel"}).err, "Dockerfiel: error: the lock has no file"));
  EXPECT_TRUE(holds(run({"--revert", "moved.json", "--to", "h.io"}).err, "[usage]"));
  EXPECT_EQ(text("Dockerfile"), "FROM h.io/x/nginx\n");
  EXPECT_EQ(run({"--revert", "moved.json", "Dockerfile"}).code, 0);
  EXPECT_EQ(text("Dockerfile"), "FROM nginx\n");
}

TEST_F(RetargetEdges, ReadsDeclarationsOfEqualImagesInBothDirections) {
  const std::string dockerfile = "FROM quay.io/x/y AS a\nFROM docker.io/x/y AS b\nFROM lscr.io/x/y\n";
  const struct {
    Words equivalent;
    int code;
  } rows[] = {
      {{"quay.io/x=docker.io/x", "lscr.io/x=docker.io/x"}, 0},
      {{"docker.io/x=quay.io/x", "docker.io/x=lscr.io/x"}, 0},
      {{"docker.io=quay.io", "lscr.io=quay.io"}, 0},
      {{"quay.io/x=docker.io/x"}, 2},
      {{"docker.io/x=quay.io/x", "docker.io/x=docker.io/x/x"}, 2},
  };
  for (const auto& row : rows) {
    files_.put("Dockerfile", dockerfile);
    Words words = {"--to", "ghcr.io/org", "Dockerfile"};
    for (const std::string& pair : row.equivalent) words.insert(words.end(), {"--equivalent", pair});
    const ProgramRun result = run(words);
    EXPECT_EQ(result.code, row.code) << row.equivalent.front() << result.err;
  }
}

TEST_F(RetargetEdges, TakesABuildArgumentForTheValueThatADefaultLacks) {
  const std::string dockerfile = "ARG BASE\nFROM ${BASE}\n";
  files_.put("Dockerfile", dockerfile);
  files_.put("compose.yaml", "services:\n  a:\n    build:\n      context: .\n      args: {BASE: redis:7}\n");
  EXPECT_EQ(run({"--to", "ghcr.io/org", "--dry-run", "Dockerfile"}).code, 1);
  const ProgramRun together = run({"--to", "ghcr.io/org", "compose.yaml", "Dockerfile"});
  EXPECT_EQ(together.code, 0) << together.err;
  EXPECT_EQ(text("Dockerfile"), dockerfile);
  EXPECT_TRUE(holds(text("compose.yaml"), "{BASE: ghcr.io/org/redis:7}")) << text("compose.yaml");
}

TEST_F(RetargetEdges, SaysWhichLinesItDidNotUnderstand) {
  files_.put("Dockerfile", "FROM nginx\nFROM quay.io/a b c\n");
  const ProgramRun result = run({"--to", "ghcr.io/org", "Dockerfile"});
  EXPECT_EQ(result.err,
            "Dockerfile:2:1: error: not understood, so nothing here moves: FROM takes an image, or an image, "
            "AS and a name [not-understood]\n1 moved in 1 file, 1 left\n");
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(text("Dockerfile"), "FROM ghcr.io/org/nginx\nFROM quay.io/a b c\n");
}

TEST_F(RetargetEdges, GivesWrongOptionsTheKindThatProgramsReadToo) {
  files_.put("Dockerfile", "FROM nginx\n");
  for (const Words& words : {Words{"--paths", "x"}, Words{"--target-depth", "-1"}, Words{"--nonsense"},
                             Words{"--include", "all"}, Words{"--dry-run", "--diff"}}) {
    Words all = {"--to", "h.io", "--format", "json", "Dockerfile"};
    all.insert(all.end(), words.begin(), words.end());
    const ProgramRun result = run(all);
    EXPECT_EQ(result.code, 2);
    EXPECT_TRUE(holds(result.err, "[usage]\n")) << result.err;
    EXPECT_EQ(nlohmann::json::parse(result.out).at("error").at("kind"), "usage");
  }
}

TEST_F(RetargetEdges, AsksWhetherALoneNameOnDockerHubWasMeantAsAnImage) {
  files_.put("Dockerfile", "FROM nginx\n");
  EXPECT_EQ(run({"--to", "h.io", "--from", "docker.io/nginx", "Dockerfile"}).err,
            "imglint: warning: --from docker.io/nginx matched nothing; did you mean "
            "docker.io/library/nginx?\n");
}

TEST_F(RetargetEdges, LeavesAloneTheReferenceThatDoesNotBecomeWhatIsMeantAndNoOther) {
  const struct {
    std::string name;
    std::string source;
    Words options;
    std::string wanted;
    std::string message;
  } rows[] = {
      {"Dockerfile",
       "ARG T\nFROM quay.io/b/c:1\nFROM a/x:$T\n",
       {"--map", "a/x=q.io/x:2", "--map", "quay.io=q.io"},
       "ARG T\nFROM q.io/b/c:1\nFROM a/x:$T\n",
       "Dockerfile:3:6: error: it gets ':2'"},
      {"compose.yaml.j2",
       "services:\n  a:\n    image: a/x:1\n  b:\n    image: a/x:{{ v }}\n",
       {"--map", "a/x=q.io/x:2"},
       "services:\n  a:\n    image: q.io/x:2\n  b:\n    image: a/x:{{ v }}\n",
       "compose.yaml.j2:5:12: error: it gets ':2'"},
      {"compose.yaml",
       "services:\n  a:\n    image: a/x:1\n  b:\n    image: a/x@${D}\n",
       {"--map", "a/x=q.io/x:2"},
       "services:\n  a:\n    image: q.io/x:2\n  b:\n    image: a/x@${D}\n",
       "compose.yaml:5:12: error: it gets ':2'"},
      {"Dockerfile",
       "FROM docker.io/library/scratch\nFROM docker.io/library/1:2\n",
       {"--to", "docker.io", "--spelling", "short"},
       "FROM docker.io/library/scratch\nFROM 1:2\n",
       "line 1 would read 'scratch', which is no image"},
      {"Dockerfile",
       "FROM docker.io/library/alpine AS base\nFROM docker.io/library/base\nFROM docker.io/library/x\n",
       {"--to", "docker.io", "--spelling", "short"},
       "FROM alpine AS base\nFROM docker.io/library/base\nFROM x\n",
       "line 2 would read 'base', which is a stage"},
      {"Dockerfile",
       "FROM x AS base\nFROM old AS b\nFROM old:2\nFROM y\n",
       {"--map", "old=docker.io/library/base", "--map", "y=docker.io/library/z"},
       "FROM x AS base\nFROM old AS b\nFROM base:2\nFROM z\n",
       "line 2 would read 'base', which is a stage"},
  };
  for (const auto& row : rows) {
    files_.put(row.name, row.source);
    Words words = row.options;
    words.push_back(row.name);
    const ProgramRun result = run(words);
    EXPECT_EQ(result.code, 1) << row.source;
    EXPECT_EQ(text(row.name), row.wanted) << result.err;
    EXPECT_TRUE(holds(result.err, row.message)) << result.err;
    EXPECT_TRUE(holds(result.err, ", 1 left")) << result.err;
  }
}

TEST_F(RetargetEdges, TakesWhatABuildGivesForWhatItsDockerfileLacks) {
  const struct {
    std::string compose;
    std::string dockerfile;
    Words options;
    std::string wanted;  ///< the Dockerfile
    std::string message;
  } rows[] = {
      {"args: {NS: acme}",
       "ARG NS\nFROM ${NS}/web:1\n",
       {},
       "ARG NS\nFROM q.io/${NS}/web:1\n",
       "1 moved in 1 file\n"},
      {"args: [BASE]",
       "ARG BASE\nFROM ${BASE}\n",
       {"--env", "BASE=redis:7"},
       "ARG BASE\nFROM ${BASE}\n",
       "Dockerfile:2:6: error: 'BASE' is given by --env; give it as 'BASE=q.io/redis:7' where that is set "
       "[defined-by-option]\n1 left\n"},
      {"args: {V: \"${V}\"}",
       "ARG V\nFROM acme/app:$V\n",
       {},
       "ARG V\nFROM q.io/acme/app:$V\n",
       "1 moved in 1 file, 1 to copy by hand (--plan)\n"},
      {"args: {V: \"${V}\"}",
       "ARG V\nFROM acme/app:$V\nFROM acme/other:$V\n",
       {},
       "ARG V\nFROM q.io/acme/app:$V\nFROM q.io/acme/other:$V\n",
       "2 moved in 1 file, 2 to copy by hand (--plan)\n"},
  };
  for (const auto& row : rows) {
    files_.put("compose.yaml",
               "name: p\nservices:\n  a:\n    build:\n      context: .\n      " + row.compose + "\n");
    files_.put("Dockerfile", row.dockerfile);
    Words words = {"--to", "q.io", "compose.yaml", "Dockerfile"};
    words.insert(words.end(), row.options.begin(), row.options.end());
    const ProgramRun result = run(words);
    EXPECT_EQ(result.err, row.message);
    EXPECT_EQ(text("Dockerfile"), row.wanted);
  }
}

TEST_F(RetargetEdges, SaysOfAPatternThatItMatchedNothingOnlyWhereThatIsTrue) {
  const std::string built = "services:\n  a:\n    build: .\n    image: acme/app:1\n";
  const std::string syntax = "# syntax=docker/dockerfile:1.7\nFROM scratch\n";
  const struct {
    std::string name;
    std::string source;
    Words options;
    std::string wanted;  ///< behind "matched nothing"; "-" if that is not said
  } rows[] = {
      {"compose.yaml", built, {"--map", "docker.io/acme=q.io/acme"}, "-"},
      {"Dockerfile", syntax, {"--from", "docker.io/docker", "--to", "q.io"}, "-"},
      {"Dockerfile", syntax, {"--map", "docker.io=q.io"}, "-"},
      {"Dockerfile", "FROM scratch\nONBUILD COPY --from=nginx /a /a\n", {"--map", "nginx=q.io/n"}, "-"},
      {"Dockerfile",
       "FROM reg.example/web\n",
       {"--from", "docker.io/acme", "--to", "reg.example"},
       "; names below its target are here, as after an earlier run\n"},
      {"Dockerfile", "FROM q.io/web\n", {"--from", "docker.io/acme", "--to", "reg.example"}, "\n"},
      {"Dockerfile",
       "FROM acme\n",
       {"--from", "docker.io/acme", "--to", "reg.example"},
       "; did you mean docker.io/library/acme?\n"},
      {"Dockerfile",
       "FROM acme/a\n",
       {"--from", "acme", "--to", "reg.example"},
       "; did you mean docker.io/acme?\n"},
  };
  for (const auto& row : rows) {
    files_.put(row.name, row.source);
    Words words = row.options;
    words.push_back(row.name);
    const ProgramRun result = run(words);
    const std::string said = "matched nothing";
    if (row.wanted == "-") {
      EXPECT_FALSE(holds(result.err, said)) << result.err;
    } else {
      EXPECT_TRUE(holds(result.err, said + row.wanted)) << row.source << result.err;
    }
    EXPECT_EQ(result.code, 0) << result.err;
  }
}

TEST_F(RetargetEdges, CountsWhatOnlyAnOptionMoves) {
  const struct {
    std::string name;
    std::string source;
    Words options;
    std::string note;
  } rows[] = {
      {".devcontainer/devcontainer.json",
       "{\"image\": \"new.example/a:1\", \"features\": {\"old.example/f/node:1\": {}, \"x.example/f/a:1\": "
       "{}}}\n",
       {"--map", "old.example=new.example"},
       "a feature stays; --include features moves it\n1 feature stays\n"},
      {"pod.yaml",
       "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: "
       "old.example/dev:1\n    env:\n    - {name: SIDE_IMAGE, value: \"old.example/side:1\"}\n",
       {"--map", "old.example=new.example"},
       "what looks like an image stays; --include probable moves it\n1 moved in 1 file, 1 probable image "
       "stays\n"},
      {"Dockerfile",
       "FROM scratch\nONBUILD COPY --from=nginx /a /a\n",
       {"--to", "new.example"},
       "Dockerfile:2:21: note: 'nginx' stays: it may be a stage of the build that uses this image; if it is "
       "an "
       "image, give it a tag or its registry\n"},
      {"Dockerfile",
       "FROM scratch\nONBUILD COPY --from=nginx /a /a\n",
       {"--map", "redis=new.example/r"},
       "imglint: warning: --map redis=new.example/r matched nothing\n"},
  };
  for (const auto& row : rows) {
    files_.put(row.name, row.source);
    Words words = row.options;
    words.push_back(row.name);
    const ProgramRun result = run(words);
    EXPECT_TRUE(result.err.ends_with(row.note)) << result.err;
    EXPECT_EQ(holds(result.err, "behind ONBUILD") || holds(result.err, "may be a stage"),
              holds(row.note, "may be a stage"));
    EXPECT_EQ(result.code, 0) << result.err;
  }
}

TEST_F(RetargetEdges, TellsSinceWhenAKnownMoveHoldsAndTakesItsOldNamesForOneImage) {
  files_.put(
      "Dockerfile",
      "FROM jboss/keycloak:1 AS a\nFROM k8s.gcr.io/pause:3 AS b\nFROM gcr.io/google_containers/pause:3 "
      "AS c\nFROM vault:1\n");
  const ProgramRun result = run({"--known", "Dockerfile"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(text("Dockerfile"),
            "FROM quay.io/keycloak/keycloak:1 AS a\nFROM registry.k8s.io/pause:3 AS b\nFROM "
            "registry.k8s.io/pause:3 AS c\nFROM hashicorp/vault:1\n");
  EXPECT_TRUE(holds(result.err, "is gone from Docker Hub, since 2024-03-19 (")) << result.err;
  EXPECT_TRUE(holds(result.err, "is frozen since 2023-04-03 (")) << result.err;
  EXPECT_TRUE(holds(result.err, "is no longer published (")) << result.err;
}

TEST_F(RetargetEdges, SaysWhatToTakeOutOfALineThatWasChangedSince) {
  files_.put("Dockerfile", "FROM nginx:1\n");
  (void)run({"--to", "ghcr.io/org", "--lock", "moved.json", "Dockerfile"});
  files_.put("Dockerfile", "FROM ghcr.io/org/nginx:2\n");
  EXPECT_EQ(run({"--revert", "moved.json"}).err,
            "Dockerfile: error: the line with 'ghcr.io/org/' was changed since; take that out by hand "
            "[not-editable]\n");
  files_.put("Dockerfile", "FROM docker.io/library/nginx:1\n");
  (void)run({"--to", "docker.io", "--spelling", "short", "--lock", "short.json", "Dockerfile"});
  EXPECT_EQ(text("Dockerfile"), "FROM nginx:1\n");
  files_.put("Dockerfile", "FROM nginx:2\n");
  EXPECT_TRUE(holds(run({"--revert", "short.json"}).err,
                    "a line that had 'docker.io/library/' was changed since; put that back by hand"));
}

}  // namespace
}  // namespace imglint::test
