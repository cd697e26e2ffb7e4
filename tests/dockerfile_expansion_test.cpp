// docs/spec/dockerfile.md 2.8: what words expand to, and where each piece of the result stands.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/dockerfile/read.hpp"
#include "tests/support/dockerfile_summary.hpp"
#include "tests/support/dump.hpp"

namespace imglint::test {
namespace {

/// What `FROM <word>` amounts to where V is `a/b:1.2`, E is empty, U has no value and nothing else is
/// declared; the message, if it fails.
std::string expanded(const std::string& word, const std::string& before = "") {
  const Source source("Dockerfile", before + "ARG V=a/b:1.2\nARG E=\nARG U\nFROM " + word + "\n");
  const auto document = read_dockerfile(source, {});
  if (document->uses.empty()) return "no use";
  const ImageUse& use = document->uses.front();
  return use.value.is_known() ? std::string(use.value.text()) : "! " + std::string(use.error());
}

struct Case {
  std::string word;
  std::string expected;
};
void expect_all(const std::vector<Case>& cases) {
  for (const Case& one : cases) EXPECT_EQ(expanded(one.word), one.expected) << one.word;
}

// clang-format off

TEST(DockerfileExpansion, Names) {
  expect_all({
      {"$V", "a/b:1.2"}, {"${V}", "a/b:1.2"}, {"$V-x", "a/b:1.2-x"}, {"$V_x", ""}, {"$Vx", ""}, {"x$", "x$"},
      {"$/", "$/"}, {"$$V", "V"}, {"$12x", "x"}, {"$@x", "x"}, {"$Vé", ""}, {"$V…", "a/b:1.2…"}, {"$(V)", "$(V)"},
      {"x${@}", "x"}, {"${", "! '${' lacks its '}'"}, {"${}", "! '${}' has no name"}, {"${{V}", "! '${{V}' has no name"},
      {"${{V}}", ""},  // of a template engine
      {"${:-x}", "! '${:-x}' has no name"}, {"${V", "! '${V' lacks its '}' or has an unknown operator"},
      {"${V^^}", "! '${V^^}' lacks its '}' or has an unknown operator"}, {"${+x}y", "y"},
  });
}

TEST(DockerfileExpansion, PresenceOperators) {
  expect_all({
      {"${V-w}", "a/b:1.2"}, {"${E-w}", ""}, {"${U-w}", "w"}, {"${N-w}", "w"},
      {"${V:-w}", "a/b:1.2"}, {"${E:-w}", "w"}, {"${U:-w}", "w"},
      {"${V+w}", "w"}, {"${E+w}", "w"}, {"${U+w}", ""}, {"${V:+w}", "w"}, {"${E:+w}", ""}, {"${U:+w}", ""},
      {"${V?w}", "a/b:1.2"}, {"${E?w}", ""}, {"${U?w}", "! 'U' has no value: w"}, {"${E:?w}", "! 'E' has no value: w"},
      {"${U:?}", "! 'U' has no value"}, {"${U:-${E:-${V}}}", "a/b:1.2"}, {"${U:-a:b/c}", "a:b/c"}, {"${U:-'}'}", "}"},
      {"${U:-\\}}", "}"}, {"${U:-w", "! '${U:-w' lacks its '}'"}, {"${V:-${U:?w}}", "! 'U' has no value: w"},
      {"${V:-${W^}}", "! '${W^}}' lacks its '}' or has an unknown operator"}, {"${V:=w}", "! ':=' is no operator in '${V:=w}'"},
      {"${V:0:1}", "! ':0' is no operator in '${V:0:1}'"}, {"${V:#a}", "! '${V:#a}' lacks its '}' or has an unknown operator"},
  });
}

TEST(DockerfileExpansion, Patterns) {
  expect_all({
      {"${V#a/}", "b:1.2"}, {"${V#*/}", "b:1.2"}, {"${V##*[.]}", "a/b:1.2"}, {"${V##*.}", "2"}, {"${V#*.}", "2"}, {"${V#x}", "a/b:1.2"},
      {"${V#?}", "/b:1.2"}, {"${V##*}", ""}, {"${V#*}", "a/b:1.2"}, {"${V%.*}", "a/b:1"}, {"${V%%:*}", "a/b"},
      {"${V%?}", "a/b:1."}, {"${V%2}", "a/b:1."}, {"${V%%*}", ""}, {"${V%%[*]}", "a/b:1.2"},
      {"${V/b/x}", "a/x:1.2"}, {"${V/?/x}", "x/b:1.2"}, {"${V//?/x}", "xxxxxxx"}, {"${V/:*/}", "a/b"}, {"${V///x}", "xax/xbx:x1x.x2x"},
      {"${V/\\//-}", "a-b:1.2"}, {"${V//[.]/x}", "a/b:1.2"}, {"${V/b/x\\}y}", "a/x\\}y:1.2"}, {"${V/$E/x}", "xa/b:1.2"},
      {"${V/b}", "! '${V/b}' lacks its second '/'"}, {"${V/b/x", "! '${V/b/x' lacks its '}'"}, {"${V#\\x}", "! the pattern '\\x' has an escape that is not allowed"},
      {"${V/\\x/y}", "! the pattern '\\x' has an escape that is not allowed"}, {"${U#\\x}", "! the pattern '\\x' has an escape that is not allowed"},
      {"${V#'#'a}", "/b:1.2"}, {"${U#a}x", "x"}, {"${V#\"a\"}", "/b:1.2"}, {"${V#\\*}", "a/b:1.2"}, {"${V#${V%/*}}", "/b:1.2"},
  });
  EXPECT_EQ(expanded("${W//é/e}${W#?}", "ARG W=éaé\n"), "eaeaé");
  EXPECT_EQ(expanded("${W%?}", "ARG W=aé\n"), "a");
  EXPECT_EQ(expanded("${W//a*b/-}", "ARG W=xaabbyab\n"), "x-");
}

TEST(DockerfileExpansion, ReplacementsOfAllMatchesKnowTheDollarsOfRegularExpressions) {
  expect_all({
      {"${V//b/'$0'$0}", "a/b:1.2"}, {"${V//?/'$0$0'}", "aa//bb::11..22"}, {"${V//b/x'$1'}", "a/x:1.2"},
      {"${V//b/x'$name'.}", "a/x.:1.2"}, {"${V//b/'${0}'}", "a/b:1.2"}, {"${V//b/'${'}", "a/${:1.2"},
      {"${V//b/'$$0'}", "a/$0:1.2"}, {"${V//b/'$-'}", "a/$-:1.2"}, {"${V//b/'$01'x}", "a/:1.2"},
      {"${V/b/'$0'}", "a/$0:1.2"}, {"${U/*/w}", "w"}, {"${U//*/w'$0'}", "w"}, {"${U/a/w}", ""},
  });
}

TEST(DockerfileExpansion, QuotesAndEscapes) {
  expect_all({
      {"'$V'", "$V"}, {"\"$V\"", "a/b:1.2"}, {"\"\\$V\\\"\\\\\\x\"", "$V\"\\\\x"}, {"\\$V", "$V"}, {"a\\b", "ab"}, {"a\\", "a"},
      {"'a\\b'", "a\\b"}, {"a'b'\"c\"d", "abcd"}, {"'a", "! ''a': a single quote is open"}, {"\"a", "! '\"a': a double quote is open"},
      {"\"${U:-\"x\"}\"", "x"}, {"\xEF\xBB\xBF" "a", "a"}, {"a\xEF\xBB\xBF", "a\xEF\xBB\xBF"},
  });
  EXPECT_EQ(expanded("a`$V\\b", "# escape=`\n"), "a$V\\b");
  EXPECT_EQ(expanded("${V#a\\/}", "# escape=`\n"), "b:1.2");
}

// clang-format on

std::string pieces(const std::string& dockerfile, const ReadOptions& options = {}) {
  const Source source("Dockerfile", dockerfile);
  const auto document = read_dockerfile(source, options);
  return document->uses.empty() ? "no use" : dump(document->uses.back().value, source);
}

struct PieceCase {
  std::string dockerfile;
  std::string expected;  ///< lines of dump(), without their indentation, joined by ` | `
};

TEST(DockerfileExpansion, PiecesAreExactAndKnowTheirVariable) {
  const std::vector<PieceCase> cases = {
      {"FROM a:1", R"("a:1" <- 5..8)"},
      {"FROM \"a\"", R"("a" <- 6..7)"},
      {"FROM a\\:1", R"("a" <- 5..6 | ":1" <- 7..9)"},
      {"FROM a\\\nb", R"("a" <- 5..6 | "b" <- 8..9)"},
      {"ARG R=x.io\nFROM $R/a:1", R"("x.io" <- 6..10 #0 | "/a:1" <- 18..22)"},
      {"ARG R=x.io\nARG I=$R/a\nFROM $I", R"("x.io" <- 6..10 #1 | "/a" <- 19..21 #0)"},
      {"ARG P=\nFROM ${P}a", R"("" <- 6..6 #0 | "a" <- 16..17)"},
      {"ARG P=''\nFROM ${P}a", R"("" <- 7..7 #0 | "a" <- 18..19)"},
      {"ARG P=\"\" Q\nFROM ${P}a", R"("" <- 7..7 #0 | "a" <- 20..21)"},
      {"FROM ${M:-}a", R"("" <- 10..10 #0 | "a" <- 11..12)"},
      {"FROM ${M:-\"\"}a", R"("" <- 11..11 #0 | "a" <- 13..14)"},
      {"FROM ${M:-x/}a", R"("x/" <- 10..12 #0 | "a" <- 13..14)"},
      {"FROM ${M:-${N:-x}}a", R"("x" <- 15..16 #1 | "a" <- 18..19)"},
      {"FROM ${M}a", R"("" ~ ? #0 | "a" <- 9..10)"},
      {"ARG A=x/y\nFROM ${A:-b}", R"("x/y" <- 6..9 #0)"},
      {"ARG A=x/y\nFROM ${A#*/}", R"("y" <- 8..9 #0)"},
      {"ARG A=x/y/z\nFROM ${A%/*}", R"("x/y" <- 6..9 #0)"},
      {"ARG A=x.y\nFROM ${A/./-z-}", R"("x" <- 6..7 #0 | "-z-" <- 21..24 #0 | "y" <- 8..9 #0)"},
      {"FROM a-$TARGETARCH", R"("a-" <- 5..7 | "amd64" ~ ? #0)"},
      {"FROM a${U+b}c", R"("a" <- 5..6 | "" ~ ? #0 | "c" <- 12..13)"},
      {"ARG A=\\\nb\nFROM $A", R"("b" <- 8..9 #0)"},
  };
  for (const PieceCase& one : cases) {
    std::string actual = pieces(one.dockerfile);
    for (auto at = actual.find("\n    "); at != std::string::npos; at = actual.find("\n    "))
      actual.replace(at, 5, " | ");
    EXPECT_EQ(actual, "    " + one.expected + "\n") << one.dockerfile;
  }
}

TEST(DockerfileExpansion, NestedVariablesSayInWhichDefaultTheyStand) {
  const Source source("Dockerfile", "ARG R=x\nARG O=${R}/o\nARG I=${O}:${T:-1}\nFROM $I$I\n");
  const auto document = read_dockerfile(source, {});
  std::string names;
  for (const Variable& v : document->uses.front().value.variables)
    names += std::string(v.name) + (v.within == no_variable ? " " : std::to_string(v.within) + " ");
  EXPECT_EQ(names, "I O0 R1 T0 I O4 R5 T4 ");
  const MappedText& value = document->uses.front().value;
  EXPECT_EQ(value.text(), "x/o:1x/o:1");
  for (const Piece& piece : value.pieces()) {
    ASSERT_TRUE(piece.exact);
    EXPECT_EQ(source.text(piece.span), value.text(piece.text));
  }
}

TEST(DockerfileExpansion, OptionsComeBeforeDefaults) {
  ReadOptions options;
  options.build_args = {{"A", "o"}, {"N", "n"}, {"TARGETARCH", "arm64"}, {"A", "p"}};
  EXPECT_EQ(summary("ARG A=d B=$A\nFROM $B", options), "from image $B -> p");
  EXPECT_EQ(summary("ARG A\nFROM $A-$TARGETARCH", options), "from image $A-$TARGETARCH -> p-arm64");
  EXPECT_EQ(summary("FROM a$N", options), "from unresolved a$N -> a");
  EXPECT_EQ(summary("ARG A=${\nFROM $A", options),
            "from image $A -> p; 1:7 the default of 'A' cannot be expanded: '${' lacks its '}'");
  EXPECT_EQ(pieces("ARG A=d\nFROM $A", options), "    \"p\" ~ ? #0\n");
}

TEST(DockerfileExpansion, ArgumentsOfAComposeServiceKeepTheirPlace) {
  const Source compose("compose.yaml", "args: {A: x.io, B: }");
  Arena arena;
  ReadOptions options;
  options.service_args = {{"A", MappedText::slice(compose, {10, 14}, arena)},
                          {"B", {}, false},
                          {"C", MappedText::slice(compose, {10, 14}, arena)}};
  EXPECT_EQ(pieces("ARG A=d\nFROM $A/a", options),
            "    \"x.io\" <- compose.yaml:10..14 #0\n    \"/a\" <- 15..17\n");
  EXPECT_EQ(summary("ARG B=d\nFROM $B$C", options), "from unresolved $B$C -> d");
  EXPECT_EQ(summary("ARG B\nFROM a$B", options), "from unresolved a$B -> a");
  options.build_args = {{"A", "o"}};
  EXPECT_EQ(summary("ARG A=d\nFROM $A", options), "from image $A -> o");
  const Source source("Dockerfile", "ARG A=d\nFROM $A");
  options.build_args.clear();
  const auto document = read_dockerfile(source, options);
  const Variable& variable = document->uses.front().value.variables.front();
  EXPECT_EQ(variable.source, VariableSource::build_args);
  EXPECT_EQ(variable.place, (Location{&compose, {10, 14}}));
}

TEST(DockerfileExpansion, PlatformAndTargetAreBuiltIn) {
  ReadOptions options;
  options.platform = "windows(10.0)/arm/v7";
  options.target = "web";
  EXPECT_EQ(summary("FROM $TARGETOS-$BUILDOSVERSION-$TARGETARCH-$TARGETVARIANT-$TARGETSTAGE", options),
            "from image $TARGETOS-$BUILDOSVERSION-$TARGETARCH-$TARGETVARIANT-$TARGETSTAGE -> "
            "windows-10.0-arm-v7-web");
}

TEST(DockerfileExpansion, BracesNestToAStatedDepth) {
  const auto nested = [](int depth) {
    std::string word;
    for (int i = 0; i < depth; ++i) word += "${U:-";
    return word + "x" + std::string(static_cast<std::size_t>(depth), '}');
  };
  EXPECT_EQ(expanded(nested(32)), "x");
  EXPECT_EQ(expanded(nested(33)), "! '${' inside of '${' more than 32 times");
  EXPECT_EQ(expanded(nested(100'000)), "! '${' inside of '${' more than 32 times");
}

TEST(DockerfileExpansion, DefaultsThatDoubleEachOtherAreRefused) {
  std::string dockerfile = "ARG A0=aaaaaaaaaa\n";
  for (int i = 1; i < 40; ++i) {
    const std::string one = "$A" + std::to_string(i - 1);
    dockerfile += "ARG A" + std::to_string(i) + "=";
    for (int k = 0; k < 10; ++k) dockerfile += one;
    dockerfile += "\n";
  }
  const Source source("Dockerfile", dockerfile + "FROM $A39");
  const auto document = read_dockerfile(source, {});
  EXPECT_EQ(document->arguments.at(10).value.fault,
            "cannot judge: the variables of this file amount to too much text");
  EXPECT_FALSE(document->uses.front().value.is_known());
}

}  // namespace
}  // namespace imglint::test
