#include "output/reports/report.hpp"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"
#include "config/keys.hpp"
#include "output/merged/merged_formats.hpp"
#include "output/terminal.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_report.hpp"
#include "tests/support/seen_findings.hpp"
#include "tests/support/whole_report.hpp"

namespace imglint {
namespace {

using test::SampleReport;

std::string written(std::string_view format, const CheckReport& report, bool color = false) {
  return test::whole_report(*find_report_format(format), report, {.color = color});
}

TEST(Report, EveryFormatIsAsKept) {
  const SampleReport sample;
  for (const ReportFormat& format : report_formats())
    test::expect_golden(written(format.name, sample.report()),
                        "fixtures/reports/" + std::string(format.name) + ".golden");
}

TEST(Report, TheConfigurationTakesTheFormatsThatThereAre) {
  std::vector<std::string_view> names;
  for (const ReportFormat& format : report_formats()) names.push_back(format.name);
  EXPECT_EQ(names,
            std::vector<std::string_view>(std::begin(report_format_names), std::end(report_format_names)));
}

TEST(Report, TextWithColorsIsAsKept) {
  const SampleReport sample;
  test::expect_golden(written("text", sample.report(), true), "fixtures/reports/text-color.golden");
}

TEST(Report, NoFormatLetsControlCharactersOrInvalidBytesThrough) {
  const SampleReport sample;
  for (const ReportFormat& format : report_formats()) {
    const std::string text = written(format.name, sample.report());
    EXPECT_EQ(valid_utf8(text), text) << format.name;
    for (const char byte : text)
      ASSERT_TRUE(static_cast<unsigned char>(byte) >= 0x20 || byte == '\n')
          << format.name << " wrote " << int{byte};
  }
}

TEST(Report, EveryFormatTakesAnEmptyReport) {
  const CheckReport report{.version = "1.2.3"};
  for (const ReportFormat& format : report_formats())
    test::expect_golden(written(format.name, report),
                        "fixtures/reports/empty-" + std::string(format.name) + ".golden");
}

TEST(Report, EveryFormatHasTheSameFindingsInTheSameOrder) {
  const SampleReport sample;
  std::vector<test::Seen> expected;
  for (const Finding& finding : sample.findings())
    expected.push_back(
        {std::string(finding.rule), {}, finding.place.source->position(finding.place.span.begin).line});
  for (const ReportFormat& format : report_formats()) {
    test::SeenReport seen = test::read_report(format.name, written(format.name, sample.report()));
    // Odd names are escaped in some formats and not in others.
    for (test::Seen& finding : seen.findings) finding.file.clear();
    EXPECT_EQ(seen.findings, expected) << format.name;
    EXPECT_EQ(seen.failures, std::vector<std::string>{"secret/Dockerfile"}) << format.name;
  }
}

struct UnderlineCase {
  const char* about;
  std::string_view file;
  std::string_view place;
  std::string_view snippet;
};

constexpr UnderlineCase underline_cases[] = {
    {"a word", "FROM nginx AS x\n", "nginx", " 1 | FROM nginx AS x\n   |      ^^^^^\n"},
    {"after a tab", "FROM\tnginx\n", "nginx", " 1 | FROM    nginx\n   |         ^^^^^\n"},
    {"a tab inside", "FROM a\tb\n", "a\tb", " 1 | FROM a    b\n   |      ^^^^^^\n"},
    {"after wide characters", "# 基础 x\n", "x", " 1 | # 基础 x\n   |        ^\n"},
    {"wide characters inside", "a 基础 x\n", "基础", " 1 | a 基础 x\n   |   ^^^^\n"},
    {"after a combining mark", "e\xCC\x81 x\n", "x", " 1 | e\xCC\x81 x\n   |   ^\n"},
    {"after an emoji", "\xF0\x9F\x90\xB3 x\n", "x", " 1 | \xF0\x9F\x90\xB3 x\n   |    ^\n"},
    {"after an invalid byte", "\xFF x\n", "x", " 1 | \\xFF x\n   |      ^\n"},
    {"with CRLF", "FROM a\r\nFROM b\r\n", "b", " 2 | FROM b\n   |      ^\n"},
    {"at the end without a newline", "FROM a", "a", " 1 | FROM a\n   |      ^\n"},
    {"after a byte order mark", "\xEF\xBB\xBFx: a\n", "a", " 1 | x: a\n   |    ^\n"},
    {"two lines", "RUN a \\\n  b c\n", "a \\\n  b", " 1 | RUN a \\\n   |     ^^^\n 2 |   b c\n   | ^^^\n"},
    {"with its newline", "FROM a\nb\n", "a\n", " 1 | FROM a\n   |      ^\n"},
    {"an empty line inside", "a\n\nb\n", "a\n\nb", " 1 | a\n   | ^\n 2 |\n 3 | b\n   | ^\n"},
    {"many lines", "a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\ne\nf",
     " 1 | a\n   | ^\n 2 | b\n   | ^\n … |\n 6 | f\n   | ^\n"},
};

TEST(Snippet, UnderlinesExactlyTheBytesOfThePlace) {
  for (const UnderlineCase& test : underline_cases) {
    const Source source("x", std::string(test.file));
    const auto begin = static_cast<std::uint32_t>(test.file.rfind(test.place));
    const Span span = {begin, begin + static_cast<std::uint32_t>(test.place.size())};
    std::string out;
    append_snippet(out, {&source, span}, {});
    EXPECT_EQ(out, test.snippet) << test.about;
  }
}

TEST(Snippet, ShowsAnEmptyPlaceAsOneMark) {
  const Source source("x", "FROM a\n");
  std::string out;
  append_snippet(out, {&source, {6, 6}}, {});
  EXPECT_EQ(out, " 1 | FROM a\n   |       ^\n");
  out.clear();
  append_snippet(out, {&source, {7, 7}}, {});
  EXPECT_EQ(out, " 2 |\n   | ^\n");
}

TEST(Snippet, StaysShortOnALineOfAnyLength) {
  for (const std::string_view unit : {"x", "基", "\xFF", "\x1b"}) {
    std::string bytes;
    while (bytes.size() < 100'000) bytes += unit;
    const Source source("x", bytes);
    const auto middle = static_cast<std::uint32_t>(unit.size() * 10'000);
    std::string out;
    append_snippet(out, {&source, {middle, middle * 2}}, {});
    EXPECT_LT(out.size(), 4000u);
  }
}

TEST(Summary, NamesWhatWasFoundAndHidden) {
  const SampleReport sample;
  EXPECT_EQ(
      summary_line(sample.report()),
      "11 findings in 7 files: 6 errors, 4 warnings, 1 info (1 fixable with --fix, 1 with --unsafe-fixes, 1 "
      "hidden by the baseline); 1 could not be judged\n");
  EXPECT_EQ(summary_line(CheckReport{}), "no findings in 0 files\n");
}

TEST(Summary, StatisticsAreATable) {
  const SampleReport sample;
  test::expect_golden(stats_table(sample.report()), "fixtures/reports/stats.golden");
}

/// What a merge writes of a report at a path.
std::string merged(MergedFormat format, const std::string& path, const std::string& text) {
  std::string out;
  const auto writer =
      merged_writer(format, {.rules = {}, .version = "1"}, [&](std::string_view block) { out += block; });
  Merge merge(*writer);
  bool is_read = false;
  static_cast<void>(merge.add({.repository = "shop", .path = path}, [&]() -> Result<std::string_view> {
    return std::exchange(is_read, true) ? std::string_view() : std::string_view(text);
  }));
  merge.end();
  return out;
}

TEST(Report, InMergedSarifAFaultyReportLiesNotInItsRepository) {
  const std::string faulty = "{\"rule\":\n[";
  const std::string lines = merged(MergedFormat::jsonl, "all reports/{0}.jsonl", faulty);
  const std::string plain =
      R"({"rule":null,"severity":"error","message":"{0}","file":"x y","line":2,"column":0})";
  struct Case {
    std::string text;
    nlohmann::json artifact;
  };
  const Case cases[] = {
      {merged(MergedFormat::sarif, "all reports/{0}.jsonl", faulty),
       {{"uri", "all%20reports/%7B0%7D.jsonl"}}},
      {merged(MergedFormat::sarif, "again.jsonl", lines), {{"uri", "all%20reports/%7B0%7D.jsonl"}}},
      {merged(MergedFormat::sarif, "again.sarif", merged(MergedFormat::sarif, "a.jsonl", faulty)),
       {{"uri", "a.jsonl"}}},
      {merged(MergedFormat::sarif, "a.jsonl", plain), {{"uri", "x%20y"}, {"uriBaseId", "shop"}}},
  };
  for (const Case& test : cases) {
    const nlohmann::json notification = nlohmann::json::parse(test.text)
                                            .at("runs")
                                            .at(0)
                                            .at("invocations")
                                            .at(0)
                                            .at("toolExecutionNotifications")
                                            .at(0);
    const nlohmann::json& place = notification.at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place.at("artifactLocation"), test.artifact) << test.text;
    EXPECT_EQ(place.at("region").at("startLine"), 2) << test.text;
  }
  // A brace in a message is no placeholder, however often it is merged.
  const std::string again = merged(MergedFormat::sarif, "b.sarif", cases[3].text);
  for (const std::string& text : {cases[3].text, again})
    EXPECT_NE(text.find("\"text\": \"{{0}}\""), std::string::npos) << text;
  EXPECT_NE(merged(MergedFormat::text, "b.sarif", again).find("error: {0}\n"), std::string::npos);
}

}  // namespace
}  // namespace imglint
