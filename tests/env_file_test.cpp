// What a .env file says (docs/spec/compose.md 2.5), and which bytes its values have.
#include "expansion/env_file.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace imglint {
namespace {

/// `NAME=value` for each value, with `;` between, or the trouble.
std::string show(const EnvFile& file) {
  std::string shown;
  for (const GivenValue& given : file.values) {
    if (!shown.empty()) shown += "; ";
    shown.append(given.name).append("=").append(given.value.text());
  }
  for (const Trouble& trouble : file.troubles)
    shown += (shown.empty() ? "! " : "; ! ") + trouble.message + " at " + std::to_string(trouble.span.begin);
  return shown;
}

struct Case {
  std::string_view text;
  std::string_view values;
};

// clang-format off
const Case cases[] = {
    {"",                                ""},
    {"A=1",                             "A=1"},
    {"A=1\nB=2\n",                      "A=1; B=2"},
    {"A: 1\n",                          "A=1"},
    {"A = 1\nB : 2\n",                  "A=1; B=2"},
    {"  A=1\n",                         "A=1"},
    {"export A=1\n",                    "A=1"},
    {"export  A = 1\n",                 "A=1"},
    {"exporter=1\n",                    "exporter=1"},
    {"A=\nB=2\n",                       "A=; B=2"},
    {"A=1\nA=2\n",                      "A=2"},
    {"a.b-c[0]=1\n",                    "a.b-c[0]=1"},
    {"é=1\n",                           "é=1"},
    {"A\nB=2\n",                        "B=2"},            // a bare name
    {"A",                               ""},
    {"\xEF\xBB\xBF" "A=1\r\nB=2\r\n",   "A=1; B=2"},
    // comments
    {"# c\n\n  # d\nA=1\n",             "A=1"},
    {"A=1 # c\n",                       "A=1"},
    {"A=1\t# c\n",                      "A=1\t# c"},   // only a space makes a comment
    {"A=1 \t# c\n",                     "A=1 \t# c"},
    {"A=1\t # c\n",                     "A=1"},
    {"A=1 \t  # c # d\n",               "A=1"},
    {"A=1#2\n",                         "A=1#2"},
    {"A=x y  z  \n",                    "A=x y  z"},
    {"A='1' # c\nB=2\n",                "A=1; B=2"},
    {"A=\"1\" # c\nB=2\n",              "A=1; B=2"},
    // quotes
    {"A='x # y'\n",                     "A=x # y"},
    {"A='$B ${C:-d}'\n",                "A=$B ${C:-d}"},
    {"A='x\ny'\nB=2\n",                 "A=x\ny; B=2"},
    {"A='it\\'s'\n",                    "A=it's"},
    {"A='x\\n'\n",                      "A=x\\n"},
    {"A=\"x # y\"\n",                   "A=x # y"},
    {"A=\"x\\ny\\\"\\\\z\"\n",          "A=x\ny\"\\z"},
    {"A=\"\\$B\"\n",                    "A=$B"},
    {"A=\"x\\0101\"\n",                 "A=xA"},
    {"A=\"x\\qy\"\n",                   "A=x\\qy"},
    {"A=\"x\ny\"\n",                    "A=x\ny"},
    {"A=x\"y\"\n",                      "A=x\"y\""},
    // templates: earlier lines and options are visible
    {"V=2\nA=r/a:${V}\n",               "V=2; A=r/a:2"},
    {"V=2\nA=\"r/a:$V\"\n",             "V=2; A=r/a:2"},
    {"A=${V:-3}\nV=2\n",                "A=3; V=2"},
    {"A=$V\n",                          "A="},
    {"A=$$V\n",                         "A=$V"},
    {"A=${GIVEN}\n",                    "A=given"},
    {"GIVEN=own\nA=${GIVEN}\n",         "GIVEN=own; A=given"},
    // faults end the file
    {"A=1\nB C=2\nD=3\n",               "A=1; ! 'B C' is no name of a variable at 4"},
    {"A!=1\n",                          "! 'A!' is no name of a variable at 0"},
    {"=1\n",                            "! '' is no name of a variable at 0"},
    {"A='x\n",                          "! a quoted value without its closing quote at 2"},
    {"A=\"x\n",                         "! a quoted value without its closing quote at 2"},
    {"A=x${B:?need B}\n",               "! required variable B is missing a value: need B at 3"},
    {"A=${}\n",                         "! invalid template '${}' at 2"},
};
// clang-format on

TEST(EnvFile, GivesEachNameItsLastValue) {
  const std::vector<std::pair<std::string, std::string>> env = {{"GIVEN", "given"}};
  for (const Case& one : cases) {
    const Source source(".env", std::string(one.text));
    Arena arena;
    EXPECT_EQ(show(read_env_file(source, env, arena)), one.values) << one.text;
  }
}

/// `text@begin-end` for each piece, with `~` before one that is not exact.
std::string show_pieces(const MappedText& text) {
  std::string shown;
  for (const Piece& piece : text.pieces()) {
    EXPECT_EQ(piece.variable, no_variable);
    if (!shown.empty()) shown += ' ';
    shown.append(piece.exact ? "" : "~").append(text.text(piece.text));
    if (piece.source) shown += "@" + std::to_string(piece.span.begin) + "-" + std::to_string(piece.span.end);
  }
  return shown;
}

TEST(EnvFile, ValuesKnowTheirBytes) {
  // clang-format off
  const Case rows[] = {
      {"A=b c # d\n",      "b c@2-5"},
      {"A='b'\n",          "b@3-4"},
      {"A='b\\'c'\n",      "b@3-4 ~'@4-6 c@6-7"},
      {"A=\"b\\$c\"\n",    "b@3-4 ~$@4-6 c@6-7"},
      {"V=x\nA=b${V}c\n",  "b@6-7 x@2-3 c@11-12"},
      {"A=${V:-x}\n",      "x@7-8"},
  };
  // clang-format on
  for (const Case& row : rows) {
    const Source source(".env", std::string(row.text));
    Arena arena;
    const EnvFile file = read_env_file(source, {}, arena);
    ASSERT_FALSE(file.values.empty()) << row.text;
    EXPECT_EQ(show_pieces(file.values.back().value), row.values) << row.text;
  }
}

}  // namespace
}  // namespace imglint
