// imglint retarget at its edges: hostile text in what it prints, runs that come to nothing, what files say of
// each other.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using Words = std::vector<std::string>;

class RetargetEdges : public ::testing::Test {
 protected:
  ProgramRun run(Words words, bool out_is_terminal = false) {
    words.insert(words.begin(), "retarget");
    return run_program_in(files_, words, {}, out_is_terminal);
  }
  std::string text(const std::string& name) const { return files_.bytes(name); }

  MemoryFileSystem files_;
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

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
  EXPECT_EQ(run({"--revert", "moved.json"}).code, 1) << "its line is another now";
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

TEST_F(RetargetEdges, NamesTheWordThatMovesWhatOthersReadToo) {
  const std::string dockerfile = "ARG BASE_IMAGE=busybox\nFROM ${BASE_IMAGE}\n";
  const std::string bake =
      "variable \"V\" { default = \"quay.io/a/b\" }\n"
      "target \"a\" {\n  args = { BASE = V }\n  ";
  const std::string from_base = "ARG BASE\nFROM ${BASE}\n";
  const struct {
    std::string name, text, dockerfile, word;
  } rows[] = {
      {"devcontainer.json",
       "{\"build\": {\"dockerfile\": \"Dockerfile\", \"args\": {\"BASE_IMAGE\": \"debian:12\"}}}\n",
       dockerfile, "probable"},
      {"docker-bake.hcl", bake + "tags = [V]\n}\n", from_base, "built"},
      {"docker-bake.hcl", bake + "cache-from = [V]\n}\n", from_base, "cache"},
      {"docker-bake.hcl", bake + "tags = [V]\n  cache-from = [V]\n}\n", from_base, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const std::string folder = "row" + std::to_string(&row - rows);
    files_.put(folder + "/" + row.name, row.text);
    files_.put(folder + "/Dockerfile", row.dockerfile);
    const ProgramRun alone = run({"--isolated", "--to", "n.example.com/m", folder});
    EXPECT_TRUE(holds(alone.err, "give them variables of their own")) << alone.err;
    EXPECT_EQ(holds(alone.err, "or move it as well with '--include " + row.word + "'"), !row.word.empty())
        << alone.err;
    EXPECT_EQ(text(folder + "/" + row.name), row.text);
    if (row.word.empty()) continue;
    (void)run({"--isolated", "--to", "n.example.com/m", "--include", row.word, folder});
    EXPECT_TRUE(holds(text(folder + "/" + row.name), "n.example.com/m/")) << text(folder + "/" + row.name);
  }
}

/// Files of a run, and where its edits are.
struct Reverted {
  std::vector<std::pair<std::string, std::string>> files;
  std::string edited;
  Words options = {};
};

TEST_F(RetargetEdges, RevertsWhatOnlyAnotherFileMakesAReference) {
  const std::pair<std::string, std::string> dockerfile = {"Dockerfile", "ARG B2\nFROM $B2\n"};
  const std::string compose = "services:\n  a:\n    build: {context: ., args: {B2: ";
  const Reverted rows[] = {
      {{dockerfile, {"docker-bake.hcl", "target \"a\" {\n  args = { B2 = \"alpine:3\" }\n}\n"}},
       "docker-bake.hcl"},
      {{dockerfile,
        {"docker-bake.hcl",
         "variable \"V\" { default = \"alpine:3\" }\ntarget \"a\" {\n  args = { B2 = V }\n}\n"}},
       "docker-bake.hcl"},
      {{dockerfile,
        {".devcontainer/devcontainer.json",
         "{\"build\": {\"dockerfile\": \"../Dockerfile\", \"args\": {\"B2\": \"alpine:3\"}}}\n"}},
       ".devcontainer/devcontainer.json"},
      {{dockerfile, {"compose.yaml", compose + "\"alpine:3\"}}\n"}}, "compose.yaml"},
      {{dockerfile, {"compose.yaml", compose + "\"${V}\"}}\n"}, {".env", "V=alpine:3\n"}},
       ".env",
       {"--edit-env"}},
      {{{"web.txt", "ARG B2\nFROM $B2\n"},
        {"compose.yaml", compose + "\"alpine:3\"}, dockerfile: web.txt}\n"}},
       "compose.yaml"},
      {{{"Containerfile", "ARG B2\nFROM $B2\n"},
        {"a.build", "[Build]\nFile=Containerfile\nBuildArg=B2=alpine:3\nImageTag=localhost/a\n"}},
       "a.build"},
      {{{".gitlab-ci.yml", "include: {local: ci/values.yml}\na: {image: $IMG, script: make}\n"},
        {"ci/values.yml", "variables: {IMG: \"alpine:3\"}\n"}},
       "ci/values.yml"},
      {{{".gitlab-ci.yml", "include: {local: ci/jobs.yml}\n"},
        {"ci/jobs.yml", "a: {image: \"alpine:3\", script: make}\n"}},
       "ci/jobs.yml"},
      {{{".devcontainer/devcontainer.json", "{\"dockerComposeFile\": \"services.txt\"}\n"},
        {".devcontainer/services.txt", "services:\n  a:\n    image: alpine:3\n"}},
       ".devcontainer/services.txt"},
      {{{"play.yml", "- hosts: all\n  # imglint: image\n  image: \"alpine:3\"\n"}},
       "play.yml",
       {"--include", "markers"}},
      {{{"x.json", "{\n  \"x\": \"alpine:3\" // imglint: image\n}\n"}}, "x.json", {"--include", "markers"}},
  };
  int number = 0;
  for (const Reverted& row : rows) {
    const std::string folder = "row" + std::to_string(number++);
    SCOPED_TRACE(folder + ": " + row.files.back().second);
    for (const auto& [name, text] : row.files) files_.put(folder + "/" + name, text);
    const std::string edited = folder + "/" + row.edited;
    const std::string before = text(edited);
    const std::string lock = folder + ".json";
    Words words = {"--isolated", "--to", "n.example.com", "--lock", lock, folder};
    words.insert(words.end(), row.options.begin(), row.options.end());
    const ProgramRun moved = run(words);
    ASSERT_TRUE(holds(text(edited), "n.example.com/alpine:3")) << moved.out << moved.err;
    // Of one file alone, too.
    const ProgramRun back = run({"--isolated", "--revert", lock, number % 2 == 0 ? folder : edited});
    EXPECT_EQ(back.code, 0) << back.err << text(lock);
    EXPECT_EQ(text(edited), before);
    for (const auto& [name, original] : row.files) EXPECT_EQ(text(folder + "/" + name), original);
  }
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

}  // namespace
}  // namespace imglint::test
