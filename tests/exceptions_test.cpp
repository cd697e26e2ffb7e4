// What exceptions of the configuration leave out.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/check_run.hpp"

namespace imglint::test {
namespace {

/// `line:rule` for each finding in a Dockerfile.
std::string findings_of(std::string_view text, std::string_view config) {
  const auto run = check_texts({{"Dockerfile", std::string(text)}}, policy_of(config));
  std::string lines;
  for (const Finding& finding : run->result.findings)
    lines += std::to_string(finding.place.source->position(finding.place.span.begin).line) + ":" +
             std::string(finding.rule) + "\n";
  return lines;
}

struct ExceptionCase {
  std::string_view about;
  std::string_view config;
  std::string_view findings;
};

constexpr std::string_view two_images = "FROM nginx\nFROM ghcr.io/acme/app:latest\n";
constexpr ExceptionCase exception_cases[] = {
    {"none", "", "1:missing-tag\n2:latest-tag\n"},
    {"a rule", "exceptions: [{rules: [missing-tag]}]\n", "2:latest-tag\n"},
    {"an image", "exceptions: [{images: [nginx]}]\n", "2:latest-tag\n"},
    {"an image by host", "exceptions: [{images: [ghcr.io]}]\n", "1:missing-tag\n"},
    {"rule and image", "exceptions: [{rules: [missing-tag], images: [ghcr.io]}]\n",
     "1:missing-tag\n2:latest-tag\n"},
    {"a path", "exceptions: [{paths: [file]}]\n", ""},
    {"another path", "exceptions: [{paths: [other]}]\n", "1:missing-tag\n2:latest-tag\n"},
    {"over", "exceptions: [{paths: [file], until: 2026-11-23}]\n", "1:missing-tag\n2:latest-tag\n"},
    {"locked rules can be excepted",
     "rules: {missing-tag: {locked: true}}\nexceptions: [{images: [nginx]}]\n", "2:latest-tag\n"},
};

TEST(Exceptions, SilenceWhatMatchesInEveryRespect) {
  for (const ExceptionCase& test : exception_cases)
    EXPECT_EQ(findings_of(two_images, test.config), test.findings) << test.about;
}

TEST(Exceptions, OfAnImageAreNotOfAStageThatIsSpelledLikeIt) {
  const std::string_view exception = "exceptions: [{images: [base]}]\n";
  EXPECT_EQ(findings_of("FROM base\n", exception), "");
  EXPECT_EQ(findings_of("FROM a:1 AS base\nFROM b:1 AS base\n", exception), "2:duplicate-stage\n");
}

TEST(Exceptions, AreCountedApartFromComments) {
  const auto run =
      check_texts({{"Dockerfile", "# imglint ignore=missing-tag\nFROM nginx\nFROM redis:latest\n"}},
                  policy_of("exceptions: [{rules: [latest-tag]}]\n"));
  EXPECT_EQ(run->result.suppressed, 1u);
  EXPECT_EQ(run->result.excepted, 1u);
}

}  // namespace
}  // namespace imglint::test
