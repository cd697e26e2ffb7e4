// The rules of grammar/expansion.hpp, as far as Dockerfiles use them: what they match and how many bytes they
// leave.
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>
#include <tao/pegtl/contrib/coverage.hpp>

#include "grammar/expansion.hpp"
#include "tests/support/grammar_match.hpp"

namespace imglint::test {
namespace {

namespace pegtl = tao::pegtl;
namespace shared = grammar::expansion;
namespace rule = grammar::expansion::dockerfile;

// clang-format off
const MatchCase cases[] = {
    {"name_start", match<shared::name_start>, "_", 0},
    {"name_start", match<shared::name_start>, "1", no},
    {"name", match<shared::name>, "A_1-x", 2},
    {"name", match<shared::name>, "1A", no},
    {"default_if_empty", match<shared::default_if_empty>, ":-x", 1},
    {"default_if_unset", match<shared::default_if_unset>, "-x", 1},
    {"required_if_empty", match<shared::required_if_empty>, ":?x", 1},
    {"required_if_unset", match<shared::required_if_unset>, "?x", 1},
    {"replacement_if_given", match<shared::replacement_if_given>, ":+x", 1},
    {"replacement_if_set", match<shared::replacement_if_set>, "+x", 1},
    {"presence_operator", match<shared::presence_operator>, ":-", 0},
    {"presence_operator", match<shared::presence_operator>, ":=", no},

    {"foreign_letter", match<rule::foreign_letter>, "é", 0},
    {"foreign_letter", match<rule::foreign_letter>, "字", 0},
    {"foreign_letter", match<rule::foreign_letter>, "\xC2\xA0", no},
    {"foreign_letter", match<rule::foreign_letter>, "…", no},
    {"foreign_letter", match<rule::foreign_letter>, "\xE9", no},
    {"foreign_letter", match<rule::foreign_letter>, "a", no},
    {"name_character", match<rule::name_character>, "_", 0},
    {"name_character", match<rule::name_character>, ".", no},
    {"special_parameter", match<rule::special_parameter>, "@@", 1},
    {"special_parameter", match<rule::special_parameter>, "=", no},
    {"parameter", match<rule::parameter>, "12a", 1},
    {"parameter", match<rule::parameter>, "a12_é.", 1},
    {"parameter", match<rule::parameter>, "$$", 1},
    {"parameter", match<rule::parameter>, "", no},
    {"bare_parameter", match<rule::bare_parameter>, "A-", 1},
    {"braced_parameter", match<rule::braced_parameter>, "A}", 1},

    {"single_open", match<rule::single_open>, "'a", 1},
    {"single_text", match<rule::single_text>, "a\\\"'", 1},
    {"single_text", match<rule::single_text>, "'", 1},
    {"single_close", match<rule::single_close>, "'a", 1},
    {"single_quoted", match<rule::single_quoted>, "'a\\'b", 1},
    {"single_quoted", match<rule::single_quoted>, "'a", no},
    {"double_open", match<rule::double_open>, "\"", 0},
    {"double_close", match<rule::double_close>, "\"", 0},
    {"quoted_plain", match<rule::quoted_plain<'\\'>>, "a'b$", 1},
    {"quoted_plain", match<rule::quoted_plain<'`'>>, "a\\b`", 1},
    {"quoted_escape", match<rule::quoted_escape<'\\'>>, "\\$a", 1},
    {"quoted_escape", match<rule::quoted_escape<'\\'>>, "\\a", no},
    {"lone_escape", match<rule::lone_escape<'\\'>>, "\\a", 1},
    {"double_part", match<rule::double_part<'\\'>>, "\\a", 1},
    {"double_part", match<rule::double_part<'\\'>>, "\"", no},
    {"double_quoted", match<rule::double_quoted<'\\'>>, "\"a\\\"${b:-\"c\"}'\"d", 1},
    {"double_quoted", match<rule::double_quoted<'\\'>>, "\"a", no},
    {"escaped_byte", match<rule::escaped_byte>, "ab", 1},
    {"escaped_byte", match<rule::escaped_byte>, "", 0},
    {"escaped", match<rule::escaped<'`'>>, "`$a", 1},
    {"escaped", match<rule::escaped<'`'>>, "\\", no},
    {"plain", match<rule::plain<'\\'>>, "a}/$", 1},
    {"plain", match<rule::plain<'\\', '}'>>, "a/}", 1},
    {"part", match<rule::part<'\\', '/'>>, "'a'/", 1},
    {"part", match<rule::part<'\\', '/'>>, "/", no},
    {"text", match<rule::text<'\\', '}'>>, "a'}'\\}${b}}c", 2},
    {"text", match<rule::text<'\\'>>, "", 0},

    {"braced_open", match<rule::braced_open>, "{", 0},
    {"braced_more", match<rule::braced_more>, "a", 1},
    {"braced_more", match<rule::braced_more>, "", no},
    {"braced_start", match<rule::braced_start>, "#", 1},
    {"braced_start", match<rule::braced_start>, ":", no},
    {"plain_close", match<rule::plain_close>, "}", 0},
    {"closing_brace", match<rule::closing_brace>, "a", no},
    {"operand_close", match<rule::operand_close>, "}}", 1},
    {"trim_operator", match<rule::trim_operator>, "##", 1},
    {"replace_operator", match<rule::replace_operator>, "///", 1},
    {"replace_operator", match<rule::replace_operator>, "/a", 1},
    {"replaced_close", match<rule::replaced_close>, "/", 0},
    {"unknown_operator", match<rule::unknown_operator>, ":=a", 1},
    {"unknown_operator", match<rule::unknown_operator>, ":-a", no},
    {"operand", match<rule::operand<'\\'>>, "a${b}}c", 1},
    {"operand", match<rule::operand<'\\'>>, "a", no},
    {"replacement", match<rule::replacement<'\\'>>, "a/b}c", 1},
    {"replacement", match<rule::replacement<'\\'>>, "a}", no},
    {"modifier", match<rule::modifier<'\\'>>, "}a", 1},
    {"modifier", match<rule::modifier<'\\'>>, ":-a}", 0},
    {"modifier", match<rule::modifier<'\\'>>, "#a}", 0},
    {"modifier", match<rule::modifier<'\\'>>, "//a/b}", 0},
    {"modifier", match<rule::modifier<'\\'>>, "^^}", no},
    {"braced", match<rule::braced<'\\'>>, "A:-b}c", 1},
    {"braced", match<rule::braced<'\\'>>, "}", no},
    {"lone_dollar", match<rule::lone_dollar>, "", 0},
    {"substitution", match<rule::substitution<'\\'>>, "$A-", 1},
    {"substitution", match<rule::substitution<'\\'>>, "$/", 1},
    {"substitution", match<rule::substitution<'\\'>>, "${A:-${B-c}}d", 1},
    {"substitution", match<rule::substitution<'\\'>>, "${A", no},
    {"lost_mark", match<rule::lost_mark>, "\xEF\xBB\xBF" "a", 1},
    {"word", match<rule::word<'\\'>>, "\xEF\xBB\xBF" "a'b'\"c\"\\d${e}", 0},
    {"word", match<rule::word<'\\'>>, "a'b", no},
    {"word", match<rule::word<'`'>>, "a`$b\\", 0},
};
// clang-format on

TEST(ExpansionGrammar, EachRuleMatchesWhatItSaysAndLeavesTheRest) {
  for (const MatchCase& one : cases) expect_match(one);
}

TEST(ExpansionGrammar, CannotLoopWithoutProgress) {
  EXPECT_EQ(pegtl::analyze<rule::word<'\\'>>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::word<'`'>>(), 0U);
  EXPECT_EQ(pegtl::analyze<shared::name>(), 0U);
}

/// The name of a rule without its namespace and the escape character.
std::string_view plain_name(std::string_view name) {
  name = name.substr(0, name.find('<'));
  return name.substr(name.rfind(':') + 1);
}

TEST(ExpansionGrammar, WordsReachEveryRuleBothWays) {
  // Rules that match anything, be it nothing.
  const std::set<std::string_view> cannot_fail = {"single_text", "escaped_byte", "text", "lone_dollar"};
  pegtl::coverage_result result;
  for (const std::string_view text : {"a$b-${c}\\d'e'\"f$g\\$\\h\"",
                                      "${a:-b}${a-b}${a:?b}${a?b}${a:+b}${a+b}${a#b}${a//b/c}${a:=b}",
                                      "$",
                                      "$é",
                                      "$…",
                                      "$12$@",
                                      "${",
                                      "${}",
                                      "${a",
                                      "${a:-b",
                                      "${a/b",
                                      "${a/b/c",
                                      "${a//b}",
                                      "'a",
                                      "\"a",
                                      "${a:#b}",
                                      "${a:",
                                      "${+b}",
                                      "\"\\",
                                      "\\",
                                      "\xEF\xBB\xBF",
                                      "$1",
                                      "${1}",
                                      "${a^}"})
    cover<rule::word<'\\'>>(text, result);
  std::set<std::string_view> in_table;
  for (const MatchCase& one : cases) in_table.insert(one.name);
  for (const auto& [name, entry] : result) {
    if (!name.starts_with("imglint::grammar::expansion::")) continue;
    EXPECT_GT(entry.success, 0U) << name << " never matched";
    EXPECT_TRUE(in_table.contains(plain_name(name))) << name << " has no row in the table";
    if (cannot_fail.contains(plain_name(name))) continue;
    EXPECT_GT(entry.failure, 0U) << name << " never failed";
  }
}

}  // namespace
}  // namespace imglint::test
