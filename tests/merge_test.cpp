// `imglint merge`: reports of many runs become one, nothing lost and nothing twice.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "source/disk_file_system.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using nlohmann::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Words = std::vector<std::string>;

/// Two repositories with something to find, twice the same in one file, and one that is clean.
MemoryFileSystem shop() {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM nginx\nFROM redis:latest\nFROM nginx\n");
  files.put("api/Dockerfile", "FROM docker.io/library/node\n");
  return files;
}
MemoryFileSystem tools() {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM nginx\n");
  files.put("compose.yaml", "services: {a: {labels: [\xC3\xBC], image: golang:latest}}\n");
  return files;
}
MemoryFileSystem clean() {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM nginx:1.27\n");
  return files;
}

std::string printed(MemoryFileSystem files, const Words& words) { return run_program_in(files, words).out; }

/// A folder on the disk with reports in it.
class Merge : public ::testing::Test {
 protected:
  ProgramRun merge(Words words) {
    words.insert(words.begin(), "merge");
    for (std::string& word : words)
      if (const auto at = word.find("@/"); at != std::string::npos) word.replace(at, 1, folder_.path());
    return run_program_in(disk_, words);
  }
  std::vector<json> lines(const Words& words) {
    Words all = words;
    all.insert(all.end(), {"--format", "jsonl"});
    return parsed(merge(all).out);
  }
  static std::vector<json> parsed(const std::string& text) {
    std::vector<json> result;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      result.push_back(json::parse(text.substr(begin, end - begin)));
      begin = end + 1;
    }
    return result;
  }
  /// What a finding is, without what formats count differently.
  static std::vector<std::string> told(const std::vector<json>& findings) {
    std::vector<std::string> result;
    for (const json& finding : findings)
      result.push_back(
          finding.at("repository").get<std::string>() + ' ' + finding.at("file").get<std::string>() + ':' +
          finding.at("line").dump() + ' ' + finding.at("rule").get<std::string>() + ' ' +
          finding.at("severity").get<std::string>() + ' ' + finding.at("message").get<std::string>());
    std::sort(result.begin(), result.end());
    return result;
  }
  void write_all(const std::string& folder, const std::string& format) {
    const std::string ending = format == "sarif" ? ".sarif" : format == "json" ? ".json" : ".jsonl";
    folder_.write(folder + "/acme/shop" + ending, printed(shop(), {"check", "--format", format}));
    folder_.write(folder + "/acme/tools" + ending, printed(tools(), {"check", "--format", format}));
    folder_.write(folder + "/clean" + ending, printed(clean(), {"check", "--format", format}));
  }

  TemporaryFolder folder_;
  DiskFileSystem disk_;
};

TEST_F(Merge, FindsTheSameInEveryFormat) {
  for (const char* format : {"jsonl", "json", "sarif"}) write_all(format, format);
  const auto expected = told(lines({"@/jsonl"}));
  EXPECT_THAT(expected, SizeIs(6));
  EXPECT_EQ(told(lines({"@/json"})), expected);
  EXPECT_EQ(told(lines({"@/sarif"})), expected);
}

TEST_F(Merge, TellsWhatWasThereTwiceOnce) {
  write_all("a", "jsonl");
  write_all("b", "json");
  const ProgramRun once = merge({"@/a"});
  const ProgramRun twice = merge({"@/a", "@/b"});
  EXPECT_EQ(once.out, twice.out);
  EXPECT_EQ(once.err, "6 findings in 3 repositories: 6 warnings\n");
  EXPECT_THAT(twice.err, EndsWith("\n6 findings in 3 repositories: 6 warnings; 6 were there twice\n"));
  EXPECT_THAT(twice.err,
              HasSubstr("shop.json: note: taken for a report of the same repository, 'acme/shop', as"));
  EXPECT_THAT(twice.err, HasSubstr("; so are 2 others\n"));
}

TEST_F(Merge, AReportThatIsNamedIsReadBeforeItIsReplaced) {
  write_all("in", "jsonl");
  const auto expected = told(lines({"@/in"}));
  merge({"acme/shop=@/in/acme/shop.jsonl", "@/in", "--format", "jsonl", "--output", "@/in/acme/shop.jsonl"});
  EXPECT_EQ(told(lines({"@/in/acme/shop.jsonl"})), expected);
}

TEST_F(Merge, OnlyLinesMayBeNone) {
  for (const std::string name : {"e.sarif", "e.json", "e.jsonl"}) {
    folder_.write(name, "");
    EXPECT_EQ(merge({"@/" + name}).code, name == "e.jsonl" ? 0 : 2) << name;
  }
}

TEST_F(Merge, SameFindingsOfTwoRepositoriesAreTwo) {
  const std::string report = printed(shop(), {"check", "--format", "jsonl"});
  folder_.write("a.jsonl", report);
  folder_.write("b.jsonl", report);
  EXPECT_THAT(lines({"@/a.jsonl", "@/b.jsonl"}), SizeIs(8));
  EXPECT_THAT(lines({"one=" + (folder_ / "a.jsonl"), "one=" + (folder_ / "b.jsonl")}), SizeIs(4));
}

TEST_F(Merge, MergedReportsCanBeMergedAgain) {
  write_all("all", "jsonl");
  const auto expected = told(lines({"@/all"}));
  for (const char* format : {"jsonl", "sarif"}) {
    folder_.write("part/1." + std::string(format), merge({"@/all/acme", "--format", format}).out);
    folder_.write("part/2." + std::string(format), merge({"@/all", "--format", format}).out);
  }
  // The folder `acme` was given itself, so that its reports are called `shop` and `tools`.
  const auto again = told(lines({"@/part/2.jsonl", "@/part/2.sarif"}));
  EXPECT_EQ(again, expected);
  EXPECT_THAT(lines({"@/part"}), SizeIs(12));
  EXPECT_THAT(merge({"@/part/2.jsonl"}).err, HasSubstr(" in 2 repositories"));  // not one called `2`
}

TEST_F(Merge, DoesNotReadWhatItWroteTheLastTime) {
  write_all("all", "jsonl");
  const Words words = {"@/all", "--format", "jsonl", "--output", "@/all/merged.jsonl"};
  EXPECT_EQ(merge(words).code, 0);
  const std::string first = folder_.read("all/merged.jsonl");
  EXPECT_THAT(merge(words).err, "6 findings in 3 repositories: 6 warnings\n");
  EXPECT_EQ(folder_.read("all/merged.jsonl"), first);
}

TEST_F(Merge, SarifKeepsFingerprintsAndGivesEachRepositoryItsRoot) {
  write_all("all", "sarif");
  write_all("lines", "jsonl");
  const json of_sarif = json::parse(merge({"@/all", "--format", "sarif"}).out);
  const json of_lines = json::parse(merge({"@/lines", "--format", "sarif"}).out);
  const json single = json::parse(printed(shop(), {"check", "--format", "sarif"}));
  for (const json* document : {&of_sarif, &of_lines}) {
    const json& run = document->at("runs").at(0);
    ASSERT_THAT(run.at("results"), SizeIs(6));
    EXPECT_THAT(run.at("originalUriBaseIds"), SizeIs(3));
    EXPECT_EQ(run.at("invocations").at(0).at("executionSuccessful"), true);
    for (std::size_t i = 0; i < 4; ++i) {
      const json& result = run.at("results").at(i);
      const json& before = single.at("runs").at(0).at("results").at(i);
      EXPECT_EQ(result.at("partialFingerprints"), before.at("partialFingerprints"));
      EXPECT_EQ(result.at("properties").at("repository"), "acme/shop");
      const json& place = result.at("locations").at(0).at("physicalLocation");
      EXPECT_EQ(place.at("artifactLocation").at("uriBaseId"), "acme/shop");
      EXPECT_EQ(place.at("region"), before.at("locations").at(0).at("physicalLocation").at("region"));
    }
  }
  EXPECT_TRUE(of_sarif.dump().find("%SRCROOT%") == std::string::npos);
}

TEST_F(Merge, FailuresOfRunsStayInTheReport) {
  folder_.write("a.jsonl",
                R"({"rule":null,"severity":"error","message":"no text","file":"x","line":0,"column":0})");
  const ProgramRun run = merge({"@/a.jsonl"});
  EXPECT_EQ(run.code, 0);
  EXPECT_EQ(run.out, "a: x: error: no text\n");
  const auto again = lines({"@/a.jsonl"});
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(again[0].at("rule"), nullptr);
  const json sarif = json::parse(merge({"@/a.jsonl", "--format", "sarif"}).out);
  const json& invocation = sarif.at("runs").at(0).at("invocations").at(0);
  EXPECT_EQ(invocation.at("executionSuccessful"), false);
  EXPECT_EQ(invocation.at("toolExecutionNotifications").at(0).at("message").at("text"), "no text");
}

TEST_F(Merge, ThePageCountsAllAndShowsTheFirst) {
  std::string report;
  for (int i = 0; i < 10050; ++i)
    report += R"({"rule":"missing-tag","severity":"warning","message":"m","file":"f)" + std::to_string(i) +
              R"(","line":1,"column":1})" + '\n';
  folder_.write("big.jsonl", report);
  const std::string page =
      merge({"@/big.jsonl", "--format", "html", "--title", "All <of> us", "--as-of", "2027-01-31"}).out;
  EXPECT_THAT(page, HasSubstr("<h1>All &lt;of&gt; us</h1>"));
  EXPECT_THAT(page, HasSubstr(">2027-01-31</time>"));
  EXPECT_THAT(page, HasSubstr("The first 10000 of 10050 are shown"));
  EXPECT_THAT(page, HasSubstr("10050 findings in 1 repository"));
  EXPECT_THAT(page, HasSubstr("<h3 id=\"rule-missing-tag\">"));
}

TEST_F(Merge, ThePageOfAnInventoryHasARowForEachImage) {
  folder_.write("a/shop.jsonl", printed(shop(), {"list", "--format", "jsonl"}));
  folder_.write("a/tools.jsonl", printed(tools(), {"list", "--format", "jsonl"}));
  const std::string page = merge({"@/a", "--format", "html"}).out;
  EXPECT_THAT(page, HasSubstr("<td>docker.io</td><td>nginx</td><td>floating</td><td>pulled</td><td "
                              "class=\"number\">3</td><td class=\"number repositories\">2</td>"));
}

struct Named {
  const char* word;  ///< `@` stands for the folder
  const char* file;
  const char* name;
};
constexpr Named names[] = {
    {"@/r", "r/acme/shop.jsonl", "acme/shop"},
    {"@/r", "r/acme/shop.sarif.json", "acme/shop"},
    {"@/r", "r/acme/shop/imglint.jsonl", "acme/shop"},
    {"@/r", "r/shop/findings.ndjson", "shop"},
    {"@/r", "r/report.json", "report"},
    {"@/r/acme/shop.jsonl", "r/acme/shop.jsonl", "shop"},
    {"@/r/acme/shop/imglint.sarif", "r/acme/shop/imglint.sarif", "shop"},
    {"one=@/r/acme/shop.jsonl", "r/acme/shop.jsonl", "one"},
    {"group/one=@/r", "r/acme/shop.jsonl", "group/one"},
    {"@/r/a=b.jsonl", "r/a=b.jsonl", "a=b"},
};

TEST_F(Merge, RepositoriesGoByTheWordOrByThePathOfTheReport) {
  for (const Named& each : names) {
    const TemporaryFolder fresh;
    fresh.write(each.file, printed(shop(), {"check", "--format", "jsonl"}));
    std::string word = each.word;
    word.replace(word.find('@'), 1, fresh.path());
    const auto found = lines({word});
    ASSERT_THAT(found, SizeIs(4)) << each.word;
    EXPECT_EQ(found[0].at("repository"), each.name) << each.word << ' ' << each.file;
  }
}

struct Fault {
  const char* text;
  const char* place;  ///< line and column
  const char* message;
};
constexpr const char* good_line =
    R"({"rule":"r","severity":"info","message":"m","file":"f","line":1,"column":1})";
const Fault faults[] = {
    {"{\"rule\":\"r\"", "2:11", "the report breaks off here"},
    {"{\"rule\":\"r\" x}", "2:13", "the JSON breaks here"},
    {"nonsense", "2:2", "the JSON breaks here"},
    {"17", "2:2", "no report of imglint"},
    {"[1]", "2:1", "a report is no list"},
    {"{}", "2:1", "neither a finding nor a reference of imglint"},
    {R"({"rule":"r","severity":"info","file":"f"})", "2:1", "a finding without a message"},
    {R"({"rule":"r","severity":"info","message":"m"})", "2:1", "a finding without a file"},
    {R"({"rule":"r","severity":"loud","message":"m","file":"f"})", "2:1", "a finding without a severity"},
    {R"({"rule":5,"severity":"info","message":"m","file":"f"})", "2:1",
     "a finding without the name of a rule"},
    {R"({"role":"from","file":"f"})", "2:1", "a reference, where the reports before it hold findings"},
    {R"({"runs":[{"results":[5]}]})", "2:23", "no finding and no reference"},
    {R"({"runs":[{"results":[[]]}]})", "2:22", "a list where a finding or a reference belongs"},
    {R"({"runs":[{"tool":{"driver":{"name":"trivy"}}}]})", "2:42", "a report of 'trivy', not of imglint"},
};

TEST_F(Merge, AFaultHasItsPlaceAndTheRestIsMerged) {
  folder_.write("good.jsonl", std::string(good_line));
  for (const Fault& fault : faults) {
    const std::string bad = folder_.write("bad.jsonl", std::string(good_line) + '\n' + fault.text);
    const ProgramRun run = merge({"@/bad.jsonl", "@/good.jsonl", "--format", "jsonl"});
    EXPECT_EQ(run.code, 2) << fault.text;
    EXPECT_THAT(run.err, HasSubstr(bad + ':' + fault.place + ": error: " + fault.message)) << fault.text;
    const auto found = parsed(run.out);
    ASSERT_THAT(found, SizeIs(3))
        << run.out;  // what stood before, what the other has, and that it is not all
    EXPECT_EQ(found[0].at("repository"), "bad");
    EXPECT_EQ(found[1].at("repository"), "good");
    EXPECT_THAT(found[2].at("message"), HasSubstr(fault.message));
  }
}

TEST_F(Merge, AReportThatIsNotThereIsAnErrorBesideTheOthers) {
  folder_.write("good.jsonl", std::string(good_line));
  const ProgramRun run = merge({"@/missing.jsonl", "@/good.jsonl"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("missing.jsonl: error: cannot read"));
  EXPECT_THAT(run.out, HasSubstr("good: f:1:1: info: m [r]\n"));
  folder_.make_folder("empty");
  EXPECT_THAT(merge({"@/empty"}).err, HasSubstr("no report in this folder"));
}

TEST_F(Merge, InventoriesAreMergedByTheirRows) {
  for (const char* format : {"json", "jsonl"}) {
    folder_.write("a/shop." + std::string(format), printed(shop(), {"list", "--format", format}));
    folder_.write("a/tools." + std::string(format), printed(tools(), {"list", "--format", format}));
  }
  const auto rows = lines({"@/a"});
  ASSERT_THAT(rows, SizeIs(6));
  EXPECT_EQ(rows[0].at("canonical"), "docker.io/library/nginx");
  EXPECT_EQ(rows[0].begin().key(), "active");  // sorted by this parser; all is there
  EXPECT_EQ(rows[5].at("repository"), "tools");
  const ProgramRun text = merge({"@/a"});
  EXPECT_THAT(text.out, HasSubstr("shop: Dockerfile:1:6: from nginx = docker.io/library/nginx\n"));
  EXPECT_EQ(text.err, "6 references in 2 repositories; 6 were there twice\n");
  const ProgramRun sarif = merge({"@/a", "--format", "sarif"});
  EXPECT_EQ(sarif.code, 2);
  EXPECT_THAT(sarif.err, HasSubstr("a reference, where this format is for findings"));
}

TEST_F(Merge, InventoriesKeepWhatCouldNotBeListed) {
  MemoryFileSystem files;
  files.put("Dockerfile", "FROM nginx:1\n");
  files.put("compose.yaml", std::string(1, '\0'));
  for (const char* format : {"json", "jsonl"}) {
    folder_.write("a/shop." + std::string(format), run_program_in(files, {"list", "--format", format}).out);
    const ProgramRun merged = merge({"@/a/shop." + std::string(format), "--format", "jsonl"});
    EXPECT_THAT(merged.err, HasSubstr("1 reference in 1 repository; 1 could not be judged")) << format;
    const auto rows = parsed(merged.out);
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[1].at("file"), "compose.yaml");
    folder_.write("b.jsonl", merged.out);
    EXPECT_EQ(merge({"@/b.jsonl", "--format", "jsonl"}).out, merged.out) << "merged again";
  }
}

TEST_F(Merge, ExitsWithOneFromTheSeverityOnThatItIsAskedFor) {
  folder_.write("a.jsonl", std::string(good_line));
  EXPECT_EQ(merge({"@/a.jsonl"}).code, 0);
  EXPECT_EQ(merge({"@/a.jsonl", "--fail-on", "info"}).code, 1);
  EXPECT_EQ(merge({"@/a.jsonl", "--fail-on", "warning"}).code, 0);
}

TEST_F(Merge, SteersNoTerminalAndBreaksNoDocument) {
  const std::string evil = "\\u001b[95m\\u009b\\u202e</script>\\n";
  folder_.write("e\x1b[95mvil.jsonl", "{\"rule\":\"" + evil + "\",\"severity\":\"error\",\"message\":\"" +
                                          evil + "\",\"file\":\"" + evil +
                                          "\",\"line\":1,\"column\":1,\"repository\":\"" + evil + "\"}\nx");
  for (const char* format : {"text", "jsonl", "sarif", "html"}) {
    const ProgramRun run = merge({"@/", "--format", format});
    for (const std::string& text : {run.out, run.err}) {
      EXPECT_EQ(text.find('\x1b'), std::string::npos) << format;
      EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos) << format;
      EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos) << format;
    }
    if (std::string_view(format) == "sarif") {
      EXPECT_FALSE(json::parse(run.out).is_null());
    }
    if (std::string_view(format) == "html") {
      EXPECT_EQ(run.out.find("</script>"), run.out.rfind("</script>")) << "a name ends the script";
    }
  }
}

}  // namespace
}  // namespace imglint::test
