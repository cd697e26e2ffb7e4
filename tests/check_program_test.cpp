// The built program as users and servers run it: every format says the same, at any number of threads, from
// files and from standard input; exit codes; files of reports; the progress line.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.hpp"
#include "output/reports/report.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/seen_findings.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

class CheckProgram : public ::testing::Test {
 protected:
  /// Runs a line of shell in the folder; `imglint` is the built one.
  ProcessOutput shell(const std::string& line) {
    const std::string path = program_path().parent_path();
    const auto output =
        run({.words = {"sh", "-c", "cd \"$0\" && PATH=\"$1:$PATH\" && " + line, folder_.path(), path},
             .without = {"CI", "NO_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS"},
             .settings = {{"TERM", "xterm"}}});
    EXPECT_TRUE(output) << line;
    return output ? *output : ProcessOutput{};
  }
  void put_many_files() {
    for (int i = 0; i < 20; ++i) {
      const std::string name = "d" + std::to_string(i % 10) + "/" + std::to_string(i);
      folder_.write(name + ".Dockerfile",
                    "FROM nginx AS a\nFROM redis:latest\nCOPY --from=a / /\nFROM x:1:2\n");
      folder_.write(name + "/compose.yaml",
                    "services:\n  a: {image: k8s.gcr.io/pause}\n  b: {image: quay.io/A/b}\n");
    }
  }
  TemporaryFolder folder_;
};

std::vector<std::string> names_of_formats() {
  std::vector<std::string> names;
  for (const ReportFormat& format : report_formats()) names.emplace_back(format.name);
  return names;
}

TEST_F(CheckProgram, ProposesTheLineForABaselineWhereTheConfigurationMayNameIt) {
  folder_.write("sub/Dockerfile", "FROM nginx\n");
  const std::string above = shell("cd sub && imglint check --write-baseline=../b.json").errors;
  EXPECT_NE(above.find("wrote 1 finding to the baseline\n"), std::string::npos) << above;
  EXPECT_EQ(above.find("the line"), std::string::npos) << above;
  const std::string whole = shell("imglint check --write-baseline=\"$PWD/sub/b.json\"").errors;
  EXPECT_NE(whole.find("the line 'baseline: sub/b.json' in"), std::string::npos) << whole;
}

TEST_F(CheckProgram, SaysTheSameInEveryFormatWithAnyNumberOfThreads) {
  put_many_files();
  const std::string reference = shell("imglint check -j 1 --format jsonl").output;
  const SeenReport expected = read_report("jsonl", reference);
  ASSERT_GT(expected.findings.size(), 90u);
  for (const std::string& format : names_of_formats()) {
    const std::string one = shell("imglint check -j 1 --format " + format).output;
    EXPECT_EQ(read_report(format, one).findings, expected.findings) << format;
    for (const char* jobs : {"2", "3", "16"})
      EXPECT_EQ(shell("imglint check --format " + format + " -j " + jobs).output, one) << format << jobs;
  }
}

TEST_F(CheckProgram, AllReportsOfOneRunAreThoseOfTheirOwn) {
  put_many_files();
  TemporaryFolder reports;
  std::string words;
  for (const std::string& format : names_of_formats())
    if (format != "text") words += " --format " + format + "=" + (reports / format);
  const ProcessOutput all = shell("imglint check --format text" + words);
  EXPECT_EQ(all.status, 1);
  EXPECT_EQ(all.output, shell("imglint check").output);
  for (const std::string& format : names_of_formats()) {
    if (format == "text") continue;
    const std::string alone = shell("imglint check --format " + format).output;
    EXPECT_EQ(shell("cat " + (reports / format)).output, alone) << format;
    EXPECT_EQ(shell("imglint check --format " + format + " --output " + (reports / "x")).output, "");
    EXPECT_EQ(shell("cat " + (reports / "x")).output, alone) << format;
  }
}

TEST_F(CheckProgram, RefusesReportsThatGetInEachOthersWay) {
  folder_.write("Dockerfile", "FROM nginx:1\n");
  EXPECT_EQ(shell("imglint check --format json --format sarif").status, 2);
  EXPECT_EQ(shell("imglint check --format json=a --format sarif=a").status, 2);
  EXPECT_EQ(shell("imglint check --format json=a --output a").status, 2);
  EXPECT_EQ(shell("imglint check --format json=").status, 2);
  EXPECT_EQ(shell("imglint check --output none/a").status, 2);
  EXPECT_EQ(shell("imglint check --output /dev/full --format json").status, 2);
  EXPECT_EQ(shell("imglint check --format json >/dev/full").status, 2);
}

struct Outcome {
  std::string_view words;
  std::string_view input;  ///< standard input, for a run without files
  int status;
};

// clang-format off
constexpr Outcome outcomes[] = {
    {"clean", {}, 0},
    {"warns", {}, 1},
    {"warns --exit-zero", {}, 0},
    {"warns --fail-on error", {}, 0},
    {"informs", {}, 0},
    {"informs --fail-on info", {}, 1},
    {"errs --fail-on error", {}, 1},
    {"errs --exit-zero", {}, 0},
    {"clean none", {}, 2},
    {"clean none --exit-zero", {}, 2},
    {"binary/Dockerfile", {}, 2},
    {"large/Dockerfile --max-file-size 100", {}, 2},
    {"warns binary/Dockerfile --exit-zero", {}, 2},
    {"utf16", {}, 2},
    {"broken-yaml", {}, 1},
    {"broken-line", {}, 1},
    {"- --stdin-filename Dockerfile", "FROM nginx:1.27\\n", 0},
    {"- --stdin-filename Dockerfile", "FROM nginx\\n", 1},
    {"- --stdin-filename a/compose.yml", "services: {a: {image: nginx}}\\n", 1},
    {"- --stdin-filename a/compose.yml", "\\0\\0", 2},
    {"-", "services: {a: {image: nginx}}\\n", 1},
};
// clang-format on

TEST_F(CheckProgram, EndsWithTheSameCodeInEveryFormat) {
  folder_.write("clean/Dockerfile", "FROM nginx:1.27\n");
  folder_.write("warns/Dockerfile", "FROM nginx\n");
  folder_.write("informs/Dockerfile", "FROM index.docker.io/library/nginx:1\n");
  folder_.write("errs/Dockerfile", "FROM nginx:1:2\n");
  folder_.write("binary/Dockerfile", std::string("FROM nginx\0\n", 12));
  folder_.write("large/Dockerfile", "FROM nginx\n" + std::string(200, '#') + "\n");
  folder_.write("utf16/compose.yml", std::string("\xFF\xFEs\0:\0", 6));
  folder_.write("broken-yaml/compose.yml", "services: {a: {image: nginx}}\nb: [\n");
  folder_.write("broken-line/Dockerfile", "FROM nginx:1\nNONSENSE\n");
  for (const Outcome& outcome : outcomes)
    for (const std::string& format : names_of_formats()) {
      const std::string line =
          "imglint check " + std::string(outcome.words) + " --isolated --format " + format;
      const std::string input = outcome.input.empty() ? "" : "printf '" + std::string(outcome.input) + "' | ";
      const ProcessOutput result = shell(input + line);
      EXPECT_EQ(result.status, outcome.status) << input << line << "\n" << result.errors;
      const SeenReport seen = read_report(format, result.output);
      EXPECT_TRUE(outcome.status != 1 || !seen.findings.empty()) << line;
    }
}

TEST_F(CheckProgram, EveryFormatInAFileShowsWhatCouldNotBeJudged) {
  folder_.write("Dockerfile", "FROM nginx\n");
  folder_.write("binary/Dockerfile", std::string("FROM nginx\0\n", 12));
  for (const std::string& format : names_of_formats()) {
    const ProcessOutput result =
        shell("imglint check Dockerfile none binary/Dockerfile --format " + format + "=out");
    EXPECT_EQ(result.status, 2) << format;
    const SeenReport seen = read_report(format, folder_.read("out"));
    EXPECT_EQ(seen.findings.size(), 1u) << format;
    EXPECT_EQ(seen.failures, (std::vector<std::string>{"none", "binary/Dockerfile"})) << format;
    EXPECT_NE(result.errors.find("none: error:"), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("2 could not be judged"), std::string::npos) << result.errors;
  }
}

TEST_F(CheckProgram, WritesWhatIsHardToWriteInEveryFormat) {
  shell("sh " + (source_folder() / "tests/formats/project.sh").string() + " .");
  const SeenReport expected = read_report("jsonl", shell("imglint check --format jsonl").output);
  EXPECT_EQ(expected.findings.size(), 13u);
  const bool has_xmllint = shell("command -v xmllint >/dev/null").status == 0;
  for (const std::string& format : names_of_formats()) {
    shell("imglint check --format " + format + "=out");
    std::vector<Seen> seen = read_report(format, folder_.read("out")).findings;
    // An URI has its own way to write odd names.
    for (std::size_t i = 0; i < seen.size() && format == "sarif"; ++i)
      if (seen[i].file.find('%') != std::string::npos) seen[i].file = expected.findings[i].file;
    EXPECT_EQ(seen, expected.findings) << format;
    const bool is_xml = format == "checkstyle" || format == "junit";
    EXPECT_TRUE(!is_xml || !has_xmllint || shell("xmllint --noout out").status == 0) << format;
  }
}

/// Who may not enter a folder cannot read its files, which says nothing of the configuration.
TEST_F(CheckProgram, AFolderThatMayNotBeEnteredIsToldOnceAndTheRestIsJudged) {
  folder_.write("Dockerfile", "FROM nginx\n");
  folder_.write("lockd/Dockerfile", "FROM redis\n");
  std::string user = "HOME=.";
  if (shell("test $(id -u) = 0").status == 0) {
    user += " setpriv --reuid=65534 --regid=65534 --clear-groups";
    shell("chmod 755 . && chown -R 65534:65534 .");
  }
  if (shell(user + " imglint --version").status != 0) GTEST_SKIP() << "no other user can run it";
  ASSERT_EQ(shell(user + " git init -q . && " + user + " git add -A && chmod 000 lockd").status, 0);
  const ProcessOutput done = shell(user + " imglint check --output out.txt; echo $?");
  shell("chmod 755 lockd");
  EXPECT_EQ(done.output, "2\n");
  EXPECT_NE(folder_.read("out.txt").find("Dockerfile:1:6: warning: no tag"), std::string::npos);
  EXPECT_EQ(done.errors.find("cannot look for the configuration"), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("1 could not be judged"), std::string::npos) << done.errors;
}

/// git passes it over, and so would a program that asks git. No exit code tells of it: data of a container
/// may lie there. What no file of is wanted is not missed.
TEST_F(CheckProgram, AnUntrackedFolderThatGitCannotOpenIsTold) {
  folder_.write("Dockerfile", "FROM nginx:1.27\n");
  folder_.write("app/it's data/Dockerfile", "FROM redis\n");
  folder_.write("ignored/Dockerfile", "FROM redis\n");
  folder_.write("excluded/Dockerfile", "FROM redis\n");
  folder_.write("named/Dockerfile", "FROM redis\n");
  folder_.write(".gitignore", "ignored/\n");
  folder_.write(".imglintignore", "named/\n");
  folder_.write(".imglint.yaml", "exclude: [excluded]\n");
  std::string user = "HOME=.";
  if (shell("test $(id -u) = 0").status == 0) {
    user += " setpriv --reuid=65534 --regid=65534 --clear-groups";
    shell("chmod 755 . && chown -R 65534:65534 .");
  }
  if (shell(user + " imglint --version").status != 0) GTEST_SKIP() << "no other user can run it";
  const std::string locked = " app/it*data ignored excluded named";
  ASSERT_EQ(shell(user + " git init -q . && chmod 000" + locked).status, 0);
  const ProcessOutput done = shell(user + " imglint check --output out.txt; echo $?");
  const ProcessOutput below = shell(user + " imglint check --output out.txt app");
  shell("chmod 755" + locked);
  EXPECT_EQ(done.output, "0\n");
  EXPECT_EQ(done.errors,
            "app/it's data: note: left out: cannot read the folder: permission denied\n"
            "  hint: a line in .gitignore or .imglintignore says that it is not to be read\n"
            "no findings in 1 file\n");
  EXPECT_NE(below.errors.find("app/it's data: note: left out"), std::string::npos) << below.errors;
}

/// What a name tells is missed and an error; what only its text would tell may be nothing at all.
TEST_F(CheckProgram, FilesWhoseTextWouldSayWhatTheyAreAreToldOnceWhereTheyCannotBeRead) {
  const std::string pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: nginx\n";
  folder_.write("Dockerfile", "FROM nginx:1.27\n");
  for (const char* name : {"pod.yaml", "sub/pod.yml", "x.json", "named.yaml", "notes.txt"})
    folder_.write(name, pod);
  folder_.write(".imglintignore", "named.yaml\n");
  std::string user = "HOME=.";
  if (shell("test $(id -u) = 0").status == 0) {
    user += " setpriv --reuid=65534 --regid=65534 --clear-groups";
    shell("chmod 755 . && chown -R 65534:65534 .");
  }
  if (shell(user + " imglint --version").status != 0) GTEST_SKIP() << "no other user can run it";
  ASSERT_EQ(shell("chmod 000 *.yaml sub/pod.yml x.json notes.txt").status, 0);
  const ProcessOutput done = shell(user + " imglint check; echo $?");
  const ProcessOutput below = shell(user + " imglint check --output out.txt sub; echo $?");
  EXPECT_EQ(done.output, "0\n");
  EXPECT_EQ(done.errors,
            "pod.yaml: note: left out: cannot read what it is: permission denied; the same of 2 more files\n"
            "  hint: a line in .gitignore or .imglintignore says that it is not to be read\n"
            "no findings in 1 file\n");
  EXPECT_EQ(below.errors.find("sub/pod.yml: note: left out: cannot read what it is: permission denied\n"), 0u)
      << below.errors;
}

/// A link stays and what it leads to would go.
TEST_F(CheckProgram, AReportDoesNotReplaceASourceBehindALink) {
  folder_.write("compose.yaml", "services: {a: {image: nginx}}\n");
  folder_.link("compose.yaml", "s.txt");
  const ProcessOutput done = shell("imglint check --output s.txt");
  EXPECT_EQ(done.status, 2);
  EXPECT_NE(done.errors.find("s.txt: error: not written: imglint reads"), std::string::npos) << done.errors;
  EXPECT_EQ(folder_.read("compose.yaml"), "services: {a: {image: nginx}}\n");
}

TEST_F(CheckProgram, ACommitIsNotUnknownBecauseThereIsNoGit) {
  folder_.write("Dockerfile", "FROM nginx\n");
  const ProcessOutput done =
      shell("git init -q . && p=$(command -v imglint) && PATH=/nonexistent $p check --since HEAD");
  EXPECT_EQ(done.status, 2);
  EXPECT_NE(done.errors.find("git was not found"), std::string::npos) << done.errors;
  EXPECT_EQ(done.errors.find("shallow clone"), std::string::npos) << done.errors;
}

/// What a terminal gets on standard error: `script` runs the line on one. Standard output goes to a file.
std::string on_terminal(const std::string& line) { return "script -qec '{ " + line + "; } >out' /dev/null"; }

TEST_F(CheckProgram, ShowsALongRunOnATerminalAndTakesTheLineAway) {
  if (shell("script -qec true /dev/null").status != 0) GTEST_SKIP() << "no script(1)";
  const std::string slow = "{ sleep 1.4; echo FROM nginx; } | imglint check - --stdin-filename Dockerfile";
  const std::string shown = shell(on_terminal(slow)).output;
  EXPECT_TRUE(shown.starts_with("\rreading standard input\x1b[K")) << shown;
  const std::size_t taken_away = shown.rfind("\r\x1b[K");
  ASSERT_NE(taken_away, std::string::npos) << shown;
  EXPECT_EQ(shown.substr(taken_away), "\r\x1b[K1 finding in 1 file: 1 warning\r\n");
  EXPECT_NE(folder_.read("out").find("missing-tag"), std::string::npos);
}

TEST_F(CheckProgram, ShowsNoProgressOfAShortRunAndNeverInAPipe) {
  const std::string quick = "echo FROM nginx | imglint check - --stdin-filename Dockerfile";
  const std::string slow = "{ sleep 1.3; echo FROM nginx; } | imglint check - --stdin-filename Dockerfile";
  EXPECT_EQ(shell(slow).errors, "1 finding in 1 file: 1 warning\n");
  if (shell("script -qec true /dev/null").status != 0) GTEST_SKIP() << "no script(1)";
  EXPECT_EQ(shell(on_terminal(quick)).output, "1 finding in 1 file: 1 warning\r\n");
  EXPECT_EQ(shell(on_terminal("TERM=dumb; " + slow)).output, "1 finding in 1 file: 1 warning\r\n");
}

}  // namespace
}  // namespace imglint::test
