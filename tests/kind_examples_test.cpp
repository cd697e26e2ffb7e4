// The examples of every kind of file: what is marked is found, nothing else is.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/index.hpp"
#include "output/pages/marked_text.hpp"

namespace imglint::test {
namespace {

class KindExamples : public ::testing::TestWithParam<const KindInfo*> {};

std::string range_text(std::uint32_t begin, std::uint32_t end) {
  return std::to_string(begin) + "-" + std::to_string(end);
}

TEST_P(KindExamples, AreFoundWhereMarkedAndNowhereElse) {
  const KindInfo& kind = *GetParam();
  ASSERT_FALSE(kind.examples.empty());
  for (const KindExample& example : kind.examples) {
    const MarkedText marked = without_marks(example.text);
    std::vector<std::string> wanted, found;
    for (const MarkedText::Mark& mark : marked.marks) wanted.push_back(range_text(mark.begin, mark.end));
    const Source source(std::string(example.path), marked.text);
    ReadOptions options;
    if (!example.place.empty()) options.places.push_back({.path = std::string(example.place)});
    const auto document = kind.read(source, options);
    for (const ImageUse& use : document->uses) {
      found.push_back(range_text(use.span.begin, use.span.end));
      EXPECT_TRUE(std::find(kind.roles.begin(), kind.roles.end(), use.role) != kind.roles.end())
          << use.role->name;
    }
    EXPECT_EQ(found, wanted) << example.text;
    EXPECT_FALSE(wanted.empty()) << example.text;
    EXPECT_TRUE(document->troubles.empty()) << document->troubles.front().message;
    EXPECT_EQ(document->kind, &kind);
  }
}

TEST_P(KindExamples, AreTakenForTheirKindByTheirText) {
  const KindInfo& kind = *GetParam();
  if (kind.looks_like == nullptr) GTEST_SKIP() << "its texts look like those of another kind";
  for (const KindExample& example : kind.examples)
    EXPECT_EQ(kind_of_text(without_marks(example.text).text).name, kind.name) << example.text;
}

TEST_P(KindExamples, TheKindSaysWhatItIs) {
  const KindInfo& kind = *GetParam();
  EXPECT_EQ(find_kind(kind.name), &kind);
  EXPECT_TRUE(std::all_of(kind.name.begin(), kind.name.end(),
                          [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); }));
  EXPECT_TRUE(kind.summary.ends_with('.')) << kind.summary;
  EXPECT_FALSE(kind.title.empty() || kind.plural.empty() || kind.roles.empty());
  EXPECT_NE(kind.read, nullptr);
  std::set<std::string_view> seen;
  for (const auto patterns : {kind.names, kind.not_names, kind.given_names})
    for (const std::string_view pattern : patterns) {
      EXPECT_TRUE(seen.insert(pattern).second) << pattern;
      if (kind.case_counts) continue;  // of others any case matches, so one spelling is enough
      EXPECT_TRUE(std::none_of(pattern.begin(), pattern.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
          << pattern;
    }
}

INSTANTIATE_TEST_SUITE_P(All, KindExamples, ::testing::ValuesIn(all_kinds().begin(), all_kinds().end()),
                         [](const ::testing::TestParamInfo<const KindInfo*>& parameter) {
                           std::string name(parameter.param->name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(KindCatalogue, IsSortedByNameAndOneKindTakesTheRest) {
  std::string_view last;
  for (const KindInfo* kind : all_kinds()) {
    EXPECT_LT(last, kind->name);
    last = kind->name;
  }
  EXPECT_EQ(std::count_if(all_kinds().begin(), all_kinds().end(),
                          [](const KindInfo* kind) { return kind->takes_rest && kind->looks_like; }),
            1);
  EXPECT_EQ(find_kind("no-such-kind"), nullptr);
}

}  // namespace
}  // namespace imglint::test
