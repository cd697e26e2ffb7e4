// The examples of every rule: what is marked is reported, nothing else is, and fixes are what the rule
// declares.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "output/pages/marked_text.hpp"
#include "output/pages/rules.hpp"
#include "rules/index.hpp"
#include "tests/support/check_run.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

class RuleExamples : public ::testing::TestWithParam<const Rule*> {};

std::vector<Finding> findings_of(const CheckRun& run, std::string_view rule) {
  std::vector<Finding> found;
  for (const Finding& finding : run.result.findings)
    if (finding.rule == rule) found.push_back(finding);
  return found;
}

std::unique_ptr<CheckRun> run_example(const Example& example) {
  return check_texts({{std::string(example.file), without_marks(example.text).text}},
                     policy_of(example.config, example.lock));
}

TEST_P(RuleExamples, AreReportedWhereMarkedAndNowhereElse) {
  const RuleInfo& info = GetParam()->info;
  for (const Example& example : info.examples) {
    const auto run = run_example(example);
    std::vector<std::string> wanted, found;
    for (const MarkedText::Mark& mark : without_marks(example.text).marks)
      wanted.push_back(std::to_string(mark.begin) + "-" + std::to_string(mark.end));
    for (const Finding& finding : findings_of(*run, info.name))
      found.push_back(std::to_string(finding.place.span.begin) + "-" +
                      std::to_string(finding.place.span.end));
    EXPECT_EQ(found, wanted) << info.name << "\n" << example.text << "\n" << run->dump();
  }
}

TEST_P(RuleExamples, HaveTheFixesThatTheRuleDeclares) {
  const RuleInfo& info = GetParam()->info;
  std::set<Fixability> offered;
  for (const Example& example : info.examples) {
    const auto run = run_example(example);
    for (const Finding& finding : findings_of(*run, info.name)) {
      if (!finding.fix) continue;
      offered.insert(finding.fix->safety == Safety::safe     ? Fixability::safe
                     : finding.fix->safety == Safety::unsafe ? Fixability::unsafe
                                                             : Fixability::suggestion);
      EXPECT_FALSE(finding.fix->title.empty());
      for (const Edit& edit : finding.fix->edits)
        EXPECT_NE(edit.source->text(edit.span), edit.text) << "an edit that changes nothing";
    }
  }
  if (info.fixability == Fixability::none) {
    EXPECT_TRUE(offered.empty()) << info.name;
  } else {
    EXPECT_TRUE(offered.count(info.fixability)) << info.name << " shows no example of its fix";
    EXPECT_EQ(*std::max_element(offered.begin(), offered.end()), info.fixability) << info.name;
  }
}

TEST_P(RuleExamples, ShowBothSidesAndTheRuleSaysWhatItIs) {
  const RuleInfo& info = GetParam()->info;
  const std::set<std::string_view> known = {"Dockerfile", "compose.yaml",       "values.yaml",
                                            "pod.yaml",   "kustomization.yaml", ".github/workflows/ci.yml"};
  bool flags = false, passes = false;
  for (const Example& example : info.examples) {
    EXPECT_TRUE(known.contains(example.file)) << example.file;
    (without_marks(example.text).marks.empty() ? passes : flags) = true;
  }
  EXPECT_TRUE(flags && passes) << info.name;
  EXPECT_FALSE(info.summary.empty() || info.why.empty());
  EXPECT_TRUE(info.summary.ends_with('.')) << info.summary;
  EXPECT_TRUE(std::all_of(info.name.begin(), info.name.end(),
                          [](char c) { return c == '-' || (c >= 'a' && c <= 'z'); }));
  EXPECT_EQ(find_rule(info.name), GetParam());
  std::set<std::string_view> options;
  for (const OptionInfo& option : info.options) {
    EXPECT_TRUE(options.insert(option.name).second) << option.name;
    EXPECT_FALSE(option.doc.empty()) << option.name;
    EXPECT_EQ(option.type == OptionType::choice, !option.choices.empty()) << option.name;
    EXPECT_EQ(option.type == OptionType::table_list, !option.columns.empty()) << option.name;
    for (const ColumnInfo& column : option.columns) {
      EXPECT_FALSE(column.doc.empty()) << column.name;
      EXPECT_NE(column.type, OptionType::choice) << column.name;
      EXPECT_NE(column.type, OptionType::table_list) << column.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, RuleExamples, ::testing::ValuesIn(all_rules().begin(), all_rules().end()),
                         [](const ::testing::TestParamInfo<const Rule*>& parameter) {
                           std::string name(parameter.param->info.name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Catalogue, RulesOfAGroupHaveRanksOfTheirOwn) {
  std::set<std::pair<std::string_view, int>> ranks;
  for (const Rule* rule : all_rules()) {
    if (rule->group.empty()) continue;
    EXPECT_TRUE(ranks.emplace(rule->group, rule->rank).second) << rule->info.name;
  }
}

TEST(Catalogue, IsSortedByNameAndEachRuleStandsInTheSpec) {
  const std::string spec = read_repository_file("docs/spec/rules.md");
  std::string_view last;
  for (const Rule* rule : all_rules()) {
    EXPECT_LT(last, rule->info.name);
    last = rule->info.name;
    EXPECT_NE(spec.find("`" + std::string(rule->info.name) + "`"), std::string::npos) << rule->info.name;
  }
  EXPECT_FALSE(all_rules().empty());
  EXPECT_EQ(find_rule("no-such-rule"), nullptr);
}

}  // namespace
}  // namespace imglint::test
