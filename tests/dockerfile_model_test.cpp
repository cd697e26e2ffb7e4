// What a Dockerfile's document holds beside the references: what can be edited, stages, arguments, comments,
// named contexts, and texts that come from a compose file.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/dockerfile/read.hpp"
#include "kinds/index.hpp"
#include "tests/support/dockerfile_summary.hpp"
#include "tests/support/dump.hpp"

namespace imglint::test {
namespace {

struct Case {
  std::string dockerfile;
  std::string expected;
};

TEST(DockerfileModel, SaysWhyAReferenceCannotBeEdited) {
  const std::vector<Case> cases = {
      {"FROM a", ""},
      {"FROM \"a\"", ""},
      {"FROM '${A:-\"x\"}b'", ""},
      {"FROM ${A:-\"x\"\\y}b", ""},
      {"FROM a\\:1", "an escape is inside the reference"},
      {"FROM a\"b\"", "a quote is inside the reference"},
      {"FROM \"a\"\"b\"", "a quote is inside the reference"},
      {"FROM a\\\nb", "a line continuation is inside the reference"},
      {"FROM a\nCOPY --from=\"b\" / /", ""},
      {"FROM a\nCOPY --from=b\"c\" / /", "a quote or an escape is inside the reference"},
      {"FROM a\nCOPY --from=b\\\nc / /", "a line continuation is inside the reference"},
      {"FROM a\nRUN --mount=from=b,x=\"y\" z", ""},
      {"{\"syntax\": \"a\\/b\"}", "an escape is inside the reference"},
  };
  for (const Case& one : cases) {
    const Source source("Dockerfile", one.dockerfile);
    const auto document = read_dockerfile(source, {});
    EXPECT_EQ(document->uses.back().not_editable, one.expected) << one.dockerfile;
  }
}

TEST(DockerfileModel, HoldsStagesAndArguments) {
  const Source source("Dockerfile",
                      "ARG A=\"x\" B\nFROM a AS One\nARG A\nARG C=$A\nFROM b \\\n  AS two\nFROM c");
  const auto document = read_dockerfile(source, {});
  std::string stages;
  for (const Stage& stage : document->stages)
    stages += std::string(stage.name) + "=" + std::string(source.text(stage.name_span)) + "[" +
              std::string(source.text(stage.instruction)) + "] ";
  EXPECT_EQ(stages, "one=One[FROM a AS One] two=two[FROM b \\\n  AS two] =[FROM c] ");
  std::string arguments;
  for (const Argument& argument : document->arguments)
    arguments += std::to_string(argument.stage) + std::string(argument.name) + "@" +
                 std::to_string(argument.name_span.begin) +
                 (argument.has_default ? "=" + std::string(argument.default_value.text()) : "") + " ";
  EXPECT_EQ(arguments, "-1A@4=\"x\" -1B@10 0A@30 0C@36=$A ");
  EXPECT_EQ(document->arguments[0].value.text(), "x");
}

TEST(DockerfileModel, KeepsCommentsThatNameALinter) {
  const Source source("Dockerfile",
                      "# a comment\n  # imglint ignore=x \t\r\nFROM a \\\n# hadolint ignore=DL3006\n  AS b\n"
                      "RUN <<E\n# imglint no\nE\n# dclint-disable\n#trivy:ignore:x\n# lint\n# printlint");
  const auto document = read_dockerfile(source, {});
  std::string comments;
  for (const Comment& comment : document->comments) comments += std::string(source.text(comment.span)) + "|";
  EXPECT_EQ(comments, "# imglint ignore=x|# hadolint ignore=DL3006|# dclint-disable|#trivy:ignore:x|");
}

TEST(DockerfileModel, VariablesSayWhetherTheyAreDeclaredAndNeeded) {
  const Source source("Dockerfile", "ARG A\nFROM ${A:-x}${B:+y}${TARGETOS}$C$http_proxy${D-${E}}\n");
  const auto document = read_dockerfile(source, {});
  std::string variables;
  for (const Variable& v : document->uses.front().value.variables)
    variables += std::string(v.name) + (v.declared ? "" : " undeclared") + (v.needed ? "" : " unneeded") +
                 " " + std::string(to_string(v.source)) + "; ";
  EXPECT_EQ(variables,
            "A default; B undeclared unneeded none; TARGETOS built-in; C undeclared none; http_proxy "
            "undeclared none; D undeclared default; E undeclared none; ");
}

TEST(DockerfileModel, NamedContextsReplaceStagesAndImages) {
  ReadOptions options;
  options.contexts = {"build", "docker.io/library/alpine:latest", "ghcr.io/a/b:1", "Not A Name"};
  const std::vector<Case> cases = {
      {"FROM x AS build\nFROM build", "from image x; from context build"},
      {"FROM x AS build\nCOPY --from=BUILD / /", "from image x; copy-from context BUILD"},
      {"FROM x\nCOPY --from=build / /", "from image x; copy-from context build"},
      {"FROM alpine", "from context alpine"},
      {"FROM alpine:latest\nFROM library/alpine\nFROM alpine:3",
       "from context alpine:latest; from context library/alpine; from image alpine:3"},
      {"FROM ghcr.io/a/b:1\nRUN --mount=from=ghcr.io/a/b:2 x",
       "from context ghcr.io/a/b:1; mount-from image ghcr.io/a/b:2"},
      {"FROM x\nCOPY --from=0 / /", "from image x; copy-from stage-index 0"},
  };
  for (const Case& one : cases) EXPECT_EQ(summary(one.dockerfile, options), one.expected) << one.dockerfile;
}

TEST(DockerfileModel, RefusesLargeFilesAndUtf16) {
  ReadOptions options;
  options.max_bytes = 8;
  for (const std::string& text : {std::string("FROM abcd"), std::string("\xFF\xFE"
                                                                        "F\0",
                                                                        4)}) {
    const Source source("Dockerfile", text);
    const auto document = read_dockerfile(source, options);
    ASSERT_EQ(document->troubles.size(), 1U);
    EXPECT_TRUE(document->troubles.front().unread);
    EXPECT_TRUE(document->blocks_edits());
  }
}

TEST(DockerfileModel, TheBuildArgumentOfTheFrontendOverridesTheDirective) {
  const Source source("Dockerfile", "# syntax=a\nFROM b");
  ReadOptions options;
  EXPECT_TRUE(read_dockerfile(source, options)->uses.front().active);
  options.build_args = {{"BUILDKIT_SYNTAX", "c"}};
  EXPECT_FALSE(read_dockerfile(source, options)->uses.front().active);
}

TEST(DockerfileModel, ReadsTextThatComposeHasInterpolated) {
  // As compose leaves `FROM ${IMAGE:-nginx}:$$X`: a default, then an escaped dollar.
  const Source source("compose.yaml", "x: FROM ${IMAGE:-nginx}:$$X\n");
  Document document(source, *find_kind("compose"));
  document.owners.push_back({.label = "stage", .stage = 0});
  document.stages.push_back({.owner = 0});
  MappedTextBuilder builder;
  builder.copy(&source, {3, 8}, "FROM ");
  builder.copy(&source, {17, 22}, "nginx", 1);
  builder.copy(&source, {23, 24}, ":");
  builder.replace(&source, {24, 26}, "$");
  builder.copy(&source, {26, 27}, "X");
  const std::vector<Variable> variables = {
      {.name = "OTHER"},
      {.name = "IMAGE", .op = ":-", .source = VariableSource::default_word, .written = {&source, {8, 23}}}};
  const MappedText text = builder.finish(document.arena);
  read_dockerfile(text, variables, {}, no_owner, document);
  EXPECT_EQ(dump(document),
            "stage 0..0 \"\"\n"
            "stage 3..27 \"\"\n"
            "from unresolved 8..27 \"${IMAGE:-nginx}:$$X\" in 1 = \"nginx:\"\n"
            "    #0 IMAGE :- default ? written 8..23\n"
            "    #1 X none ? written 24..27 undeclared\n"
            "    \"nginx\" <- 17..22 #0\n"
            "    \":\" <- 23..24\n"
            "    \"\" ~ ? #1\n");
}

TEST(DockerfileModel, CountsStagesOfASecondInlinedTextFromItsOwnFirst) {
  const Source source("compose.yaml", "FROM a AS x\nCOPY --from=0 / /\nCOPY --from=x / /\n");
  Document document(source, *find_kind("compose"));
  const auto size = static_cast<std::uint32_t>(source.bytes().size());
  for (int i = 0; i < 2; ++i)
    read_dockerfile(MappedText::slice(source, {0, size}, document.arena), {}, {}, no_owner, document);
  std::string stages;
  for (const ImageUse& use : document.uses)
    stages += std::to_string(document.stage_index_of(use)) + ":" + std::to_string(use.stage) + " ";
  EXPECT_EQ(stages, "0:-1 0:0 0:0 1:-1 1:1 1:1 ");
}

}  // namespace
}  // namespace imglint::test
