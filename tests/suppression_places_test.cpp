// Comments about an image that stands elsewhere: below them, or where a service takes it from.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/silence_cases.hpp"

namespace imglint::test {
namespace {

constexpr std::string_view c = "compose.yaml";
constexpr std::string_view w = ".github/workflows/a.yml";

constexpr FormCase place_cases[] = {
    {"a comment above all services is about their line", c,
     "# imglint ignore=missing-tag\nservices:\n  a:\n    image: nginx\n",
     "1:unused-suppression there is no finding of 'missing-tag' here to silence, but in line 4: put the "
     "comment there, or write 'ignore-file=missing-tag'\n4:missing-tag\n"},
    {"on top of the file, above another key", c,
     "# imglint ignore=missing-tag\nname: x\nservices:\n  a:\n    image: nginx\n",
     "1:unused-suppression there is no finding of 'missing-tag' here to silence, but in line 5: put the "
     "comment there, or write 'ignore-file=missing-tag'\n5:missing-tag\n"},
    {"all rules, above all services", c, "# imglint ignore=* why\nservices:\n  a:\n    image: nginx\n",
     "1:unused-suppression there is no finding here to silence, but in line 4: put the comment there, or "
     "write 'ignore-file=*'\n4:missing-tag\n"},
    {"above all services, which have none", c,
     "# imglint ignore=missing-tag\nservices:\n  a:\n    image: nginx:1.27\n",
     "1:unused-suppression there is no finding of 'missing-tag' here to silence\n"},
    {"above another key", c, "services:\n  a:\n    image: nginx\n# imglint ignore=missing-tag\nvolumes: {}\n",
     "3:missing-tag\n4:unused-suppression there is no finding of 'missing-tag' here to silence\n"},
    {"a service that merges what nobody else uses", c,
     "x-a: &a\n  image: redis\nservices:\n  # imglint ignore=missing-tag\n  a: {<<: *a}\n", ""},
    {"all services that merge it", c,
     "x-a: &a\n  image: redis\nservices:\n  # imglint ignore=missing-tag\n  a: {<<: *a}\n"
     "  # imglint ignore=missing-tag\n  b: {<<: *a}\n",
     ""},
    {"the only service with an alias", c,
     "x-i: &i redis\nservices:\n  # imglint ignore=missing-tag\n  a:\n    image: *i\n", ""},
    {"one of two services that merge it", c,
     "x-a: &a\n  image: redis\nservices:\n  # imglint ignore=missing-tag\n  a: {<<: *a}\n  b: {<<: *a}\n",
     "2:missing-tag\n4:unused-suppression there is no finding of 'missing-tag' here to silence; others use "
     "what stands in line 2, too: put the comment there\n"},
    {"a service that merges another", c,
     "services:\n  a: &a\n    image: redis\n  # imglint ignore=missing-tag\n  b: {<<: *a}\n",
     "3:missing-tag\n4:unused-suppression there is no finding of 'missing-tag' here to silence; others use "
     "what stands in line 3, too: put the comment there\n"},
    {"a service that merges and says its own", c,
     "x-a: &a\n  image: redis\nservices:\n  # imglint ignore=missing-tag\n  a: {<<: *a, image: "
     "'nginx:1.27'}\n"
     "  b: {<<: *a}\n",
     "2:missing-tag\n4:unused-suppression there is no finding of 'missing-tag' here to silence\n"},
    {"a key of a service is no service", c,
     "services:\n  a:\n    # imglint ignore=missing-tag\n    build:\n      dockerfile_inline: |\n        "
     "FROM nginx\n",
     "3:unused-suppression there is no finding of 'missing-tag' here to silence, but in line 6: put the "
     "comment there, or write 'ignore-file=missing-tag'\n6:missing-tag\n"},
    {"a comment above an inlined Dockerfile is not inside of it", c,
     "services:\n  a:\n    build:\n      # imglint ignore=missing-tag\n      dockerfile_inline: |\n"
     "        FROM nginx\n",
     "4:unused-suppression there is no finding of 'missing-tag' here to silence, but in line 6: put the "
     "comment there, or write 'ignore-file=missing-tag'\n6:missing-tag\n"},
    {"a comment above all jobs is about their line", w,
     "on: push\n# imglint ignore=latest-tag\njobs:\n  a:\n    runs-on: x\n    container: nginx:latest\n",
     "2:unused-suppression there is no finding of 'latest-tag' here to silence, but in line 6: put the "
     "comment there, or write 'ignore-file=latest-tag'\n6:latest-tag\n"},
};

TEST(SuppressionPlaces, AreTold) {
  expect_all(place_cases,
             [](std::string_view file, std::string_view text) { return silenced_findings(file, text); });
}

}  // namespace
}  // namespace imglint::test
