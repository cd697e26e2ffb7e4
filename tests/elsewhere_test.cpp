// What stays behind after a move: which occurrences of old names count, and how they are told.
#include "retarget/elsewhere.hpp"

#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

struct NameCase {
  const char* name;
  std::string_view text;
  std::string_view found;  ///< `line:column name`, with commas between
};

std::string places_in(std::string_view text) {
  const TextSet names(
      {"docker.io/library/redis", "quay.io/acme/", "quay.io/acme/app", "redis", "redis:ours"});
  const TextSet targets({"ghcr.io/org"});
  std::string shown;
  for (const LeftName& one : find_names({&names, &targets}, "a.md", text, {}))
    shown += (shown.empty() ? "" : ", ") + std::to_string(one.line) + ":" + std::to_string(one.column) + " " +
             one.name;
  return shown;
}

class OldNames : public testing::TestWithParam<NameCase> {};

TEST_P(OldNames, CountWhereTheyAreWhole) { EXPECT_EQ(places_in(GetParam().text), GetParam().found); }

INSTANTIATE_TEST_SUITE_P(
    Texts, OldNames,
    testing::Values(
        NameCase{"name", "x\n`quay.io/acme/app`\n", "2:2 quay.io/acme/app"},
        NameCase{"with_a_tag", "docker pull quay.io/acme/app:1.2", "1:13 quay.io/acme/app"},
        NameCase{"behind_a_scheme", "docker://quay.io/acme/app", "1:10 quay.io/acme/app"},
        NameCase{"at_the_end_of_a_sentence", "Use quay.io/acme/app.", "1:5 quay.io/acme/app"},
        NameCase{"longer_name_counts_by_its_prefix", "quay.io/acme/apple:1", "1:1 quay.io/acme/"},
        NameCase{"end_of_another", "x.quay.io/acme/app a/quay.io/acme/app", ""},
        NameCase{"word_alone_is_any_word", "redis is fast", ""},
        NameCase{"word_with_a_tag", "image: redis:7.2", "1:8 redis"},
        NameCase{"word_with_a_digest", "redis@sha256:00", "1:1 redis"},
        NameCase{"word_that_is_a_tag", "FROM acme/base:redis@sha256:00", ""},
        NameCase{"word_behind_a_transport", "docker-daemon:redis:7", "1:15 redis"},
        NameCase{"word_with_a_port", "redis:6379 redis:80", ""},
        NameCase{"word_with_a_version", "redis:v7 redis:7-alpine redis:7.",
                 "1:1 redis, 1:10 redis, 1:25 redis"},
        NameCase{"word_with_a_channel", "redis:latest, redis:lts-x", "1:1 redis, 1:15 redis"},
        NameCase{"word_with_a_base", "redis:alpine3.20 redis:fpm-bookworm", "1:1 redis, 1:18 redis"},
        NameCase{"word_with_a_tag_of_the_run", "`redis:ours` redis:theirs", "1:2 redis"},
        NameCase{"word_that_is_a_module", "import fs from 'redis:fs'; import h2 from 'redis:http2'", ""},
        NameCase{"word_that_is_a_user", "chown redis:redis /data", ""},
        NameCase{"word_that_is_a_script", "\"redis:test\": \"a\", \"redis:build\": \"b\"", ""},
        NameCase{"word_with_a_password", "x://redis:redis@db/0 x://redis:7a@db/0 x://redis:ours@db", ""},
        NameCase{"word_that_is_a_host", "http://redis:8/path", ""},
        NameCase{"full_name", "docker.io/library/redis", "1:1 docker.io/library/redis"},
        NameCase{"line_that_says_the_target", "quay.io/acme/app = ghcr.io/org/app", ""},
        NameCase{"line_before_one_that_does",
                 "pull quay.io/acme/app:1\ntag quay.io/acme/app:1 ghcr.io/org/app:1\n", ""},
        NameCase{"line_before_one_that_has_it_in_the_target",
                 "pull quay.io/acme/app\npush ghcr.io/org/quay.io/acme/app\n", ""},
        NameCase{"line_before_one_that_says_another_name",
                 "pull quay.io/acme/app\npush redis:7 ghcr.io/org/redis:7\n", "1:6 quay.io/acme/app"},
        NameCase{"baseline",
                 "{\n  \"version\": 1,\n  \"findings\": [\n    {\"file\": \"a\", \"rule\": \"missing-tag\", "
                 "\"content\": \"quay.io/acme/app\", \"count\": 1}\n  ]\n}\n",
                 ""},
        NameCase{"lock_of_a_move", "{\"imglint:version\": \"1\", \"x\": \"quay.io/acme/app\"}", ""}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(OldNames, StandNotInReferencesThatWereRead) {
  const TextSet names({"quay.io/acme/app"});
  const std::vector<Span> known = {{0, 16}};
  EXPECT_TRUE(find_names({&names}, "a", "quay.io/acme/app", known).empty());
  EXPECT_EQ(find_names({&names}, "a", "quay.io/acme/app quay.io/acme/app", known).size(), 1U);
}

/// The best of three runs over so many names and as many places, in lines of so many.
double seconds_of_search(std::size_t size, std::size_t in_a_line) {
  std::vector<std::string> names;
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    names.push_back("ghcr.io/a" + std::to_string(i) + "/c");
    text += " " + names.back() + (i % in_a_line == in_a_line - 1 ? ":1\n" : ":1");
  }
  const TextSet targets(names), searched(std::move(names));
  double best = 1e9;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    EXPECT_TRUE(find_names({&searched, &targets}, "a", text, {}).empty()) << "all lines say a target";
    EXPECT_EQ(find_names({&searched}, "a", text, {}).size(), size);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

TEST(OldNames, AreLookedForInOnePassHoweverManyTheyAre) {
  for (const std::size_t in_a_line : {std::size_t{1}, std::size_t{1} << 30}) {
    const double small = seconds_of_search(5000, in_a_line), large = seconds_of_search(20000, in_a_line);
    EXPECT_LT(large, 9 * small + 0.02) << small << " s, then " << large << " s";
  }
}

TEST(TextSet, HasThoseThatATextBeginsWithTheShortestFirst) {
  const TextSet set({"ab", "", "abc", "b", "a", "ab", "\xff", "abd"});
  std::vector<std::size_t> found;
  set.add_at_start_of("abcd", found);
  EXPECT_EQ(set.texts(), (std::vector<std::string>{"a", "ab", "abc", "abd", "b", "\xff"}));
  EXPECT_EQ(found, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(set.found_in("xb\xff"), (std::vector<std::size_t>{4, 5}));
  EXPECT_TRUE(set.any_in("xxb"));
  EXPECT_FALSE(set.any_in("xx"));
  EXPECT_FALSE(TextSet({""}).any_in("x"));
  EXPECT_FALSE(set.any_in(""));
}

class Run : public testing::Test {
 protected:
  Run() {
    disk_.put("Dockerfile", "# from quay.io/acme/app\nFROM quay.io/acme/app:1\n");
    disk_.put("docs/a.md", "Run `docker run quay.io/acme/app:1`.\n");
    disk_.put("b.sh", "docker pull quay.io/acme/app\n");
    disk_.put("c.bin", std::string("quay.io/acme/app\0", 17));
  }
  MemoryFileSystem disk_;
};

TEST_F(Run, OfRetargetTellsWhatStays) {
  const ProgramRun done = run_program_in(disk_, {"retarget", "--to", "ghcr.io/org", "--format", "json", "."});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.err.find("docs/a.md:1:17: note: 'quay.io/acme/app' stays here"), std::string::npos)
      << done.err;
  EXPECT_NE(done.err.find("3 old names stay in 3 files (1 .md, 1 .sh, 1 Dockerfile)"), std::string::npos)
      << done.err;
  const auto report = nlohmann::json::parse(done.out);
  EXPECT_EQ(report["elsewhere"]["files"], 3);
  EXPECT_EQ(report["elsewhere"]["places"].size(), 3U);
  EXPECT_EQ(report["elsewhere"]["passed_over"]["binary"], 1);
}

TEST_F(Run, OfRetargetNamesFilesThatWereNotSearchedWhateverElseStays) {
  disk_.put("data.sql", std::string(5 << 20, ' '));
  ProgramRun done = run_program_in(disk_, {"retarget", "--to", "ghcr.io/org", "--dry-run", "."});
  EXPECT_NE(done.err.find(" (1 .md, 1 .sh, 1 Dockerfile); data.sql not searched: more than 4 MiB\n"),
            std::string::npos)
      << done.err;
  MemoryFileSystem other;
  other.put("Dockerfile", "FROM quay.io/acme/app:1\n");
  other.put("data.sql", std::string(5 << 20, ' '));
  done = run_program_in(other, {"retarget", "--to", "ghcr.io/org", "--dry-run", "."});
  EXPECT_EQ(done.err,
            "imglint: note: no old name stays elsewhere; data.sql not searched: more than 4 MiB\n"
            "1 would move in 1 file\n");
}

TEST_F(Run, OfRetargetPassesOverReportsOfThisProgram) {
  for (const char* format : {"html", "sarif"}) {
    const std::string file = std::string("report.") + format;
    EXPECT_EQ(run_program_in(disk_, {"check", "--format", format, "--output", file, "."}).code, 0);
    EXPECT_NE(disk_.bytes(file).find("Dockerfile"), std::string::npos);
  }
  disk_.put("package.json", "{\n  \"name\": \"imglint\",\n  \"x\": \"quay.io/acme/app\"\n}\n");
  const ProgramRun done = run_program_in(disk_, {"retarget", "--to", "ghcr.io/org", "--dry-run", "."});
  EXPECT_NE(done.err.find("4 old names stay in 4 files (1 .json, 1 .md, 1 .sh, 1 Dockerfile)"),
            std::string::npos)
      << done.err;
}

TEST(OldNames, AreNotToldOfInWhatThisProgramWrites) {
  struct Row {
    const char* file;
    std::vector<std::string> words;  ///< of the run that writes it
  };
  MemoryFileSystem disk;
  disk.put("Dockerfile", "FROM quay.io/acme/app\n");
  const TemporaryFolder folder;  // reports to merge are read from the disk
  const std::string report =
      folder.write("a.sarif", run_program_in(disk, {"check", "--format", "sarif", "Dockerfile"}).out);
  const Row rows[] = {
      {"check.html", {"check", "--format", "html", "--output", "check.html", "Dockerfile"}},
      {"list.html", {"list", "--format", "html", "--output", "list.html", "Dockerfile"}},
      {"check.sarif", {"check", "--format", "sarif", "--output", "check.sarif", "Dockerfile"}},
      {"merged.html", {"merge", "--format", "html", "--output", "merged.html", report}},
      {"merged.sarif", {"merge", "--format", "sarif", "--output", "merged.sarif", report}},
      {"known.json", {"check", "--write-baseline=known.json", "Dockerfile"}},
      {"move.lock", {"retarget", "--to", "ghcr.io/org", "--lock=move.lock", "Dockerfile"}},
  };
  const TextSet names({"quay.io/acme/app"});
  for (const Row& row : rows) {
    SCOPED_TRACE(row.file);
    const ProgramRun done = run_program_in(disk, row.words);
    const std::string written = disk.bytes(row.file);
    EXPECT_NE(written.find("quay.io/acme/app"), std::string::npos) << done.err;
    EXPECT_TRUE(find_names({&names}, row.file, written, {}).empty()) << written.substr(0, 256);
  }
}

TEST_F(Run, OfRetargetFailsForItOnlyIfStrict) {
  EXPECT_EQ(run_program_in(disk_, {"retarget", "--to", "ghcr.io/org", "--strict", "."}).code, 1);
  EXPECT_EQ(disk_.bytes("Dockerfile"), "# from quay.io/acme/app\nFROM ghcr.io/org/acme/app:1\n");
}

TEST_F(Run, OfRetargetTakesItsConfigurationForNoPlace) {
  MemoryFileSystem disk;
  disk.put("Dockerfile", "FROM quay.io/acme/app:1\nFROM quay.io/acme/old:1\n");
  disk.put("team/base.yaml", "retarget: {except: [quay.io/acme/old]}\n");
  disk.put(".imglint.yaml",
           "# quay.io/acme/app\n"
           "extends: team/base.yaml\n"
           "registries:\n"
           "  allow:\n"
           "    - quay.io/acme/app\n"
           "    - ghcr.io/org/**\n"
           "  deny: [quay.io/acme/worse]\n"
           "  mirrors: [{from: quay.io/acme, to: m.io/acme}]\n"
           "rules:\n"
           "  deprecated-image: {entries: [{images: [quay.io/acme/app]}]}\n"
           "  latest-tag: {allow: [quay.io/acme/app]}\n"
           "exceptions:\n"
           "  - {images: [quay.io/acme/app], reason: quay.io/acme/app is ours}\n"
           "overrides:\n"
           "  - paths: [a/**]\n"
           "    registries: {deny: [{pattern: quay.io/acme/app, message: not quay.io/acme/app}]}\n"
           "    rules: {deprecated-registry: {ignore: [quay.io/acme/app]}}\n"
           "retarget:\n"
           "  to: ghcr.io/org\n"
           "  from: [quay.io/acme]\n");
  const ProgramRun done = run_program_in(disk, {"retarget", "--dry-run"});
  EXPECT_EQ(done.err,
            ".imglint.yaml:5:7: note: 'quay.io/acme/app' stays here\n"
            ".imglint.yaml:11:24: note: 'quay.io/acme/app' stays here\n"
            ".imglint.yaml:13:15: note: 'quay.io/acme/app' stays here\n"
            "imglint: note: 3 old names stay in 1 file (1 .yaml)\n"
            "1 would move in 1 file\n");
}

TEST_F(Run, OfRetargetSaysWhatThePolicyDoesNotAllow) {
  struct Case {
    std::string_view config, note;
  };
  constexpr Case cases[] = {
      {"registries: {allow: [quay.io]}\n",
       "Dockerfile:2:6: note: 'ghcr.io/org/acme/app' is not among 'registries.allow' of .imglint.yaml, so "
       "check will find it\n"},
      {"registries: {deny: [ghcr.io]}\n",
       "Dockerfile:2:6: note: 'ghcr.io/org/acme/app' is denied by 'ghcr.io' of .imglint.yaml, so check will "
       "find it\n"},
      {"registries: {allow: [docker.io]}\n", ""},
      {"registries: {allow: [quay.io, ghcr.io]}\n", ""},
      {"registries: {allow: [quay.io]}\nrules: {registry-not-allowed: off}\n", ""},
  };
  disk_.put("docs/a.md", "");
  disk_.put("b.sh", "");
  for (const auto& [config, note] : cases) {
    disk_.put(".imglint.yaml", std::string(config));
    const ProgramRun done = run_program_in(disk_, {"retarget", "--to", "ghcr.io/org", "--dry-run"});
    EXPECT_EQ(done.err.find("check will find it") != std::string::npos, !note.empty()) << done.err;
    EXPECT_NE(done.err.find(note), std::string::npos) << done.err;
  }
}

TEST_F(Run, OfListLooksForNames) {
  const ProgramRun all = run_program_in(disk_, {"list", "--elsewhere", "."});
  EXPECT_EQ(
      all.out,
      "Dockerfile:1:8: quay.io/acme/app\nb.sh:1:13: quay.io/acme/app\ndocs/a.md:1:17: quay.io/acme/app\n");
  const ProgramRun one = run_program_in(disk_, {"list", "--elsewhere=quay.io/other/x", "."});
  EXPECT_EQ(one.out, "");
}

TEST_F(Run, OfListHasTheFormatThatIsAskedFor) {
  const ProgramRun lines = run_program_in(disk_, {"list", "--elsewhere", "--format", "jsonl", "."});
  std::vector<std::string> files;
  for (std::size_t begin = 0; begin < lines.out.size();) {
    const std::size_t end = lines.out.find('\n', begin);
    files.push_back(nlohmann::json::parse(lines.out.substr(begin, end - begin))["file"]);
    begin = end + 1;
  }
  EXPECT_EQ(files, (std::vector<std::string>{"Dockerfile", "b.sh", "docs/a.md"}));
  const ProgramRun page = run_program_in(disk_, {"list", "--elsewhere", "--format", "html", "."});
  EXPECT_TRUE(page.out.starts_with("<!")) << page.out;
  EXPECT_NE(page.out.find("<h2 id=\"elsewhere\">"), std::string::npos) << page.out;
  EXPECT_NE(page.out.find("<td>quay.io/acme/app</td><td class=\"number\">3</td>"), std::string::npos);
}

TEST_F(Run, OfCheckShowsThemInTheInventory) {
  const ProgramRun page = run_program_in(disk_, {"check", "--format", "html", "."});
  EXPECT_NE(page.out.find("<h2 id=\"elsewhere\">"), std::string::npos) << page.out;
  EXPECT_NE(page.out.find("in comments and in files that are not read: 1 .md, 1 .sh, 1 Dockerfile."),
            std::string::npos)
      << page.out;
  EXPECT_NE(page.out.find("<td>quay.io/acme/app</td><td class=\"number\">3</td>"
                          "<td>Dockerfile:1<br>b.sh:1<br>docs/a.md:1</td>"),
            std::string::npos)
      << page.out;
  disk_.put("b.sh", "");
  disk_.put("docs/a.md", "");
  disk_.put("Dockerfile", "FROM quay.io/acme/app:1\n");
  EXPECT_EQ(run_program_in(disk_, {"check", "--format", "html", "."}).out.find("Elsewhere"),
            std::string::npos);
}

}  // namespace
}  // namespace imglint::test
