// Compose's rules of grammar/expansion.hpp one by one.
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/expansion.hpp"
#include "tests/support/grammar_case.hpp"

namespace imglint::test {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::expansion::compose;

// clang-format off
const GrammarCase cases[] = {
    {"text", match<rule::text>, "a}b$c", 2},                       {"text", match<rule::text>, "$", no_match},
    {"escaped_dollar", match<rule::escaped_dollar>, "$$a", 1},     {"escaped_dollar", match<rule::escaped_dollar>, "$a", no_match},
    {"bare_variable", match<rule::bare_variable>, "$A_1-b", 2},    {"bare_variable", match<rule::bare_variable>, "$_", 0},
    {"bare_variable", match<rule::bare_variable>, "$1", no_match}, {"bare_variable", match<rule::bare_variable>, "${A}", no_match},
    {"braced_variable", match<rule::braced_variable>, "${A}b", 1}, {"braced_variable", match<rule::braced_variable>, "${A:-b}", 2},
    {"braced_variable", match<rule::braced_variable>, "${A-b}", 2}, {"braced_variable", match<rule::braced_variable>, "${A:?b}", 2},
    {"braced_variable", match<rule::braced_variable>, "${A?b}", 2}, {"braced_variable", match<rule::braced_variable>, "${A:+b}", 2},
    {"braced_variable", match<rule::braced_variable>, "${A+b}", 2}, {"braced_variable", match<rule::braced_variable>, "${A/b}", no_match},
    {"braced_variable", match<rule::braced_variable>, "${A:b}", no_match}, {"braced_variable", match<rule::braced_variable>, "${}", no_match},
    {"step", match<rule::step>, "${}", 1},                         {"step", match<rule::step>, "$", 0},
    {"step", match<rule::step>, "", no_match},
};
// clang-format on

TEST(TemplateGrammar, EachRuleMatchesWhatItSaysAndLeavesTheRest) { expect_cases(cases); }

TEST(TemplateGrammar, CannotLoopWithoutProgress) { EXPECT_EQ(pegtl::analyze<pegtl::star<rule::step>>(), 0U); }

TEST(TemplateGrammar, TheseTextsReachEveryRuleBothWays) {
  pegtl::coverage_result result;
  for (const std::string_view text : {"a", "$$", "$A", "${A}", "${A:-", "${A/", "${", "$.", ""})
    cover<rule::step>(text, result);
  expect_covered(result, "imglint::grammar::expansion::compose::", {});
}

}  // namespace
}  // namespace imglint::test
