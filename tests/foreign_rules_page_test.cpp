// docs/from-other-tools.md names the same rules as the table that suppression comments are read by.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "policy/compat.hpp"
#include "rules/index.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

/// What stands between backticks in a cell.
std::set<std::string> names_in(const std::string& cell) {
  std::set<std::string> names;
  const auto parts = split(cell, '`');
  for (std::size_t index = 1; index < parts.size(); index += 2) names.insert(parts[index]);
  return names;
}

TEST(ForeignRulesPage, EveryRowIsTrue) {
  const std::string page = read_repository_file("docs/from-other-tools.md");
  std::size_t rows = 0;
  for (const char* tool : {"hadolint", "dclint", "there", "check"}) {
    for (const auto& row : markdown_table(page, tool)) {
      for (std::string name : split(row[0], ',')) {
        name = std::string(trim(name));
        std::erase(name, '`');
        std::set<std::string> ours;
        for (const std::string_view rule : rules_for_foreign(name)) ours.emplace(rule);
        EXPECT_EQ(names_in(row[1]), ours) << name;
        ++rows;
      }
    }
  }
  EXPECT_GE(rows, 22U);
}

}  // namespace
}  // namespace imglint::test
