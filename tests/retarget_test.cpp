// imglint retarget over the conformance cases: what it writes, prints and leaves, and the laws on every case.
#include <regex>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"
#include "tests/support/retarget_case.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Words = std::vector<std::string>;

std::string file_name(const RetargetCase& one) {
  return one.kind == "compose" ? "compose.yaml" : "Dockerfile";
}

/// The kinds of the messages, in order.
std::vector<std::string> kinds(const std::string& errors) {
  static const std::regex kind(R"(error: .*\[([a-z-]+)\])");
  std::vector<std::string> result;
  for (std::sregex_iterator at(errors.begin(), errors.end(), kind), end; at != end; ++at)
    result.push_back((*at)[1]);
  return result;
}

/// A case's files in a memory of their own.
class Folder {
 public:
  explicit Folder(const RetargetCase& one) : case_(one) {
    if (one.kind != "reference") files_.put(file_name(one), one.source);
    for (const auto& [name, text] : one.files) files_.put(name, text);
  }

  ProgramRun run(const Words& more = {}) {
    Words words = {"retarget"};
    words.insert(words.end(), case_.options.begin(), case_.options.end());
    words.insert(words.end(), more.begin(), more.end());
    if (case_.kind == "reference")
      words.insert(words.end(), {"--reference", case_.source});
    else
      words.push_back(file_name(case_));
    return run_program_in(files_, words);
  }

  std::string text() const { return files_.bytes(file_name(case_)); }
  MemoryFileSystem& files() { return files_; }

 private:
  const RetargetCase& case_;
  MemoryFileSystem files_;
};

class RetargetCases : public ::testing::TestWithParam<RetargetCase> {
 protected:
  /// What the file must be after a run.
  static std::string wanted(const RetargetCase& one) { return one.expected.value_or(one.source); }
  static int wanted_code(const RetargetCase& one) {
    if (one.error.empty()) return one.unresolved.empty() ? 0 : 1;
    static const std::set<std::string> whole_run = {
        "usage", "bad-target", "bad-map", "conflicting-map", "not-idempotent", "blocked", "collision"};
    return whole_run.contains(one.error) ? 2 : 1;
  }
};

TEST_P(RetargetCases, GiveTheBytesTheKindsAndTheCode) {
  const RetargetCase& one = GetParam();
  Folder folder(one);
  const ProgramRun run = folder.run();
  EXPECT_EQ(run.code, wanted_code(one)) << run.err;
  if (one.kind == "reference") {
    EXPECT_EQ(run.out, one.expected ? *one.expected + "\n" : "");
  } else {
    EXPECT_EQ(folder.text(), wanted(one)) << run.err;
  }
  if (!one.error.empty()) {
    ASSERT_FALSE(kinds(run.err).empty()) << run.err;
    EXPECT_EQ(kinds(run.err).front(), one.error) << run.err;
  } else {
    EXPECT_EQ(kinds(run.err), one.unresolved) << run.err;
  }
  for (const auto& [name, text] : one.files) {
    const auto changed = one.expected_files.find(name);
    EXPECT_EQ(folder.files().bytes(name), changed == one.expected_files.end() ? text : changed->second);
  }
  EXPECT_TRUE(!one.expected_plan || run.out == *one.expected_plan) << run.out;
}

TEST_P(RetargetCases, ChangeNothingInASecondRun) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference") {
    if (!one.expected) return;
    RetargetCase again = one;
    again.source = *one.expected;
    EXPECT_EQ(Folder(again).run().out, *one.expected + "\n");
    return;
  }
  Folder folder(one);
  const ProgramRun first = folder.run();
  const std::size_t writes = folder.files().writes().size();
  const ProgramRun second = folder.run();
  EXPECT_EQ(folder.text(), wanted(one));
  EXPECT_EQ(folder.files().writes().size(), writes);
  EXPECT_EQ(second.code, first.code);
  EXPECT_EQ(kinds(second.err), kinds(first.err));
}

TEST_P(RetargetCases, ReportExactlyTheEditsThatMakeTheResult) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference" || one.expected_plan) return;
  Folder folder(one);
  const ProgramRun run = folder.run({"--dry-run", "--format", "json"});
  EXPECT_TRUE(folder.files().writes().empty());
  EXPECT_EQ(folder.text(), one.source);
  const auto json = nlohmann::json::parse(run.out);
  if (wanted_code(one) == 2) {
    EXPECT_EQ(json.at("error").at("kind"), one.error);
    return;
  }
  EXPECT_TRUE(json.at("error").is_null());
  std::map<std::string, std::string> texts = one.files;
  texts[file_name(one)] = one.source;
  const auto& edits = json.at("edits");
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    std::string& text = texts.at(edit->at("file"));
    const std::size_t start = edit->at("start");
    const std::size_t end = edit->at("end");
    EXPECT_EQ(text.substr(start, end - start), edit->at("old"));
    text.replace(start, end - start, edit->at("new").get<std::string>());
  }
  EXPECT_EQ(texts.at(file_name(one)), wanted(one));
  std::vector<std::string> unresolved;
  for (const auto& item : json.at("unresolved")) unresolved.push_back(item.at("kind"));
  EXPECT_EQ(unresolved, kinds(run.err));
}

TEST_P(RetargetCases, PrintADiffThatPatchTakes) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference" || one.expected_plan || wanted_code(one) == 2) return;
  Folder folder(one);
  const ProgramRun run = folder.run({"--diff"});
  EXPECT_TRUE(folder.files().writes().empty());
  const TemporaryFolder disk;
  disk.write(file_name(one), one.source);
  for (const auto& [name, text] : one.files) disk.write(name, text);
  if (!run.out.empty()) {
    disk.write("change.diff", run.out);
    run_in(disk.path(), {"patch", "--binary", "-s", "-p1", "-i", "change.diff"});
  }
  EXPECT_EQ(disk.read(file_name(one)), wanted(one)) << run.out;
  for (const auto& [name, text] : one.expected_files) EXPECT_EQ(disk.read(name), text);
}

TEST_P(RetargetCases, ComeBackByteForByte) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference" || wanted_code(one) == 2) return;
  Folder folder(one);
  const ProgramRun run = folder.run({"--lock", "moved.json"});
  if (folder.files().writes().empty()) return;  // nothing moved, no lock
  EXPECT_EQ(folder.text(), wanted(one));
  const ProgramRun back = run_program_in(folder.files(), {"retarget", "--revert", "moved.json"});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_EQ(folder.text(), one.source);
  for (const auto& [name, text] : one.files) EXPECT_EQ(folder.files().bytes(name), text);
}

TEST_P(RetargetCases, HitACheckIfAndOnlyIfSomethingIsToDo) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference" || one.expected_plan) return;
  Folder folder(one);
  const ProgramRun run = folder.run({"--check"});
  EXPECT_TRUE(folder.files().writes().empty());
  const bool to_do = wanted(one) != one.source || !one.expected_files.empty() || !one.unresolved.empty() ||
                     !one.error.empty();
  EXPECT_EQ(run.code, wanted_code(one) == 2 ? 2 : to_do ? 1 : 0);
}

TEST_P(RetargetCases, FilterStandardInput) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference" || one.expected_plan || wanted_code(one) == 2 || !one.expected_files.empty())
    return;
  MemoryFileSystem files;
  for (const auto& [name, text] : one.files) files.put(name, text);
  Words words = {"retarget", "--stdin-filename", file_name(one), "-"};
  words.insert(words.end(), one.options.begin(), one.options.end());
  const ProgramRun run = run_program_in(files, words, one.source);
  EXPECT_EQ(run.out, wanted(one)) << run.err;
  EXPECT_EQ(run.code, wanted_code(one));
  EXPECT_TRUE(files.writes().empty());
}

/// Rules that offer another registry make the same edits.
TEST_P(RetargetCases, AreFixedByARuleAsTheyAreMoved) {
  const RetargetCase& one = GetParam();
  if (one.kind == "reference") return;
  // A rule judges nothing that merging hides, and nothing whose expansion is an error.
  const std::set<std::string> not_judged = {"co-multi-merge", "df-required-tag", "co-required-tag",
                                            "co-required-tag-nc"};
  if (not_judged.contains(one.name)) return;
  const auto after = [&](const Words& words) {
    MemoryFileSystem files;
    files.put(file_name(one), one.source);
    for (const auto& [name, text] : one.files) files.put(name, text);
    files.put("mirrors.yaml", "rules:\n  mirror-bypass:\n    mirrors: [{from: docker.io, to: h.io/hub}]\n");
    (void)run_program_in(files, words);
    return files.bytes(file_name(one));
  };
  const std::string name = file_name(one);
  const std::string fixed = after(
      {"check", "--select", "mirror-bypass", "--config", "mirrors.yaml", "--fix", "--unsafe-fixes", name});
  EXPECT_EQ(fixed, after({"retarget", "--map", "docker.io=h.io/hub", "--include", "syntax", name}));
  EXPECT_TRUE(one.name != "df-simple" || fixed != one.source);
}

std::string test_name(const ::testing::TestParamInfo<RetargetCase>& param_info) {
  std::string name = param_info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Conformance, RetargetCases, ::testing::ValuesIn(retarget_cases()), test_name);
INSTANTIATE_TEST_SUITE_P(Own, RetargetCases, ::testing::ValuesIn(retarget_cases(own_retarget_cases)),
                         test_name);

TEST(Retarget, RunsAllConformanceCases) { EXPECT_EQ(retarget_cases().size(), 171U); }

}  // namespace
}  // namespace imglint::test
