// The rules of grammar/yaml_scalar.hpp one by one.
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/yaml_scalar.hpp"
#include "tests/support/grammar_case.hpp"

namespace imglint::test {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::yaml_scalar;

// clang-format off
const GrammarCase cases[] = {
    {"blank", match<rule::blank>, "\tx", 1},             {"blank", match<rule::blank>, "\n", no_match},
    {"line_break", match<rule::line_break>, "\n\n", 1},  {"line_break", match<rule::line_break>, "\r\nx", 1},
    {"line_break", match<rule::line_break>, "\rx", no_match},
    {"comment", match<rule::comment>, "# a\nb", 2},      {"comment", match<rule::comment>, "a", no_match},

    {"anchor", match<rule::anchor>, "&a b", 2},          {"anchor", match<rule::anchor>, "&a:#\"x,", 1},
    {"anchor", match<rule::anchor>, "& a", no_match},    {"anchor", match<rule::anchor>, "&]", no_match},
    {"tag", match<rule::tag>, "!!str a", 2},             {"tag", match<rule::tag>, "! a", 2},
    {"tag", match<rule::tag>, "!a,b", 2},                {"tag", match<rule::tag>, "!a\"b", 2},
    {"tag", match<rule::tag>, "!<a,[b]> c", 2},          {"tag", match<rule::tag>, "a", no_match},
    {"tag_verbatim", match<rule::tag_verbatim>, "!<a b>", no_match},
    {"properties", match<rule::properties>, "&a !b # c\n  d", 1},
    {"properties", match<rule::properties>, "", 0},

    {"fold", match<rule::fold>, " \n \n  a", 1},         {"fold", match<rule::fold>, "  a", no_match},
    {"double_quoted", match<rule::double_quoted>, "\"a\"b", 1},
    {"double_quoted", match<rule::double_quoted>, "\"a\\\"b\"", 0},
    {"double_quoted", match<rule::double_quoted>, "\"\\x41\\u00e9\\U0001F433\\/\\\n  b\n c\"", 0},
    {"double_quoted", match<rule::double_quoted>, "\"a", no_match},
    {"double_quoted", match<rule::double_quoted>, "\"\\q\"", no_match},
    {"double_quoted", match<rule::double_quoted>, "\"\\x4\"", no_match},
    {"single_quoted", match<rule::single_quoted>, "'a''b\n c'd", 1},
    {"single_quoted", match<rule::single_quoted>, "'a''", no_match},

    {"block_header", match<rule::block_header>, "|\n a", 2},
    {"block_header", match<rule::block_header>, ">-2 # c\n", 0},
    {"block_header", match<rule::block_header>, "|+", 0},
    {"block_header", match<rule::block_header>, "| a\n", no_match},

    {"plain_end", match<rule::plain_end>, "", 0},        {"plain_end", match<rule::plain_end>, " \n", 0},
    {"plain_end", match<rule::plain_end>, " #", 0},      {"plain_end", match<rule::plain_end>, ": a", 1},
    {"plain_end", match<rule::plain_end>, ":", 0},       {"plain_end", match<rule::plain_end>, "#", no_match},
    {"plain_end", match<rule::plain_end>, ":a", no_match}, {"plain_end", match<rule::plain_end>, ",", no_match},
    {"plain_end", match<rule::plain_end>, " a", no_match},
    {"flow_plain_end", match<rule::flow_plain_end>, " ,", 0},
    {"flow_plain_end", match<rule::flow_plain_end>, "]", 0},
    {"flow_plain_end", match<rule::flow_plain_end>, ":}", 0},
    {"flow_plain_end", match<rule::flow_plain_end>, ":a", no_match},
};
// clang-format on

TEST(YamlScalarGrammar, EachRuleMatchesWhatItSaysAndLeavesTheRest) { expect_cases(cases); }

TEST(YamlScalarGrammar, CannotLoopWithoutProgress) {
  EXPECT_EQ(pegtl::analyze<rule::properties>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::double_quoted>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::single_quoted>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::block_header>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::flow_plain_end>(), 0U);
}

TEST(YamlScalarGrammar, TheseTextsReachEveryRuleBothWays) {
  pegtl::coverage_result result;
  for (const std::string_view text : {"&a !<b> !c # d\n\t e", "& ", "!<", "x"})
    cover<rule::properties>(text, result);
  for (const std::string_view text :
       {"\"a b\n c \\\n \\n\\x41\\u0041\\U00000041\"", "\"\\q", "\"\\x4", "\"\r\n\"", "a"})
    cover<rule::double_quoted>(text, result);
  for (const std::string_view text : {"'a b\n c''d'", "'", "a"}) cover<rule::single_quoted>(text, result);
  for (const std::string_view text : {"|2+ # c\n", "> a", "a"}) cover<rule::block_header>(text, result);
  for (const std::string_view text : {" \n", " #", " : ", ":", " ,", ":,", "a"})
    cover<rule::flow_plain_end>(text, result);
  constexpr std::string_view never_fail[] = {"properties", "double_content", "single_content"};
  expect_covered(result, "imglint::grammar::yaml_scalar::", never_fail);
}

}  // namespace
}  // namespace imglint::test
