// A lock that a stranger wrote: it undoes moves of references in the files of the folder, and can do nothing
// else.
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/process.hpp"
#include "output/retarget_lock_json.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::HasSubstr;

/// An edit as a lock has it, of the first place of `now` in a line of the text.
struct LockLine {
  std::string path;
  std::string text;
  std::string now;
  std::string was;
};

std::string hash_of(std::string_view line) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char byte : line) value = (value ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 0xF];
  return text;
}

/// A lock of one edit. `more` are further entries.
std::string lock_of(const LockLine& wanted, std::size_t start,
                    nlohmann::json more = nlohmann::json::object()) {
  const std::size_t before = start == 0 ? std::string::npos : wanted.text.rfind('\n', start - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  const std::string line = wanted.text.substr(begin, wanted.text.find('\n', start) - begin);
  const nlohmann::json edits = {{{"start", start},
                                 {"column", start - begin},
                                 {"line", hash_of(line)},
                                 {"now", wanted.now},
                                 {"was", wanted.was}}};
  more["imglint:version"] = "1";
  more["imglint:file:" + wanted.path] = edits.dump();
  return more.dump();
}

class HostileLock : public ::testing::Test {
 protected:
  ProcessOutput revert(const std::vector<std::string>& words = {}) {
    Invocation command{.words = {"env", "-C", folder_ / "work", program_path().string(), "retarget",
                                 "--revert", "lock.json"}};
    command.words.insert(command.words.end(), words.begin(), words.end());
    const auto result = run(command);
    EXPECT_TRUE(result);
    return result ? *result : ProcessOutput{};
  }
  void expect_refused(const LockLine& line, std::string_view why,
                      const nlohmann::json& more = nlohmann::json::object()) {
    SCOPED_TRACE(line.path + ": " + line.now + " -> " + line.was + " " + more.dump());
    folder_.write("work/lock.json", lock_of(line, line.text.find(line.now), more));
    const std::vector<std::string> before = contents();
    const ProcessOutput result = revert();
    EXPECT_EQ(result.status, 2) << result.output;
    EXPECT_THAT(result.errors, HasSubstr(why));
    EXPECT_EQ(contents(), before);
  }
  std::vector<std::string> contents() const {
    std::vector<std::string> all;
    for (const std::string& path : folder_.files())
      if (!std::filesystem::is_directory(folder_ / path)) all.push_back(path + "\n" + folder_.read(path));
    return all;
  }

  TemporaryFolder folder_;
};

const std::string dockerfile =
    "ARG HUB=ghcr.io/org\nFROM ghcr.io/org/nginx:1\n# FROM ghcr.io/org/x\nRUN make\n";

TEST_F(HostileLock, NamesOnlyFilesBelowTheFolderReachedByNoLink) {
  folder_.write("outside/Dockerfile", dockerfile);
  folder_.write("work/.git/hooks/Dockerfile", dockerfile);
  folder_.write("work/real/Dockerfile", dockerfile);
  folder_.link("../outside", "work/folder");
  folder_.link("../outside/Dockerfile", "work/Dockerfile");
  folder_.link("real", "work/inner");
  const struct {
    std::string path;
    const char* why;
  } cases[] = {
      {folder_ / "outside/Dockerfile", "is not below this folder"},
      {folder_ / "work/real/Dockerfile", "is not below this folder"},
      {"../outside/Dockerfile", "is not below this folder"},
      {"real/../../outside/Dockerfile", "is not below this folder"},
      {"real/../real/Dockerfile", "is not below this folder"},
      {"folder/Dockerfile", "through a symbolic link"},
      {"Dockerfile", "through a symbolic link"},
      {"inner/Dockerfile", "through a symbolic link"},
      {".git/hooks/Dockerfile", "belongs to git"},
      {"./.git/hooks/Dockerfile", "belongs to git"},
  };
  for (const auto& test : cases)
    expect_refused({test.path, dockerfile, "ghcr.io/org/", "docker.io/"}, test.why);
  // What the command line names may lie elsewhere.
  folder_.write("work/lock.json", lock_of({"../outside/Dockerfile", dockerfile, "ghcr.io/org/", "quay.io/a/"},
                                          dockerfile.find("ghcr.io/org/")));
  EXPECT_EQ(revert({"../outside/Dockerfile"}).status, 0);
  EXPECT_THAT(folder_.read("outside/Dockerfile"), HasSubstr("FROM quay.io/a/nginx:1"));
}

TEST_F(HostileLock, ChangesReferencesIntoReferencesAndNothingElse) {
  const std::string compose = "services:\n  a:\n    image: ghcr.io/org/x:1\n    command: run\n";
  const std::string script = "#!/bin/sh\nmake ghcr.io/org/x\n";
  folder_.write("work/Dockerfile", dockerfile);
  folder_.write("work/compose.yaml", compose);
  folder_.write("work/build.sh", script);
  folder_.write("work/.env", "PATH=/bin\n");
  const LockLine cases[] = {
      {"Dockerfile", dockerfile, "make", "curl evil"},
      {"Dockerfile", dockerfile, "RUN", "FROM"},
      {"Dockerfile", dockerfile, "", "RUN evil\n"},
      {"Dockerfile", dockerfile, "ghcr.io/org/nginx:1", "nginx:1\nRUN evil"},
      {"Dockerfile", dockerfile, "ghcr.io/org/nginx:1", "nginx:1 AS other"},
      {"Dockerfile", dockerfile, "ghcr.io/org/nginx:1", "NOT:A:reference"},
      {"Dockerfile", dockerfile, "ghcr.io/org/nginx:1", "scratch"},
      {"Dockerfile", dockerfile, "ghcr.io/org/nginx:1", ""},
      {"Dockerfile", dockerfile, "HUB", "BUH"},
      {"Dockerfile", dockerfile, "ghcr.io/org/x", "docker.io/x"},  // in a comment
      {"Dockerfile", dockerfile, dockerfile, "FROM nginx\n"},
      {"compose.yaml", compose, "run", "evil"},
      {"compose.yaml", compose, "ghcr.io/org/x:1", "x:1\n    privileged: true"},
      {"compose.yaml", compose, "ghcr.io/org/x:1", "{evil: true}"},
      {"compose.yaml", compose, "image", "build"},
      {"build.sh", script, "ghcr.io/org/x", "x"},
      {"build.sh", script, "make", "evil"},
      {".env", "PATH=/bin\n", "/bin", "/evil"},
  };
  for (const LockLine& line : cases) expect_refused(line, "error: ");
}

TEST_F(HostileLock, MakesNoReferenceOfATextByWhatItSaysOfFiles) {
  const std::string notes = "FROM ghcr.io/org/x:1\ndocker pull ghcr.io/org/x:1\nimage: ghcr.io/org/x:1\n";
  const std::string object = "{\"image\": \"ghcr.io/org/x:1\"}\n";
  const std::string arguments = "target \"a\" {\n  args = { B2 = \"ghcr.io/org/x:1\" }\n}\n";
  folder_.write("work/notes.md", notes);
  folder_.write("work/notes.yml", notes);
  folder_.write("work/package.json", object);
  folder_.write("work/docker-bake.hcl", arguments);
  folder_.write("Dockerfile", "ARG B2\nFROM $B2\n");
  const struct {
    std::string path, text, key, kind;
  } cases[] = {
      {"notes.md", notes, "imglint:kind:notes.md", "dockerfile"},
      {"notes.md", notes, "imglint:kind:notes.md", "shell"},
      {"notes.md", notes, "imglint:kind:notes.md", "markers"},
      {"notes.yml", notes, "imglint:kind:notes.yml", "gitlab-ci"},
      {"package.json", object, "imglint:kind:package.json", "devcontainer"},
      {"package.json", object, "imglint:kind:package.json", "no-such-kind"},
      {"docker-bake.hcl", arguments, "imglint:reader:../Dockerfile", "dockerfile"},
  };
  for (const auto& test : cases)
    expect_refused({test.path, test.text, "ghcr.io/org/x:1", "docker.io/x"}, "no reference stands",
                   {{test.key, test.kind}});
}

TEST_F(HostileLock, UndoesWhatARunDidInAnyOfItsFiles) {
  folder_.write("work/a/compose.yaml", "services:\n  a:\n    image: ${HUB}/x:1\n  b:\n    image: nginx\n");
  folder_.write("work/a/.env", "HUB=quay.io/acme\n");
  folder_.write("work/b/Dockerfile", "ARG HUB=quay.io/acme\nFROM $HUB/x\nFROM ng\\\ninx\n");
  folder_.write("work/c/compose.yaml", "services:\n  a:\n    image: ${HUB}/y\n");
  folder_.write("work/c/.env", "HUB=quay.io/acme\n");
  const std::vector<std::string> before = contents();
  for (const std::string& path : {std::string("."), folder_ / "work"}) {
    const auto moved = run({.words = {"env", "-C", folder_ / "work", program_path().string(), "retarget",
                                      "--to", "ghcr.io/org", "--edit-env", "--lock", "lock.json", path}});
    ASSERT_TRUE(moved);
    EXPECT_NE(moved->status, 2) << moved->errors;
    EXPECT_THAT(folder_.read("work/c/.env"), HasSubstr("ghcr.io"));
    const ProcessOutput back = revert();
    EXPECT_EQ(back.status, 0) << back.errors;
    run_in(folder_ / "work", {"rm", "lock.json"});
    EXPECT_EQ(contents(), before);
  }
}

TEST_F(HostileLock, OfManyImagesIsWrittenAndReadSoon) {
  Lock lock;
  constexpr std::size_t count = 30'000;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    lock.images.emplace_back("quay.io/x/r" + number, "new.example/x/r" + number);
    lock.files.push_back({.path = number + "/Dockerfile",
                          .edits = {{.start = 5, .column = 5, .now = "new.example", .was = "quay.io"}}});
  }
  const std::clock_t begin = std::clock();
  const std::string text = lock_json(lock);
  const Result<Lock> read = read_lock_json(text);
  EXPECT_LE(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 8);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->images, lock.images);
  EXPECT_EQ(lock_json(*read), text);
}

}  // namespace
}  // namespace imglint::test
