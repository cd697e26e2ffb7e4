// Matching one rule of a grammar, for tables: how many bytes it leaves, and which rules a text reached.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/coverage.hpp>

namespace imglint::test {

/// Bytes left after a match; nothing if there is none.
using Left = std::optional<std::size_t>;
inline constexpr Left no = std::nullopt;

template <class Rule, tao::pegtl::tracking_mode Mode>
Left left_after(std::string_view text) {
  tao::pegtl::memory_input<Mode, tao::pegtl::eol::lf, const char*> in(text.data(), text.data() + text.size(),
                                                                      "");
  if (!tao::pegtl::parse<Rule>(in)) return std::nullopt;
  return in.size();
}

/// By both ways of tracking positions; they must agree.
template <class Rule>
Left match(std::string_view text) {
  const Left lazy = left_after<Rule, tao::pegtl::tracking_mode::lazy>(text);
  EXPECT_EQ(lazy, (left_after<Rule, tao::pegtl::tracking_mode::eager>(text))) << text;
  return lazy;
}

/// A row of a table: rule and text, and what is left.
struct MatchCase {
  const char* name;
  Left (*match)(std::string_view);
  std::string_view text;
  Left left;
};

inline std::string show(Left left) { return left ? std::to_string(*left) + " left" : "no match"; }

inline void expect_match(const MatchCase& one) {
  EXPECT_EQ(show(one.match(one.text)), show(one.left)) << one.name << " on '" << one.text << "'";
}

template <class Rule>
void cover(std::string_view text, tao::pegtl::coverage_result& result) {
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*> in(
      text.data(), text.data() + text.size(), "");
  tao::pegtl::coverage<Rule>(in, result);
}

}  // namespace imglint::test
