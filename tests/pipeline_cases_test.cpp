// Pipelines, devcontainers, bake files, units and command lines (docs/spec/pipelines.md): the cases of
// fixtures/conformance/kinds-ci.jsonl and fixtures/pipelines/, and the real files that IMGLINT_KINDS_CORPUS
// names.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"
#include "tests/support/kind_cases.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Rows = ListedRows;

/// Moves that the vectors' own mapping makes and the laws of retarget do not allow: two images that are
/// pulled would get one name (docs/spec/retarget.md 6.6).
const std::set<std::string>& collisions() {
  static const std::set<std::string> names = {"sh-copy"};
  return names;
}

std::vector<Json> sorted(const Json& row, const char* key) {
  std::vector<Json> values;
  if (row.contains(key)) values = row.at(key).get<std::vector<Json>>();
  std::sort(values.begin(), values.end());
  return values;
}

/// What differs between a reference as it must be and as it is found, a line each.
std::string differences_of(const Json& want, const Json& found) {
  std::string text;
  const auto complain = [&](const char* key, const Json& is) {
    text += brief(want) + ": " + key + " is " + is.dump() + "\n";
  };
  for (const auto& [field, key] :
       {std::pair{"value", "value"}, std::pair{"kind", "dialect"}, std::pair{"confidence", "confidence"},
        std::pair{"class", "kind"}, std::pair{"values", "values"}, std::pair{"path", "path"}})
    if (want.contains(field) && found.value(key, Json()) != want.at(field))
      complain(key, found.value(key, Json()));
  if ((found.at("editable") == true) != (want.at("editable") == true))
    complain("editable", found.at("editable"));
  if (sorted(found, "uses") != sorted(want, "uses")) complain("uses", found.value("uses", Json()));
  return text;
}

/// The same of all references of one file. Those of other specifications are passed over.
std::string differences(const Json& wanted, std::vector<Json> found) {
  std::string text;
  for (const Json& want : wanted) {
    const auto same = std::find_if(found.begin(), found.end(), [&](const Json& row) {
      return row.at("start") == want.at("start") && row.at("end") == want.at("end") &&
             row.at("role") == want.at("role");
    });
    if (same == found.end()) {
      text += "missing " + brief(want) + "\n";
      continue;
    }
    text += differences_of(want, *same);
    found.erase(same);
  }
  for (const Json& row : found)
    if (row.at("dialect") != "dockerfile" && row.at("dialect") != "compose")
      text += "unexpected " + brief(row) + "\n";
  return text;
}

std::vector<std::string> words(const char* command, const Json& options) {
  std::vector<std::string> words = {command};
  for (const Json& word : options) words.push_back(word);
  return words;
}

void check_listing(const Json& one) {
  MemoryFileSystem disk;
  lay_out(one.at("files"), disk);
  auto command = words("list", one.value("options", Json::array()));
  command.insert(command.end(), {"--format", "jsonl", "."});
  const ProgramRun done = run_program_in(disk, command);
  EXPECT_EQ(done.code, one.value("trouble", false) ? 1 : 0) << done.err;
  Rows rows = listed_rows(done.out);
  std::map<std::string, Json> wanted;
  for (const Json& row : one.at("expected")) wanted[row.at("file")].push_back(row);
  for (const auto& [name, bytes] : one.at("files").items()) {
    EXPECT_EQ(differences(wanted.contains(name) ? wanted[name] : Json::array(), rows[name]), "") << name;
    EXPECT_EQ(disk.bytes(name), bytes.get<std::string>()) << "listing changes nothing";
  }
}

void check_move(const Json& one, const Json& move) {
  MemoryFileSystem disk;
  lay_out(one.at("files"), disk);
  auto command = words("retarget", move.at("options"));
  command.emplace_back(".");
  const ProgramRun done = run_program_in(disk, command);
  if (collisions().contains(one.at("name"))) {
    EXPECT_EQ(done.code, 2);
    EXPECT_NE(done.err.find("[collision]"), std::string::npos) << done.err;
    return;
  }
  const Json& after = move.contains("files") ? move.at("files") : one.at("files");
  const auto expect_files = [&](const char* when) {
    for (const auto& [name, bytes] : after.items())
      EXPECT_EQ(disk.bytes(name), bytes.get<std::string>()) << name << ", " << when;
  };
  expect_files("after the move");
  std::map<std::string, std::size_t> refused;
  for (const Json& row : move.value("refused", Json::array()))
    ++refused["[" + row.at("kind").get<std::string>() + "]"];
  for (const auto& [kind, count] : refused) {
    std::size_t found = 0;
    for (auto at = done.err.find(kind); at != done.err.npos; at = done.err.find(kind, at + 1)) ++found;
    EXPECT_GE(found, count) << kind << " in " << done.err;
  }
  EXPECT_TRUE(refused.empty() || done.code == 1) << done.err;
  EXPECT_LE(done.code, 1) << done.err;
  (void)run_program_in(disk, command);
  expect_files("after a second move");
}

class PipelineCases : public testing::TestWithParam<Json> {};

TEST_P(PipelineCases, AreListedAndMovedAsTheyMustBe) {
  const Json& one = GetParam();
  check_listing(one);
  if (one.contains("retarget"))
    for (const Json& move : one.at("retarget")) {
      SCOPED_TRACE(move.at("options").dump());
      check_move(one, move);
    }
}

INSTANTIATE_TEST_SUITE_P(All, PipelineCases,
                         testing::ValuesIn(kind_cases("kinds-ci.jsonl", "fixtures/pipelines")),
                         [](const auto& one) { return test_name(one.param); });

TEST(PipelineCorpus, IsListedAsItWasLabelled) {
  MemoryFileSystem disk;
  const std::vector<LabelledFile> files = labelled_files("pipelines", disk);
  if (std::getenv("IMGLINT_KINDS_CORPUS") == nullptr) GTEST_SKIP() << "IMGLINT_KINDS_CORPUS names no folder";
  ASSERT_FALSE(files.empty());
  Rows rows =
      listed_rows(run_program_in(disk, {"list", "--format", "jsonl", "--include", "scripts,docs", "."}).out);
  for (const LabelledFile& file : files)
    EXPECT_EQ(differences(file.expected, rows[file.path]), "") << file.path;
}

}  // namespace
}  // namespace imglint::test
