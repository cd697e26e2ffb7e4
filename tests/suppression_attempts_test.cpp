// Comments that name imglint in the words of other linters, which silence nothing.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/silence_cases.hpp"

namespace imglint::test {
namespace {

TEST(SuppressionAttempts, OurNameInCommentsOfOtherLintersIsTold) {
  constexpr std::string_view meant[] = {"noqa: imglint",
                                        "NOQA:imglint",
                                        "nolint:imglint",
                                        "nolint: dupl, imglint // why",
                                        "nosec imglint",
                                        "trunk-ignore(imglint/latest-tag): why",
                                        "trunk-ignore-all(hadolint/DL3007,imglint)",
                                        "lint:ignore imglint why"};
  constexpr std::string_view others[] = {"noqa", "noqa: E501", "nolint: imglint-action",
                                         "noqa, for imglint finds it", "nosemantics: imglint"};
  const auto found = [](std::string_view text, bool in_yaml) {
    const std::string comment = "# " + std::string(text) + "\n";
    return in_yaml ? silenced_findings("compose.yaml", "services:\n  a:\n    image: nginx:1.27 " + comment)
                   : silenced_findings("Dockerfile", comment + "FROM nginx:1.27\n");
  };
  for (const bool in_yaml : {false, true}) {
    const std::string told =
        std::string(in_yaml ? "3" : "1") +
        ":unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n";
    for (const std::string_view text : meant) EXPECT_EQ(found(text, in_yaml), told) << text;
    for (const std::string_view text : others) EXPECT_EQ(found(text, in_yaml), "") << text;
  }
}

}  // namespace
}  // namespace imglint::test
