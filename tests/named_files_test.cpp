// Files that others name or include are read, whatever their own names are: compose files of devcontainers,
// local includes of GitLab.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct NamedFilesCase {
  const char* name;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> read;  ///< what of them is listed, in order
  std::string found;              ///< findings, compact
  std::string told = {};          ///< a part of what stands on standard error
};

void PrintTo(const NamedFilesCase& one, std::ostream* out) { *out << one.name; }

class NamedFiles : public ::testing::TestWithParam<NamedFilesCase> {};

const std::string bare = "services:\n  app:\n    image: nginx\n";
const std::string versioned = "services:\n  app:\n    image: nginx:1.27\n";
const char* const untagged =
    ":3:12: warning: no tag, so 'nginx' means whatever 'latest' is today [missing-tag]\n";

INSTANTIATE_TEST_SUITE_P(
    OfDevcontainers, NamedFiles,
    ::testing::Values(
        NamedFilesCase{
            "a_name",
            {{".devcontainer/devcontainer.json", R"({"dockerComposeFile": "dev.yml", "service": "app"})"},
             {".devcontainer/dev.yml", bare}},
            {".devcontainer/dev.yml"},
            ".devcontainer/dev.yml" + std::string(untagged)},
        NamedFilesCase{"a_file_of_another_folder",
                       {{".devcontainer/devcontainer.json", R"({"dockerComposeFile": "../ops/stack.inc"})"},
                        {"ops/stack.inc", bare}},
                       {"ops/stack.inc"},
                       "ops/stack.inc" + std::string(untagged)},
        NamedFilesCase{
            "a_container_of_several",
            {{".devcontainer/api/devcontainer.json", R"({"dockerComposeFile": ["../../ops/dev.yml"]})"},
             {"ops/dev.yml", bare}},
            {"ops/dev.yml"},
            "ops/dev.yml" + std::string(untagged)},
        NamedFilesCase{
            "of_a_list_the_last_holds",
            {{".devcontainer.json", "{// order counts\n\"dockerComposeFile\": [\"a.yml\", \"b.yml\",]}"},
             {"a.yml", bare},
             {"b.yml", versioned}},
            {"a.yml", "b.yml"},
            ""},
        NamedFilesCase{"of_a_list_the_other_way_round",
                       {{".devcontainer.json", R"({"dockerComposeFile": ["b.yml", "a.yml"]})"},
                        {"a.yml", bare},
                        {"b.yml", versioned}},
                       {"a.yml", "b.yml"},
                       "a.yml" + std::string(untagged)},
        NamedFilesCase{
            "what_stands_beside_a_usual_file",
            {{".devcontainer/devcontainer.json", R"({"dockerComposeFile": ["../compose.yaml", "more.yml"]})"},
             {".devcontainer/more.yml", "services:\n  db:\n    image: nginx\n"},
             {"compose.yaml", versioned}},
            {".devcontainer/more.yml", "compose.yaml"},
            ".devcontainer/more.yml" + std::string(untagged)},
        NamedFilesCase{"usual_files_alone",
                       {{".devcontainer/devcontainer.json", R"({"dockerComposeFile": "../compose.yaml"})"},
                        {"compose.yaml", bare}},
                       {"compose.yaml"},
                       "compose.yaml" + std::string(untagged)},
        NamedFilesCase{"what_is_included_there",
                       {{".devcontainer.json", R"({"dockerComposeFile": "a.yml"})"},
                        {"a.yml", "include: [b.inc]\n" + versioned},
                        {"b.inc", "services:\n  db:\n    image: nginx\n"}},
                       {"a.yml", "b.inc"},
                       "b.inc" + std::string(untagged)},
        NamedFilesCase{"the_env_file_beside_the_first",
                       {{".devcontainer.json", R"({"dockerComposeFile": ["ops/a.yml", "b.yml"]})"},
                        {"ops/.env", "TAG=1.27\n"},
                        {"ops/a.yml", "services:\n  app:\n    image: nginx:${TAG}\n"},
                        {"b.yml", "services:\n  db:\n    image: redis:${TAG}\n"}},
                       {"b.yml", "ops/a.yml"},
                       ""},
        NamedFilesCase{
            "a_default_of_a_variable",
            {{".devcontainer.json", R"({"dockerComposeFile": "${localEnv:FILE:a.yml}"})"}, {"a.yml", bare}},
            {"a.yml"},
            "a.yml" + std::string(untagged)},
        NamedFilesCase{
            "an_unknown_variable",
            {{".devcontainer.json", R"({"dockerComposeFile": "${localEnv:FILE}"})"}, {"a.inc", bare}},
            {},
            ""},
        NamedFilesCase{
            "what_is_not_there",
            {{".devcontainer.json", R"({"dockerComposeFile": ["a.yml", "gone.yml"]})"}, {"a.yml", bare}},
            {"a.yml"},
            "a.yml" + std::string(untagged),
            "gone.yml' is no file of this repository"},
        NamedFilesCase{"what_lies_outside",
                       {{".devcontainer.json", R"({"dockerComposeFile": ["../other.yml", "/other.yml"]})"}},
                       {},
                       "",
                       "is no file of this repository"},
        NamedFilesCase{
            "no_list_of_names", {{".devcontainer.json", R"({"dockerComposeFile": [1, {}]})"}}, {}, ""}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    OfPipelines, NamedFiles,
    ::testing::Values(
        NamedFilesCase{"any_depth",
                       {{".gitlab-ci.yml", "include: 'configs/**.yml'\n"},
                        {"configs/a.yml", "a:\n  x: 1\n  image: nginx\n"},
                        {"configs/x/y/b.yml", "b:\n  x: 1\n  image: nginx\n"}},
                       {"configs/a.yml", "configs/x/y/b.yml"},
                       "configs/a.yml:3:10: warning: no tag, so 'nginx' means whatever 'latest' is today "
                       "[missing-tag]\nconfigs/x/y/b.yml:3:10: warning: no tag, so 'nginx' means whatever "
                       "'latest' is today [missing-tag]\n"},
        NamedFilesCase{"subfolders_alone",
                       {{".gitlab-ci.yml", "include: {local: '/configs/**/*.yml'}\n"},
                        {"configs/a.yml", "a:\n  x: 1\n  image: nginx\n"},
                        {"configs/x/b.yml", "b:\n  x: 1\n  image: nginx\n"}},
                       {"configs/x/b.yml"},
                       "configs/x/b.yml:3:10: warning: no tag, so 'nginx' means whatever 'latest' is today "
                       "[missing-tag]\n"},
        NamedFilesCase{
            "values_of_what_is_included",
            {{".gitlab-ci.yml", "include: [a.yml, b.yml]\nvariables: {X: 1}\ntest:\n  image: nginx:$TAG\n"},
             {"a.yml", "variables: {TAG: latest}\n"},
             {"b.yml", "include: c.yml\n"},
             {"c.yml", "variables: {TAG: '1.27'}\n"}},
            {".gitlab-ci.yml"},
            ""},
        NamedFilesCase{"circles",
                       {{".gitlab-ci.yml", "include: '**.yml'\ntest: {image: $A}\n"},
                        {"a.yml", "include: b.yml\nvariables: {A: 'nginx:1.27'}\na: {image: $B}\n"},
                        {"b.yml", "include: ['*.yml']\nvariables: {B: 'redis:7.2'}\nb: {image: $A}\n"}},
                       {".gitlab-ci.yml", "a.yml", "b.yml"},
                       ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_P(NamedFiles, AreReadWhateverTheirNames) {
  MemoryFileSystem disk;
  disk.put("/p/.git/HEAD", "");
  disk.put("/other.yml", "services:\n  x:\n    image: secret\n");
  for (const auto& [path, text] : GetParam().files) disk.put("/p/" + path, text);
  const ProgramRun checked = run_program_in(disk, {"check", "--format", "compact", "/p"});
  std::string found;
  for (std::size_t at = 0; at < checked.out.size();) {
    const std::size_t end = checked.out.find('\n', at) + 1;
    found += checked.out.substr(at, end - at).substr(std::string_view("/p/").size());
    at = end;
  }
  EXPECT_EQ(found, GetParam().found);
  EXPECT_TRUE(holds(checked.err, GetParam().told)) << checked.err;
  EXPECT_LE(checked.code, 1) << checked.err;
  const std::string listed = run_program_in(disk, {"list", "--format", "jsonl", "/p"}).out;
  for (const auto& [path, text] : GetParam().files) {
    const bool is_wanted = std::ranges::find(GetParam().read, path) != GetParam().read.end();
    EXPECT_EQ(holds(listed, "{\"file\":\"/p/" + path + "\""), is_wanted) << path << "\n" << listed;
  }
  EXPECT_FALSE(holds(listed, "secret"));
  for (const std::string& line : disk.log()) EXPECT_FALSE(holds(line, "read /other.yml")) << line;
}

}  // namespace
}  // namespace imglint::test
