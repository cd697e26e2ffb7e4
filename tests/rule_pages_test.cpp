// docs/rules.md is made from the rules; this fails when it is stale and says how to renew it.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "output/pages/marked_text.hpp"
#include "output/pages/rules.hpp"
#include "rules/index.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

TEST(RulePages, DocsAreUpToDate) {
  std::string page;
  write_rules_markdown(all_rule_infos(), page);
  EXPECT_TRUE(page == read_repository_file("docs/rules.md"))
      << "docs/rules.md is stale; renew it: " << program_path()
      << " explain --all --format markdown > docs/rules.md";
}

TEST(RulePages, UnderlineWhatIsMarked) {
  const MarkedText marked = without_marks("a ⟦b⟧\n⟦cd⟧e\n");
  EXPECT_EQ(marked.text, "a b\ncde\n");
  ASSERT_EQ(marked.marks.size(), 2u);
  EXPECT_EQ(marked.marks[0].begin, 2u);
  EXPECT_EQ(marked.marks[0].end, 3u);
  EXPECT_EQ(marked.marks[1].begin, 4u);
  EXPECT_EQ(marked.marks[1].end, 6u);
  std::string text;
  constexpr Example examples[] = {{.file = "Dockerfile", .text = "FROM ⟦a⟧\n", .note = "why"}};
  write_rule_text({.name = "x", .summary = "S.", .why = "W.", .examples = examples}, text);
  const std::size_t silence = text.find("\n  Silence it\n");
  ASSERT_NE(silence, text.npos);
  EXPECT_EQ(text.substr(silence), "\n  Silence it\n" + how_to_silence("x", "    "));
  EXPECT_EQ(text.substr(0, silence),
            "x\n\n  S.\n\n  W.\n\n  severity: warning\n  fix: none\n\n  Examples\n"
            "    Dockerfile, reported: why\n      FROM a\n           ^\n");
}

TEST(RulePages, EveryWayToSilenceIsShownWithAnExample) {
  const std::string text = how_to_silence("latest-tag", "");
  for (const char* example :
       {"# imglint ignore=latest-tag until=2027-01-31 why\n", "# imglint ignore=* why\n",
        "exceptions: [{images: [redis], rules: [latest-tag]}]\n", "rules: {latest-tag: off}\n"})
    EXPECT_NE(text.find(example), text.npos) << text;
}

TEST(RulePages, JsonHoldsEveryRule) {
  std::string text;
  write_rules_json(all_rule_infos(), text);
  const auto json = nlohmann::json::parse(text);
  ASSERT_EQ(json.size(), all_rules().size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    EXPECT_EQ(json[i]["name"], std::string(all_rules()[i]->info.name));
    EXPECT_FALSE(json[i]["examples"].empty());
    for (const auto& example : json[i]["examples"])
      EXPECT_EQ(example["text"].get<std::string>().find("⟦"), std::string::npos);
  }
}

}  // namespace
}  // namespace imglint::test
