// imglint retarget where one file gives what another reads: the way back, and who else reads the same bytes.
#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using Words = std::vector<std::string>;

class RetargetReaders : public ::testing::Test {
 protected:
  ProgramRun run(Words words) {
    words.insert(words.begin(), "retarget");
    return run_program_in(files_, words);
  }
  std::string text(const std::string& name) const { return files_.bytes(name); }

  MemoryFileSystem files_;
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

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

}  // namespace
}  // namespace imglint::test
