// Comments that silence rules, in the forms that languages other than YAML and Dockerfile have, and such as
// do not count.
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/silence_cases.hpp"

namespace imglint::test {
namespace {

void expect_all(std::span<const FormCase> cases) {
  expect_all(cases,
             [](std::string_view file, std::string_view text) { return silenced_findings(file, text); });
}

constexpr std::string_view d = "Dockerfile";
constexpr std::string_view c = "compose.yaml";
constexpr std::string_view w = ".github/workflows/a.yml";
constexpr std::string_view m = "README.md";
constexpr std::string_view b = "docker-bake.hcl";
constexpr std::string_view j = ".devcontainer/devcontainer.json";
constexpr std::string_view h = "chart/templates/a.yaml";

constexpr std::string_view attempt =
    ":unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n";

TEST(SuppressionForms, ValuesWithAnAnchorOrATagBelowTheirKey) {
  constexpr FormCase cases[] = {
      {"an anchor", c,
       "services:\n  a:\n    # imglint ignore=latest-tag\n    image:\n      &a nginx:latest\n", ""},
      {"a tag", c, "services:\n  a:\n    # imglint ignore=latest-tag\n    image:\n      !!str nginx:latest\n",
       ""},
      {"both, and quotes", c,
       "services:\n  a:\n    # imglint ignore=latest-tag\n    image:\n      !!str  &a \"nginx:latest\"\n",
       ""},
      {"quotes", c, "services:\n  a:\n    # imglint ignore=latest-tag\n    image:\n      'nginx:latest'\n",
       ""},
      {"a tag on the key's line", c,
       "services:\n  a:\n    # imglint ignore=latest-tag\n    image: !!str\n      nginx:latest\n", ""},
      {"an anchor on the key's line", c,
       "services:\n  a:\n    # imglint ignore=latest-tag\n    image: &a\n      nginx:latest\n", ""},
      {"another key above", c,
       "services:\n  a:\n    # imglint ignore=latest-tag\n    labels: {}\n    image:\n      &a "
       "nginx:latest\n",
       "3:unused-suppression there is no finding of 'latest-tag' here to silence\n6:latest-tag\n"},
      {"a service with an anchor below its name", c,
       "services:\n  # imglint ignore=latest-tag\n  a:\n    &x\n    image: nginx:latest\n"
       "  b:\n    image: php:latest\n",
       "7:latest-tag\n"},
      {"a service with a tag behind its name", c,
       "services:\n  # imglint ignore=latest-tag\n  a: !!map\n    image:\n      &i nginx:latest\n"
       "  b:\n    image: php:latest\n",
       "7:latest-tag\n"},
      {"jobs with tags are still all jobs", w,
       "on: push\n# imglint ignore=latest-tag\njobs:\n  a: !!map\n    runs-on: x\n    container: "
       "nginx:latest\n",
       "2:unused-suppression there is no finding of 'latest-tag' here to silence, but in line 6: put the "
       "comment there, or write 'ignore-file=latest-tag'\n6:latest-tag\n"},
      {"a job with an anchor and a tag below its name", w,
       "on: push\njobs:\n  # imglint ignore=latest-tag\n  a:\n    !!map &x\n    runs-on: x\n"
       "    container: nginx:latest\n",
       ""},
  };
  expect_all(cases);
}

TEST(SuppressionForms, InFencesOfMarkdown) {
  constexpr FormCase cases[] = {
      {"a Dockerfile", m,
       "# Use\n\n```dockerfile\n# imglint ignore=latest-tag why\nFROM nginx:latest\nFROM redis:latest\n```\n",
       "6:latest-tag\n"},
      {"a stage of a Dockerfile", m,
       "```dockerfile\n# imglint ignore-stage=latest-tag\nFROM nginx:latest\nCOPY --from=php:latest / "
       "/\n```\n\n"
       "```sh\ndocker run redis:latest\n```\n",
       "8:latest-tag\n"},
      {"a compose file", m,
       "```yaml\nservices:\n  a:\n    # imglint ignore=latest-tag\n    image: nginx:latest\n  b:\n"
       "    image: redis:latest\n```\n",
       "7:latest-tag\n"},
      {"a service, behind a value, in an indented fence", m,
       "1. Write\n\n   ```yaml\n   services:\n     # imglint ignore=latest-tag\n     a:\n       restart: "
       "always\n"
       "       image: nginx:latest\n     b:\n       image: redis:latest # imglint ignore=latest-tag\n"
       "     c:\n       image: php:latest\n   ```\n",
       "12:latest-tag\n"},
      {"a job", m,
       "```yaml\non: push\njobs:\n  # imglint ignore=latest-tag\n  a:\n    container: nginx:latest\n  b:\n"
       "    container: redis:latest\n```\n",
       "8:latest-tag\n"},
      {"two files in YAML", m,
       "```yaml\nservices:\n  # imglint ignore=latest-tag\n  a: {image: 'nginx:latest'}\n```\n\n"
       "```yaml\nservices:\n  # imglint ignore=latest-tag\n  a: {image: 'nginx:1.27'}\n```\n",
       "9:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
      {"a script", m,
       "```sh\n# imglint ignore=latest-tag\ndocker run nginx:latest\n"
       "docker run redis:latest  # imglint ignore=latest-tag\ndocker run php:latest\n```\n",
       "5:latest-tag\n"},
      {"a command of several lines", m,
       "```sh\n# imglint ignore=latest-tag\ndocker run \\\n-v /a:/b \\\nnginx:latest\n```\n", ""},
      {"a session", m,
       "```console\n# imglint ignore=latest-tag\n$ docker run nginx:latest\n$ docker run php:latest\n```\n",
       "4:latest-tag\n"},
      {"a fence without a language", m, "```\n# imglint ignore=latest-tag\ndocker run nginx:latest\n```\n",
       ""},
      {"the file", m,
       "```sh\n# imglint ignore-file=latest-tag\ndocker run nginx:latest\n```\n\n"
       "```dockerfile\nFROM redis:latest\n```\n",
       ""},
      {"an unknown rule", m, "```sh\n# imglint ignore=no-rule\ndocker run nginx:1.27\n```\n",
       "2:unused-suppression unknown rule 'no-rule'\n"},
      {"outside of fences it is no comment", m,
       "# imglint ignore=latest-tag\n\n```text\n# imglint ignore=latest-tag\n```\n\n"
       "```sh\ndocker run nginx:latest\n```\n",
       "8:latest-tag\n"},
  };
  expect_all(cases);
}

/// As in a file of its own a comment above `services` or `jobs` is about none of them.
TEST(SuppressionForms, AtTheTopOfAnIndentedFence) {
  constexpr std::string_view unused =
      "4:unused-suppression there is no finding of 'latest-tag' here to silence\n";
  constexpr FormCase cases[] = {
      {"services, in an item of a list", m,
       "1. Write\n\n   ```yaml\n   # imglint ignore=latest-tag\n   services:\n     a:\n       image: "
       "nginx:latest\n     b:\n       image: redis:latest\n   ```\n",
       "7:latest-tag\n9:latest-tag\n"},
      {"services, within a fence at the margin", m,
       "Write\n\n```yaml\n  # imglint ignore=latest-tag\n  services:\n    a:\n      image: nginx:latest\n"
       "    b: {image: 'redis:latest'}\n```\n",
       "7:latest-tag\n8:latest-tag\n"},
      {"jobs", m,
       "- Write\n\n  ```yaml\n  # imglint ignore=latest-tag\n  jobs:\n    a:\n      container: nginx:latest\n"
       "  on: push\n  ```\n",
       "7:latest-tag\n"},
  };
  for (const FormCase& test : cases)
    EXPECT_EQ(silenced_findings(test.file, test.text), std::string(unused).append(test.findings))
        << test.about;
}

TEST(SuppressionForms, MarkupAboveFencesOfMarkdown) {
  constexpr FormCase cases[] = {
      {"all of the fence, and no other", m,
       "<!-- imglint ignore=latest-tag why -->\n```sh\ndocker run nginx:latest\n\ndocker run redis:latest\n"
       "```\n\n```sh\ndocker run php:latest\n```\n",
       "9:latest-tag\n"},
      {"blank lines between", m,
       "<!--imglint ignore=latest-tag-->\n\n\n```dockerfile\nFROM nginx:latest\n```\n", ""},
      {"no stage", m, "<!-- imglint ignore-stage=latest-tag -->\n```dockerfile\nFROM nginx:latest\n```\n",
       "1:unused-suppression only a Dockerfile has stages, so this silences nothing\n3:latest-tag\n"},
      {"over lines, in an item of a list", m,
       "- a\n\n  <!--\n  imglint ignore=latest-tag\n  why\n  -->\n  ```yaml\n  services:\n"
       "    a: {image: 'nginx:latest'}\n    b: {image: 'redis:latest'}\n  ```\n",
       ""},
      {"CRLF", m,
       "<!-- imglint ignore=latest-tag -->\r\n```yaml\r\nservices:\r\n  a: {image: "
       "'nginx:latest'}\r\n```\r\n",
       ""},
      {"several", m,
       "<!-- imglint ignore=latest-tag -->\n<!-- imglint ignore=missing-tag -->\n```sh\n"
       "docker run nginx:latest\ndocker run redis\n```\n",
       ""},
      {"the file", m,
       "```sh\ndocker run nginx:latest\n```\n<!-- imglint ignore-file=latest-tag -->\n\n"
       "```sh\ndocker run redis:latest\n```\n",
       ""},
      {"beside a comment of the fence", m,
       "<!-- imglint ignore=latest-tag -->\n```sh\n# imglint ignore=missing-tag\ndocker run redis\n"
       "docker run nginx:latest\n```\n",
       ""},
      {"text between", m, "<!-- imglint ignore=latest-tag -->\nRun\n```sh\ndocker run nginx:latest\n```\n",
       "1:unused-suppression there is no finding of 'latest-tag' here to silence\n4:latest-tag\n"},
      {"shown as code it is none", m,
       "Write `<!-- imglint ignore=latest-tag -->`.\n\n```html\n<!-- imglint ignore=latest-tag -->\n```\n\n"
       "```sh\n<!-- imglint ignore=latest-tag -->\ndocker run nginx:latest\n```\n",
       "9:latest-tag\n"},
      {"without an end it is none", m,
       "<!-- imglint ignore=latest-tag\n```sh\ndocker run nginx:latest\n```\n", "3:latest-tag\n"},
  };
  expect_all(cases);
}

TEST(SuppressionForms, BlocksInHcl) {
  constexpr FormCase cases[] = {
      {"on a line of its own", b,
       "target \"a\" {\n  /* imglint ignore=latest-tag why */\n  contexts = { x = "
       "\"docker-image://nginx:latest\" }\n}\n",
       ""},
      {"over lines", b,
       "target \"a\" {\n  /*\n   * imglint ignore=latest-tag\n   * why\n   */\n"
       "  contexts = { x = \"docker-image://nginx:latest\" }\n}\n",
       ""},
      {"over lines, the words on the first", b,
       "target \"a\" {\n  /* imglint ignore=latest-tag\n     until=2027-01-31 why */\n\n"
       "  contexts = { x = \"docker-image://nginx:latest\" }\n}\n",
       ""},
      {"behind a value", b,
       "target \"a\" {\n  contexts = { x = \"docker-image://nginx:latest\" } /* imglint ignore=latest-tag "
       "*/\n}\n",
       ""},
      {"unused", b, "/* imglint ignore=latest-tag */\ntarget \"a\" {\n}\n",
       "1:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
      {"without an end it is none", b, "target \"a\" {\n}\n# a /* imglint ignore=latest-tag\n", ""},
      {"all of a line's comments are asked", b,
       "target \"a\" {\n  contexts = { imglint = \"docker-image://nginx:latest\" } # imglint "
       "ignore=latest-tag\n}\n",
       ""},
      {"above a target with a heredoc at the margin", b,
       "# imglint ignore=latest-tag\ntarget \"a\" {\n  dockerfile-inline = <<EOT\nFROM nginx:latest\nEOT\n"
       "  contexts = {\n    x = \"docker-image://redis:latest\"\n  }\n}\ntarget \"b\" {\n"
       "  contexts = { x = \"docker-image://php:latest\" }\n}\n",
       "11:latest-tag\n"},
      {"above a target with tabs", "docker-bake.json",
       "{\n\t\"target\": {\n\t\t// imglint ignore=latest-tag\n\t\t\"a\": {\n\t\t\t\"contexts\": {\"x\": "
       "\"docker-image://nginx:latest\"}\n\t\t},\n\t\t\"b\": {\"contexts\": {\"x\": "
       "\"docker-image://php:latest\"}}\n\t}\n}\n",
       "7:latest-tag\n"},
      {"in a Dockerfile of it, told once", b,
       "target \"a\" {\n  dockerfile-inline = <<EOT\n# imglint ignore=latest-tag\nFROM nginx:1.27\nEOT\n}\n",
       "3:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
  };
  expect_all(cases);
}

TEST(SuppressionForms, BlocksInJsonWithComments) {
  constexpr FormCase cases[] = {
      {"on a line of its own", j,
       "{\n  /* imglint ignore=latest-tag why */\n  \"image\": \"nginx:latest\"\n}\n", ""},
      {"over lines, with others between", j,
       "{\n  /**\n   * imglint ignore=latest-tag\n   */\n  /* a remark */\n  \"image\": "
       "\"nginx:latest\"\n}\n",
       ""},
      {"before a value", j, "{\n  \"image\": /* imglint ignore=latest-tag */ \"nginx:latest\"\n}\n", ""},
      {"CRLF", j,
       "{\r\n  /* imglint ignore=latest-tag\r\n     why */\r\n  \"image\": \"nginx:latest\"\r\n}\r\n", ""},
      {"a value below its key", j,
       "{\n  /* imglint ignore=latest-tag */\n  \"image\":\n    \"nginx:latest\"\n}\n", ""},
      {"every rule", j, "{\n  /* imglint ignore=* a museum */\n  \"image\": \"nginx:latest\"\n}\n", ""},
      {"no rule", j, "{\n  /* imglint ignore */\n  \"image\": \"nginx:latest\"\n}\n",
       "2:unused-suppression this silences nothing: a comment must begin 'imglint "
       "ignore=RULE'\n3:latest-tag\n"},
      {"text is no comment", j,
       "{\n  \"name\": \"/* imglint ignore=latest-tag */\",\n  \"image\": \"nginx:latest\"\n}\n",
       "3:latest-tag\n"},
  };
  expect_all(cases);
}

constexpr std::string_view pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n";

TEST(SuppressionForms, ActionsInChartTemplates) {
  constexpr FormCase cases[] = {
      {"trimmed", h, "      {{- /* imglint ignore=latest-tag why */}}\n      image: nginx:latest\n", ""},
      {"trimmed on both sides", h,
       "      {{- /* imglint ignore=latest-tag */ -}}\n      image: nginx:latest\n", ""},
      {"plain", h, "      {{/* imglint ignore=latest-tag */}}\n      image: nginx:latest\n", ""},
      {"over lines", h,
       "      {{- /* imglint ignore=latest-tag\n             why */}}\n      image: nginx:latest\n", ""},
      {"behind a value", h, "      image: nginx:latest {{- /* imglint ignore=latest-tag */}}\n", ""},
      {"another remark behind a value", h, "      image: nginx:latest {{/* ours */}}\n", "6:latest-tag\n"},
      {"a hash", h, "      # imglint ignore=latest-tag\n      image: nginx:latest\n", ""},
      {"unused", h, "      {{- /* imglint ignore=latest-tag */}}\n      image: nginx:1.27\n",
       "6:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
      {"an action is no comment", h,
       "      {{- printf \"/* imglint ignore=latest-tag */\" }}\n      image: nginx:latest\n",
       "7:latest-tag\n"},
  };
  for (const FormCase& test : cases)
    EXPECT_EQ(silenced_findings(test.file, std::string(pod).append(test.text)), test.findings) << test.about;
}

TEST(SuppressionForms, WhatIsMeantToBeOneIsTold) {
  constexpr std::string_view meant[] = {"imglint-ignore=latest-tag",
                                        "imglint_ignore=latest-tag",
                                        "IMGLINT ignore=latest-tag",
                                        "Imglint: ignore=latest-tag",
                                        "ImgLint ignore=latest-tag",
                                        "IMGLINT IGNORE=latest-tag",
                                        "imglint-disable-next-line latest-tag",
                                        "imglint off",
                                        "imglint:off",
                                        "imglint: off for now",
                                        "imglint-off",
                                        "imglint disable",
                                        "imglint:disable-next-line",
                                        "imglint enable",
                                        "imglint: enable-next-line",
                                        "imglint on",
                                        "imglint: noqa",
                                        "imglint nolint",
                                        "imglint suppress latest-tag",
                                        "imglint: silence(latest-tag)",
                                        "imglint allow=latest-tag",
                                        "imglint: allow: latest-tag",
                                        "imglint except(latest-tag)"};
  constexpr std::string_view others[] = {"imglint-version=1.2",     "IMGLINT_VERSION=1.2",
                                         "Imglint is run here",     "imglint-action: v1",
                                         "Imglint ignores this",    "imglint on all branches",
                                         "imglint allows this",     "imglint: enable this for releases",
                                         "imglint-on-push",         "imglint offers fixes",
                                         "imglint pre-commit hook", "imglint: image"};
  struct Form {
    std::string_view file, before, behind;
    std::uint32_t line;
  };
  constexpr Form forms[] = {
      {d, "# ", "\nFROM nginx:1.27\n", 1},
      {c, "services:\n  a:\n    image: nginx:1.27 # ", "\n", 3},
      {b, "# ", "\ntarget \"a\" {\n}\n", 1},
      {b, "/* ", " */\ntarget \"a\" {\n}\n", 1},
      {j, "{\n  // ", "\n  \"image\": \"nginx:1.27\"\n}\n", 2},
      {m, "```sh\n# ", "\ndocker run nginx:1.27\n```\n", 2},
      {m, "```yaml\nservices:\n  # ", "\n  a: {image: 'nginx:1.27'}\n```\n", 3},
      {h, "apiVersion: v1\nkind: Pod\n{{- /* ", " */}}\nspec:\n  containers:\n    - image: nginx:1.27\n", 3},
  };
  for (const Form& form : forms) {
    for (const std::string_view text : meant)
      EXPECT_EQ(silenced_findings(form.file, std::string(form.before).append(text).append(form.behind)),
                std::to_string(form.line).append(attempt))
          << form.before << text;
    for (const std::string_view text : others)
      EXPECT_EQ(silenced_findings(form.file, std::string(form.before).append(text).append(form.behind)), "")
          << form.before << text;
  }
}

TEST(SuppressionForms, ANameOfARuleAloneIsTold) {
  struct Case {
    std::string_view text, form;
  };
  constexpr Case cases[] = {
      {"imglint latest-tag", "latest-tag"},
      {"imglint:latest-tag", "latest-tag"},
      {"imglint: latest-tag off", "latest-tag"},
      {"imglint allow latest-tag", "latest-tag"},
      {"imglint: except DL3007", "latest-tag"},
      {"imglint DL3006, DL3007", "missing-tag"},
      {"imglint CKV_DOCKER_7", "missing-tag,latest-tag"},
  };
  for (const auto& [text, form] : cases)
    EXPECT_EQ(silenced_findings(d, "# " + std::string(text) + "\nFROM nginx:1.27\n"),
              "1:unused-suppression this silences nothing: a comment must begin 'imglint ignore=" +
                  std::string(form) + "'\n")
        << text;
}

TEST(SuppressionForms, UnusedOnesAreDeletedByAFix) {
  struct Case {
    std::string_view file, before, after;
  };
  constexpr Case cases[] = {
      {b, "/*\n * imglint ignore=latest-tag\n * why\n */\ntarget \"a\" {\n}\n", "target \"a\" {\n}\n"},
      {j, "{\n  \"image\": \"nginx:1.27\" /* imglint ignore=latest-tag */\n}\n",
       "{\n  \"image\": \"nginx:1.27\"\n}\n"},
      {j, "{\n  /* imglint ignore=latest-tag, missing-tag */\n  \"image\": \"nginx:latest\"\n}\n",
       "{\n  /* imglint ignore=latest-tag */\n  \"image\": \"nginx:latest\"\n}\n"},
      {h,
       "apiVersion: v1\nkind: Pod\n{{- /* imglint ignore=latest-tag */}}\nspec:\n  containers:\n    - image: "
       "a:1.2\n",
       "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: a:1.2\n"},
      {m, "- a\n\n  ```sh\n  # imglint ignore=latest-tag\n  docker run nginx:1.27\n  ```\n",
       "- a\n\n  ```sh\n  docker run nginx:1.27\n  ```\n"},
      {m, "- a\n\n  ```dockerfile\n  # imglint ignore=latest-tag\n  FROM nginx:1.27\n  ```\n",
       "- a\n\n  ```dockerfile\n  FROM nginx:1.27\n  ```\n"},
      {m, "a\n\n<!-- imglint ignore=latest-tag\n     why -->\n```sh\ndocker run nginx:1.27\n```\n",
       "a\n\n```sh\ndocker run nginx:1.27\n```\n"},
      {m, "```yaml\nservices:\n  a:\n    image: nginx:1.27 # imglint ignore=latest-tag\n```\n",
       "```yaml\nservices:\n  a:\n    image: nginx:1.27\n```\n"},
  };
  for (const Case& test : cases) {
    const auto fixed =
        fix_texts({{std::string(test.file), std::string(test.before)}}, policy_of({}), Safety::safe);
    ASSERT_EQ(fixed.size(), 1u);
    EXPECT_EQ(fixed[0].text, test.after);
  }
}

TEST(SuppressionForms, ManyOpenBlocksStayFast) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += " /* imglint {{/* imglint";
  EXPECT_EQ(silenced_findings(b, "# " + text + "\ntarget \"a\" {\n}\n"), "");
  EXPECT_EQ(silenced_findings(h, std::string(pod) + "      image: nginx:1.27 # " + text + " */\n"), "");
}

}  // namespace
}  // namespace imglint::test
