// The program as a page in a browser asks it: JSON in, JSON out, nothing on a disk.
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "playground/answer.hpp"
#include "playground/held_files.hpp"

namespace imglint::playground {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

json ask(const json& question) { return json::parse(answer(question.dump())); }

json question(std::vector<std::string> words, std::string input) {
  return {{"words", std::move(words)}, {"input", std::move(input)}};
}

TEST(Playground, FindingsOfATextComeAsJson) {
  const json result =
      ask(question({"check", "--format=json", "--stdin-filename=Dockerfile", "-"}, "FROM nginx:latest\n"));
  EXPECT_EQ(result.at("code"), 1);
  const json report = json::parse(result.at("out").get<std::string>());
  ASSERT_EQ(report.at("findings").size(), 1U);
  EXPECT_EQ(report.at("findings")[0].at("rule"), "latest-tag");
  EXPECT_THAT(result.at("err").get<std::string>(), HasSubstr("1 finding in 1 file"));
}

TEST(Playground, AMoveGivesTheWholeTextWithEveryOtherByteKept) {
  struct Case {
    std::string_view file, before, after;
  };
  constexpr Case cases[] = {
      {"Dockerfile", "# \xC3\xA9\r\nFROM nginx:1 AS a\r\n",
       "# \xC3\xA9\r\nFROM r.example.com/m/nginx:1 AS a\r\n"},
      {"compose.yaml", "services: {a: {image: 'redis:7'}}",
       "services: {a: {image: 'r.example.com/m/redis:7'}}"},
      {".gitlab-ci.yml", "image: node:22\n", "image: r.example.com/m/node:22\n"},
  };
  for (const Case& each : cases) {
    const json result =
        ask(question({"retarget", "--to=r.example.com/m", "--stdin-filename=" + std::string(each.file), "-"},
                     std::string(each.before)));
    EXPECT_EQ(result.at("code"), 0) << each.file;
    EXPECT_EQ(result.at("out"), each.after);
  }
}

TEST(Playground, AConfigurationAmongTheFilesCounts) {
  json asked =
      question({"check", "--format=json", "--stdin-filename=Dockerfile", "-"}, "FROM nginx:latest\n");
  asked["files"] = {{".imglint.yaml", "rules: {latest-tag: off}\n"}};
  EXPECT_EQ(ask(asked).at("code"), 0);
  asked["files"] = {{".imglint.yaml", "rules: {latest-tagg: off}\n"}};
  const json faulty = ask(asked);
  EXPECT_EQ(faulty.at("code"), 2);
  EXPECT_THAT(faulty.at("err").get<std::string>(), HasSubstr(".imglint.yaml:1:"));
}

TEST(Playground, WhatIsNoQuestionIsAnsweredWithAnError) {
  for (const std::string_view text : {"", "{", "[]", "{}", R"({"words": 1})", R"({"words": [1]})",
                                      R"({"words": [], "files": []})", "\xFF"}) {
    const json result = json::parse(answer(text));
    EXPECT_EQ(result.at("code"), 2) << text;
    EXPECT_THAT(result.at("err").get<std::string>(), HasSubstr("error")) << text;
  }
}

TEST(Playground, NothingIsWritten) {
  const json result = ask({{"words", {"retarget", "--to=r.example.com", "Dockerfile"}},
                           {"files", {{"Dockerfile", "FROM nginx:1\n"}}}});
  EXPECT_EQ(result.at("code"), 2);
}

TEST(HeldFiles, FoldersFollowFromTheNames) {
  HeldFiles files({{"a/b/c.txt", "text"}, {"./a/d", ""}, {"../e", "out"}});
  const auto names = [&](const std::string& folder) {
    std::vector<std::string> result;
    const auto listed = files.list(folder);
    for (const FolderEntry& entry : listed.value()) result.push_back(entry.name);
    return result;
  };
  EXPECT_THAT(names("."), UnorderedElementsAre("a", "e"));
  EXPECT_THAT(names("/a/"), UnorderedElementsAre("b", "d"));
  EXPECT_THAT(names("a/b"), ElementsAre("c.txt"));
  EXPECT_EQ(files.read("a/../a//b/c.txt", 100)->bytes, "text");
  EXPECT_EQ(files.read("a/b/c.txt", 3)->bytes, "");
  EXPECT_EQ(files.read("a/b/c.txt", 3)->status.size, 4U);
  EXPECT_EQ(files.resolve("a/b").value(), "/a/b");
  EXPECT_EQ(files.status("a")->kind, FileKind::folder);
  EXPECT_EQ(files.read("x", 1).error(), std::errc::no_such_file_or_directory);
  EXPECT_EQ(files.list("e").error(), std::errc::not_a_directory);
  EXPECT_EQ(files.create("x").error(), std::errc::read_only_file_system);
}

}  // namespace
}  // namespace imglint::playground
