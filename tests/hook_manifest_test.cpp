// .pre-commit-hooks.yaml chooses the files that a walk takes.
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "kinds/index.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

std::regex expression(std::string text) {
  const std::string ignoring_case = "(?i)";
  EXPECT_TRUE(text.starts_with(ignoring_case)) << text;
  text.erase(0, ignoring_case.size());
  return std::regex(text, std::regex::ECMAScript | std::regex::icase);
}

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const char* folder : {"", "a/", "compose/", "Dockerfile/", "a.yml/"})
    for (const char* front : {"", "docker-", "api.", "my", "x_", "-", "docker_"})
      for (const char* word : {"Dockerfile", "containerfile", "COMPOSE", "compose", "stack", "dockerfil"})
        for (const char* back :
             {"",    ".",     ".dev",     "-dev",          "_x.yaml", ".yml",         ".YAML",    ".dev.yml",
              ".md", ".txt",  ".RST",     ".dockerignore", "s",       ".yml.bak",     "/x",       ".json",
              "-",   "_x.py", "-y.z.cpp", ".go",           ".yml.j2", ".x.yaml.tmpl", ".yml.dist"})
          result.push_back(std::string(folder) + front + word + back);
  return result;
}

/// The hook takes of the names in each way exactly those that a walk takes.
void expect_files_of_a_walk(const YAML::Node& hook) {
  const std::regex files = expression(hook["files"].as<std::string>());
  const std::regex exclude = expression(hook["exclude"].as<std::string>());
  std::size_t taken = 0;
  for (const std::string& name : names()) {
    const bool takes = std::regex_search(name, files) && !std::regex_search(name, exclude);
    taken += takes ? 1U : 0U;
    EXPECT_EQ(takes, walked_kind(name) != nullptr || may_be_known_by_text(name)) << name;
  }
  EXPECT_GT(taken, 100U);
  EXPECT_TRUE(std::regex_search("a/.env", files));  // it stands for the compose files beside it
  for (const char* name :
       {"k8s/pod.yaml", "list.json", "over/Kustomization", "c/values-prod.yml", "c/Chart.yaml",
        "docker-bake.hcl", "units/web.container", "units/web.container.d/10.conf"})
    EXPECT_TRUE(std::regex_search(name, files)) << name;
}

TEST(HookManifest, EveryHookTakesTheFilesOfAWalk) {
  const YAML::Node hooks = YAML::Load(read_repository_file(".pre-commit-hooks.yaml"));
  ASSERT_GE(hooks.size(), 6U);
  std::set<std::string> seen;
  for (const auto& hook : hooks) {
    const std::string text = hook["files"].as<std::string>() + "\n" + hook["exclude"].as<std::string>();
    EXPECT_TRUE(hook["require_serial"].as<bool>()) << hook["id"];
    if (seen.insert(text).second) expect_files_of_a_walk(hook);
  }
}

TEST(HookManifest, TheHookToPasteTakesTheFilesOfAWalk) {
  const std::string page = read_repository_file("docs/hooks.md");
  const std::string fence = "```yaml\n";
  const std::size_t begin = page.find(fence) + fence.size();
  const YAML::Node hook =
      YAML::Load(page.substr(begin, page.find("```", begin) - begin))["repos"][0]["hooks"][0];
  ASSERT_EQ(hook["language"].as<std::string>(), "python");
  EXPECT_TRUE(hook["require_serial"].as<bool>());
  expect_files_of_a_walk(hook);
}

}  // namespace
}  // namespace imglint::test
