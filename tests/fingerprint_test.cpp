#include "model/fingerprint.hpp"

#include <set>

#include <gtest/gtest.h>

namespace imglint {
namespace {

Finding finding(const Source& source, std::string_view rule, std::string subject, std::uint32_t at = 0) {
  return {.rule = rule, .place = {&source, {at, at + 1}}, .message = "m", .subject = std::move(subject)};
}

TEST(Fingerprints, AreKnownValuesThatNoReleaseMayChange) {
  const Source source("a/Dockerfile", "FROM nginx\n");
  const std::vector<Finding> findings = {finding(source, "missing-tag", "docker.io/library/nginx")};
  EXPECT_EQ(fingerprints(findings), std::vector<std::string>{"da68c8ca1c5b7eaf"});
}

TEST(Fingerprints, DoNotDependOnTheLine) {
  const Source before("Dockerfile", "FROM nginx\n");
  const Source after("./Dockerfile", "# more\n# lines\nFROM nginx\n");
  EXPECT_EQ(fingerprints(std::vector{finding(before, "missing-tag", "nginx", 5)}),
            fingerprints(std::vector{finding(after, "missing-tag", "nginx", 20)}));
}

TEST(Fingerprints, DifferByRulePathSubjectAndOccurrence) {
  const Source one("one", "x");
  const Source two("two", "x");
  const std::vector<Finding> findings = {
      finding(one, "a", "s"),  finding(one, "a", "s"), finding(one, "b", "s"), finding(two, "a", "s"),
      finding(one, "a", "ss"), finding(one, "as", ""), finding(one, "a", "s"),
  };
  const std::vector<std::string> prints = fingerprints(findings);
  EXPECT_EQ(std::set<std::string>(prints.begin(), prints.end()).size(), findings.size());
}

TEST(Fingerprints, TakeTheMessageWhereThereIsNoSubject) {
  const Source source("x", "x");
  Finding first = finding(source, "a", "");
  Finding second = first;
  second.message = "other";
  EXPECT_NE(fingerprints(std::vector{first}), fingerprints(std::vector{second}));
}

}  // namespace
}  // namespace imglint
