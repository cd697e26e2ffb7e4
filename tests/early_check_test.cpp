// Files that are judged as they are read: the same findings as when all are judged together, and what is left
// of a file that was let go.
#include <gtest/gtest.h>

#include "check/early.hpp"
#include "kinds/index.hpp"
#include "source/utf16_columns.hpp"
#include "tests/support/check_run.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

constexpr std::string_view digests[] = {
    "sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d",
    "sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c"};

std::string pinned(std::size_t digest) { return "FROM alpine:3.20@" + std::string(digests[digest]) + "\n"; }

struct Case {
  const char* name;
  std::vector<NamedText> files;
  std::size_t kept;  ///< files that have to wait for the others
};

std::vector<Case> cases() {
  return {
      {"plain files",
       {{"Dockerfile", "FROM nginx\n"}, {"b/compose.yaml", "services: {a: {image: redis}}\n"}},
       0},
      {"a comment silences", {{"Dockerfile", "# imglint ignore=missing-tag\nFROM nginx\nFROM redis\n"}}, 0},
      {"a host misspelt in two files",
       {{"a/Dockerfile", "FROM ghrc.io/a/b:1\n"}, {"b/Dockerfile", "FROM ghrc.io/a/c:1\n"}},
       2},
      {"a host misspelt in one file",
       {{"a/Dockerfile", "FROM ghrc.io/a/b:1\n"}, {"b/Dockerfile", "FROM nginx\n"}},
       1},
      {"one tag with two digests",
       {{"a/Dockerfile", pinned(0)}, {"b/Dockerfile", pinned(1)}, {"c/Dockerfile", pinned(0)}},
       3},
      {"a value from .env",
       {{".env", "TAG=latest\n"}, {"compose.yaml", "services: {a: {image: \"redis:$TAG\"}}\n"}},
       1},
      {"arguments of a build",
       {{"Dockerfile", "ARG BASE=alpine:3.20\nFROM $BASE\n"},
        {"compose.yaml", "services: {a: {build: {context: ., args: {BASE: \"nginx:latest\"}}}}\n"}},
       2},
      {"arguments of a build of nothing here",
       {{"Dockerfile", "FROM nginx\n"},
        {"compose.yaml", "services: {a: {build: {context: x, args: {BASE: \"nginx:latest\"}}}}\n"}},
       0},
      {"a context of a build",
       {{"Dockerfile", "FROM base\n"},
        {"compose.yaml", "services: {a: {build: {context: ., additional_contexts: {base: ./b}}}}\n"}},
       2},
  };
}

TEST(EarlyCheck, FindsWhatIsFoundTogetherAndKeepsOnlyWhatOthersNeed) {
  const Policy policy = policy_of("");
  for (const Case& each : cases()) {
    SCOPED_TRACE(each.name);
    const std::string together = check_texts(each.files, policy)->dump();
    MemoryFileSystem disk;
    std::vector<FoundFile> found;
    EarlyCheck early;
    for (const NamedText& file : each.files) {
      disk.put(file.path, file.text);
      if (file.path.ends_with(".env")) continue;
      found.push_back({file.path, &kind_of_path(file.path)});
      early.add(policy);
    }
    CheckRun run;
    load_project(found, {.salvage = Salvage::all, .early = early.keep_findings()}, disk, run.project);
    std::vector<CheckTarget> targets;
    std::size_t kept = 0;
    for (const ProjectFile& file : run.project.files) {
      if (!file.document) continue;
      ++kept;
      targets.push_back({file.document.get(), &policy});
      for (const auto& variant : file.variants) targets.push_back({variant.get(), &policy, true});
    }
    run.result = std::move(early.result());
    add_result(run.result, check(targets));
    EXPECT_EQ(run.dump(), together);
    EXPECT_EQ(kept, each.kept);
  }
}

TEST(SourceThatWasLetGo, AnswersForTheLinesItKeptAsBefore) {
  const std::string texts[] = {"one\ntwo\nthree\n",
                               "\xEF\xBB\xBF"
                               "\xC3\xA9\xF0\x9F\x90\x8B one\r\n\r\ntwo\r\nthree",
                               "x", "\n\n"};
  for (const std::string& text : texts)
    for (std::uint32_t begin = 0; begin <= text.size(); ++begin)
      for (std::uint32_t end = begin; end <= text.size(); ++end) {
        SCOPED_TRACE(std::to_string(begin) + "-" + std::to_string(end) + " of " + text);
        const Source whole("a", text);
        Source kept("a", text);
        const Span spans[] = {{begin, end}, {0, 0}};
        kept.keep_lines(spans);
        EXPECT_FALSE(kept.is_whole());
        EXPECT_EQ(kept.text(spans[0]), whole.text(spans[0]));
        for (const std::uint32_t at : {begin, end}) {
          EXPECT_EQ(kept.position(at), whole.position(at));
          EXPECT_EQ(Utf16Columns(kept).position(at), Utf16Columns(whole).position(at));
          const std::uint32_t line = whole.position(at).line;
          EXPECT_EQ(kept.line(line), whole.line(line));
        }
      }
}

TEST(SourceThatWasLetGo, IsKeptWholeIfALineIsVeryLong) {
  Source source("a", std::string(5000, 'x'));
  const Span span{1, 2};
  source.keep_lines({&span, 1});
  EXPECT_TRUE(source.is_whole());
}

}  // namespace
}  // namespace imglint::test
