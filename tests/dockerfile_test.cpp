// docs/spec/dockerfile.md, a table for each section: what a few lines amount to.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/dockerfile/read.hpp"
#include "tests/support/dockerfile_summary.hpp"

namespace imglint::test {
namespace {

struct Case {
  std::string text;
  std::string expected;
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& one : cases) EXPECT_EQ(summary(one.text), one.expected) << one.text;
}

std::string times(std::string_view text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

// clang-format off

TEST(Dockerfile, Section21FindsReferencesWhereTheyOccurAndNowhereElse) {
  expect_all({
      {"FROM a\nCOPY --from=b / /\nRUN --mount=from=c ls\nONBUILD COPY --from=d / /\nONBUILD RUN --mount=from=e ls\n",
       "from image a; copy-from image b; mount-from image c; onbuild-copy-from image d; onbuild-mount-from image e"},
      {"# syntax=a/b\nFROM c", "syntax image a/b; from image c"},
      {"FROM a\nADD --from=b / /\n", "from image a; 2:5 the flag '--from' is not known here"},
      {"FROM a\nLABEL x=\"FROM b\"\nENV y=c\nRUN docker pull d\nCOPY from=e /\n", "from image a"},
  });
}

TEST(Dockerfile, Section22ReadsBytesAndLines) {
  expect_all({
      {"", "1:1 the file is empty"},
      {"\xEF\xBB\xBF", "1:4 the file is empty"},
      {"\n \n# x\n", "3:4 no instruction in this file"},
      {"\xEF\xBB\xBF\xEF\xBB\xBF" "FROM a\n", "1:4 unknown instruction '\\u{FEFF}FROM'"},
      {"FROM a\r\r\n", "from image a"},
      {"FROM a\rAS\rb\rc", "1:1 FROM takes an image, or an image, AS and a name"},
      {std::string("FROM a\nLABEL x=") + '\0' + "\n", "from image a"},
      {"FROM a\n#" + times("x", 65'534) + "\n", "from image a"},
      {"FROM a\n#" + times("x", 65'535) + "\n", "from image a; 2:1 a line of more than 65,535 bytes"},
      {"FROM a\n#" + times("x", 65'534), "from image a"},
      {"FROM a\n#" + times("x", 65'535), "from image a; 2:1 a line of more than 65,535 bytes"},
      {"FROM a\nRUN x \\\n" + times(times("x", 60'000) + "\\\n", 3) + "y\n", "from image a"},
  });
}

TEST(Dockerfile, Section23JoinsContinuedLinesAndDropsComments) {
  expect_all({
      {"FROM \\\n  a\n", "from image a"},
      {"FROM a\\\nb:\\\n1\n", "from image a\\\\nb:\\\\n1 -> ab:1"},
      {"FROM a\\\n b\n", "1:1 FROM takes an image, or an image, AS and a name"},
      {"FROM a \\\n# b\n\n \t\n  # c\n AS d\nFROM d\n", "from image a; from stage 0"},
      {"\xC2\xA0# FROM a\nFROM b\n", "from image b"},
      {"FROM a\nRUN x \\\\\nFROM b\n", "from image a; from image b"},
      {"FROM a\nRUN x \\ \t\r\nFROM b\n", "from image a"},
      {"FROM a \\", "from image a"},
      {"\\\nFROM a\n", "from image a"},
      {"\\\n", "1:1 unknown instruction ''"},
      {"# escape=`\nFROM a`\n:1\nRUN x \\\nFROM b\n", "from image a`\\n:1 -> a:1; from image b"},
      {"FROM a # b\n", "1:1 a comment needs a line of its own: FROM takes it for words behind the image"},
  });
}

TEST(Dockerfile, Section24ReadsParserDirectives) {
  expect_all({
      {"#\tSyntax\t=\ta/b:1 c\nFROM d", "syntax image a/b:1; from image d"},
      {"# syntax=a\tb\nFROM d", "syntax invalid a\\tb; from image d"},
      {"# syntax= \nFROM d", "from image d"},
      {"#\n# syntax=a\nFROM d", "from image d"},
      {"# escape=`\n# check=skip=all\n# syntax=a\nFROM d", "syntax image a; from image d"},
      {"# escape=x\nFROM d", "from image d; 1:10 the escape character 'x' is neither a backslash nor a backtick"},
      {"# escape=`\n# Escape=`\nFROM d", "from image d; 2:1 the directive 'escape' is given twice"},
      {"#!x\n# escape=`\n# syntax=docker/dockerfile\nFROM d`\ne",
       "syntax image docker/dockerfile; from invalid d`; 5:1 unknown instruction 'e'"},
      {"// syntax = docker/dockerfile\n// x\nFROM d",
       "syntax image docker/dockerfile; from image d; 1:1 unknown instruction '//'; 2:1 unknown instruction '//'"},
      {"// syntax = a\n// x\nFROM d",
       "syntax image a; from image d; 1:1 'a' reads this file, by rules of its own: this is nothing for a Dockerfile, nor is what stands in 1 other place"},
      {"{\"x\": [1, {\"syntax\": \"b\"}], \"syntax\": \"docker\\/dockerfile\"}",
       "syntax image docker\\/dockerfile -> docker/dockerfile; 1:1 unknown instruction '{\"x\":'"},
      {"{\"syntax\": 1}\nFROM a", "from image a; 1:1 unknown instruction '{\"syntax\":'"},
      {"# check=skip=A,B;error=true;experimental=all\nFROM a", "from image a"},
      {"# check=error=yes\nFROM a", "from image a; 1:9 'error=yes' is no option of the check directive"},
      {"# check=skip=A, B\nFROM a", "from image a"},
      {"# check=only=A\nFROM a", "from image a; 1:9 'only=A' is no option of the check directive"},
  });
}

TEST(Dockerfile, Section25CutsInstructionsUp) {
  expect_all({
      {"fRoM\v--platform=linux/arm64\fa", "from image a for linux/arm64"},
      {"FROM -- --x", "from invalid --x"},
      {"FROM --", "1:1 FROM takes an image, or an image, AS and a name"},
      {"FROM \"--platform=x\" AS y", "from invalid \"--platform=x\" -> --platform=x"},
      {"FROM --platform=linux'/'\"arm64\" a", "from image a for linux/arm64"},
      {"FROM --platform=linux\\/arm64 a", "from image a for linux/arm64"},
      {"FROM --platform='linux/arm64 a", "1:1 FROM takes an image, or an image, AS and a name"},
      {"FROM --platform a", "from image a; 1:6 the flag '--platform' has no value"},
      {"FROM a\nCOPY --link --parents=false --chown=0 --exclude=a --exclude=b --from=c / /", "from image a; copy-from image c"},
      {"FROM a\nCOPY --link= / /", "from image a; 2:6 the flag '--link' takes true or false"},
      {"FROM a\nCOPY --chown=1 --chown=2 / /", "from image a; 2:16 the flag '--chown' is given twice"},
      {"FROM a\nRUN --network=none --security=insecure --device=x --mount=from=b c", "from image a; mount-from image b"},
      {"FROM a\nRUN --from=b c", "from image a; 2:5 the flag '--from' is not known here"},
      {"FROM a\nWORKDIR --x y", "from image a; 2:9 the flag '--x' is not known here"},
      {"FROM a\nARG --x y", "from image a"},
      {"FROM a\nCOPY --from=\"b c\" / /", "from image a; copy-from invalid b c"},
      {"FROM a\nCOPY --fr\"om\"=b / /", "from image a; copy-from image b"},
  });
}

TEST(Dockerfile, Section26ReadsFrom) {
  expect_all({
      {"FROM", "1:1 FROM takes an image, or an image, AS and a name"},
      {"FROM a as b", "from image a"},
      {"FROM a is b", "1:1 FROM takes an image, or an image, AS and a name"},
      {"FROM a AS b c", "1:1 FROM takes an image, or an image, AS and a name"},
      {"FROM \"a\"", "from image \"a\" -> a"},
      {"FROM \"\"", "from invalid \"\" ->  (nothing is left after the variables are expanded)"},
      {"FROM \"a", "from invalid \"a -> nothing ('\"a': a double quote is open)"},
      {"FROM a AS Build-1.x_\nFROM build-1.x_", "from image a; from stage 0"},
      {"FROM a AS 1", "from image a; 1:11 '1' is no name for a stage"},
      {"FROM a AS b\nFROM B\nFROM b:1", "from image a; from invalid B; from image b:1"},
      {"FROM a AS b\nFROM c AS b\nFROM b", "from image a; from image c; from stage 1"},
      {"FROM b\nFROM a AS b", "from image b; from image a"},
      {"FROM b AS b", "from image b"},
      {"FROM scratch\nFROM scratch:1\nFROM x AS scratch\nFROM scratch", "from scratch; from image scratch:1; from image x; from stage 2"},
      {"FROM --platform= a", "from image a"},
      {"FROM --platform=$X a", "from image a for  (the platform is empty after the variables are expanded)"},
      {"FROM --platform=a/b/c/d a", "from image a for a/b/c/d (the platform has no form like 'linux/arm64')"},
      {"FROM --platform=arm64 a\nFROM --platform=vax a", "from image a for arm64; from image a for vax (the platform has no form like 'linux/arm64')"},
      {"RUN a\nRUN b\nFROM c", "from image c; 1:1 RUN before the first FROM"},
      {"ARG A", "1:1 no FROM in this file"},
      {"FROM a b\nCOPY --from=0 / /", "copy-from stage-index 0; 1:1 FROM takes an image, or an image, AS and a name"},
  });
}

TEST(Dockerfile, Section27ReadsGlobalArguments) {
  expect_all({
      {"ARG A=1 B=\"x y\" C='z' D\nFROM a:$A-$C$D", "from unresolved a:$A-$C$D -> a:1-z"},
      {"ARG A=a B=$A/b\nFROM $B", "from image $B -> a/b"},
      {"ARG A=$B B=b\nFROM x$A", "from unresolved x$A -> x"},
      {"ARG A=1\nARG A\nARG a=2\nFROM x:$A", "from image x:$A -> x:1"},
      {"ARG A=1\nARG A=\nFROM x$A", "from image x$A -> x"},
      {"FROM a\nARG A=1\nFROM b$A", "from image a; from unresolved b$A -> b"},
      {"FROM a-$TARGETARCH$TARGETVARIANT:$TARGETSTAGE", "from image a-$TARGETARCH$TARGETVARIANT:$TARGETSTAGE -> a-amd64:default"},
      {"ARG BUILDOS=x\nFROM a-$BUILDOS", "from image a-$BUILDOS -> a-x"},
      {"ARG A=${B\nFROM a$A",
       "from unresolved a$A -> a; 1:7 the default of 'A' cannot be expanded: '${B' lacks its '}' or has an unknown operator"},
      {"ARG", "1:1 ARG needs a name; 1:1 no FROM in this file"},
      {"ARG =x A=b\nFROM $A", "from image $A -> b; 1:5 ARG with a blank name"},
      {"ARG A=b\\\nFROM $A", "1:1 no FROM in this file"},
      {"ARG A=b\\ c\nFROM $A", "from invalid $A -> b c"},
      {"ARG A=b #c\nFROM $A", "from image $A -> b"},
  });
}

TEST(Dockerfile, Section29LooksUpSourcesOfCopy) {
  expect_all({
      {"FROM a\nCOPY --from= / /", "from image a"},
      {"FROM a AS x\nCOPY --from=$X / /", "from image a; copy-from invalid $X -> nothing (variables are not expanded here: give a stage this base and name it)"},
      {"FROM a\nCOPY --from=a\\\\b / /", "from image a; copy-from invalid a\\\\b -> nothing (variables are not expanded here: give a stage this base and name it)"},
      {"FROM a\nCOPY --from=x$ / /", "from image a; copy-from invalid x$"},
      {"FROM a\nCOPY --from=+00 / /\nCOPY --from=-1 / /\nCOPY --from=1 / /",
       "from image a; copy-from stage-index 0; copy-from invalid -1 (there is no stage -1: the file has 1, counted from 0); copy-from invalid 1 (there is no stage 1: the file has 1, counted from 0)"},
      {"FROM a\nCOPY --from=0x1 / /\nCOPY --from=99999999999999999999 / /", "from image a; copy-from image 0x1; copy-from image 99999999999999999999"},
      {"FROM a AS x\nFROM b\nCOPY --from=X / /\nFROM c AS x", "from image a; from image b; copy-from stage 2; from image c"},
      {"FROM a AS x\nCOPY --from=x / /", "from image a; copy-from stage 0"},
      {"FROM a\nCOPY --from=scratch / /\nCOPY --from=Scratch / /", "from image a; copy-from scratch; copy-from invalid Scratch"},
  });
}

TEST(Dockerfile, Section210ReadsMounts) {
  expect_all({
      {"FROM a AS x\nRUN --mount=type=bind,from=X,target=/y z", "from image a; mount-from stage 0"},
      {"FROM a\nRUN --mount=from=0 z", "from image a; mount-from image 0"},
      {"FROM a\nRUN --mount=from=b,FROM=c z", "from image a; mount-from image c"},
      {"FROM a\nRUN --mount=from= z", "from image a"},
      {"FROM a\nRUN --mount=from=b$ z", "from image a; mount-from invalid b$"},
      {"FROM a\nRUN --mount=from=$b z", "from image a; mount-from invalid $b -> nothing (variables are not expanded here: give a stage this base and name it); 2:18 'from' of a mount takes no variable"},
      {"FROM a\nRUN --mount='\"from=b\",\"id=\"\"\"' z", "from image a; mount-from image b"},
      {"FROM a\nRUN --mount='x\"y,from=b' z", "from image a; 2:1 the mount 'x\"y,from=b' is empty or has a stray quote"},
      {"FROM a\nRUN --mount= z", "from image a; 2:1 the mount '' is empty or has a stray quote"},
      {"FROM a\nRUN --mount=from=scratch z", "from image a; mount-from scratch"},
      {"FROM a\nRUN --mount=fr\"om=b\"c z", "from image a; mount-from image b\"c -> bc"},
      {"FROM a\nRUN x --mount=from=b", "from image a"},
      {"FROM a\nRUN --mount=from=$b,from=c z", "from image a; mount-from image c; 2:18 'from' of a mount takes no variable"},
      {"FROM a\nRUN --mount=from=b [\"x\"]", "from image a; mount-from image b"},
  });
}

TEST(Dockerfile, Section215ShowsAFaultFromTheFirstLineOfItsInstructionOn) {
  expect_all({
      {"FROM a \\\n AS 1", "from image a; 1:1 '1' is no name for a stage"},
      {"FROM a\nCOPY / / \\\n  /\nCOPY \\\n# b\n\n --x / /", "from image a; 4:1 the flag '--x' is not known here"},
      {"FROM a\n\\\nBLA", "from image a; 2:1 unknown instruction 'BLA'"},
      {"FROM a\nONBUILD \\\n CMD [1]", "from image a; 2:1 CMD takes an array of strings only"},
      {"FROM a\nRUN \\\n --mount=from=$b x", "from image a; mount-from invalid $b -> nothing (variables are not expanded here: give a stage this base and name it); 2:1 'from' of a mount takes no variable"},
  });
}

TEST(Dockerfile, Section25ChecksTheValuesOfSomeFlags) {
  const auto faulty = [](const std::string& line) {
    const std::string text = summary("FROM a\n" + line);
    return text != "from image a";
  };
  for (const std::string value : {"default", "none", "host"}) EXPECT_FALSE(faulty("RUN --network=" + value + " x")) << value;
  for (const std::string value : {"", "Host", "bridge", "$N"}) EXPECT_TRUE(faulty("RUN --network=" + value + " x")) << value;
  for (const std::string value : {"insecure", "sandbox"}) EXPECT_FALSE(faulty("RUN --security=" + value + " x")) << value;
  for (const std::string value : {"", "none", "$S"}) EXPECT_TRUE(faulty("RUN --security=" + value + " x")) << value;
  for (const std::string value : {"a", "name=a", "a,required", "required=true,a", "v/d=0", "Required=0"})
    EXPECT_FALSE(faulty("RUN --device=" + value + " x")) << value;
  for (const std::string value : {"", "a,b", "a,name=b", "required=maybe", "'\"a'"})
    EXPECT_TRUE(faulty("RUN --device=" + value + " x")) << value;
  for (const std::string value : {"", "0", "+0", "30s", "1m30s", "1.5h", ".5s", "1ms", "1000us", "1000µs", "0ns", "2540400h"})
    EXPECT_FALSE(faulty("HEALTHCHECK --interval=" + value + " CMD x")) << value;
  for (const std::string value : {"30", "s", ".s", "1x", "1us", "-1s", "1s2", "-", "2640000h", "1 s"})
    EXPECT_TRUE(faulty("HEALTHCHECK --timeout='" + value + "' CMD x")) << value;
  for (const std::string value : {"", "0", "3", "+3", "2147483647"}) EXPECT_FALSE(faulty("HEALTHCHECK --retries=" + value + " CMD x")) << value;
  for (const std::string value : {"-1", "x", "1.0", "2147483648"}) EXPECT_TRUE(faulty("HEALTHCHECK --retries=" + value + " CMD x")) << value;
  EXPECT_FALSE(faulty("HEALTHCHECK --what=1 NONE"));
  EXPECT_FALSE(faulty("HEALTHCHECK NONE []"));
  EXPECT_TRUE(faulty("HEALTHCHECK --what=1 CMD x"));
  EXPECT_TRUE(faulty("VOLUME [\"/a\", \" \"]"));
  EXPECT_FALSE(faulty("VOLUME [\"/a\"]"));
}

TEST(Dockerfile, Section211ReadsTriggers) {
  expect_all({
      {"FROM a\nONBUILD", "from image a; 2:1 ONBUILD needs an instruction"},
      {"FROM a\nONBUILD FROM b", "from image a; 2:1 ONBUILD cannot hold FROM"},
      {"FROM a\nONBUILD ONBUILD COPY --from=b / /", "from image a; 2:1 ONBUILD cannot hold ONBUILD"},
      {"FROM a\nONBUILD COPY --x --from=b /", "from image a; onbuild-copy-from image b; 2:14 the flag '--x' is not known here"},
      {"FROM a\nONBUILD COPY --from=$b / /", "from image a; onbuild-copy-from invalid $b -> nothing (variables are not expanded here: give a stage this base and name it)"},
      {"FROM a\nONBUILD RUN <<E\nFROM b\nE\nFROM c", "from image a; from image c"},
      {"FROM a\nONBUILD CMD [1]", "from image a; 2:9 CMD takes an array of strings only"},
      {"FROM a\nONBUILD --x RUN y", "from image a; 2:9 the flag '--x' is not known here"},
      {"FROM a\nONBUILD BLA x", "from image a; 2:9 unknown instruction 'BLA' behind ONBUILD"},
      {"FROM a\nONBUILD HEALTHCHECK CMD [1]", "from image a; 2:9 HEALTHCHECK takes an array of strings only"},
      {"FROM a\nONBUILD ENV =x", "from image a"},
      {"FROM a\nONBUILD RUN --network=x y", "from image a; 2:13 the flag '--network' does not take this value"},
  });
}

TEST(Dockerfile, Section212SkipsHeredocs) {
  const auto after = [](const std::string& line) { return "FROM a\n" + line + "\nFROM no\nE\nFROM b"; };
  expect_all({
      {after("RUN <<E"), "from image a; from image b"},
      {after("RUN << \t E"), "from image a; from image b"},
      {after("RUN 3<<E"), "from image a; from image b"},
      {after("RUN <<\"E\""), "from image a; from image b"},
      {after("RUN <<\\E"), "from image a; from image b"},
      {after("RUN cat \"${x:-'y'}\" <<'E'"), "from image a; from image b"},
      {after("COPY <<E /"), "from image a; from image b"},
      {after("RUN x # <<E"), "from image a; from image b"},
      {after("RUN <<- E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN <<<E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN x<<E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN \"<<E\""), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN \\<<E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN it's <<E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN ${x^^} <<E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("RUN [\"<<E\"]"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {after("CMD <<E"), "from image a; from image no; from image b; 4:1 unknown instruction 'E'"},
      {"FROM a\nRUN <<-E\n\t \tE\n\t\tE\nFROM b", "from image a; from image b"},
      {"FROM a\nRUN <<E <<F\nE x\nE\n\nF\nFROM b", "from image a; from image b"},
      {"FROM a\nRUN <<E\nx \\\nE\nFROM b", "from image a; from image b"},
      {"FROM a\nRUN <<$E\n$E\nFROM b", "from image a; from image b"},
      {"FROM a\nRUN cat <<E|x\nE|x\nFROM b", "from image a; from image b"},
      {"FROM a\nRUN <<E\nFROM b", "from image a; 2:1 the heredoc 'E' has no end"},
      {"FROM a\nCOPY / <<E\nE\nFROM b", "from image a; from image b; 2:1 COPY cannot have a heredoc as its destination"},
      {"FROM a\nCOPY [\"/\", \"<<E\"]\nFROM b", "from image a; from image b; 2:1 COPY cannot have a heredoc as its destination"},
      {"# escape=`\nFROM a\nRUN `\n<<E\nFROM no\nE\nFROM b", "from image a; from image b"},
  });
}

TEST(Dockerfile, Section213ReadsArraysAndReportsWhatIsWrong) {
  expect_all({
      {"FROM a\nRUN [\"x\", 1]", "from image a; 2:1 RUN takes an array of strings only"},
      {"FROM a\nCMD [[]]", "from image a; 2:1 CMD takes an array of strings only"},
      {"FROM a\nCMD []\nENTRYPOINT [\"a\\u00e9\\n\"]\nRUN [ -d x ]\nRUN [\"x\",]", "from image a"},
      {"FROM a\nCOPY [\"a b\"]", "from image a; 2:1 COPY needs a source and a destination"},
      {"FROM a\nCOPY --from=b [\"x\", \"y\"]\nADD [\"x\", \"y\"]", "from image a; copy-from image b"},
      {"FROM a\nSHELL sh -c", "from image a; 2:1 SHELL needs a JSON array"},
      {"FROM a\nVOLUME", "from image a; 2:1 VOLUME needs an argument"},
      {"FROM a\nVOLUME []\nVOLUME [\"/a\"]\nVOLUME /b", "from image a; 2:1 VOLUME needs an argument"},
      {"FROM a\nENV", "from image a; 2:1 ENV needs a name and a value"},
      {"FROM a\nENV x", "from image a; 2:1 ENV needs a value for 'x'"},
      {"FROM a\nENV x y=z w\nLABEL a=\"b c\" d='e f'", "from image a"},
      {"FROM a\nLABEL x=1 y", "from image a; 2:1 LABEL takes NAME=value, not 'y'"},
      {"FROM a\nENV =x", "from image a; 2:1 ENV takes NAME=value, not '=x'"},
      {"FROM a\nHEALTHCHECK", "from image a; 2:1 HEALTHCHECK takes CMD or NONE"},
      {"FROM a\nHEALTHCHECK NONE\nHEALTHCHECK --interval=1s CMD x", "from image a"},
      {"FROM a\nHEALTHCHECK CMD", "from image a; 2:1 HEALTHCHECK CMD needs a command"},
      {"FROM a\nEXPOSE\nUSER\nWORKDIR\nSTOPSIGNAL\nMAINTAINER",
       "from image a; 2:1 EXPOSE needs an argument; 3:1 USER needs an argument; 4:1 WORKDIR needs an argument; 5:1 STOPSIGNAL needs an argument; 6:1 MAINTAINER needs an argument"},
      {"FROM a\nRUM x \\\nFROM b\nFROM c", "from image a; from image c; 2:1 unknown instruction 'RUM' (did you mean 'RUN'?)"},
  });
}

// clang-format on

}  // namespace
}  // namespace imglint::test
