// Comments that silence nothing are deleted by a fix.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/check_run.hpp"

namespace imglint::test {
namespace {

constexpr std::string_view d = "Dockerfile";
constexpr std::string_view c = "compose.yaml";

struct RemovalCase {
  std::string_view about;
  std::string_view file;
  std::string_view before;
  std::string_view after;
};

constexpr RemovalCase removal_cases[] = {
    {"a line of its own", d, "FROM scratch\n# imglint ignore=missing-tag why\nFROM nginx:1.27\n",
     "FROM scratch\nFROM nginx:1.27\n"},
    {"an indented one, CRLF", d, "FROM scratch\r\n  # imglint ignore=missing-tag \r\nFROM nginx:1.27\r\n",
     "FROM scratch\r\nFROM nginx:1.27\r\n"},
    {"the last line without a newline", d, "FROM nginx:1.27\n# imglint ignore=missing-tag",
     "FROM nginx:1.27\n"},
    {"the first line after a byte order mark", d,
     "\xEF\xBB\xBF# imglint ignore=missing-tag\nFROM nginx:1.27\n",
     "\xEF\xBB\xBF"
     "FROM nginx:1.27\n"},
    {"behind a value", c, "services:\n  a: {image: \"nginx:1.27\"}  # imglint ignore=missing-tag\n",
     "services:\n  a: {image: \"nginx:1.27\"}\n"},
    {"a rule of another linter gets our name", d, "# imglint ignore=DL3007 why\nFROM nginx:latest\n",
     "# imglint ignore=latest-tag why\nFROM nginx:latest\n"},
    {"several of ours", d, "# imglint ignore=CKV_DOCKER_7\nFROM nginx\nCOPY --from=nginx:latest /a /\n",
     "# imglint ignore=missing-tag,latest-tag\nFROM nginx\nCOPY --from=nginx:latest /a /\n"},
    {"one that stands beside ours", d, "# imglint ignore=missing-tag,DL3006\nFROM nginx\n",
     "# imglint ignore=missing-tag\nFROM nginx\n"},
    {"two of another linter", c, "services:\n  # imglint ignore=DL3006,DL3007\n  a: {image: nginx}\n",
     "services:\n  # imglint ignore=missing-tag\n  a: {image: nginx}\n"},
    {"one rule of two", d, "# imglint ignore=missing-tag,latest-tag why\nFROM nginx\n",
     "# imglint ignore=missing-tag why\nFROM nginx\n"},
    {"the first rule of two", d, "# imglint ignore=latest-tag, missing-tag why\nFROM nginx\n",
     "# imglint ignore=missing-tag why\nFROM nginx\n"},
    {"two rules of three", d, "# imglint ignore=latest-tag,missing-tag,floating-tag\nFROM nginx\n",
     "# imglint ignore=missing-tag\nFROM nginx\n"},
    {"the last two of three", d, "# imglint ignore=missing-tag,latest-tag,floating-tag\nFROM nginx\n",
     "# imglint ignore=missing-tag\nFROM nginx\n"},
    {"in an inlined Dockerfile", c,
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        # imglint ignore=missing-tag\n"
     "        FROM nginx:1.27\n",
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM nginx:1.27\n"},
    {"a directive below stays asleep", d, "# imglint ignore-file=missing-tag\n# escape=`\nFROM nginx:1.27\n",
     "# imglint ignore-file=missing-tag\n# escape=`\nFROM nginx:1.27\n"},
    {"a misspelt rule stays with its reason", d, "# imglint ignore=latest-tags why\nFROM nginx:1.27\n",
     "# imglint ignore=latest-tags why\nFROM nginx:1.27\n"},
    {"one beside a rule without a finding", d,
     "# imglint ignore=latest-tags,missing-tag why\nFROM nginx:1.27\n",
     "# imglint ignore=latest-tags why\nFROM nginx:1.27\n"},
    {"no day", d, "# imglint ignore=latest-tag until=2027-13-01 why\nFROM nginx:1.27\n",
     "# imglint ignore=latest-tag until=2027-13-01 why\nFROM nginx:1.27\n"},
    {"a stage where there are none", c,
     "services:\n  # imglint ignore-stage=latest-tag why\n  a: {image: \"a:1\"}\n",
     "services:\n  # imglint ignore-stage=latest-tag why\n  a: {image: \"a:1\"}\n"},
    {"a locked rule stays", d, "# imglint ignore=missing-tag why\nFROM nginx:1.27\n", "FROM nginx:1.27\n"},
};

TEST(Suppression, UnusedOnesAreDeletedByAFix) {
  for (const RemovalCase& test : removal_cases) {
    const auto fixed =
        fix_texts({{std::string(test.file), std::string(test.before)}}, policy_of({}), Safety::safe);
    ASSERT_EQ(fixed.size(), 1u);
    EXPECT_EQ(fixed[0].text, test.after) << test.about;
  }
}

}  // namespace
}  // namespace imglint::test
