// What all commands share: help, version, quiet, colours, words that are not known.
#include "cli/program.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/version.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Program : public ::testing::Test {
 protected:
  Program() { files_.put("Dockerfile", "FROM nginx\n"); }
  ProgramRun run(const std::vector<std::string>& words) { return run_program_in(files_, words); }
  MemoryFileSystem files_;
};

TEST_F(Program, SaysItsVersionForPeopleAndPrograms) {
  EXPECT_EQ(run({"--version"}).out, "imglint " + std::string(version) + "\n");
  const auto json = nlohmann::json::parse(run({"--version", "--format", "json"}).out);
  EXPECT_EQ(json["version"], version);
  EXPECT_EQ(json["name"], "imglint");
  EXPECT_EQ(run({"--version", "--format", "xml"}).code, 2);
  // Without --version it would be lost.
  const ProgramRun lost = run({"--format", "json"});
  EXPECT_EQ(lost.code, 2);
  EXPECT_NE(lost.err.find("write 'imglint check --format json'"), std::string::npos) << lost.err;
  EXPECT_NE(run({"--format", "json", "list"}).err.find("write 'imglint list --format json'"),
            std::string::npos);
}

TEST_F(Program, WordsOfOtherLintersAreAnsweredWithOurs) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"check", "--rule", "latest-tag"}, "here it is --select"},
      {{"check", "--only", "latest-tag"}, "here it is --select"},
      {{"check", "--severity", "error"}, "here it is --fail-on"},
      {{"check", "--max-warnings=0"}, "here it is --fail-on"},
      {{"check", "--exclude", "vendor"}, "here it is 'exclude' in .imglint.yaml, or a file .imglintignore"},
      {{"retarget", "--exclude", "redis"},
       "--except leaves an image as it is; to leave out files: 'exclude' in .imglint.yaml"},
      {{"check", "--no-config"}, "here it is --isolated"},
      {{"--no-config"}, "here it is imglint check --isolated"},
      {{"check", "--strict"}, "here it is 'preset: strict' in .imglint.yaml"},
      {{"-V"}, "here it is --version"},
      {{"check", "-V"}, "here it is 'imglint --version'"},
      {{"check", "--trusted-registry", "ghcr.io"}, "here it is 'registries' with 'allow' in .imglint.yaml"},
      {{"check", "--output-format", "json"}, "here it is --format"},
      {{"check", "--json"}, "here it is --format json"},
      {{"check", "--sarif=out"}, "here it is --format sarif"},
      {{"check", "--xml"}, "here it is --format junit or checkstyle"},
      {{"check", "--codeclimate"}, "here it is --format gitlab"},
      {{"--json"}, "here it is imglint check --format json"},
      {{"list", "--json"}, "here it is --format json"},
      {{"list", "--html"}, "here it is --format html"},
      {{"list", "--jsn"}, "did you mean --format json?"},
      {{"parse", "--jsn"}, "did you mean --format json?"},
      {{"list", "--sarif"},
       "here --format takes text, json, jsonl or html; 'imglint check --format sarif' writes findings"},
      {{"parse", "--sarif"},
       "here --format takes text, json or jsonl; 'imglint check --format sarif' writes"},
      {{"retarget", "--xml"}, "here --format takes text or json; 'imglint check --format junit' writes"},
      {{"retarget", "--json"}, "here it is --format json"},
      {{"verify", "--sarif"}, "here it is --format sarif"},
      {{"merge", "a.jsonl", "--jsonl"}, "here it is --format jsonl"},
      {{"check", "--format", "xml"}, "did you mean junit or checkstyle?"},
      {{"check", "--format", "github-actions"}, "did you mean github?"},
      {{"scan"}, "did you mean check?"},
      {{"lint"}, "did you mean check?"},
  };
  for (const auto& [words, hint] : cases) {
    const ProgramRun done = run(words);
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.err, HasSubstr(hint));
  }
}

TEST_F(Program, HelpOfEveryCommandShowsAnExample) {
  EXPECT_THAT(run({"--help"}).out, HasSubstr("Examples:"));
  for (const char* command : {"check", "list", "parse", "explain", "retarget", "completions"}) {
    const ProgramRun help = run({command, "--help"});
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("Usage: imglint " + std::string(command))) << command;
    EXPECT_THAT(help.out, HasSubstr("Examples:\n  imglint " + std::string(command))) << command;
    EXPECT_THAT(help.out, Not(HasSubstr("\n\n\n"))) << command;
  }
}

TEST_F(Program, QuietLeavesFindingsAndErrorsAlone) {
  const ProgramRun loud = run({"check", "Dockerfile"});
  EXPECT_THAT(loud.err, HasSubstr("1 warning"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check", "-q", "Dockerfile"}, {"-q", "check", "Dockerfile"}}) {
    const ProgramRun quiet = run(words);
    EXPECT_EQ(quiet.out, loud.out);
    EXPECT_EQ(quiet.err, "");
    EXPECT_EQ(quiet.code, 1);
  }
  EXPECT_THAT(run({"check", "-q", "none"}).err, HasSubstr("none"));
}

TEST_F(Program, ColorsAreAsWanted) {
  EXPECT_THAT(run({"check", "--color", "always", "Dockerfile"}).out, HasSubstr("\x1b["));
  EXPECT_THAT(run({"check", "--color", "never", "Dockerfile"}).out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(run({"check", "Dockerfile"}).out, Not(HasSubstr("\x1b[")));
  EXPECT_EQ(run({"check", "--color", "blue", "Dockerfile"}).code, 2);
}

TEST_F(Program, GuessesTheWordThatWasMeant) {
  const struct {
    std::vector<std::string> words;
    std::string guess;
  } cases[] = {{{"chek"}, "check"},
               {{"check", "--formt", "json"}, "--format"},
               {{"check", "--format", "jsn"}, "json"},
               {{"retarget", "--form", "a"}, "--from"},
               {{"explain", "latest-tga"}, "latest-tag"},
               {{"check", "--select", "missing-tga"}, "missing-tag"},
               {{"check", "--color", "alwys"}, "'always'"},
               {{"check", "--fail-on", "eror"}, "'error'"},
               {{"retarget", "--paths", "lats"}, "'last'"},
               {{"completions", "bsh"}, "'bash'"},
               {{"lint"}, "check"},
               {{"fix"}, "check --fix"}};
  for (const auto& one : cases) {
    const ProgramRun result = run(one.words);
    EXPECT_EQ(result.code, 2) << one.words.back();
    EXPECT_THAT(result.err, HasSubstr("did you mean")) << one.words.back();
    EXPECT_THAT(result.err, HasSubstr(one.guess)) << one.words.back();
  }
}

TEST_F(Program, OffersNoOptionThatIsOnlyShortOrFarFromTheWord) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"config", "--list"},
                                                {"check", "--list-files"},
                                                {"check", "--max-files", "3"},
                                                {"list", "--strict"}})
    EXPECT_EQ(run(words).err, "imglint: error: no such option: " + words[1] + "\n  hint: 'imglint " +
                                  words[0] + " --help' lists the options\n");
}

TEST_F(Program, SaysInPlainWordsHowAnOptionIsGiven) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"retarget", "--to", "a.io", "--to", "b.io"}, "--to is given 2 times, and can be given once;"},
      {{"retarget", "--to", "a.io", "--lock=a", "--lock=b"},
       "--lock is given 2 times, and can be given once;"},
      {{"retarget", "--revert"}, "--revert needs a word behind it: LOCK;"},
      {{"retarget", "--to"}, "--to needs a word behind it: HOST[/NS];"},
      {{"config", "--format"}, "--format needs a word behind it: text or json\n"},
      {{"check", "--select"}, "--select needs a word behind it: RULE,...\n"},
      {{"check", "--jobs", "x"}, "--jobs: must be 1 to 256, not 'x'\n"},
  };
  for (const auto& [words, message] : cases) {
    const ProgramRun done = run(words);
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.err, HasSubstr(message));
  }
}

TEST_F(Program, SaysWhereAMisplacedWordBelongs) {
  EXPECT_THAT(run({"--jobs", "2", "check"}).err, HasSubstr("'imglint check --jobs'"));
  EXPECT_THAT(run({"Dockerfile"}).err, HasSubstr("'imglint check Dockerfile'"));
  EXPECT_THAT(run({"rules", "x"}).err, HasSubstr("one word too many: x"));
}

TEST_F(Program, KnowsTheCommandsOthersHave) {
  EXPECT_EQ(run({"help"}).out, run({"--help"}).out);
  EXPECT_EQ(run({"help", "check"}).out, run({"check", "--help"}).out);
  EXPECT_EQ(run({"help", "check"}).code, 0);
  EXPECT_EQ(run({"version"}).out, run({"--version"}).out);
  EXPECT_EQ(run({"check", "--help"}).out.find("Subcommand"), std::string::npos);
  EXPECT_THAT(run({"lsp", "--help"}).out, Not(HasSubstr("--fix")));
}

TEST_F(Program, InAGithubWorkflowReportsAreCommandsUnlessAFormatIsGiven) {
  std::string out;
  std::string err;
  const auto run_there = [&](const std::vector<std::string>& words) {
    out.clear();
    err.clear();
    const Session session{.files = files_,
                          .read_input = [](std::uint64_t) { return std::string(); },
                          .out = [&](std::string_view text) { out += text; },
                          .err = [&](std::string_view text) { err += text; },
                          .github_actions = true};
    return run_program(words, session);
  };
  EXPECT_EQ(run_there({"check", "Dockerfile"}), ExitCode::findings);
  EXPECT_THAT(out, HasSubstr("::warning title=missing-tag,file=Dockerfile"));
  EXPECT_THAT(err, HasSubstr("GITHUB_ACTIONS"));
  EXPECT_EQ(run_there({"check", "Dockerfile", "--format", "compact"}), ExitCode::findings);
  EXPECT_THAT(out, Not(HasSubstr("::warning")));
}

}  // namespace
}  // namespace imglint::test
