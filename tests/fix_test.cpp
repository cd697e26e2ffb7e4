// Fixes: the laws over the examples of all rules and a set of tricky files, and the loop itself.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "output/pages/marked_text.hpp"
#include "output/pages/rules.hpp"
#include "rules/index.hpp"
#include "tests/support/check_run.hpp"
#include "tests/support/fix_laws.hpp"

namespace imglint::test {
namespace {

TEST(FixLaws, HoldForTheExamplesOfEveryRule) {
  for (const Rule* rule : all_rules())
    for (const Example& example : rule->info.examples) {
      SCOPED_TRACE(rule->info.name);
      expect_fix_laws_in_all_forms({{std::string(example.file), without_marks(example.text).text}},
                                   policy_of(example.config));
    }
}

constexpr std::string_view digest = "sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d";

/// Every rule with a fix on, in two groups: some contradict each other.
const std::vector<std::string>& policies() {
  static const std::vector<std::string> texts = {
      "rules: {require-registry: warning, registry-alias: warning, tag-with-digest: warning}\n",
      "rules: {redundant-registry: warning, registry-alias: warning, deprecated-registry: error}\n",
      "registries:\n"
      "  allow: [\"ghcr.io/acme/**\", \"docker.io/library/*\"]\n"
      "  deny: [{pattern: \"quay.io/**\", use: ghcr.io/acme}]\n"
      "  mirrors: [{from: k8s.gcr.io, to: ghcr.io/acme/k8s}]\n",
      "rules:\n  mirror-bypass:\n    mirrors: [{from: docker.io, to: mirror.example.com/hub}]\n",
  };
  return texts;
}

std::vector<NamedText> tricky_files() {
  const std::string d(digest);
  return {
      {"Dockerfile", "FROM index.docker.io/library/nginx:1.27@" + d + "\n"},
      {"Dockerfile",
       "ARG BASE=docker.io/library/alpine:3.20\nFROM $BASE AS a\nFROM ${BASE}\nCOPY --from=quay.io/a/b /x "
       "/\n"},
      {"Dockerfile", "ARG R=quay.io\nFROM ${R}/a/b:1\nFROM ${R}/a/c:1\nFROM k8s.gcr.io/pause:3.9\n"},
      {"Dockerfile", "ARG R=quay.io/\nFROM ${R}a/b:1\nRUN echo ${R}\n"},
      {"Dockerfile", "ARG R\nFROM ${R}nginx:1\nFROM ${R:-index.docker.io/library/}nginx:1\n"},
      {"Dockerfile", "FROM \"nginx:1\"\nFROM 'quay.io/a/b:1'\nFROM ngi\\\nnx:1\n"},
      {"Dockerfile", "# escape=`\nFROM registry-1.docker.io/acme/a`\npp:1\n"},
      {"Dockerfile", "# syntax=docker.io/docker/dockerfile:1\nFROM scratch\n"},
      {"Dockerfile", "FROM a AS x\nARG V=1\nFROM nginx:$V\nFROM vault:1.13@" + d + "\n"},
      {"Dockerfile",
       "FROM hub.docker.com/r/acme/app:1\nRUN --mount=type=bind,from=k8s.gcr.io/pause,target=/x true\n"},
      {"compose.yaml",
       "services:\n  a: &a\n    image: index.docker.io/library/redis:7\n  b:\n    <<: *a\n  c: *a\n"},
      {"compose.yaml", "services: {a: {image: 'quay.io/a/b:1'}, b: {image: \"k8s.gcr.io/pause:3.9\"}}\n"},
      {"compose.yaml", "services:\n  a:\n    image: \"docker.io/libr\\u0061ry/redis:7\"\n"},
      {"compose.yaml",
       "services:\n  a:\n    image: ${R:-quay.io}/a/b:${T:-1}\n  b:\n    image: ${I:-nginx:1}@" + d + "\n"},
      {"compose.yaml",
       "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM docker.io/library/nginx:1\n"
       "        COPY --from=quay.io/a/b:1 /x /\n"},
      {"compose.yaml", "x-i: &i quay.io/a/b:1\nservices:\n  a: {image: *i}\n  b: {image: *i}\n"},
      {"compose.yaml",
       "services:\n  a:\n    image: >-\n      quay.io/a/b:1\n  b:\n    image: |-\n      "
       "k8s.gcr.io/pause:3\n"},
  };
}

TEST(FixLaws, HoldForTrickyFilesUnderEveryPolicy) {
  for (const std::string& config : policies()) {
    const Policy policy = policy_of(config);
    for (const NamedText& file : tricky_files()) {
      SCOPED_TRACE(config + file.text);
      expect_fix_laws_in_all_forms({file}, policy);
    }
  }
}

struct FixCase {
  std::string_view name;
  std::string_view path;
  std::string_view before;
  std::string_view config;
  std::string_view after;
};

constexpr FixCase fix_cases[] = {
    {"an alias in an ARG default that two stages share is changed once", "Dockerfile",
     "ARG R=index.docker.io\nFROM ${R}/acme/a:1\nFROM ${R}/acme/b:1\n", "",
     "ARG R=docker.io\nFROM ${R}/acme/a:1\nFROM ${R}/acme/b:1\n"},
    {"a default that a stage of another name needs stays", "Dockerfile",
     "ARG R=k8s.gcr.io\nFROM ${R}/pause:3.9\nFROM nginx:1${R}\n", "",
     "ARG R=k8s.gcr.io\nFROM ${R}/pause:3.9\nFROM nginx:1${R}\n"},
    {"an anchor is changed where it stands", "compose.yaml",
     "services:\n  a: &a\n    image: k8s.gcr.io/pause:3.9\n  b: *a\n", "",
     "services:\n  a: &a\n    image: registry.k8s.io/pause:3.9\n  b: *a\n"},
    {"two fixes of one reference that touch take two rounds", "Dockerfile",
     "FROM index.docker.io/library/nginx:1\n", "rules: {redundant-registry: warning}\n", "FROM nginx:1\n"},
    {"a suppressed finding is not fixed", "Dockerfile",
     "# imglint ignore=deprecated-registry\nFROM k8s.gcr.io/pause:3.9\n", "",
     "# imglint ignore=deprecated-registry\nFROM k8s.gcr.io/pause:3.9\n"},
    {"an unused suppression goes", "Dockerfile", "# imglint ignore=latest-tag\nFROM nginx:1.27\n", "",
     "FROM nginx:1.27\n"},
    {"a suggestion is never written", "Dockerfile", "FROM ngnix:1.27\n", "", "FROM ngnix:1.27\n"},
    {"an unsafe fix is not a safe one", "Dockerfile", "FROM vault:1.13.3\n", "", "FROM vault:1.13.3\n"},
};

TEST(Fix, MakesTheSafeOnesUntilNothingChanges) {
  for (const FixCase& test : fix_cases) {
    const auto after =
        fix_texts({{std::string(test.path), std::string(test.before)}}, policy_of(test.config), Safety::safe);
    EXPECT_EQ(after.front().text, test.after) << test.name;
  }
}

TEST(Fix, MakesTheUnsafeOnesWhenAsked) {
  const auto after =
      fix_texts({{"Dockerfile", "FROM vault:1.13.3\nFROM ngnix:1\n"}}, policy_of(""), Safety::unsafe);
  EXPECT_EQ(after.front().text, "FROM hashicorp/vault:1.13.3\nFROM ngnix:1\n");
}

constexpr FixCase policy_cases[] = {
    {"a mirror that is not allowed", "Dockerfile", "FROM docker.io/acme/a:1\n",
     "registries: {allow: [docker.io], mirrors: [{from: docker.io, to: m.io/hub}]}\n",
     "FROM docker.io/acme/a:1\n"},
    {"a mirror that is allowed behind one that is not", "Dockerfile", "FROM docker.io/acme/a:1\n",
     "registries:\n  allow: [docker.io, n.io]\n"
     "  mirrors: [{from: docker.io, to: m.io/hub}, {from: docker.io/acme, to: n.io/acme}]\n",
     "FROM n.io/acme/a:1\n"},
    {"a mirror that is denied", "Dockerfile", "FROM docker.io/acme/a:1\n",
     "registries: {deny: [m.io], mirrors: [{from: docker.io, to: m.io/hub}]}\n", "FROM docker.io/acme/a:1\n"},
    {"a tag that nobody knows", "Dockerfile", "ARG T\nFROM docker.io/acme/a:$T\n",
     "registries: {allow: [docker.io], mirrors: [{from: docker.io, to: m.io/hub}]}\n",
     "ARG T\nFROM docker.io/acme/a:$T\n"},
    {"a rule that is off", "Dockerfile", "FROM docker.io/acme/a:1\n",
     "registries: {allow: [docker.io], mirrors: [{from: docker.io, to: m.io/hub}]}\n"
     "rules: {registry-not-allowed: off}\n",
     "FROM m.io/hub/acme/a:1\n"},
    {"what the rule itself allows", "Dockerfile", "FROM docker.io/acme/a:1\n",
     "registries: {allow: [docker.io], mirrors: [{from: docker.io, to: m.io/hub}]}\n"
     "rules: {registry-not-allowed: {allow: [m.io]}}\n",
     "FROM m.io/hub/acme/a:1\n"},
    {"what is to be used in place of what is denied", "Dockerfile", "FROM quay.io/acme/a:1\n",
     "registries: {allow: [docker.io], deny: [{pattern: quay.io, use: ghcr.io/acme}]}\n",
     "FROM quay.io/acme/a:1\n"},
    {"where a registry has gone", "Dockerfile", "FROM k8s.gcr.io/pause:3.9\n",
     "registries: {allow: [k8s.gcr.io]}\n", "FROM k8s.gcr.io/pause:3.9\n"},
    {"an image that was approved", "Dockerfile", "FROM docker.io/acme/a:1\n",
     "registries: {mirrors: [{from: docker.io, to: m.io/hub}]}\n"
     "rules: {image-not-allowed: {allow: [\"acme/*\"]}}\n",
     "FROM docker.io/acme/a:1\n"},
    {"an image that was not", "Dockerfile", "FROM docker.io/other/a:1\n",
     "registries: {mirrors: [{from: docker.io, to: m.io/hub}]}\n"
     "rules: {image-not-allowed: {allow: [\"acme/*\"]}}\n",
     "FROM m.io/hub/other/a:1\n"},
};

TEST(Fix, BringsNoOtherFindingOfThePolicy) {
  for (const FixCase& test : policy_cases) {
    const auto after = fix_texts({{std::string(test.path), std::string(test.before)}}, policy_of(test.config),
                                 Safety::unsafe);
    EXPECT_EQ(after.front().text, test.after) << test.name;
  }
}

TEST(Fix, IsLeftOutWithTheReason) {
  const auto run = check_texts(
      {{"Dockerfile", "FROM docker.io/acme/a:1\n"}},
      policy_of("registries: {allow: [docker.io], mirrors: [{from: docker.io, to: m.io/hub}]}\n"));
  EXPECT_EQ(run->dump(),
            "Dockerfile:1:6: mirror-bypass 'docker.io' 'docker.io' is mirrored at 'm.io/hub', and this goes "
            "around it; no fix, for 'm.io/hub/acme/a' is not among 'registries.allow'\n");
}

TEST(Revision, TellsSeveralRoundsInEditsOfTheOriginal) {
  const Source original("f", "one two three four\n");
  Revision revision(original);
  EXPECT_TRUE(revision.edits().empty());
  const auto apply = [&](std::vector<std::pair<Span, std::string>> edits) {
    const Source now("f", revision.bytes());
    EditSet set(now);
    for (auto& [span, text] : edits) ASSERT_FALSE(set.add({Edit{&now, span, text}}));
    const std::string expected = set.apply();
    revision.apply(set);
    EXPECT_EQ(revision.bytes(), expected);
    EXPECT_EQ(revision.edits().apply(), expected);
  };
  apply({{{4, 7}, "2"}, {{14, 18}, "4"}});
  apply({{{0, 3}, ""}, {{4, 5}, "zwei"}});
  apply({{{0, 0}, "null "}, {{3, 3}, "!"}});
  EXPECT_EQ(revision.bytes(), "null  zw!ei three 4\n");
}

}  // namespace
}  // namespace imglint::test
