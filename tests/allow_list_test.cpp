// An allow list is not passed by tricks: attempts are generated from an allowed name and stand in every place
// where a reference can.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/check_run.hpp"

namespace imglint::test {
namespace {

const Policy& policy() {
  static const Policy made = policy_of(
      "registries:\n"
      "  allow: [\"ghcr.io/acme/**\", \"*.corp.example.com/team/*\", \"registry.example.com:5000/app\"]\n");
  return made;
}

/// Names that the list allows.
constexpr std::string_view allowed[] = {
    "ghcr.io/acme/x",
    "ghcr.io/acme/x/y:1.2",
    "a.corp.example.com/team/x",
    "registry.example.com:5000/app:1",
};

/// Names that look like allowed ones.
std::vector<std::string> attempts() {
  std::vector<std::string> names = {
      "ghcr.io/acmeevil/x",
      "ghcr.io/acme-evil/x",
      "ghcr.io/acme.evil/x",
      "ghcr.io/evil/acme/x",
      "ghcr.io/acme",
      "ghcr.io/acm/e",
      "ghcr.io.evil.com/acme/x",
      "evilghcr.io/acme/x",
      "evil-ghcr.io/acme/x",
      "evil/ghcr.io/acme",
      "evil.com/ghcr.io/acme/x",
      "docker.io/ghcr.io/acme",
      "GHCR.io/acme/x",
      "ghcr.IO/acme/x",
      "Ghcr.io/acme/x",
      "ghcr.io:443/acme/x",
      "ghcr.io:80/acme/x",
      "ghcr.io:0443/acme/x",
      "acme/x",
      "library/acme",
      "x.ghcr.io/acme/x",
      "ghcr/acme/x",
      "ghcr.io.:443/acme/x",
      "corp.example.com/team/x",
      "a.b.corp.example.com/team/x",
      "acorp.example.com/team/x",
      "a.corp.example.com/team/x/y",
      "a.corp.example.com/team",
      "a.corp.example.com:5000/team/x",
      "a.corp.example.com.evil.com/team/x",
      "registry.example.com/app",
      "registry.example.com:5001/app",
      "registry.example.com:5000/app/x",
      "registry.example.com:5000/apple",
      "localhost/ghcr.io/acme/x",
      "[::1]/ghcr.io/acme/x",
  };
  // Each host of the list in front of each path that is not allowed there, and the other way round.
  for (const char* host :
       {"ghcr.io", "a.corp.example.com", "registry.example.com:5000", "docker.io", "quay.io"})
    for (const char* path : {"acme", "team", "evil/acme/x", "acme_/x", "teams/x", "app-/x"}) {
      const std::string name = std::string(host) + "/" + path;
      if (name != "registry.example.com:5000/app") names.push_back(name);
    }
  return names;
}

struct Place {
  std::string_view name;
  std::string_view path;
  std::string_view before;  ///< the file up to the reference
  std::string_view after;
};

constexpr Place places[] = {
    {"FROM", "Dockerfile", "FROM ", "\n"},
    {"FROM with a platform", "Dockerfile", "FROM --platform=linux/amd64 ", " AS x\n"},
    {"quoted FROM", "Dockerfile", "FROM \"", "\"\n"},
    {"ARG default", "Dockerfile", "ARG I=", "\nFROM $I\n"},
    {"nested ARG default", "Dockerfile", "ARG I=", "\nARG J=${I}\nFROM ${J}\n"},
    {"operator word", "Dockerfile", "ARG I\nFROM ${I:-", "}\n"},
    {"COPY --from", "Dockerfile", "FROM scratch\nCOPY --from=", " /a /\n"},
    {"mount", "Dockerfile", "FROM scratch\nRUN --mount=type=bind,from=", ",target=/x true\n"},
    {"ONBUILD", "Dockerfile", "FROM scratch\nONBUILD COPY --from=", " /a /\n"},
    {"broken line", "Dockerfile", "FROM \\\n# comment\n", "\n"},
    {"syntax", "Dockerfile", "# syntax=", "\nFROM scratch\n"},
    {"image", "compose.yaml", "services:\n  a:\n    image: '", "'\n"},
    {"merge key", "compose.yaml", "x-a: &a\n  image: '", "'\nservices:\n  b:\n    <<: *a\n"},
    {"alias", "compose.yaml", "x-a: &a '", "'\nservices:\n  b: {image: *a}\n"},
    {"compose default", "compose.yaml", "services:\n  a:\n    image: '${X:-", "}'\n"},
    {"nested compose default", "compose.yaml", "services:\n  a:\n    image: '${X:-${Y:-", "}}'\n"},
    {"inline Dockerfile", "compose.yaml",
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM ", "\n"},
    {"inline copy", "compose.yaml",
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM scratch\n        COPY --from=",
     " /a /\n"},
    {"cache", "compose.yaml", "services:\n  a:\n    build:\n      context: .\n      cache_from: ['", "']\n"},
    {"context", "compose.yaml",
     "services:\n  a:\n    build:\n      context: .\n      additional_contexts: {x: 'docker-image://",
     "'}\n"},
    {"pre_start", "compose.yaml", "services:\n  a:\n    image: ghcr.io/acme/x\n    pre_start: [{image: '",
     "'}]\n"},
    {"volume", "compose.yaml",
     "services:\n  a:\n    image: ghcr.io/acme/x\n    volumes: [{type: image, source: '",
     "', target: /x}]\n"},
};

/// Several files that make up one run, with the name in one of them.
struct Project {
  std::string_view name;
  std::string_view path;  ///< of the file with the name
  std::string_view before;
  std::string_view after;
  std::vector<NamedText> others;
};

/// A name that comes from beside the file that uses it.
std::vector<Project> projects() {
  const NamedText build = {"Dockerfile", "ARG I=ghcr.io/acme/x:1\nFROM ${I}\n"};
  return {
      {"build.args",
       "compose.yaml",
       "services:\n  a:\n    image: ghcr.io/acme/a\n    build: {context: ., args: {I: '",
       "'}}\n",
       {build}},
      {"list of build.args",
       "compose.yaml",
       "services:\n  a:\n    image: ghcr.io/acme/a\n    build: {context: ., args: ['I=",
       "']}\n",
       {build}},
      {".env", ".env", "I=", "\n", {{"compose.yaml", "services: {a: {image: '${I:-ghcr.io/acme/x:1}'}}\n"}}},
      {"quoted .env", ".env", "export I='", "'\n", {{"compose.yaml", "services: {a: {image: $I}}\n"}}},
      {"second file",
       "docker-compose.override.yml",
       "services: {a: {image: '",
       "'}}\n",
       {{"docker-compose.yml", "services: {a: {image: ghcr.io/acme/x:1}}\n"}}},
  };
}

/// The name alone, and with one of the things that may follow it: a digest, a tag, both.
std::vector<std::string> with_suffix(const std::string& name, std::size_t choice) {
  const bool has_tag = name.find(':', name.rfind('/') + 1) != std::string::npos;
  const std::string digest = "@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d";
  if (has_tag || choice % 3 == 0) return {name, name + digest};
  return {name, name + ":ghcr.io_acme_x" + (choice % 3 == 1 ? "" : digest)};
}

/// Whether the file is refused: the rule reports, or the name is no reference at all.
bool is_refused(const CheckRun& run) {
  for (const Finding& finding : run.result.findings)
    if (finding.rule == "registry-not-allowed" || finding.rule == "invalid-reference") return true;
  return false;
}

std::string text_of(const Place& place, std::string_view name) {
  return std::string(place.before) + std::string(name) + std::string(place.after);
}

TEST(AllowList, IsNotPassedByNamesThatLookAlike) {
  std::size_t choice = 0;
  for (const Place& place : places)
    for (const std::string& attempt : attempts())
      for (const std::string& name : with_suffix(attempt, ++choice)) {
        const auto run = check_texts({{std::string(place.path), text_of(place, name)}}, policy());
        EXPECT_TRUE(is_refused(*run)) << place.name << ": " << name << " passed\n" << run->dump();
      }
}

TEST(AllowList, IsNotPassedByNamesFromOtherFiles) {
  for (const Project& project : projects()) {
    const auto files = [&](std::string_view name) {
      std::vector<NamedText> all = project.others;
      all.push_back({std::string(project.path),
                     std::string(project.before) + std::string(name) + std::string(project.after)});
      return all;
    };
    for (const std::string& name : attempts()) {
      const auto run = check_texts(files(name), policy());
      EXPECT_TRUE(is_refused(*run)) << project.name << ": " << name << " passed\n" << run->dump();
    }
    for (const std::string_view name : allowed) {
      const auto run = check_texts(files(name), policy());
      EXPECT_FALSE(is_refused(*run)) << project.name << ": " << name << " was refused\n" << run->dump();
    }
  }
}

TEST(AllowList, IsPassedByWhatItAllowsInEveryPlace) {
  for (const Place& place : places)
    for (const std::string_view name : allowed) {
      const auto run = check_texts({{std::string(place.path), text_of(place, name)}}, policy());
      EXPECT_FALSE(is_refused(*run)) << place.name << ": " << name << " was refused\n" << run->dump();
    }
}

TEST(AllowList, JudgesWhatVariablesAmountTo) {
  const NamedText files[] = {
      {"Dockerfile", "ARG R=quay.io\nFROM ${R}/acme/x\n"},
      {"Dockerfile", "ARG R=ghcr.io.evil.com\nFROM ${R}/acme/x\n"},
      {"Dockerfile", "ARG S=.evil.com\nFROM ghcr.io${S}/acme/x\n"},
      {"Dockerfile", "ARG S=evil\nFROM ghcr.io/acme${S}/x\n"},
      {"Dockerfile", "ARG P=evil/\nFROM ${P}ghcr.io/acme/x\n"},
      {"Dockerfile", "ARG R=GHCR.io\nFROM ${R}/acme/x\n"},
      {"compose.yaml", "services:\n  a:\n    image: ${R:-quay.io}/acme/x\n"},
      {"compose.yaml", "services:\n  a:\n    image: ghcr.io${S:-.evil.com}/acme/x\n"},
      {"compose.yaml", "services:\n  a:\n    image: ghcr.io/acme${S:-evil}/x\n"},
      {"compose.yaml", "services:\n  a:\n    image: ${P:-evil/}ghcr.io/acme\n"},
  };
  for (const NamedText& file : files) EXPECT_TRUE(is_refused(*check_texts({file}, policy()))) << file.text;
}

TEST(AllowList, DoesNotGuessWhatIsUnknown) {
  const NamedText files[] = {
      {"Dockerfile", "ARG R\nFROM ${R}/acme/x\n"},
      {"Dockerfile", "ARG S\nFROM ghcr.io${S}/acme/x\n"},
      {"Dockerfile", "ARG S\nFROM ghcr.io/acme${S}/x\n"},
      {"compose.yaml", "services:\n  a:\n    image: ${I}\n"},
  };
  Policy strict = policy();
  strict.rules.find("registry-not-allowed")->second.unresolved = Severity::error;
  for (const NamedText& file : files) {
    const auto silent = check_texts({file}, policy());
    EXPECT_FALSE(is_refused(*silent)) << file.text << silent->dump();
    EXPECT_EQ(silent->result.unjudged.count("registry-not-allowed"), 1u) << file.text;
    EXPECT_TRUE(is_refused(*check_texts({file}, strict))) << file.text;
  }
  // What can only lie below an allowed path is allowed.
  const auto below = check_texts({{"Dockerfile", "ARG N\nFROM ghcr.io/acme/${N}\n"}}, strict);
  EXPECT_FALSE(is_refused(*below)) << below->dump();
}

}  // namespace
}  // namespace imglint::test
