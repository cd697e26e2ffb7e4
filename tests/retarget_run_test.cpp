// imglint retarget over several files and outputs: what belongs together, plans, locks, other forms, refusals
// of a whole run.
#include "tests/support/retarget_run.hpp"

#include <nlohmann/json.hpp>

namespace imglint::test {
namespace {

using Files = std::map<std::string, std::string>;
using RetargetRun = RetargetFixture;

TEST_F(RetargetRun, FindsACollisionBetweenFilesAndWritesNeither) {
  put({{"a/Dockerfile", "FROM nginx:1\n"}, {"b/Dockerfile", "FROM quay.io/acme/nginx:1\n"}});
  const ProgramRun run =
      this->run({"--to", "ghcr.io/org", "--paths", "last", "a/Dockerfile", "b/Dockerfile"});
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(holds(run.err, "a/Dockerfile:1")) << run.err;
  EXPECT_TRUE(holds(run.err, "[collision]")) << run.err;
  EXPECT_TRUE(files_.writes().empty());
}

TEST_F(RetargetRun, LeavesTheNameOfABuiltImageAloneInEveryFile) {
  put({{"compose.yaml",
        "services:\n  a: {build: ., image: acme/a:dev}\n  b: {image: acme/a:dev}\n  c: {image: acme/a:1}\n"},
       {"tool/Dockerfile", "FROM acme/a:dev\nCOPY --from=acme/a /x /x\n"}});
  const Words names = {"compose.yaml", "tool/Dockerfile"};
  ProgramRun run = this->run({"--to", "ghcr.io/org", names[0], names[1]});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(text("compose.yaml"),
            "services:\n  a: {build: ., image: acme/a:dev}\n  b: {image: acme/a:dev}\n  c: {image: "
            "ghcr.io/org/acme/a:1}\n");
  EXPECT_EQ(text("tool/Dockerfile"), "FROM acme/a:dev\nCOPY --from=ghcr.io/org/acme/a /x /x\n");
  EXPECT_TRUE(holds(run.err, "note: 3 names of built images stay")) << run.err;
  run = this->run({"--to", "ghcr.io/org", "--include", "built", names[0], names[1]});
  EXPECT_EQ(text("tool/Dockerfile"), "FROM ghcr.io/org/acme/a:dev\nCOPY --from=ghcr.io/org/acme/a /x /x\n");
  EXPECT_FALSE(holds(text("compose.yaml"), " acme/a"));
}

TEST_F(RetargetRun, QuietLeavesNotesOutAndKeepsWhatIsLeft) {
  put({{"compose.yaml", "services:\n  a: {build: ., image: acme/a:dev}\n  b: {image: '$X/a:1'}\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "--quiet", "--strict", "compose.yaml"});
  EXPECT_FALSE(holds(run.err, "note: ")) << run.err;
  EXPECT_TRUE(holds(run.err, "compose.yaml:3:")) << run.err;
}

TEST_F(RetargetRun, MovesCachesOnlyWhenAsked) {
  const std::string source =
      "services:\n  a:\n    build:\n      context: .\n      cache_from: [\"acme/a:cache\", "
      "\"type=registry,ref=acme/b:cache\"]\n"
      "      cache_to: [\"type=registry,ref=acme/b:cache\"]\n      tags: [\"acme/a:1\"]\n";
  put({{"compose.yaml", source}});
  (void)run({"--to", "ghcr.io/org", "compose.yaml"});
  EXPECT_EQ(text("compose.yaml"), source);
  (void)run({"--to", "ghcr.io/org", "--include", "cache,built", "compose.yaml"});
  EXPECT_EQ(text("compose.yaml"),
            "services:\n  a:\n    build:\n      context: .\n      cache_from: [\"ghcr.io/org/acme/a:cache\", "
            "\"type=registry,ref=ghcr.io/org/acme/b:cache\"]\n"
            "      cache_to: [\"type=registry,ref=ghcr.io/org/acme/b:cache\"]\n      tags: "
            "[\"ghcr.io/org/acme/a:1\"]\n");
}

TEST_F(RetargetRun, KnowsTheContextsOfAComposeFileThatBuildsADockerfile) {
  put({{"compose.yaml",
        "services:\n  a:\n    build:\n      context: ./app\n      additional_contexts: {base: ./x, tools: "
        "docker-image://busybox}\n"},
       {"app/Dockerfile", "FROM base\nCOPY --from=tools /a /a\nCOPY --from=alpine /b /b\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "compose.yaml", "app/Dockerfile"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(text("app/Dockerfile"),
            "FROM base\nCOPY --from=tools /a /a\nCOPY --from=ghcr.io/org/alpine /b /b\n");
  EXPECT_TRUE(holds(text("compose.yaml"), "docker-image://ghcr.io/org/busybox"));
}

TEST_F(RetargetRun, EditsBuildArgumentsWhereTheySupplyAName) {
  put({{"compose.yaml",
        "services:\n  a:\n    build:\n      context: ./app\n      args: {REGISTRY: quay.io, OTHER: "
        "quay.io}\n"},
       {"app/Dockerfile", "ARG REGISTRY=docker.io\nFROM ${REGISTRY}/acme/base:1\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "compose.yaml", "app/Dockerfile"});
  EXPECT_EQ(run.code, 2) << "docker.io/acme/base and quay.io/acme/base would be one";
  const ProgramRun equal = this->run({"--to", "ghcr.io/org", "--equivalent", "quay.io/acme=docker.io/acme",
                                      "compose.yaml", "app/Dockerfile"});
  EXPECT_EQ(equal.code, 0) << equal.err;
  EXPECT_EQ(text("app/Dockerfile"), "ARG REGISTRY=ghcr.io/org\nFROM ${REGISTRY}/acme/base:1\n");
  EXPECT_TRUE(holds(text("compose.yaml"), "{REGISTRY: ghcr.io/org, OTHER: quay.io}")) << text("compose.yaml");
}

TEST_F(RetargetRun, RefusesALiteralThatABuildArgumentGivesAnotherMeaning) {
  // Alone the Dockerfile would get a prefix; with the argument of the service that prefix would be wrong.
  const std::string dockerfile = "ARG NS=bitnami\nFROM ${NS}/redis:7\n";
  put({{"compose.yaml", "services:\n  a:\n    build:\n      context: .\n      args: {NS: quay.io/other}\n"},
       {"plain.yaml", "services:\n  b:\n    build: .\n"},
       {"Dockerfile", dockerfile}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "compose.yaml", "plain.yaml", "Dockerfile"});
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(holds(run.err, "[shared-variable]")) << run.err;
  // Where nobody builds it alone, there is no other meaning.
  EXPECT_EQ(this->run({"--to", "ghcr.io/org", "compose.yaml", "Dockerfile"}).code, 0);
  EXPECT_EQ(text("Dockerfile"), dockerfile);
  EXPECT_TRUE(holds(text("compose.yaml"), "args: {NS: ghcr.io/org/other}")) << text("compose.yaml");
}

TEST_F(RetargetRun, WarnsOfWhatElseReadsAChangedText) {
  put({{"Dockerfile",
        "ARG R=docker.io\nARG TOOL=${R}/tool\nFROM ${R}/a/b\nARG R\nARG TOOL\nRUN pull ${R}\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "Dockerfile"});
  EXPECT_EQ(run.code, 0);
  EXPECT_TRUE(holds(run.err, "Dockerfile:4:5: warning: 'R' is also read by the commands")) << run.err;
  EXPECT_TRUE(holds(run.err, "Dockerfile:5:5: warning: 'TOOL' is also read by the commands")) << run.err;
}

TEST_F(RetargetRun, WarnsOfOtherTextThatReadsAnEditedEnvironmentFile) {
  put({{".env", "REGISTRY=docker.io\n"},
       {"compose.yaml",
        "services:\n  a:\n    image: ${REGISTRY}/acme/app:1\n    environment: {FROM: \"${REGISTRY}\", N: "
        "$REGISTRY_2}\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "--edit-env", "compose.yaml"});
  EXPECT_EQ(text(".env"), "REGISTRY=ghcr.io/org\n");
  EXPECT_TRUE(holds(run.err, "compose.yaml:4:28: warning: 'REGISTRY' is also used here")) << run.err;
}

TEST_F(RetargetRun, NotesATargetThatStandsInTheFilesAlready) {
  put({{"Dockerfile", "FROM ghcr.io/org/nginx:1 AS a\nFROM nginx:2\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "Dockerfile"});
  EXPECT_EQ(run.code, 0);
  EXPECT_TRUE(holds(run.err, "Dockerfile:1:6: note: 'ghcr.io/org/nginx' stands here already")) << run.err;
}

TEST_F(RetargetRun, WarnsOfAnImageThatWouldGetTheNameOfWhatIsBuiltHere) {
  const std::string built =
      "services:\n  a:\n    build: .\n    image: ghcr.io/org/nginx:1\n  b:\n    image: nginx:";
  const struct {
    std::string tag;
    std::vector<std::string> options;
    bool warns;
  } cases[] = {{"1", {}, true}, {"2", {}, false}, {"1", {"--include", "built"}, true}};
  for (const auto& [tag, options, warns] : cases) {
    put({{"compose.yaml", built + tag + "\n"}});
    std::vector<std::string> words = {"--to", "ghcr.io/org", "compose.yaml"};
    words.insert(words.end(), options.begin(), options.end());
    const ProgramRun run = this->run(words);
    EXPECT_EQ(run.code, 0) << tag;
    EXPECT_EQ(holds(run.err,
                    "compose.yaml:6:12: warning: 'docker.io/library/nginx:1' becomes "
                    "'ghcr.io/org/nginx:1', the name of what is built here"),
              warns)
        << tag << '\n'
        << run.err;
  }
}

TEST_F(RetargetRun, SaysInJsonWhichFileCannotBeRead) {
  put({{"Dockerfile", "FROM nginx\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "--format", "json", "Dockerfile", "missing"});
  EXPECT_EQ(run.code, 2);
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json.at("error").at("kind"), "file-error");
  EXPECT_EQ(json.at("error").at("file"), "missing");
  EXPECT_EQ(text("Dockerfile"), "FROM nginx\n");
}

TEST_F(RetargetRun, WarnsOfOptionsThatMatchNothing) {
  put({{"Dockerfile", "FROM nginx\n"}, {"m.txt", "docker.io/nginx = h.io/x\nquay.io = h.io/q\n"}});
  ProgramRun run = this->run({"--to", "ghcr.io/org", "--map", "docker.io/nginx=h.io/n", "--map",
                              "gcr.io=h.io/g", "--except", "redis", "--dry-run", "Dockerfile"});
  EXPECT_TRUE(
      holds(run.err, "--map docker.io/nginx=h.io/n matched nothing; did you mean docker.io/library/nginx?"))
      << run.err;
  EXPECT_TRUE(holds(run.err, "--map gcr.io=h.io/g matched nothing")) << run.err;
  EXPECT_TRUE(holds(run.err, "--except docker.io/library/redis matched nothing")) << run.err;
  run = this->run({"--map-file", "m.txt", "--dry-run", "Dockerfile"});
  EXPECT_TRUE(holds(run.err, "m.txt:1 docker.io/nginx=h.io/x matched nothing")) << run.err;
  EXPECT_FALSE(holds(run.err, "quay.io")) << run.err;
  // A second run: the names are where the map brought them.
  (void)this->run({"--map", "docker.io=h.io/hub", "Dockerfile"});
  run = this->run({"--map", "docker.io=h.io/hub", "Dockerfile"});
  EXPECT_EQ(run.err,
            "imglint: note: --map docker.io=h.io/hub matched nothing; names below its target are here, as "
            "after an earlier run\n");
}

TEST_F(RetargetRun, EditsNoFileWhoseMeaningIsAGuess) {
  const std::string source = "services:\n  a:\n    image: nginx\n    image: redis\n";
  put({{"compose.yaml", source}, {"Dockerfile", "FROM nginx\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "compose.yaml", "Dockerfile"});
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(holds(run.err, "[not-editable]")) << run.err;
  EXPECT_EQ(text("compose.yaml"), source);
  EXPECT_EQ(text("Dockerfile"), "FROM ghcr.io/org/nginx\n");
}

TEST_F(RetargetRun, WritesNothingIfAFileCannotBeRead) {
  put({{"Dockerfile", "FROM nginx\n"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "Dockerfile", "no/Dockerfile"});
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(text("Dockerfile"), "FROM nginx\n");
}

TEST_F(RetargetRun, EndsInTwoForWhatIsWrongWithTheRun) {
  put({{"Dockerfile", "FROM nginx\n"},
       {"v1.2/Dockerfile", "FROM nginx\n"},
       {"m.txt", "a.io = b.io\nnonsense\n"},
       {"lock", "{}"}});
  const std::string no_target =
      "imglint: error: nothing says where images go; give --to, --map, --map-file or --known, or 'retarget: "
      "{to: REGISTRY}' in .imglint.yaml [usage]\n";
  const struct {
    Words words;
    std::string wanted;
  } rows[] = {
      {{"Dockerfile"}, no_target},
      {{"ghcr.io/acme"},
       "imglint: error: nothing says where images go; did you mean --to ghcr.io/acme? [usage]\n"},
      {{".", "localhost:5000/acme", "--diff"},
       "imglint: error: nothing says where images go; did you mean --to localhost:5000/acme? [usage]\n"},
      {{"v1.2/Dockerfile", "../a.b/c", "ghcr.io"}, no_target},
      {{"--to", "", "Dockerfile"}, "imglint: error: --to: '' names no registry [bad-target]\n"},
      {{"--to", "org", "Dockerfile"},
       "imglint: error: --to: 'org' has no registry host; for Docker Hub write docker.io/org [bad-target]\n"},
      {{"--map-file", "m.txt", "Dockerfile"},
       "m.txt:2:1: error: 'nonsense' is no FROM=TO; as in docker.io=registry.example/hub [bad-map]\n"},
      {{"--to", "h.io", "--paths", "flat", "--path-template", "{path}", "Dockerfile"},
       "imglint: error: --paths and --path-template exclude each other [usage]\n"},
      {{"--to", "h.io", "--plan", "list", "--diff", "Dockerfile"},
       "imglint: error: two results for standard output; give the plan a file: --plan FORM=FILE; ask for the "
       "rest in "
       "runs of their own [usage]\n"},
      {{"--to", "h.io", "--plan", "lists", "Dockerfile"},
       "imglint: error: --plan: no such form: 'lists'; one of list, docker, skopeo, crane, imagetools, "
       "regsync, "
       "verify, ecr-repositories [usage]\n"},
      {{"--to", "h.io", "--equivalent", "a", "Dockerfile"},
       "imglint: error: --equivalent: 'a' is no A=B [usage]\n"},
      {{"--to", "h.io", "--lock", "lock", "Dockerfile"},
       "lock: error: the lock is there already\n  hint: it belongs to another run: give this one a lock of "
       "its own\n"},
      {{"--revert", "m.txt"}, "m.txt: error: this is no lock of imglint: it is no JSON object\n"},
      {{"--revert", "lock"}, "lock: error: this is no lock of imglint: 'imglint:version' is not \"1\"\n"},
  };
  for (const auto& row : rows) {
    const ProgramRun run = this->run(row.words);
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(run.err, row.wanted);
    EXPECT_EQ(text("Dockerfile"), "FROM nginx\n");
  }
}

TEST_F(RetargetRun, ReportsAnErrorOfTheRunAsJsonToo) {
  put({{"Dockerfile", "FROM nginx\n"}});
  const ProgramRun run = this->run({"--to", "org", "--format", "json", "Dockerfile"});
  EXPECT_EQ(run.code, 2);
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json.at("version"), 1);
  EXPECT_EQ(json.at("error").at("kind"), "bad-target");
  EXPECT_TRUE(json.at("edits").empty());
}

TEST_F(RetargetRun, NamesEveryImageThatADefaultServes) {
  put({{"Dockerfile", "ARG R=docker.io\nFROM ${R}/a/b:1 AS x\nFROM ${R}/c/d\n"}});
  const auto json =
      nlohmann::json::parse(run({"--to", "ghcr.io/org", "--format", "json", "--dry-run", "Dockerfile"}).out);
  ASSERT_EQ(json.at("edits").size(), 1U);
  const auto& edit = json.at("edits")[0];
  EXPECT_EQ(edit.at("via"), "arg-default");
  EXPECT_EQ(edit.at("rule"), "--to ghcr.io/org");
  EXPECT_EQ(edit.at("source"), "docker.io/a/b:1");
  EXPECT_EQ(edit.at("also")[0].at("target"), "ghcr.io/org/c/d");
}

TEST_F(RetargetRun, WritesThePlanToAFile) {
  put({{"Dockerfile", "FROM nginx\n"}, {"old.txt", "old"}});
  const ProgramRun run = this->run({"--to", "ghcr.io/org", "--plan", "list=old.txt", "Dockerfile"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out, "Dockerfile: 1 edit\n");
  EXPECT_EQ(text("old.txt"), "docker.io/library/nginx:latest -> ghcr.io/org/nginx:latest\n");
  EXPECT_EQ(text("Dockerfile"), "FROM ghcr.io/org/nginx\n");
}

TEST_F(RetargetRun, PlansWhatCanBeCopiedAndSaysWhatNot) {
  const std::string digest = "sha256:" + std::string(64, 'c');
  put({{"Dockerfile", "ARG ORG\nFROM quay.io/${ORG}/app:1 AS a\nFROM a/b:1@" + digest + " AS b\nFROM c/d@" +
                          digest + " AS c\nFROM nginx:1.25\n"}});
  const Words options = {"--to",      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x",
                         "--map",     "nginx:1.25=h.io/n:1.25-hard",
                         "--dry-run", "Dockerfile",
                         "--plan"};
  const auto plan = [&](const std::string& form) {
    Words words = options;
    words.push_back(form);
    return run(words).out;
  };
  const std::string ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x";
  EXPECT_EQ(plan("list"),
            "docker.io/a/b@" + digest + " -> " + ecr + "/a/b:1\n" +                   //
                "docker.io/c/d@" + digest + " -> " + ecr + "/c/d@" + digest + "\n" +  //
                "# not copied, a map gives another tag or digest: docker.io/library/nginx:1.25 -> "
                "h.io/n:1.25-hard\n"
                "# name not known: quay.io/${ORG}/app -> " +
                ecr + "/${ORG}/app\n");
  EXPECT_EQ(plan("verify"),
            "skopeo inspect --raw docker://" + ecr + "/a/b@" + digest + " >/dev/null\n" +
                "skopeo inspect --raw docker://" + ecr + "/c/d@" + digest + " >/dev/null\n" +
                "# not copied, a map gives another tag or digest: docker.io/library/nginx:1.25 -> "
                "h.io/n:1.25-hard\n"
                "# name not known: quay.io/${ORG}/app -> " +
                ecr + "/${ORG}/app\n");
  EXPECT_EQ(plan("ecr-repositories"),
            "# name not known: quay.io/${ORG}/app -> " + ecr + "/${ORG}/app\nx/a/b\nx/c/d\n");
}

TEST_F(RetargetRun, PlansNothingWhereNothingMoves) {
  put({{"Dockerfile", "FROM scratch\n"}});
  EXPECT_EQ(run({"--to", "ghcr.io/org", "--plan", "regsync", "Dockerfile"}).out, "version: 1\nsync: []\n");
  EXPECT_EQ(run({"--to", "ghcr.io/org", "--plan", "list", "Dockerfile"}).out, "");
}

TEST_F(RetargetRun, EmitsAnOverrideAPolicyAndAConfiguration) {
  const std::string compose =
      "x-a: &a\n  image: quay.io/x/y:${TAG:-1}\nservices:\n  b: *a\n  c: {image: \"${IMG:-redis}\"}\n  "
      "\"true\": "
      "{image: nginx:1}\n";
  put({{"compose.yaml", compose}, {"Dockerfile", "ARG T\nFROM alpine:$T\n"}});
  const auto emitted = [&](const std::string& form) {
    return run({"--to", "ghcr.io/org", "--emit", form, "compose.yaml", "Dockerfile"}).out;
  };
  EXPECT_EQ(
      emitted("compose-override"),
      "services:\n  b:\n    image: ghcr.io/org/x/y:${TAG:-1}\n  c:\n    image: ${IMG:-ghcr.io/org/redis}\n"
      "  \"true\":\n    image: ghcr.io/org/nginx:1\n"
      "# not an image of a service: Dockerfile:2: docker.io/library/alpine\n");
  EXPECT_EQ(emitted("registries-conf"),
            "[[registry]]\nprefix = \"docker.io/library/alpine\"\nlocation = \"ghcr.io/org/alpine\"\n\n"
            "[[registry]]\nprefix = \"docker.io/library/nginx\"\nlocation = \"ghcr.io/org/nginx\"\n\n"
            "[[registry]]\nprefix = \"docker.io/library/redis\"\nlocation = \"ghcr.io/org/redis\"\n\n"
            "[[registry]]\nprefix = \"quay.io/x/y\"\nlocation = \"ghcr.io/org/x/y\"\n");
  const auto policy = nlohmann::json::parse(emitted("source-policy"));
  EXPECT_EQ(policy.at("rules")[0], nlohmann::json::parse(R"({"action": "CONVERT",
      "selector": {"identifier": "docker-image://docker.io/library/alpine:*", "matchType": "WILDCARD"},
      "updates": {"identifier": "docker-image://ghcr.io/org/alpine:${1}"}})"));
  EXPECT_EQ(policy.at("rules")[2].at("selector").at("identifier"),
            "docker-image://docker.io/library/redis:latest");
  EXPECT_EQ(text("compose.yaml"), compose);
  EXPECT_TRUE(files_.writes().empty());
}

TEST_F(RetargetRun, ReadsTheRegistriesConfigurationThatItEmits) {
  put({{"Dockerfile", "FROM nginx:1\nFROM quay.io/a/b\n"}});
  files_.put("r.conf", run({"--to", "ghcr.io/org", "--emit", "registries-conf", "Dockerfile"}).out);
  const std::string wanted = run({"--to", "ghcr.io/org", "--diff", "Dockerfile"}).out;
  EXPECT_EQ(run({"--map-file", "r.conf", "--diff", "Dockerfile"}).out, wanted);
}

TEST_F(RetargetRun, TakesALockForAMap) {
  put({{"Dockerfile", "FROM nginx:1\nFROM redis\n"},
       {"other/Dockerfile", "FROM docker.io/nginx:1\nFROM nginx:2\nFROM redis:latest\n"}});
  (void)run({"--to", "ghcr.io/org", "--lock", "moved.json", "Dockerfile"});
  EXPECT_EQ(run({"--map-file", "moved.json", "other/Dockerfile"}).code, 0);
  EXPECT_EQ(text("other/Dockerfile"),
            "FROM ghcr.io/org/nginx:1\nFROM nginx:2\nFROM ghcr.io/org/redis:latest\n");
}

TEST_F(RetargetRun, RevertsWhatIsStillThereAndReportsTheRest) {
  put({{"Dockerfile", "FROM nginx:1 AS a\nFROM redis\r\nFROM quay.io/x/y\nFROM nginx:1 AS a"}});
  (void)run({"--to", "ghcr.io/org", "--lock", "moved.json", "Dockerfile"});
  // A line is added, one is changed.
  files_.put("Dockerfile",
             "# new\nFROM ghcr.io/org/nginx:1 AS a\nFROM ghcr.io/org/redis\r\nFROM ghcr.io/org/x/y:2\nFROM "
             "ghcr.io/org/nginx:1 AS a");
  const ProgramRun check = run({"--revert", "moved.json", "--dry-run"});
  EXPECT_EQ(check.code, 1);
  EXPECT_TRUE(holds(check.out, "Dockerfile:2:6  'ghcr.io/org/' -> ''")) << check.out;
  const ProgramRun back = run({"--revert", "moved.json"});
  EXPECT_EQ(back.code, 1);
  EXPECT_EQ(text("Dockerfile"),
            "# new\nFROM nginx:1 AS a\nFROM redis\r\nFROM ghcr.io/org/x/y:2\nFROM nginx:1 AS a");
  EXPECT_TRUE(holds(back.err, "the line with 'ghcr.io/org' was changed since; write 'quay.io' in its place"))
      << back.err;
}

TEST_F(RetargetRun, RevertsOnlyTheGivenPaths) {
  put({{"a/Dockerfile", "FROM nginx\n"}, {"b/Dockerfile", "FROM redis\n"}});
  (void)run({"--to", "ghcr.io/org", "--lock", "moved.json", "a/Dockerfile", "b/Dockerfile"});
  EXPECT_EQ(run({"--revert", "moved.json", "b/"}).code, 0);
  EXPECT_EQ(text("a/Dockerfile"), "FROM ghcr.io/org/nginx\n");
  EXPECT_EQ(text("b/Dockerfile"), "FROM redis\n");
}

}  // namespace
}  // namespace imglint::test
