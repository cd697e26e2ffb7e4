#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "kinds/index.hpp"

namespace imglint {
namespace {

struct NameCase {
  std::string path;
  bool walked;
  std::string_view kind;
};

TEST(KindNames, OfWholeFoldersSayWhichTheseAre) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {".github/workflows/a.yml", "github-workflow"},
      {"a/.forgejo/workflows/docker-compose.yaml", "github-workflow"},
      {"workflow-templates/a.yml", "github-workflow"},
      {"workflows/a.yml", ""},
      {"my-workflow/a.yml", ""},
      {".github/workflows/a/b.yml", ""},
      {".github/workflows/a.json", ""},
      {".github/workflows/action.yml", ""},
      {"compose.yaml", ""},
  };
  for (const auto& [path, name] : cases) {
    const KindInfo* kind = kind_of_folder(path);
    EXPECT_EQ(kind ? kind->name : "", name) << path;
  }
}

TEST(KindNames, SayWhatIsWalkedAndHowItIsRead) {
  constexpr std::string_view docker = "dockerfile", compose = "compose";
  const NameCase cases[] = {
      {"Dockerfile", true, docker},
      {"a/b/Dockerfile.dev", true, docker},
      {"dockerfile", true, docker},
      {"Dockerfile-dev", true, docker},
      {"Dockerfile_dev", true, docker},
      {"Dockerfile.", true, docker},
      {"Dockerfiles", false, docker},
      {"xDockerfile", false, docker},
      {"api.dockerfile", true, docker},
      {"api.Dockerfile", true, docker},
      {".dockerfile", false, docker},
      {"Containerfile", true, docker},
      {"Containerfile.prod", true, docker},
      {"Dockerfile.md", false, "markdown"},
      {"action.yml", true, "github-action"},
      {"Action.yml", false, "github-action"},
      {".github/workflows/a.yml", true, "github-workflow"},
      {".GitHub/workflows/a.yml", false, "github-workflow"},
      {".github/workflows/docker-compose.yml", true, "github-workflow"},
      {"a/.gitea/workflows/compose.yaml", true, "github-workflow"},
      {".forgejo/workflows/dockerfile.yml", true, "github-workflow"},
      {".github/docker-compose.yml", true, compose},
      {".github/workflows/ci/docker-compose.yml", true, compose},
      {"README.MD", false, "markdown"},
      {"Dockerfile.txt", false, docker},
      {"Dockerfile.dockerignore", false, docker},
      {"compose.yaml", true, compose},
      {"compose.yml", true, compose},
      {"COMPOSE.YML", true, compose},
      {"docker-compose.yml", true, compose},
      {"docker-compose.prod.yaml", true, compose},
      {"compose-dev.yaml", true, compose},
      {"compose_dev.yaml", true, compose},
      {"composer.yaml", false, compose},
      {"compose.json", false, compose},
      {"docker-compose.yml.j2", true, compose},
      {"compose.prod.yaml.tmpl", true, compose},
      {"compose.yml.dist", false, docker},
      {"Dockerfile.j2", true, docker},
      {"my-compose.yml", true, compose},
      {"podman-compose.yaml", true, compose},
      {"-compose.yml", false, compose},
      {"my-compose.dev.yml", false, compose},
      {"Dockerfile.containerignore", false, docker},
      {"dockerfile.cpp.o", false, docker},
      {"dockerfile-notes.html", false, docker},
      {"dockerfile_build.sh", false, "shell"},
      {"docker-compose", false, docker},
      {"stack.yml", true, compose},
      {"docker-stack.yaml", true, compose},
      {"stack.prod.yml", false, compose},
      {"haystack.yml", false, compose},
      {".yml", false, compose},
      {"Dockerfile/readme", false, docker},
      {"dir.dockerfile/x", false, docker},
      {"compose.yaml/compose.yaml", true, compose},
      {"values.yaml", false, compose},
      {"", false, docker},
      {"docker-dockerfile", false, docker},
      {"Dockerfile.yml", true, compose},
      {"Dockerfile.a\nb", true, docker},
      {"Dockerfile.\xFF", true, docker},
      {"Dockerfile.py", true, docker},
      {"Dockerfile-py", true, docker},
      {"dockerfile_parser.py", false, docker},
      {"src/dockerfile-reader.CPP", false, docker},
      {"containerfile_test.go", false, docker},
      {"x_dockerfile.py", false, docker},
      {"Dockerfile_x.pyx", true, docker},
      // Compose takes every *.yml that is given, but none that another kind has a name for.
      {".github/workflows/ci.yml", true, "github-workflow"},
      {"action.yml", true, "github-action"},
      {".gitlab-ci.yml", true, "gitlab-ci"},
      {".circleci/config.yml", true, "circleci"},
      {".drone.yml", true, "drone"},
      {"deploy/cloudbuild.json", true, "cloud-build"},
      {".devcontainer.json", true, "devcontainer"},
      {".pre-commit-config.yaml", true, "pre-commit-config"},
      {"notes.yml", false, compose},
  };
  for (const NameCase& test : cases) {
    EXPECT_EQ(walked_kind(test.path) != nullptr, test.walked) << test.path;
    EXPECT_EQ(kind_of_path(test.path).name, test.kind) << test.path;
  }
}

/// The expressions of docs/spec/ecosystem.md 1.3, the names of podman-compose, the stack files of
/// docs/spec/compose.md 2.1, and the units of Quadlet.
class Oracle {
 public:
  bool operator()(const std::string& path) const {
    if (std::regex_search(path, unit_)) return true;
    return (std::regex_search(path, files_) || std::regex_search(path, stack_)) &&
           !std::regex_search(path, exclude_);
  }

 private:
  static std::regex compile(const char* text) {
    return std::regex(text, std::regex::ECMAScript | std::regex::icase);
  }
  std::regex files_ = compile(
      R"((^|/)((docker|container)file([._-][^/]*)?|[^/]+\.(docker|container)file|(docker-)?compose([._-][^/]*)?\.ya?ml|[^/]+-compose\.ya?ml)$)");
  std::regex stack_ = compile(R"((^|/)(docker-)?stack\.ya?ml$)");
  std::regex unit_ = compile(R"(\.container$)");
  std::regex exclude_ = compile(
      R"((\.(md|txt|rst|html?|pdf|dockerignore|containerignore|o|obj|pyc|class)|(^|/)(docker|container)file[_-][^/]*\.(bash|bat|c|cc|cjs|cpp|cs|cxx|go|h|hpp|java|jsx?|kt|lua|mjs|php|pl|ps1|py|rb|rs|scala|sh|swift|tsx?))$)");
};

TEST(KindNames, AgreeWithTheRegularExpressionsOnGeneratedNames) {
  const Oracle oracle;
  const std::vector<std::string> pieces = {
      "docker", "container", "file",       "compose",       "stack", ".",    "-",   "_",    "/",    "x",
      "Docker", "FILE",      "yaml",       "yml",           ".yaml", ".yml", ".md", ".txt", ".rst", "e",
      "r",      "docker-",   "dockerfile", ".dockerignore", "Ya",    ".py",  ".c"};
  std::mt19937 random(1);  // NOLINT: the same names each time
  std::size_t walked = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string name;
    for (auto left = 1 + random() % 6; left > 0; --left) name += pieces[random() % pieces.size()];
    const bool expected = oracle(name);
    walked += expected ? 1 : 0;
    ASSERT_EQ(walked_kind(name) != nullptr, expected) << name;
  }
  EXPECT_GT(walked, 1000U);
}

struct ContentCase {
  std::string bytes;
  std::string_view kind;
};

TEST(KindNames, ContentDecidesForStandardInput) {
  constexpr std::string_view docker = "dockerfile", compose = "compose";
  const ContentCase cases[] = {
      {"FROM nginx\n", docker},
      {"from nginx", docker},
      {"\n\n# a comment\n  FROM nginx\n", docker},
      {"\xEF\xBB\xBF"
       "FROM nginx\n",
       docker},
      {"ARG A=b:c\n", docker},
      {"# syntax=docker/dockerfile:1\nservices: {}\n", docker},
      {"#escape = `\n", docker},
      {"RUN echo a: b\n", docker},
      {"services:\n  web:\n    image: nginx\n", compose},
      {"# syntax of this file\nservices:\r\n", compose},
      {"---\nservices: {}\n", compose},
      {"%YAML 1.2\n---\n", compose},
      {"{\"services\": {}}", compose},
      {"\"services\": {}\n", compose},
      {"from: a\n", compose},
      {"x-base: &base\n", compose},
      {"# only comments\n", docker},
      {"", docker},
      {"something else\n", docker},
      {"\xFF\xFEs\0", compose},
  };
  for (const ContentCase& test : cases) EXPECT_EQ(kind_of_text(test.bytes).name, test.kind) << test.bytes;
}

}  // namespace
}  // namespace imglint
