// fixtures/check/<rule>: files that are wrong and files that are right, and what the rule says of them, as
// users see it.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "output/reports/report.hpp"
#include "rules/index.hpp"
#include "tests/support/check_run.hpp"
#include "tests/support/fix_laws.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/whole_report.hpp"

namespace imglint::test {
namespace {

class RuleFixtures : public ::testing::TestWithParam<const Rule*> {
 protected:
  std::string folder() const { return "fixtures/check/" + std::string(GetParam()->info.name); }

  std::vector<NamedText> files() const {
    std::vector<NamedText> files;
    for (const RepositoryFile& file :
         repository_files(folder(), {"Dockerfile", "compose.yaml", "workflows/ci.yml", "values.yaml",
                                     "pod.yaml", "kustomization.yaml"}))
      files.push_back({file.path.substr(folder().size() + 1), file.text});
    std::sort(files.begin(), files.end(),
              [](const NamedText& a, const NamedText& b) { return a.path < b.path; });
    return files;
  }

  Policy policy() const {
    const std::string path = folder() + "/.imglint.yaml";
    const auto text_of = [](const std::string& name) {
      return std::filesystem::exists(source_folder() / name) ? read_repository_file(name) : "";
    };
    return policy_of(text_of(path), text_of(folder() + "/imglint.lock"));
  }
};

TEST_P(RuleFixtures, SayWhatIsWrongAndNothingOfWhatIsRight) {
  const auto run = check_texts(files(), policy());
  std::vector<Finding> mine;
  for (const Finding& finding : run->result.findings)
    if (finding.rule == GetParam()->info.name) mine.push_back(finding);
  for (const NamedText& file : files()) {
    const auto count = std::count_if(mine.begin(), mine.end(), [&](const Finding& finding) {
      return finding.place.source->path() == file.path;
    });
    EXPECT_EQ(count > 0, file.path.starts_with("wrong")) << file.path << "\n" << run->dump();
  }
  const std::string text = whole_report(report::text, {.findings = mine, .rules = all_rule_infos()});
  expect_golden(text, folder() + "/expected.txt");
}

TEST_P(RuleFixtures, KeepTheLawsOfFixes) {
  for (const NamedText& file : files()) {
    SCOPED_TRACE(file.path);
    expect_fix_laws_in_all_forms({file}, policy());
  }
}

INSTANTIATE_TEST_SUITE_P(All, RuleFixtures, ::testing::ValuesIn(all_rules().begin(), all_rules().end()),
                         [](const ::testing::TestParamInfo<const Rule*>& parameter) {
                           std::string name(parameter.param->info.name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace imglint::test
