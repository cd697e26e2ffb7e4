// The rules of grammar/env_file.hpp one by one.
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/env_file.hpp"
#include "tests/support/grammar_case.hpp"

namespace imglint::test {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::env_file;

// clang-format off
const GrammarCase cases[] = {
    {"gap", match<rule::gap>, " \n# a\n\tb", 1},         {"gap", match<rule::gap>, "a", 1},
    {"key", match<rule::key>, "a.b-c_1[0]=", 1},         {"key", match<rule::key>, "é=", 1},
    {"key", match<rule::key>, "=", no_match},            {"key", match<rule::key>, "!", no_match},
    {"head", match<rule::head>, "A=b", 1},               {"head", match<rule::head>, "A : b", 1},
    {"head", match<rule::head>, "export A=b", 1},        {"head", match<rule::head>, "export=b", 1},
    {"head", match<rule::head>, "A\nb", 2},              {"head", match<rule::head>, "A", 0},
    {"head", match<rule::head>, "A B=c", no_match},      {"head", match<rule::head>, "A!=b", no_match},
    {"double_quoted", match<rule::double_quoted>, "\"a\\\"b\"c", 1},
    {"double_quoted", match<rule::double_quoted>, "\"\\0123\\q\\$\n\"", 0},
    {"double_quoted", match<rule::double_quoted>, "\"a", no_match},
    {"single_quoted", match<rule::single_quoted>, "'a\\'b\\c'd", 1},
    {"single_quoted", match<rule::single_quoted>, "'a", no_match},
    {"unquoted", match<rule::unquoted>, "a b  \n", 3},   {"unquoted", match<rule::unquoted>, "a#b #c", 3},
    {"unquoted", match<rule::unquoted>, "\n", 1},        {"unquoted", match<rule::unquoted>, "a\t# b", 0},
};
// clang-format on

TEST(EnvFileGrammar, EachRuleMatchesWhatItSaysAndLeavesTheRest) { expect_cases(cases); }

TEST(EnvFileGrammar, CannotLoopWithoutProgress) {
  EXPECT_EQ(pegtl::analyze<rule::gap>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::head>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::double_quoted>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::single_quoted>(), 0U);
  EXPECT_EQ(pegtl::analyze<rule::unquoted>(), 0U);
}

TEST(EnvFileGrammar, TheseTextsReachEveryRuleBothWays) {
  pegtl::coverage_result result;
  for (const std::string_view text : {" # a\nb"}) cover<rule::gap>(text, result);
  for (const std::string_view text : {"export é = b", "A", "A B", "=", ""}) cover<rule::head>(text, result);
  for (const std::string_view text : {"\"a\\n\\012\\q\"", "\"", "a"})
    cover<rule::double_quoted>(text, result);
  for (const std::string_view text : {"'a\\'\\b'", "'", "a"}) cover<rule::single_quoted>(text, result);
  for (const std::string_view text : {"a b #c", "a "}) cover<rule::unquoted>(text, result);
  constexpr std::string_view never_fail[] = {"gap", "unquoted", "blanks"};  // blanks are looked at first
  expect_covered(result, "imglint::grammar::env_file::", never_fail);
}

}  // namespace
}  // namespace imglint::test
