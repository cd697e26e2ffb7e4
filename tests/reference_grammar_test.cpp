// The rules of grammar/reference.hpp one by one: what they match and how many bytes they leave.
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>
#include <tao/pegtl/contrib/coverage.hpp>

#include "grammar/reference.hpp"

namespace imglint {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::reference;

using Left = std::optional<std::size_t>;

template <class Rule, pegtl::tracking_mode mode>
Left left_after(std::string_view text) {
  pegtl::memory_input<mode, pegtl::eol::lf_crlf, const char*> in(text.data(), text.data() + text.size(), "");
  if (!pegtl::parse<Rule>(in)) return std::nullopt;
  return in.size();
}

/// Bytes left after a match, by both ways of tracking positions; they must agree.
template <class Rule>
Left match(std::string_view text) {
  const Left lazy = left_after<Rule, pegtl::tracking_mode::lazy>(text);
  const Left eager = left_after<Rule, pegtl::tracking_mode::eager>(text);
  EXPECT_EQ(lazy, eager) << text;
  return lazy;
}

constexpr Left no = std::nullopt;

struct Case {
  const char* name;
  Left (*match)(std::string_view);
  std::string_view text;
  Left left;
};

constexpr std::string_view hex32 = "0123456789abcdefABCDEF0123456789";

// clang-format off
const Case cases[] = {
    {"lower_alnum", match<rule::lower_alnum>, "a",  0},
    {"lower_alnum", match<rule::lower_alnum>, "9z", 1},
    {"lower_alnum", match<rule::lower_alnum>, "A",  no},
    {"lower_alnum", match<rule::lower_alnum>, "",   no},

    {"separator", match<rule::separator>, ".",    0},
    {"separator", match<rule::separator>, "..",   1},
    {"separator", match<rule::separator>, "_",    0},
    {"separator", match<rule::separator>, "__",   0},
    {"separator", match<rule::separator>, "___",  1},
    {"separator", match<rule::separator>, "----", 0},
    {"separator", match<rule::separator>, "-_",   1},
    {"separator", match<rule::separator>, "a",    no},
    {"separator", match<rule::separator>, "",     no},

    {"component", match<rule::component>, "a.b_c__d-e---f", 0},
    {"component", match<rule::component>, "0",    0},
    {"component", match<rule::component>, "a..b", 3},
    {"component", match<rule::component>, "a_",   1},
    {"component", match<rule::component>, "aB",   1},
    {"component", match<rule::component>, "-a",   no},

    {"repository", match<rule::repository>, "a",         0},
    {"repository", match<rule::repository>, "acme/team/app:1", 2},
    {"repository", match<rule::repository>, "acme//app", 5},
    {"repository", match<rule::repository>, "acme/",     1},
    {"repository", match<rule::repository>, "/acme",     no},

    {"label", match<rule::label>, "MyHost9",  0},
    {"label", match<rule::label>, "my--reg-x", 0},
    {"label", match<rule::label>, "reg-",     1},
    {"label", match<rule::label>, "-reg",     no},
    {"label", match<rule::label>, "_",        no},

    {"address", match<rule::address>, "[::1]",         0},
    {"address", match<rule::address>, "[2001:DB8::1]:5000", 5},
    {"address", match<rule::address>, "[]",            no},
    {"address", match<rule::address>, "[::1",          no},
    {"address", match<rule::address>, "[fe80::1%eth0]", no},

    {"host", match<rule::host>, "ghcr.io/acme",    5},
    {"host", match<rule::host>, "999.999.999.999", 0},
    {"host", match<rule::host>, "[:]",             0},
    {"host", match<rule::host>, "reg..test",       6},
    {"host", match<rule::host>, ".test",           no},

    {"port", match<rule::port>, "0",      0},
    {"port", match<rule::port>, "65536/", 1},
    {"port", match<rule::port>, "a",      no},

    {"registry", match<rule::registry>, "ghcr.io/acme",   5},
    {"registry", match<rule::registry>, "localhost:5000/", 1},
    {"registry", match<rule::registry>, "[::1]:80/a",     2},
    {"registry", match<rule::registry>, "localhost:5000", no},
    {"registry", match<rule::registry>, "host:80a/app",   no},
    {"registry", match<rule::registry>, "my_reg/app",     no},

    {"tag_start", match<rule::tag_start>, "_", 0},
    {"tag_start", match<rule::tag_start>, "Z", 0},
    {"tag_start", match<rule::tag_start>, ".", no},
    {"tag_start", match<rule::tag_start>, "-", no},

    {"tag", match<rule::tag>, "_1.2-3",  0},
    {"tag", match<rule::tag>, "V1..0-@", 1},
    {"tag", match<rule::tag>, "1+build", 6},
    {"tag", match<rule::tag>, ".1",      no},

    {"algorithm", match<rule::algorithm>, "sha256:",       1},
    {"algorithm", match<rule::algorithm>, "sha256+b64.u-x_y", 0},
    {"algorithm", match<rule::algorithm>, "sha3-256",      4},
    {"algorithm", match<rule::algorithm>, "256",           no},

    {"hex", match<rule::hex>, hex32,                  0},
    {"hex", match<rule::hex>, "0123456789abcdef",     no},
    {"hex", match<rule::hex>, "g",                    no},

    {"digest", match<rule::digest>, "sha256:0123456789abcdefABCDEF0123456789!", 1},
    {"digest", match<rule::digest>, "sha256",         no},
    {"digest", match<rule::digest>, "sha256:0123",    no},

    {"suffix", match<rule::suffix>, "",               0},
    {"suffix", match<rule::suffix>, ":1",             0},
    {"suffix", match<rule::suffix>, "@md5:0123456789abcdefABCDEF0123456789", 0},
    {"suffix", match<rule::suffix>, ":1@md5:0123456789abcdefABCDEF0123456789", 0},
    {"suffix", match<rule::suffix>, ":1:2",           no},
    {"suffix", match<rule::suffix>, "/a",             no},

    {"local", match<rule::local>, "acme/app:1",       0},
    {"local", match<rule::local>, "localhost:5000/a", no},
    {"local", match<rule::local>, "Acme/app",         no},

    {"full", match<rule::full>, "localhost:5000/a/b:1", 0},
    {"full", match<rule::full>, "my_reg.example.com/app", 0},
    {"full", match<rule::full>, "Acme/app",           0},
    {"full", match<rule::full>, "acme",               0},
    {"full", match<rule::full>, "ghcr.io/",           no},
    {"full", match<rule::full>, "app\n",              no},

    {"only_digest", match<rule::only_digest>, "md5:0123456789abcdefABCDEF0123456789", 0},
    {"only_digest", match<rule::only_digest>, "md5:0123456789abcdefABCDEF0123456789 ", no},
};
// clang-format on

std::string show(Left left) { return left ? std::to_string(*left) + " left" : "no match"; }

TEST(ReferenceGrammar, EachRuleMatchesWhatItSaysAndLeavesTheRest) {
  for (const Case& one : cases)
    EXPECT_EQ(show(one.match(one.text)), show(one.left)) << one.name << " on '" << one.text << "'";
}

TEST(ReferenceGrammar, ATagHasAtMost128Characters) {
  EXPECT_EQ(match<rule::tag>(std::string(128, 't')), Left(0));
  EXPECT_EQ(match<rule::tag>(std::string(129, 't')), no);
}

TEST(ReferenceGrammar, CannotLoopWithoutProgress) {
  EXPECT_EQ(pegtl::analyze<rule::full>(), 0u);
  EXPECT_EQ(pegtl::analyze<rule::local>(), 0u);
  EXPECT_EQ(pegtl::analyze<rule::only_digest>(), 0u);
}

template <class Rule>
void cover(std::string_view text, pegtl::coverage_result& result) {
  pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*> in(
      text.data(), text.data() + text.size(), "");
  pegtl::coverage<Rule>(in, result);
}

TEST(ReferenceGrammar, WholeReferencesReachEveryRuleBothWays) {
  // A test of the tests: each rule of the grammar matches and fails at least once on the way through these.
  pegtl::coverage_result result;
  const std::string digest = "@sha256:" + std::string(hex32);
  for (const std::string& text :
       {"[::1]:5000/a/b__c:1" + digest, "MyReg-1.test/a-b:1" + digest, std::string("my_reg/app:."),
        std::string("app@sha256:12"), std::string("app@256"), std::string("host:/app"), std::string("-"),
        std::string("app!")})
    cover<rule::full>(text, result);
  for (const std::string& text : {std::string("acme/app"), std::string("Acme")})
    cover<rule::local>(text, result);
  for (const std::string& text : {digest.substr(1), digest}) cover<rule::only_digest>(text, result);

  std::set<std::string_view> named;
  for (const auto& [name, entry] : result) {
    if (name.find("imglint::grammar::reference::") != 0) continue;
    named.insert(name);
    EXPECT_GT(entry.success, 0u) << name << " never matched";
    EXPECT_GT(entry.failure, 0u) << name << " never failed";
  }
  std::set<std::string_view> in_table;
  for (const Case& one : cases) in_table.insert(one.name);
  EXPECT_EQ(named.size(), in_table.size()) << "every rule of the grammar has rows in the table above";
}

}  // namespace
}  // namespace imglint
