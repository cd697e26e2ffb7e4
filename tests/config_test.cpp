#include "config/config.hpp"

#include <gtest/gtest.h>

#include "config/policy_cache.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/sample_rules.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint {
namespace {

using test::sample_rules;
using test::TemporaryFolder;

constexpr std::string_view full_config = R"(preset: strict
registries:
  allow: ["ghcr.io/acme/**", "docker.io/library/*"]
  deny: [{pattern: "quay.io/**", message: "we left quay", use: "ghcr.io/acme"}, gcr.io]
  mirrors: [{from: docker.io, to: mirror.example.com/hub}]
rules:
  missing-tag: {severity: error, unresolved: warning, locked: true, allow: [nginx]}
  latest-tag: off
  partial-version: {severity: info, min-parts: 2, strict-names: true, tags: [a, b], title: t}
  tag-pattern:
    patterns: [{images: ["ghcr.io/acme/**"], pattern: '^v\d'}, {images: [a, b], forbid: snapshot}]
contexts: [base, assets]
exceptions:
  - {rules: [latest-tag], images: ["cgr.dev/chainguard/*"], paths: ["dev/**"], reason: "no other", until: 2027-01-01}
  - {rules: [missing-tag], until: 2020-01-01}
overrides:
  - {paths: ["examples/**"], rules: {missing-tag: off}, registries: {allow: [quay.io/x]}}
  - {paths: ["examples/special"], rules: {missing-tag: info}}
files:
  - {paths: ["integration/*.yml", Dockerfile2], kind: compose}
  - {paths: [Dockerfile2], kind: dockerfile}
exclude: [vendor/]
compat: true
)";

Policy policy_for(std::string_view text, std::string path, std::string as_of = "2026-06-30") {
  const auto config = parse_config(text, {.path = {}, .shown = "c", .folder = "/repo"}, sample_rules());
  EXPECT_TRUE(config) << (config ? "" : config.error().front().message);
  return config ? make_policy(*config, sample_rules(), {.path = std::move(path), .as_of = std::move(as_of)})
                : Policy{};
}

TEST(Config, GivesEveryValue) {
  const Policy policy = policy_for(full_config, "/repo/Dockerfile");
  EXPECT_EQ(policy.allow, (std::vector<std::string>{"ghcr.io/acme/**", "docker.io/library/*"}));
  ASSERT_EQ(policy.deny.size(), 2u);
  EXPECT_EQ(policy.deny[0].message, "we left quay");
  EXPECT_EQ(policy.deny[0].use, "ghcr.io/acme");
  EXPECT_EQ(policy.deny[1].pattern, "gcr.io");
  ASSERT_EQ(policy.mirrors.size(), 1u);
  EXPECT_EQ(policy.mirrors[0].to, "mirror.example.com/hub");
  const RuleSettings& missing = policy.settings("missing-tag");
  EXPECT_EQ(missing.severity, Severity::error);
  EXPECT_EQ(missing.unresolved, Severity::warning);
  EXPECT_TRUE(missing.locked);
  EXPECT_EQ(missing.list("allow"), std::vector<std::string>{"nginx"});
  EXPECT_EQ(policy.settings("latest-tag").severity, Severity::off);
  const RuleSettings& partial = policy.settings("partial-version");
  EXPECT_EQ(partial.number("min-parts", 0), 2);
  EXPECT_TRUE(partial.flag("strict-names", false));
  EXPECT_EQ(partial.list("tags"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(partial.text("title", ""), "t");
  const auto& tables = policy.settings("tag-pattern").tables("patterns");
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(items(tables[0], "pattern"), std::vector<std::string>{"^v\\d"});
  EXPECT_EQ(items(tables[1], "images"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(policy.contexts, (std::vector<std::string>{"base", "assets"}));
  EXPECT_TRUE(policy.compat);
  EXPECT_EQ(policy.settings("require-registry").severity, Severity::warning) << "by the preset";
}

TEST(Config, SaysWhatFilesAreReadAs) {
  const auto config =
      parse_config(full_config, {.path = {}, .shown = "c", .folder = "/repo"}, sample_rules());
  ASSERT_TRUE(config);
  EXPECT_TRUE(chooses_files(*config));
  struct ChoiceCase {
    std::string path;
    std::string kind;
    bool excluded;
  };
  const ChoiceCase cases[] = {
      {"/repo/integration/a.yml", "compose", false}, {"/repo/a.yml", "", false},
      {"/repo/x/Dockerfile2", "dockerfile", false},  {"/repo/vendor/Dockerfile2", "dockerfile", true},
      {"/repo/x/vendor/y/Dockerfile", "", true},     {"/elsewhere/Dockerfile2", "", false},
  };
  for (const ChoiceCase& test : cases) {
    const FileChoice choice = file_choice(*config, test.path);
    EXPECT_EQ(choice.kind ? choice.kind->name : "", test.kind) << test.path;
    EXPECT_EQ(choice.excluded, test.excluded) << test.path;
  }
}

TEST(Config, LeavesOutExceptionsThatAreOverOrElsewhere) {
  EXPECT_EQ(policy_for(full_config, "/repo/Dockerfile").exceptions.size(), 0u);
  const Policy policy = policy_for(full_config, "/repo/dev/a/Dockerfile");
  ASSERT_EQ(policy.exceptions.size(), 1u);
  EXPECT_EQ(policy.exceptions[0].images, std::vector<std::string>{"cgr.dev/chainguard/*"});
  EXPECT_EQ(policy.exceptions[0].reason, "no other");
  EXPECT_EQ(policy_for(full_config, "/repo/dev/Dockerfile", "2027-01-01").exceptions.size(), 1u)
      << "the last day";
  EXPECT_EQ(policy_for(full_config, "/repo/dev/Dockerfile", "2027-01-02").exceptions.size(), 0u);
  EXPECT_EQ(policy_for(full_config, "/repo/Dockerfile", "2019-12-31").exceptions.size(), 1u);
}

TEST(Config, TheLastOverrideThatMatchesWins) {
  EXPECT_EQ(policy_for(full_config, "/repo/a").settings("missing-tag").severity, Severity::error);
  EXPECT_EQ(policy_for(full_config, "/repo/examples/a").settings("missing-tag").severity, Severity::off);
  const Policy policy = policy_for(full_config, "/repo/examples/special/a");
  EXPECT_EQ(policy.settings("missing-tag").severity, Severity::info);
  EXPECT_TRUE(policy.settings("missing-tag").locked) << "an override changes only what it names";
  EXPECT_EQ(policy.allow.size(), 3u) << "registries are added";
  EXPECT_EQ(policy_for(full_config, "/other/examples/a").settings("missing-tag").severity, Severity::error);
}

TEST(Config, AnAliasStandsForItsValue) {
  const Policy policy = policy_for(
      "registries: {allow: &a [ghcr.io]}\noverrides: [{paths: [x], registries: {allow: *a}}]\n", "/repo/x");
  EXPECT_EQ(policy.allow, (std::vector<std::string>{"ghcr.io", "ghcr.io"}));
}

class PolicyCacheTest : public ::testing::Test {
 protected:
  PolicyCache cache(PolicyOptions options = {}) { return {files_, sample_rules(), std::move(options)}; }
  /// The severity of missing-tag for a file.
  Severity missing(std::string_view path) {
    PolicyCache fresh(files_, sample_rules(), {});
    const Severity severity = fresh.policy_for(folder_ / path).policy->settings("missing-tag").severity;
    for (const Error& error : fresh.errors()) ADD_FAILURE() << error.path << ": " << error.message;
    return severity;
  }
  std::string errors(PolicyOptions options = {}, std::string_view path = "Dockerfile") {
    PolicyCache fresh(files_, sample_rules(), std::move(options));
    (void)fresh.policy_for(folder_ / path);
    (void)fresh.policy_for(folder_ / path);
    std::string text;
    for (const Error& error : fresh.errors()) {
      std::string place = error.path;
      if (place.starts_with(folder_.path())) place.erase(0, folder_.path().size() + 1);
      text += place + ":" + std::to_string(error.line) + ": " + error.message;
      if (!error.hint.empty()) text += " (" + error.hint + ")";
      text += '\n';
    }
    return text;
  }

  TemporaryFolder folder_;
  DiskFileSystem files_;
};

TEST_F(PolicyCacheTest, TheNearestConfigurationWinsAndTheRepositoryEndsTheSearch) {
  folder_.write(".imglint.yaml", "rules: {missing-tag: off}\n");
  folder_.write("repo/.git/HEAD", "");
  folder_.write("repo/a/.imglint.yaml", "rules: {missing-tag: error}\n");
  folder_.write("repo/a/b/c/Dockerfile", "");
  folder_.write("module/.git", "gitdir: x\n");
  EXPECT_EQ(missing("repo/Dockerfile"), Severity::warning) << "not that above the repository";
  EXPECT_EQ(missing("repo/a/Dockerfile"), Severity::error);
  EXPECT_EQ(missing("repo/a/b/c/Dockerfile"), Severity::error);
  EXPECT_EQ(missing("module/Dockerfile"), Severity::warning) << ".git may be a file";
  EXPECT_EQ(missing("Dockerfile"), Severity::off);
  EXPECT_EQ(missing("repo/a/not/there/Dockerfile"), Severity::error) << "for standard input";
}

TEST_F(PolicyCacheTest, TheConfigurationBesideTheRepositoryFolderCounts) {
  folder_.write(".git/HEAD", "");
  folder_.write(".imglint.yml", "rules: {missing-tag: info}\n");
  folder_.make_folder("a");
  EXPECT_EQ(missing("a/Dockerfile"), Severity::info);
}

TEST_F(PolicyCacheTest, ExtendedFilesComeFirst) {
  folder_.write(".git/HEAD", "");  // within one repository they may lie anywhere
  folder_.write("team/base.yaml",
                "preset: strict\nregistries: {allow: [a.io]}\nrules: {missing-tag: info, latest-tag: info}\n"
                "exceptions: [{paths: [x]}]\n");
  folder_.write("team/more.yaml", "extends: base.yaml\nrules: {latest-tag: error}\n");
  folder_.write("repo/.imglint.yaml",
                "extends: [../team/base.yaml, ../team/more.yaml]\nregistries: {allow: [b.io]}\n"
                "rules: {missing-tag: off}\n");
  folder_.write("repo/x/Dockerfile", "");
  PolicyCache cache(files_, sample_rules(), {});
  const FilePolicy found = cache.policy_for(folder_ / "repo/x/Dockerfile");
  EXPECT_TRUE(cache.errors().empty());
  EXPECT_EQ(found.policy->settings("missing-tag").severity, Severity::off);
  EXPECT_EQ(found.policy->settings("latest-tag").severity, Severity::error);
  EXPECT_EQ(found.policy->settings("partial-version").severity, Severity::warning) << "strict";
  EXPECT_EQ(found.policy->allow, (std::vector<std::string>{"a.io", "b.io"})) << "the base once";
  EXPECT_TRUE(found.policy->exceptions.empty()) << "paths are those of the folder of the file they stand in";
  ASSERT_EQ(found.config->layers.size(), 3u);
}

TEST_F(PolicyCacheTest, ShowsExtendedFilesByTheirShortestPaths) {
  folder_.write(".git/HEAD", "");
  folder_.write("base.yaml", "compat: true\n");
  folder_.write("other/base.yaml", "compat: true\n");
  folder_.write("a/b/base.yaml", "compat: true\n");
  folder_.make_folder("other/deep");
  folder_.link("../other/deep", "a/link");
  struct Case {
    std::string_view extends, shown;
  };
  constexpr Case cases[] = {{"../base.yaml", "base.yaml"},
                            {"./b/../b/base.yaml", "a/b/base.yaml"},
                            {"b//base.yaml", "a/b/base.yaml"},
                            {"link/../base.yaml", "a/link/../base.yaml"}};
  for (const auto& [extends, shown] : cases) {
    folder_.write("a/.imglint.yaml", "extends: " + std::string(extends) + "\n");
    PolicyCache cache(files_, sample_rules(), {.config = folder_ / "a/.imglint.yaml"});
    const FilePolicy found = cache.policy_for(folder_ / "a/Dockerfile");
    ASSERT_TRUE(cache.errors().empty()) << cache.errors().front().message;
    ASSERT_EQ(found.config->layers.size(), 2u);
    EXPECT_EQ(found.config->layers[0].file, folder_ / shown) << extends;
  }
}

TEST_F(PolicyCacheTest, SaysWhyAFileCannotBeExtended) {
  folder_.write(".git/HEAD", "");
  folder_.write(".imglint.yaml", "extends: no.yaml\n");
  EXPECT_EQ(errors(), ".imglint.yaml:1: 'no.yaml' cannot be extended: cannot read: no such file or folder\n");
  folder_.write(".imglint.yaml", "extends: /etc/x.yaml\n");
  EXPECT_EQ(errors(), ".imglint.yaml:1: '/etc/x.yaml' cannot be extended: it must be a relative path\n");
  folder_.write(".imglint.yaml", "extends: https://example.com/x.yaml\n");
  EXPECT_EQ(errors(),
            ".imglint.yaml:1: 'https://example.com/x.yaml' cannot be extended: it must be a relative path\n");
  folder_.make_folder("team");
  folder_.write(".imglint.yaml", "extends: team\n");
  EXPECT_EQ(errors(), ".imglint.yaml:1: 'team' cannot be extended: cannot read: it is a folder\n");
  folder_.write(".imglint.yaml", "extends: .imglint.yaml\n");
  EXPECT_EQ(errors(), ".imglint.yaml:1: '.imglint.yaml' cannot be extended: extends itself\n");
  folder_.write(".imglint.yaml", "extends: a.yaml\n");
  folder_.write("a.yaml", "extends: b.yaml\n");
  folder_.write("b.yaml", "compat: true\nextends: ./a.yaml\n");
  EXPECT_EQ(errors(), "b.yaml:2: './a.yaml' cannot be extended: extends itself\n");
  folder_.write("b.yaml", "rules: {x: off}\n");
  EXPECT_EQ(errors(), "b.yaml:1: unknown rule 'x' ('imglint rules' lists them)\n");
  for (int i = 0; i < 40; ++i)
    folder_.write("chain" + std::to_string(i) + ".yaml",
                  "extends: chain" + std::to_string(i + 1) + ".yaml\n");
  folder_.write(".imglint.yaml", "extends: chain0.yaml\n");
  EXPECT_EQ(errors(), "chain30.yaml:1: 'chain31.yaml' cannot be extended: extends too many files\n");
}

TEST_F(PolicyCacheTest, RefusesWhatItCannotDecide) {
  folder_.write(".git/HEAD", "");
  folder_.write(".imglint.yaml", "compat: true\n");
  folder_.write(".imglint.yml", "compat: true\n");
  EXPECT_EQ(errors(),
            ".imglint.yml:0: there is .imglint.yaml and .imglint.yml in one folder (keep one of them)\n");
  EXPECT_EQ(errors({.config = folder_ / "none.yaml"}), "none.yaml:0: cannot read: no such file or folder\n");
  EXPECT_EQ(errors({.isolated = true, .select = {"missing-tags"}, .ignore = {"x"}}),
            ":0: unknown rule 'missing-tags' for --select (did you mean 'missing-tag'?)\n"
            ":0: unknown rule 'x' for --ignore ('imglint rules' lists them)\n");
}

/// A configuration that is meant must not be off because what a link leads to is gone.
TEST_F(PolicyCacheTest, ALinkToAConfigurationThatIsGoneIsAnError) {
  folder_.write(".git/HEAD", "");
  folder_.write("real/p.yaml", "compat: true\n");
  folder_.link("real/p.yaml", ".imglint.yaml");
  EXPECT_EQ(errors(), "");
  ASSERT_TRUE(files_.remove(folder_ / "real/p.yaml"));
  EXPECT_EQ(errors(),
            ".imglint.yaml:0: it is a symbolic link that leads to nothing (remove the link, or put the "
            "configuration where it leads)\n");
}

TEST_F(PolicyCacheTest, FindsOverridesThatContradictEachOther) {
  folder_.write(".git/HEAD", "");
  folder_.write(".imglint.yaml",
                "overrides:\n  - {paths: [a], rules: {tag-with-digest: info}}\n"
                "  - {paths: [Dockerfile], rules: {digest-without-tag: info}}\n");
  EXPECT_EQ(errors({}, "Dockerfile"), "");
  EXPECT_EQ(errors({}, "a/x"), "");
  const std::string message = errors({}, "a/Dockerfile");
  EXPECT_EQ(message.substr(0, message.find(" for ")),
            ".imglint.yaml:3: 'digest-without-tag' contradicts 'tag-with-digest', which is on as well");
  EXPECT_NE(message.find("a/Dockerfile' (set one of them to off; the other is set at "), message.npos)
      << message;
  folder_.write("base.yaml", "\n\n\n\nrules: {tag-with-digest: info}\n");
  folder_.write(".imglint.yaml", "extends: base.yaml\nrules: {digest-without-tag: info}\n");
  EXPECT_EQ(errors().substr(0, 17), ".imglint.yaml:2: ") << "the file that extends the other is to blame";
}

TEST_F(PolicyCacheTest, OptionsBeatTheConfiguration) {
  folder_.write(".git/HEAD", "");
  folder_.write(".imglint.yaml", "rules: {missing-tag: off, latest-tag: error}\n");
  folder_.write("other.yaml", "rules: {missing-tag: info}\n");
  const auto severity = [&](PolicyOptions options, std::string_view rule) {
    PolicyCache cache(files_, sample_rules(), std::move(options));
    return cache.policy_for(folder_ / "Dockerfile").policy->settings(rule).severity;
  };
  EXPECT_EQ(severity({}, "latest-tag"), Severity::error);
  EXPECT_EQ(severity({.config = folder_ / "other.yaml"}, "missing-tag"), Severity::info);
  EXPECT_EQ(severity({.config = folder_ / "other.yaml"}, "latest-tag"), Severity::warning);
  EXPECT_EQ(severity({.isolated = true}, "missing-tag"), Severity::warning);
  EXPECT_EQ(severity({.select = {"missing-tag"}}, "missing-tag"), Severity::warning)
      << "on, though it is off";
  EXPECT_EQ(severity({.select = {"missing-tag"}}, "latest-tag"), Severity::off);
  EXPECT_EQ(severity({.select = {"latest-tag"}}, "latest-tag"), Severity::error);
  EXPECT_EQ(severity({.ignore = {"latest-tag"}}, "latest-tag"), Severity::off);
}

TEST_F(PolicyCacheTest, FilesWithTheSameSettingsShareOnePolicy) {
  folder_.write(".git/HEAD", "");
  folder_.write(".imglint.yaml", "overrides: [{paths: [b], rules: {missing-tag: off}}]\n");
  PolicyCache cache(files_, sample_rules(), {});
  const Policy* first = cache.policy_for(folder_ / "a/1").policy;
  EXPECT_EQ(cache.policy_for(folder_ / "a/2").policy, first);
  EXPECT_NE(cache.policy_for(folder_ / "b/1").policy, first);
  EXPECT_EQ(cache.policy_for(folder_ / "c/1").policy, first);
}

}  // namespace
}  // namespace imglint
