// The rules of grammar/dockerfile.hpp one by one: what they match and how many bytes they leave.
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>
#include <tao/pegtl/contrib/coverage.hpp>

#include "grammar/dockerfile.hpp"
#include "tests/support/grammar_match.hpp"

namespace imglint::test {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::dockerfile;

using HashDirective = rule::directive<rule::hash_mark>;
using SlashDirective = rule::directive<rule::slash_mark>;

// clang-format off
const MatchCase cases[] = {
    {"blank", match<rule::blank>, "\v", 0},
    {"blank", match<rule::blank>, "\n", no},
    {"blank", match<rule::blank>, "\xC2\xA0", no},
    {"space", match<rule::space>, "\xC2\xA0", 0},
    {"space", match<rule::space>, "\xE3\x80\x80", 0},
    {"space", match<rule::space>, "\xC2\xA1", no},
    {"directive_blank", match<rule::directive_blank>, "\f", 0},
    {"directive_blank", match<rule::directive_blank>, "\v", no},
    {"directive_name", match<rule::directive_name>, "a1=", 1},
    {"directive_name", match<rule::directive_name>, "1a", no},
    {"directive_value", match<rule::directive_value>, " x ", 0},
    {"directive_value", match<rule::directive_value>, "", 0},
    {"directive", match<HashDirective>, "# \xC2\xA0 a = b", 0},
    {"directive", match<HashDirective>, "# a b = c", no},
    {"directive", match<HashDirective>, " # a = b", no},
    {"directive", match<SlashDirective>, "//a=b", 0},
    {"hash_mark", match<rule::hash_mark>, "##", 1},
    {"slash_mark", match<rule::slash_mark>, "///", 1},
    {"slash_mark", match<rule::slash_mark>, "/", no},

    {"keyword", match<rule::keyword>, "FROM a", 2},
    {"keyword", match<rule::keyword>, " a", no},
    {"flag_blank", match<rule::flag_blank>, "\xA0", 0},
    {"flag_blank", match<rule::flag_blank>, "a", no},
    {"flag_plain", match<rule::flag_plain<'\\'>>, "--a=b\"c", 2},
    {"flag_plain", match<rule::flag_plain<'`'>>, "a\\b`", 1},
    {"flag_kept", match<rule::flag_kept>, "ab", 1},
    {"flag_kept", match<rule::flag_kept>, "", 0},
    {"flag_escape", match<rule::flag_escape<'\\'>>, "\\ b", 1},
    {"flag_escape", match<rule::flag_escape<'\\'>>, "\\", 0},
    {"flag_inner", match<rule::flag_inner<'\\', '"'>>, "a 'b\"", 1},
    {"flag_quoted", match<rule::flag_quoted<'\\', '\''>>, "'a \\' b'c", 1},
    {"flag_quoted", match<rule::flag_quoted<'\\', '"'>>, "\"a", 0},
    {"flag", match<rule::flag<'\\'>>, "--a='b c'\\ d e", 2},
    {"flag", match<rule::flag<'\\'>>, "-a", no},
    {"flag", match<rule::flag<'\\'>>, "\"--a\"", no},
    {"flag_gap", match<rule::flag_gap>, " \ta", 1},
    {"word", match<rule::word>, "\"a b", 2},
    {"word", match<rule::word>, "", no},
    {"words", match<rule::words>, "a\t\rb", 0},
    {"words", match<rule::words>, "", 0},
    {"words", match<rule::words>, " a", no},
    {"value_escape", match<rule::value_escape<'\\'>>, "\\ a", 1},
    {"value_escape", match<rule::value_escape<'\\'>>, "\\", no},
    {"value_double", match<rule::value_double<'\\'>>, "\"a \\\" b\"c", 1},
    {"value_double", match<rule::value_double<'\\'>>, "\"a b", 0},
    {"value_single", match<rule::value_single>, "'a \\'b", 1},
    {"value_plain", match<rule::value_plain<'\\'>>, "ab", 1},
    {"value_plain", match<rule::value_plain<'\\'>>, "\xC2\xA0", no},
    {"value_word", match<rule::value_word<'\\'>>, "A=\"b c\"'d e'\\ f g", 2},
    {"value_word", match<rule::value_word<'\\'>>, " a", no},
    {"values", match<rule::values<'\\'>>, "A=b  C\\", 0},
    {"values", match<rule::values<'`'>>, "A=b\\", 0},

    {"stage_name", match<rule::stage_name>, "Build-1.x_y", 0},
    {"stage_name", match<rule::stage_name>, "1a", no},
    {"stage_name", match<rule::stage_name>, "a/b", no},
    {"stage_index", match<rule::stage_index>, "-007", 0},
    {"stage_index", match<rule::stage_index>, "1a", no},
    {"platform_system", match<rule::platform_system>, "linux/", 1},
    {"platform_version", match<rule::platform_version>, "10.0.1)", 1},
    {"platform_part", match<rule::platform_part>, "v7.1/", 1},
    {"platform", match<rule::platform>, "windows(10.0)/amd64", 0},
    {"platform", match<rule::platform>, "linux/arm/v7", 0},
    {"platform", match<rule::platform>, "linux/arm/v7/x", no},
    {"platform", match<rule::platform>, "linux/", no},

    {"field_piece", match<rule::field_piece>, "a,b\"", 1},
    {"field_quote", match<rule::field_quote>, "\"\"a", 2},
    {"field_quote", match<rule::field_quote>, "\"a", no},
    {"field_quoted", match<rule::field_quoted>, "\"a,\"\"b\",", 1},
    {"field_quoted", match<rule::field_quoted>, "\"a", no},
    {"field_bare", match<rule::field_bare>, "a=b,c", 2},
    {"field_bare", match<rule::field_bare>, "", 0},
    {"field", match<rule::field>, "\"a\"", 0},
    {"record", match<rule::record>, "a,,\"b,c\",", 0},
    {"record", match<rule::record>, "a\"b", no},
    {"record", match<rule::record>, "\"a\"b", no},

    {"line_blank", match<rule::line_blank>, " a", 1},
    {"line_substitution", match<rule::line_substitution>, "${a:-b c}d", 1},
    {"line_quoted", match<rule::line_quoted>, "'a b'c", 1},
    {"line_escaped", match<rule::line_escaped>, "\\<<", 1},
    {"line_heredoc", match<rule::line_heredoc>, "<< \tE", 1},
    {"line_heredoc", match<rule::line_heredoc>, "<E", no},
    {"line_plain", match<rule::line_plain>, "ab", 1},
    {"line_plain", match<rule::line_plain>, " ", no},
    {"line_part", match<rule::line_part>, "\"a b\"c", 1},
    {"line_part", match<rule::line_part>, " ", no},
    {"line", match<rule::line>, "RUN a <<E 'b c' $d \\e", 0},
    {"line", match<rule::line>, "RUN it's", no},
    {"heredoc_dash", match<rule::heredoc_dash>, "-E", 1},
    {"heredoc_rest", match<rule::heredoc_rest>, "E<", 1},
    {"heredoc", match<rule::heredoc>, "12<<-E", 0},
    {"heredoc", match<rule::heredoc>, "<< E", 0},
    {"heredoc", match<rule::heredoc>, "<<", no},
    {"heredoc", match<rule::heredoc>, "<<<E", no},
    {"heredoc", match<rule::heredoc>, "a<<E", no},
    {"name_substitution", match<rule::name_substitution>, "$E", 0},
    {"name_quoted", match<rule::name_quoted>, "\"E \\\"$F\\G\"", 0},
    {"name_plain", match<rule::name_plain>, "EF", 1},
    {"heredoc_name", match<rule::heredoc_name>, " E'F G'\"H\"\\I$J", 0},
    {"heredoc_name", match<rule::heredoc_name>, "E F", no},
    {"heredoc_name", match<rule::heredoc_name>, "", no},

    {"json_blank", match<rule::json_blank>, "\t", 0},
    {"json_blank", match<rule::json_blank>, "\v", no},
    {"json_escape", match<rule::json_escape>, "\\u00e9", 0},
    {"json_escape", match<rule::json_escape>, "\\u00g9", no},
    {"json_escape", match<rule::json_escape>, "\\x", no},
    {"json_plain", match<rule::json_plain>, "a é\xFF\"", 1},
    {"json_plain", match<rule::json_plain>, "\x1F", no},
    {"json_content", match<rule::json_content>, "a\\n\"", 1},
    {"json_string", match<rule::json_string>, "\"a\\\"b\"c", 1},
    {"json_string", match<rule::json_string>, "\"a\nb\"", no},
    {"json_number", match<rule::json_number>, "-0.5e+10,", 1},
    {"json_number", match<rule::json_number>, "01", 1},
    {"json_number", match<rule::json_number>, "+1", no},
    {"json_word", match<rule::json_word>, "nullx", 1},
    {"json_word", match<rule::json_word>, "True", no},
    {"json_sign", match<rule::json_sign>, "[]", 1},
    {"json_token", match<rule::json_token>, " \n{", 0},
    {"json_token", match<rule::json_token>, "'", no},
};
// clang-format on

TEST(DockerfileGrammar, EachRuleMatchesWhatItSaysAndLeavesTheRest) {
  for (const MatchCase& one : cases) expect_match(one);
}

template <class... Rules>
std::size_t problems() {
  return (pegtl::analyze<Rules>() + ...);
}

TEST(DockerfileGrammar, CannotLoopWithoutProgress) {
  const std::size_t found =
      problems<HashDirective, SlashDirective, rule::keyword, rule::flag<'\\'>, rule::flag<'`'>,
               rule::flag_gap, rule::words, rule::values<'\\'>, rule::values<'`'>, rule::stage_name,
               rule::stage_index, rule::platform, rule::record, rule::line, rule::heredoc, rule::heredoc_name,
               rule::json_token>();
  EXPECT_EQ(found, 0U);
}

template <class Rule>
void cover_all(std::initializer_list<std::string_view> texts, pegtl::coverage_result& result) {
  for (const std::string_view text : texts) cover<Rule>(text, result);
}

/// The name of a rule without its namespace and parameters.
std::string_view plain_name(std::string_view name) {
  name = name.substr(0, name.find('<'));
  return name.substr(name.rfind(':') + 1);
}

pegtl::coverage_result covered() {
  pegtl::coverage_result result;
  cover_all<HashDirective>({"# \xC2\xA0 syntax = a", "#=", "a", "#a b", "#a=", "# a\v=b"}, result);
  cover_all<SlashDirective>({"// a=b", "/"}, result);
  cover_all<rule::keyword>({"a", " "}, result);
  cover_all<rule::flag<'\\'>>({"--a='b\\c'\"d\"\\e f", "--\"a", "--'", "a", "--a\\"}, result);
  cover_all<rule::flag_gap>({" a"}, result);
  cover_all<rule::words>({"a b", "a ", ""}, result);
  cover_all<rule::values<'\\'>>({"A='b'\"c\\\"\"\\d e", "\"a", "'", "a\\", "\"a\\"}, result);
  cover_all<rule::stage_name>({"a-1", "1"}, result);
  cover_all<rule::stage_index>({"-1", "a"}, result);
  cover_all<rule::platform>({"a(1)/b/c", "/", "a//", "a/b/", "a/b c"}, result);
  cover_all<rule::record>({"a,\"b\"\"c\",d", "a\"", "\"a", "\"a\"b"}, result);
  cover_all<rule::line>({"\xEF\xBB\xBF"
                         "a <<b 'c' \"d\" $e \\f",
                         "'", "$", "${", "\""},
                        result);
  cover_all<rule::heredoc>({"1<<-E", "<E", "<<", "<<<E", "<<E<"}, result);
  cover_all<rule::heredoc_name>({" a'b'\"c$d\\$\\e\"$f\\g", "", "\"a", "a b", "${"}, result);
  cover_all<rule::json_token>(
      {" \"a\\n\\u00e9\"", "[", "-1.5e1", "true", "x", "\"", "\"\\x\"", "-", "\"\\u1\""}, result);
  return result;
}

TEST(DockerfileGrammar, TextsReachEveryRuleBothWays) {
  // Rules that match anything, be it nothing.
  const std::set<std::string_view> cannot_fail = {
      "directive_value",  "flag_kept",    "flag_gap", "field_bare",
      "platform_version", "json_content", "field",    "values"};
  std::set<std::string_view> in_table;
  for (const MatchCase& one : cases) in_table.insert(one.name);
  for (const auto& [name, entry] : covered()) {
    if (!name.starts_with("imglint::grammar::dockerfile::")) continue;
    EXPECT_GT(entry.success, 0U) << name << " never matched";
    EXPECT_TRUE(in_table.contains(plain_name(name))) << name << " has no row in the table";
    if (cannot_fail.contains(plain_name(name))) continue;
    EXPECT_GT(entry.failure, 0U) << name << " never failed";
  }
}

}  // namespace
}  // namespace imglint::test
