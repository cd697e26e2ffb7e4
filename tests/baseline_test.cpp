// Baselines: known findings are hidden by what they are about, whatever happens to lines, line ends and other
// files.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "check/baseline_json.hpp"
#include "output/reports/report.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

constexpr std::string_view dockerfile = "FROM nginx\nFROM redis:latest\nFROM nginx\n";
constexpr std::string_view compose = "services:\n  a: {image: \"quay.io/acme/x\"}\n";

class BaselineOfCheck : public ::testing::Test {
 protected:
  BaselineOfCheck() {
    files_.put("app/Dockerfile", std::string(dockerfile));
    files_.put("compose.yaml", std::string(compose));
  }
  ProgramRun run(std::vector<std::string> words) { return run_program_in(files_, words); }
  ProgramRun check() { return run({"check", ".", "--baseline", "known.json", "--format", "compact"}); }
  void write() {
    const ProgramRun written = run({"check", ".", "--write-baseline=known.json"});
    EXPECT_EQ(written.code, 0) << written.err;
    EXPECT_EQ(written.out, "");
  }
  MemoryFileSystem files_;
};

TEST_F(BaselineOfCheck, IsSortedAndOneLineAFinding) {
  write();
  EXPECT_EQ(files_.bytes("known.json"),
            "{\n"
            "  \"version\": 1,\n"
            "  \"findings\": [\n"
            "    {\"file\": \"app/Dockerfile\", \"rule\": \"latest-tag\", \"content\": "
            "\"docker.io/library/redis:latest\", \"count\": 1},\n"
            "    {\"file\": \"app/Dockerfile\", \"rule\": \"missing-tag\", \"content\": "
            "\"docker.io/library/nginx\", \"count\": 2},\n"
            "    {\"file\": \"compose.yaml\", \"rule\": \"missing-tag\", \"content\": \"quay.io/acme/x\", "
            "\"count\": 1}\n"
            "  ]\n"
            "}\n");
  const std::string first = files_.bytes("known.json");
  write();
  EXPECT_EQ(files_.bytes("known.json"), first);
}

TEST_F(BaselineOfCheck, IsToldHowToKeepItUnlessTheRunKnowsOne) {
  const std::string told =
      ".imglint-baseline.json: note: wrote 4 findings to the baseline\n"
      "  hint: the line 'baseline: .imglint-baseline.json' in .imglint.yaml has each run and the editor hide "
      "them\n";
  const ProgramRun first = run({"check", ".", "--write-baseline"});
  EXPECT_NE(first.err.find(told), std::string::npos) << first.err;
  files_.put(".imglint.yaml", "baseline: .imglint-baseline.json\n");
  EXPECT_EQ(run({"check", "."}).code, 0);
  const ProgramRun second = run({"check", ".", "--write-baseline"});
  EXPECT_NE(second.err.find("wrote 4 findings"), std::string::npos) << second.err;
  EXPECT_EQ(second.err.find("the line 'baseline"), std::string::npos) << second.err;
}

struct Change {
  std::string_view name;
  std::string_view path;
  std::string bytes;
  int shown;  ///< findings that are reported
  int stale;
};

std::string with_crlf(std::string_view text) {
  std::string result;
  for (const char byte : text) result += byte == '\n' ? std::string("\r\n") : std::string(1, byte);
  return result;
}

TEST_F(BaselineOfCheck, KnowsFindingsAfterChanges) {
  const Change changes[] = {
      {"nothing", "app/Dockerfile", std::string(dockerfile), 0, 0},
      {"lines in front", "app/Dockerfile", "# a\n\n# b\n" + std::string(dockerfile), 0, 0},
      {"other order", "app/Dockerfile", "FROM nginx\nFROM nginx\nFROM redis:latest\n", 0, 0},
      {"line ends", "app/Dockerfile", with_crlf(dockerfile), 0, 0},
      {"line ends of YAML", "compose.yaml", with_crlf(compose), 0, 0},
      {"byte order mark", "compose.yaml", "\xEF\xBB\xBF" + std::string(compose), 0, 0},
      {"other style", "compose.yaml", "services:\n  b:\n    image: >-\n      quay.io/acme/x\n", 0, 0},
      {"another file", "web/Dockerfile", "FROM nginx\n", 1, 0},
      {"one more", "app/Dockerfile", std::string(dockerfile) + "FROM nginx\n", 1, 0},
      {"two more", "app/Dockerfile", std::string(dockerfile) + "FROM nginx\nFROM nginx\n", 2, 0},
      {"one less", "app/Dockerfile", "FROM nginx\nFROM redis:latest\n", 0, 1},
      {"another image", "app/Dockerfile", "FROM nginx\nFROM redis:latest\nFROM httpd\n", 1, 1},
      {"all repaired", "app/Dockerfile", "FROM nginx:1.27\n", 0, 2},
  };
  for (const Change& change : changes) {
    files_ = MemoryFileSystem();
    files_.put("app/Dockerfile", std::string(dockerfile));
    files_.put("compose.yaml", std::string(compose));
    write();
    files_.put(std::string(change.path), change.bytes);
    const ProgramRun result = check();
    EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), change.shown) << change.name << "\n"
                                                                                    << result.out;
    EXPECT_EQ(result.code, change.shown == 0 ? 0 : 1) << change.name;
    const std::string stale = std::to_string(change.stale) + (change.stale == 1 ? " entry" : " entries") +
                              " of the baseline found no more";
    EXPECT_EQ(result.err.find(stale) != std::string::npos, change.stale != 0) << result.err;
    EXPECT_EQ(result.err.find("found no more") != std::string::npos, change.stale != 0) << result.err;
  }
}

TEST_F(BaselineOfCheck, HoldsInEveryFormat) {
  write();
  for (const ReportFormat& format : report_formats()) {
    const std::string name(format.name);
    const ProgramRun hidden = run({"check", ".", "--baseline", "known.json", "--format", name});
    EXPECT_EQ(hidden.code, 0) << name;
    EXPECT_EQ(hidden.out.find("means whatever"), std::string::npos) << name;
    EXPECT_NE(hidden.err.find("4 hidden by the baseline"), std::string::npos) << hidden.err;
    EXPECT_EQ(run({"check", ".", "--format", name}).code, 1) << name;
  }
}

TEST_F(BaselineOfCheck, NamesFilesFromItsOwnFolder) {
  files_.put("sub/known.json", "{\"version\": 1, \"findings\": []}\n");
  EXPECT_EQ(run({"check", "app", "./compose.yaml", "--write-baseline=sub/known.json"}).code, 0);
  EXPECT_NE(files_.bytes("sub/known.json").find("\"../app/Dockerfile\""), std::string::npos)
      << files_.bytes("sub/known.json");
  EXPECT_EQ(run({"check", "./app//Dockerfile", "--baseline", "./sub/known.json"}).code, 0);
}

TEST_F(BaselineOfCheck, ARunOverAPartLeavesTheRestKnown) {
  write();
  const std::string all = files_.bytes("known.json");
  const ProgramRun part = run({"check", "app", "--baseline", "known.json"});
  EXPECT_EQ(part.code, 0) << part.out;
  EXPECT_EQ(part.err.find("found no more"), std::string::npos) << part.err;
  (void)run({"check", "app", "--write-baseline=known.json"});
  EXPECT_EQ(files_.bytes("known.json"), all);
  (void)run({"check", ".", "--select", "latest-tag", "--write-baseline=known.json"});
  EXPECT_EQ(files_.bytes("known.json"), all);
  // Without a name of its own the file of --baseline is written.
  files_.put("app/Dockerfile", "FROM nginx:1.27\n");
  (void)run({"check", ".", "--baseline", "known.json", "--write-baseline"});
  EXPECT_EQ(files_.bytes("known.json").find("app/Dockerfile"), std::string::npos);
  EXPECT_EQ(files_.paths().size(), 3u);
}

struct Part {
  std::string_view name;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::vector<std::string>> parts;  ///< what runs over a part are given
};

/// What a run over a part did not see stays, where the entry's own file was read, too.
TEST_F(BaselineOfCheck, ARunOverAPartKeepsWhatOtherFilesGiveReasonFor) {
  const std::string of_variable = "services: {a: {image: \"${T}\"}}\n";
  const Part parts[] = {
      {"environment file beside",
       {{"compose.yaml", of_variable}, {".env", "T=perl\n"}, {"Dockerfile", "FROM nginx\n"}},
       {{"Dockerfile"}}},
      {"configured environment file",
       {{"compose.yaml", of_variable},
        {"prod.env", "T=perl\n"},
        {"Dockerfile", "FROM nginx\n"},
        {".imglint.yaml", "env-files: prod.env\n"}},
       {{"Dockerfile"}}},
      {"environment file of another compose file",
       {{"compose.yaml", of_variable},
        {".env", "T=perl\n"},
        {"compose.dev.yaml", "services: {b: {image: 'a:1.2.3'}}\n"}},
       {{"compose.dev.yaml"}}},
      {"argument for a Dockerfile",
       {{"compose.yaml", "services: {a: {build: {context: api, args: {V: latest}}}}\n"},
        {"api/Dockerfile", "ARG V\nFROM nginx:${V}\n"}},
       {{"compose.yaml"}, {"api/Dockerfile"}, {"api"}}},
      {"argument for what the Dockerfile judges",
       {{"compose.yaml", "services: {a: {build: {context: api, args: {V: ''}}}}\n"},
        {"api/Dockerfile", "ARG V=:1.2.3\nFROM nginx${V}\n"}},
       {{"compose.yaml"}, {"api/Dockerfile"}}},
      {"rule that compares files",
       {{"a/Dockerfile", "FROM nginx:1.2.3\n"},
        {"b/Dockerfile", "FROM nginx:1.2.4\n"},
        {".imglint.yaml", "rules: {version-drift: warning}\n"}},
       {{"a"}, {"b/Dockerfile"}}},
  };
  for (const Part& part : parts) {
    files_ = MemoryFileSystem();
    for (const auto& [path, bytes] : part.files) files_.put(path, bytes);
    write();
    const std::string all = files_.bytes("known.json");
    EXPECT_NE(all.find("\"rule\""), std::string::npos) << part.name;
    for (const std::vector<std::string>& paths : part.parts) {
      std::vector<std::string> words{"check", "--baseline", "known.json"};
      words.insert(words.end(), paths.begin(), paths.end());
      const ProgramRun looked = run(words);
      EXPECT_EQ(looked.err.find("found no more"), std::string::npos) << part.name << "\n" << looked.err;
      words.emplace_back("--write-baseline");
      (void)run(words);
      EXPECT_EQ(files_.bytes("known.json"), all) << part.name << " " << paths.front();
    }
  }
}

/// What can only come from the file itself is told when it is no more.
TEST_F(BaselineOfCheck, ARunOverAPartTellsWhatIsMendedInIt) {
  write();
  files_.put("app/Dockerfile", "FROM nginx:1.27\nFROM redis:7.4.1\n");
  const ProgramRun part = run({"check", "app/Dockerfile", "--baseline", "known.json"});
  EXPECT_NE(part.err.find("2 entries of the baseline found no more"), std::string::npos) << part.err;
  (void)run({"check", "app/Dockerfile", "--baseline", "known.json", "--write-baseline"});
  EXPECT_EQ(files_.bytes("known.json").find("app/Dockerfile"), std::string::npos);
  EXPECT_NE(files_.bytes("known.json").find("compose.yaml"), std::string::npos);
}

/// All is walked, from wherever the run is started: an environment file has no other users.
TEST_F(BaselineOfCheck, ARunOverAllTellsWhatIsMendedInAnEnvironmentFile) {
  files_.put("compose.yaml", "services: {a: {image: \"${T}\"}}\n");
  files_.put(".env", "T=perl\n");
  write();
  files_.put(".env", "T=perl:5.40.0\n");
  EXPECT_NE(check().err.find("1 entry of the baseline found no more"), std::string::npos);
}

TEST_F(BaselineOfCheck, AnEntryOfAFileThatIsNoMoreIsStale) {
  write();
  const ProgramRun gone = run({"check", "compose.yaml", "--baseline", "known.json", "--stats"});
  EXPECT_EQ(gone.err.find("found no more"), std::string::npos) << gone.err;
  (void)files_.remove("app/Dockerfile");
  const ProgramRun stale = run({"check", "compose.yaml", "--baseline", "known.json", "--stats"});
  EXPECT_EQ(stale.code, 0);
  EXPECT_NE(stale.err.find("in the baseline, found no more: app/Dockerfile: latest-tag: "
                           "docker.io/library/redis:latest\n"),
            std::string::npos)
      << stale.err;
}

TEST_F(BaselineOfCheck, KnownFindingsAreNotFixed) {
  files_.put("app/Dockerfile", "FROM k8s.gcr.io/pause:3.9\n");
  write();
  files_.put("app/Dockerfile", "FROM k8s.gcr.io/pause:3.9\nFROM k8s.gcr.io/pause:3.8\n");
  EXPECT_EQ(run({"check", ".", "--baseline", "known.json", "--fix"}).code, 0);
  EXPECT_EQ(files_.bytes("app/Dockerfile"), "FROM k8s.gcr.io/pause:3.9\nFROM registry.k8s.io/pause:3.8\n");
}

TEST_F(BaselineOfCheck, IsReplacedInOneStep) {
  write();
  const std::string before = files_.bytes("known.json");
  files_.put("app/Dockerfile", "FROM httpd\n");
  write();
  bool renamed = false;
  for (const std::string& call : files_.writes())
    renamed |= call.starts_with("rename ") && call.ends_with("known.json");
  EXPECT_TRUE(renamed);
  EXPECT_NE(files_.bytes("known.json"), before);
}

TEST_F(BaselineOfCheck, AFaultyFileIsAClearErrorAndNothingIsJudged) {
  struct Case {
    std::string_view bytes;
    std::string_view message;
  };
  const Case cases[] = {
      {"x", "known.json:1:1: error: this is no baseline of imglint: it is no JSON"},
      {"{\n  \"version\": 1,\n  \"findings\": [\n<<<<<<< ours\n", "known.json:4:1: error:"},
      {"[]", "it is no object"},
      {"{}", "it has no 'version'"},
      {"{\"version\": \"1.2\"}", "it has no 'version'"},
      {"{\"version\": 2, \"findings\": []}", "its version is 2, this program knows 1"},
      {"{\"version\": 1}", "it has no list 'findings'"},
      {"{\"version\": 1, \"findings\": [1]}", "entry 1: it is no object"},
      {"{\"version\": 1, \"findings\": [{\"file\": \"a\", \"rule\": \"b\", \"count\": 1}]}",
       "entry 1: 'content' must be a text"},
      {"{\"version\": 1, \"findings\": [{\"file\": \"a\", \"rule\": \"b\", \"content\": \"c\", \"count\": "
       "0}]}",
       "entry 1: 'count' must be a whole number above zero"},
      {"{\"version\": 1, \"findings\": [{\"file\": \"a\", \"rule\": \"b\", \"content\": \"c\", \"count\": 1, "
       "\"lines\": 3}]}",
       "entry 1: unknown key 'lines'"},
  };
  for (const Case& test : cases) {
    files_.put("known.json", std::string(test.bytes));
    const ProgramRun result = check();
    EXPECT_EQ(result.code, 2) << test.bytes;
    EXPECT_EQ(result.out, "") << test.bytes;
    EXPECT_NE(result.err.find(test.message), std::string::npos) << test.bytes << "\n" << result.err;
    // It is not written over either: somebody would miss it.
    EXPECT_EQ(run({"check", ".", "--write-baseline=known.json"}).code, 2);
    EXPECT_EQ(files_.bytes("known.json"), test.bytes);
  }
  EXPECT_EQ(run({"check", ".", "--baseline", "none.json"}).code, 2);
  EXPECT_EQ(run({"check", ".", "--write-baseline=none/known.json"}).code, 2);
  EXPECT_EQ(run({"check", ".", "--write-baseline", "--diff"}).code, 2);
}

TEST_F(BaselineOfCheck, AnEmptyFileIsWritten) {
  for (const std::string bytes : {"", "\n"}) {
    files_.put("known.json", bytes);
    const ProgramRun result = check();
    EXPECT_EQ(result.code, 2);
    EXPECT_NE(result.err.find("it is empty\n  hint: 'imglint check --write-baseline"), std::string::npos)
        << result.err;
    write();
    EXPECT_EQ(check().code, 0);
  }
}

TEST_F(BaselineOfCheck, OneOfAnotherVersionIsWrittenAgain) {
  for (const std::string bytes :
       {"{\"version\": 2}", "{\"version\": \"2\"}", "{\"version\": 2, \"rows\": {}}"}) {
    files_.put(".imglint-baseline.json", bytes);
    const ProgramRun result = run({"check", ".", "--baseline", ".imglint-baseline.json"});
    EXPECT_NE(result.err.find("this program knows 1\n  hint: 'imglint check --write-baseline' over all"),
              std::string::npos)
        << result.err;
    EXPECT_EQ(run({"check", ".", "--write-baseline"}).code, 0);
    EXPECT_NE(files_.bytes(".imglint-baseline.json"), bytes);
  }
}

TEST_F(BaselineOfCheck, ProposesNoStepsThatFailOrAreDone) {
  std::string text;
  for (int i = 0; i < 31; ++i) text += "FROM nginx\n";
  files_.put("Dockerfile", text);
  const std::string steps = "To make this quiet";
  EXPECT_NE(run({"check"}).err.find(steps), std::string::npos);
  files_.put(".imglint.yaml", "baseline: .imglint-baseline.json\n");
  files_.put(".imglint-baseline.json", "{\"version\": 1, \"findings\": []}\n");
  EXPECT_EQ(run({"check", "--isolated"}).err.find(steps), std::string::npos);
  EXPECT_EQ(run({"check", "--no-baseline"}).err.find(steps), std::string::npos);
}

TEST(BaselineJson, ReadsWhatItWrites) {
  const Baseline baseline = {{{"a \"b\"", "rule", "c\nd\x01 \xE2\x82\xAC"}, 3}, {{"b", "rule", ""}, 1}};
  const auto read = read_baseline_json(baseline_json(baseline));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, baseline);
  EXPECT_EQ(*read_baseline_json(baseline_json({})), Baseline());
}

TEST(BaselineJson, TakesTheLargerCountOfAnEntryThatComesTwice) {
  const auto read = read_baseline_json(
      R"({"version": 1, "findings": [{"file": "a", "rule": "b", "content": "c", "count": 3},
                                     {"file": "a", "rule": "b", "content": "c", "count": 2}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (Baseline{{{"a", "b", "c"}, 3}}));
}

}  // namespace
}  // namespace imglint::test
