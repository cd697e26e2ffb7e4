// Tables that try the rules of a grammar one by one: what they match and how many bytes they leave; and a
// count of which rules a set of texts reaches.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/coverage.hpp>

namespace imglint::test {

/// Bytes left after a match; nothing if there is none.
using BytesLeft = std::optional<std::size_t>;
inline constexpr BytesLeft no_match = std::nullopt;

struct GrammarCase {
  const char* name;
  BytesLeft (*match)(std::string_view);
  std::string_view text;
  BytesLeft left;
};

using GrammarInput =
    tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*>;

template <class Rule>
BytesLeft match(std::string_view text) {
  GrammarInput in(text.data(), text.data() + text.size(), "");
  if (!tao::pegtl::parse<Rule>(in)) return no_match;
  return in.size();
}

inline void expect_cases(std::span<const GrammarCase> cases) {
  const auto show = [](BytesLeft left) {
    return left ? std::to_string(*left) + " left" : std::string("no match");
  };
  for (const GrammarCase& one : cases)
    EXPECT_EQ(show(one.match(one.text)), show(one.left)) << one.name << " on '" << one.text << "'";
}

template <class Rule>
void cover(std::string_view text, tao::pegtl::coverage_result& result) {
  GrammarInput in(text.data(), text.data() + text.size(), "");
  tao::pegtl::coverage<Rule>(in, result);
}

/// Every rule of the namespace matched somewhere; and failed somewhere, unless it is one of those that
/// cannot.
inline void expect_covered(const tao::pegtl::coverage_result& result, std::string_view grammar,
                           std::span<const std::string_view> never_fail) {
  for (const auto& [name, entry] : result) {
    if (!name.starts_with(grammar)) continue;
    const std::string_view rule = std::string_view(name).substr(grammar.size());
    EXPECT_GT(entry.success, 0U) << rule << " never matched";
    bool can_fail = true;
    for (const std::string_view one : never_fail) can_fail = can_fail && rule != one;
    EXPECT_EQ(entry.failure > 0U, can_fail) << rule;
  }
}

}  // namespace imglint::test
