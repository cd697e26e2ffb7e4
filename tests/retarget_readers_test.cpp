// imglint retarget where one file gives what another reads: the way back, and who else reads the same bytes;
// what is said of files that are not read to their end.
#include <algorithm>

#include "tests/support/retarget_run.hpp"

namespace imglint::test {
namespace {

using RetargetReaders = RetargetFixture;

TEST_F(RetargetReaders, MovesWhatStandsBetweenTheVariablesOfAnEnvironmentFile) {
  const struct {
    std::string before, after;
  } rows[] = {
      {"V=ghcr.io/a\nR=redis:7\nB=${V}/x:1\n", "V=n.example.com/a\nR=n.example.com/redis:7\nB=${V}/x:1\n"},
      {"T=1\nR=redis:7\nB=ghcr.io/a/x:${T}\n", "T=1\nR=n.example.com/redis:7\nB=n.example.com/a/x:${T}\n"},
      {"V=ghcr.io/a\nR=redis:7\nT=1\nB=\"${V}/x:${T}\"\n",
       "V=n.example.com/a\nR=n.example.com/redis:7\nT=1\nB=\"${V}/x:${T}\"\n"},
  };
  for (const auto& row : rows) {
    files_.put("p/.env", row.before);
    files_.put("p/compose.yaml", "services: {a: {image: \"${B}\"}, b: {image: \"${R}\"}}\n");
    const ProgramRun result = run({"--isolated", "--to", "n.example.com", "--edit-env", "p"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_EQ(text("p/.env"), row.after);
  }
}

TEST_F(RetargetReaders, NamesTheWordThatMovesWhatOthersReadToo) {
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

TEST_F(RetargetReaders, RevertsWhatOnlyAnotherFileMakesAReference) {
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

TEST_F(RetargetReaders, EditsTheEmptyArgumentThatABuildGives) {
  const struct {
    std::string written;
    std::string wanted;
  } rows[] = {
      {"REG: \"\"", "REG: \"q.io/\""},
      {"REG: ''", "REG: 'q.io/'"},
      {"REG: |-", "REG: \"q.io/\""},
      {"REG: |", "REG: \"q.io/\""},
      {"REG: >-", "REG: \"q.io/\""},
      {"REG: >+", "REG: \"q.io/\""},
      {"REG: |2-", "REG: \"q.io/\""},
      {"REG: >-4", "REG: \"q.io/\""},
      {"REG: |- # none", "REG: \"q.io/\" # none"},
      {"REG: &none |-", "REG: &none \"q.io/\""},
      {"REG: !!str |-", "REG: !!str \"q.io/\""},
      {"REG: !!str", "REG: !!str \"q.io/\""},
      {"REG: &none !!str", "REG: &none !!str \"q.io/\""},
      {"REG: !!str &none # none", "REG: !!str &none \"q.io/\" # none"},
      {"REG: !!str\n\n", "REG: !!str \"q.io/\"\n\n"},
      {"REG: |-\n\n", "REG: \"q.io/\"\n\n"},
      {"REG: |-\n      # a comment", "REG: \"q.io/\"\n      # a comment"},
      {"- REG=", "- REG=q.io/"},
      {"- \"REG=\"", "- \"REG=q.io/\""},
  };
  const auto compose = [](const std::string& argument, bool returns) {
    const std::string other = argument.starts_with('-') ? "- X=1" : "X: 1";
    std::string bytes = "services:\n  a:\n    build:\n      context: .\n      args:\n        " + argument +
                        "\n        " + other + "\n";
    for (std::size_t at = 0; returns && (at = bytes.find('\n', at)) != std::string::npos; at += 2)
      bytes.insert(at, "\r");
    return bytes;
  };
  for (const auto& row : rows)
    for (const bool returns : {false, true}) {
      SCOPED_TRACE(row.written + (returns ? " CRLF" : ""));
      files_.put("compose.yaml", compose(row.written, returns));
      files_.put("Dockerfile", "ARG REG=docker.io/\nFROM ${REG}a/b:1\n");
      (void)files_.remove("moved.json");
      const ProgramRun result = run({"--to", "q.io", "--lock", "moved.json", "compose.yaml", "Dockerfile"});
      EXPECT_EQ(result.code, 0) << result.err;
      EXPECT_EQ(text("compose.yaml"), compose(row.wanted, returns));
      EXPECT_EQ(text("Dockerfile"), "ARG REG=q.io/\nFROM ${REG}a/b:1\n");
      const ProgramRun back = run({"--revert", "moved.json"});
      EXPECT_EQ(back.code, 0) << back.err;
      EXPECT_EQ(text("compose.yaml"), compose(row.written, returns));
    }
}

TEST_F(RetargetReaders, LeavesToAForeignFrontendWhatIsNoReference) {
  const std::string syntax = "# syntax=acme/own@sha256:" + std::string(64, 'a') + "\n";
  const std::string reads = "'acme/own@sha256:" + std::string(64, 'a') +
                            "' reads this file, by rules of its own: this is nothing for a Dockerfile";
  const struct {
    std::string text;
    int code;
    std::string message;
  } rows[] = {
      {"FROM ./base.dockerfile AS x\nFROM node:20\n", 0, "Dockerfile:2:6: note: " + reads + "\n"},
      {"FROM ./a.dockerfile AS x\nFROM node:20\nCOPY --from=../b.dockerfile a b\n", 0,
       "Dockerfile:2:6: note: " + reads + ", nor is what stands in 1 other place\n"},
      {"FROM ./a.dockerfile AS x\nFROM node:20\nINCLUDE b\nINCLUDE c\n", 1,
       "Dockerfile:2:6: error: not understood, so nothing here moves: " + reads +
           ", nor is what stands in 2 other places [not-understood]\n"},
      {"FROM node:20\nINCLUDE b\n", 1,
       "Dockerfile:3:1: error: not understood, so nothing here moves: " + reads + " [not-understood]\n"},
      {"FROM node:20\n", 0, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    files_.put("Dockerfile", syntax + row.text);
    const ProgramRun result = run({"--map", "docker.io=q.io", "Dockerfile"});
    EXPECT_EQ(result.code, row.code) << result.err;
    EXPECT_TRUE(holds(result.err, row.message)) << result.err;
    const std::size_t told = result.err.find("reads this file");
    EXPECT_EQ(told == std::string::npos, row.message.empty()) << result.err;
    EXPECT_EQ(result.err.find("reads this file", told + (told == std::string::npos ? 0 : 1)),
              std::string::npos)
        << "once: " << result.err;
    EXPECT_FALSE(holds(result.err, "invalid-reference")) << result.err;
    EXPECT_TRUE(holds(text("Dockerfile"), "FROM q.io/library/node:20")) << "what is read moves";
  }
}

TEST_F(RetargetReaders, SaysOfAFileThatIsReadInPartOnlyWhatIsTrue) {
  files_.put("compose.yaml", "services:\n  a:\n    image: nginx:1\n  b: [\n");
  const ProgramRun listed = run_program_in(files_, {"list", "compose.yaml"});
  EXPECT_TRUE(holds(listed.out, "nginx:1")) << listed.out;
  const ProgramRun result = run({"--to", "q.io", "compose.yaml"});
  EXPECT_TRUE(holds(result.err, "the file could not be read as a whole, so nothing in it moves: "))
      << result.err;
  EXPECT_EQ(result.code, 1);
}

TEST_F(RetargetReaders, LooksOnceForWhoElseReadsWhatItChanges) {
  const auto calls = [&](const std::string& kind, const std::string& name) {
    return std::ranges::count_if(files_.log(), [&](const std::string& call) {
      return call.starts_with(kind + " ") && call.ends_with("/" + name);
    });
  };
  const auto move = [&](int services, bool has_kustomization) {
    files_ = MemoryFileSystem();
    std::string many = "services:\n";
    for (int i = 0; i < services; ++i)
      many += "  s" + std::to_string(i) + ":\n    image: ${REG}/acme/x" + std::to_string(i) + ":${REG:-1}\n";
    const std::string compose = "include:\n  - {path: inc.yaml, env_file: ../common.env}\n";
    put({{"r/.git/HEAD", ""},
         {"r/common.env", "REG=docker.io\n"},
         {"r/a/compose.yaml", compose},
         {"r/a/inc.yaml", "services:\n  x:\n    image: ${REG}/acme/a:1\n"},
         {"r/b/compose.yaml", compose},
         {"r/b/inc.yaml", many}});
    if (has_kustomization) put({{"r/a/kustomization.yaml", "images:\n  - {name: acme/a, newTag: \"2\"}\n"}});
    const ProgramRun run =
        this->run({"--isolated", "--map", "docker.io=n.example.com", "--edit-env", "r/a", "r/common.env"});
    EXPECT_TRUE(holds(run.err, "b/inc.yaml:3, which lies outside of the given paths")) << run.err;
  };
  move(1, false);
  const auto walks = calls("list", "b"), resolved = calls("resolve", "common.env");
  EXPECT_GT(walks, 0);
  move(1, true);
  EXPECT_EQ(calls("list", "b"), walks) << "for kustomizations and for readers";
  move(30, false);
  EXPECT_EQ(calls("resolve", "common.env"), resolved) << "for each variable";
}

}  // namespace
}  // namespace imglint::test
