// Every message of the program with hostile words in it: whatever a file or an option holds, what is printed
// of it neither begins a line of its own, which a CI would take for a command, nor steers a terminal.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/printable.hpp"
#include "cli/program.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

/// A line that GitHub obeys, one that Azure does, a colour, the bytes of ESC [ in one, a carriage return, a
/// reversal of the text.
const std::string hostile = "a\n::stop-commands::x\r##vso[x]\x1b[95m\xC2\x9B\xE2\x80\xAE\xFF";
/// The same as a double-quoted YAML or JSON string, as far as they can write it.
const std::string yaml = R"("a\n::stop-commands::x\r##vso[x]\x1b[95m\x9B\u202E")";
const std::string json = R"("a\n::stop-commands::x\r##vso[x]\u001b[95m\u009B\u202E")";

/// The first harm in a text: a byte that a terminal obeys, or a line that begins as the hostile words go on.
std::string harm_in(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    const std::size_t at = text.size() - rest.size();
    if (point.value != '\n' && point.value != '\t' && !is_printable(point))
      return printable(text.substr(at < 200 ? 0 : at - 200, 260));
    rest.remove_prefix(point.size);
  }
  const std::size_t line = text.find("\n::stop");
  return line == text.npos ? std::string() : std::string(text.substr(line < 200 ? 0 : line - 200, 260));
}

struct Case {
  std::string name;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<std::string> words;
};

class HostileMessages : public ::testing::Test {
 protected:
  static void expect_harmless(const Case& each) {
    SCOPED_TRACE(printable(each.name));
    MemoryFileSystem files;
    files.put("Dockerfile",
              "ARG A=docker.io/library/nginx\nFROM $A\nFROM docker.io/library/redis\nFROM $B\n");
    files.put("compose.yaml", "services:\n  a:\n    image: docker.io/library/nginx:${T}\n    build: .\n");
    for (const auto& [path, bytes] : each.files) files.put(path, bytes);
    const ProgramRun run = run_program_in(files, each.words, "FROM nginx\n");
    EXPECT_EQ(harm_in(run.out), "");
    EXPECT_EQ(harm_in(run.err), "");
    EXPECT_FALSE(run.out.empty() && run.err.empty()) << "nothing was said";
  }
};

TEST_F(HostileMessages, OfConfigurations) {
  const std::string w = yaml;
  for (const std::string& text : std::vector<std::string>{
           "extends: " + w,
           "extends: [" + w + ", b]",
           w + ": 1",
           "preset: " + w,
           "rules: " + w,
           "rules: {" + w + ": error}",
           "rules: {latest-tag: " + w + "}",
           "rules: {latest-tag: {severity: " + w + "}}",
           "rules: {latest-tag: {" + w + ": 1}}",
           "rules: {latest-tag: {allow: [" + w + "]}}",
           "rules: {floating-tag: {severity: error, " + w + ": [a]}}",
           "rules: {tag-pattern: {patterns: [{images: [" + w + "], pattern: a}]}}",
           "rules: {tag-pattern: {patterns: [{images: [a], pattern: " + w.substr(0, w.size() - 1) + "[\"}]}}",
           "rules: {tag-pattern: {patterns: [{images: [\"**\"], pattern: " + w + "}]}}",
           "rules: {unexplained-suppression: {severity: error, pattern: " + w + "}}",
           "rules: {partial-version: {min-parts: " + w + "}}",
           "registries: " + w,
           "registries: {allow: [" + w + "]}",
           "registries: {deny: [" + w + "]}",
           "registries: {deny: [{pattern: " + w + "}]}",
           "registries: {deny: [{pattern: \"docker.io/**\", message: " + w + "}]}",
           "registries: {deny: [{pattern: \"docker.io/**\", use: " + w + "}]}",
           "registries: {mirrors: [{from: " + w + ", to: b}]}",
           "registries: {mirrors: [{from: b, to: " + w + "}]}",
           "exceptions: [{rules: [" + w + "], reason: a}]",
           "exceptions: [{images: [" + w + "], reason: a}]",
           "exceptions: [{paths: [" + w + "], reason: a}]",
           "exceptions: [{reason: " + w + ", until: " + w + "}]",
           "overrides: [{paths: [" + w + "], rules: {latest-tag: off}}]",
           "overrides: [{paths: [\"**\"], rules: {" + w + ": off}}]",
           "contexts: [" + w + "]",
           "contexts: " + w,
           "a: &" + std::string("x\xC2\x9B") + " b",
           "a: *b",
           "%" + w,
           "[",
           "a: [\n" + hostile,
       })
    for (const std::vector<std::string>& words : {std::vector<std::string>{"check"},
                                                  {"check", "--format", "compact"},
                                                  {"config", "Dockerfile"},
                                                  {"retarget", "--to", "ghcr.io/x", "--dry-run"},
                                                  {"init"}})
      expect_harmless({text, {{".imglint.yaml", text + "\n"}}, words});
}

TEST_F(HostileMessages, OfOtherConfigurations) {
  for (const std::string& text :
       std::vector<std::string>{"ignored: [" + yaml + "]", "trustedRegistries: [" + yaml + "]", yaml + ": 1",
                                "override: {error: [" + yaml + "]}", "failure-threshold: " + yaml,
                                "label-schema: {a: " + yaml + "}", std::string("[")})
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"check"}, {"init"}, {"config", "Dockerfile"}})
      expect_harmless({text, {{".hadolint.yaml", text + "\n"}, {"b/.hadolint.yaml", text + "\n"}}, words});
}

TEST_F(HostileMessages, OfLocksAndBaselinesAndMaps) {
  const std::string w = json;
  const std::string lock =
      R"({"version":1,"files":[{"path":"Dockerfile","edits":[{"was":"docker.io/library/redis",)"
      R"("now":)" +
      w + R"(,"line":"FROM docker.io/library/redis"}]}]})";
  for (const std::string& text : std::vector<std::string>{
           w, "{" + w + ":1}", R"({"version":)" + w + "}", R"({"version":1,"files":)" + w + "}",
           R"({"version":1,"files":[)" + w + "]}",
           R"({"version":1,"files":[{"path":)" + w + R"(,"edits":[]}]})",
           R"({"version":1,"files":[{)" + w + ":1}]}",
           R"({"version":1,"files":[{"path":"Dockerfile","edits":[{)" + w + ":1}]}]}",
           R"({"version":1,"files":[{"path":"Dockerfile","edits":[{"was":)" + w + R"(,"now":)" + w + "}]}]}",
           lock,
           R"({"version":1,"findings":[{"rule":)" + w + R"(,"file":)" + w + R"(,"fingerprint":)" + w + "}]}",
           R"({"version":1,"findings":[{)" + w + ":1}]}", hostile, "{" + hostile}) {
    expect_harmless({text, {{"f.json", text}}, {"retarget", "--revert", "f.json"}});
    expect_harmless({text, {{"f.json", text}}, {"retarget", "--revert", "f.json", "--dry-run"}});
    expect_harmless({text, {{"f.json", text}}, {"retarget", "--check-lock", "f.json"}});
    expect_harmless({text, {{"f.json", text}}, {"check", "--baseline", "f.json"}});
    expect_harmless({text, {{"f.json", text}}, {"retarget", "--map-file", "f.json", "--dry-run"}});
    expect_harmless({text, {{"f.txt", text}}, {"retarget", "--map-file", "f.txt", "--dry-run"}});
    expect_harmless({text, {{"f.conf", text}}, {"retarget", "--map-file", "f.conf", "--dry-run"}});
  }
  for (const std::string& text : std::vector<std::string>{
           "[[registry]]\nprefix = " + w + "\nlocation = " + w + "\n",
           "[[registry]]\nlocation = \"docker.io\"\n[[registry.mirror]]\nlocation = " + w + "\n",
           w + " = 1\n", "[[registry]]\n" + w + " = 1\n", "short-name-mode = " + w + "\n"})
    expect_harmless(
        {text, {{"registries.conf", text}}, {"retarget", "--map-file", "registries.conf", "--dry-run"}});
  for (const std::string& text :
       std::vector<std::string>{"docker.io = " + hostile, hostile + " = b", "a = b = " + hostile})
    expect_harmless({text, {{"map", text}}, {"retarget", "--map-file", "map", "--dry-run"}});
}

TEST_F(HostileMessages, OfSourcesAndEnvironments) {
  const std::string one_line = "a\x1b[95m\xC2\x9B::stop";
  for (const std::string& text : std::vector<std::string>{
           "FROM " + one_line + "\n", "FROM a AS " + one_line + "\n", one_line + " a\n",
           "FROM a\nCOPY --from=" + one_line + " a b\n", "FROM --platform=" + one_line + " a\n",
           "FROM --" + one_line + " a\n", "FROM ${" + one_line + "}\n", "FROM ${A:?" + one_line + "}\n",
           "FROM ${A#" + one_line + "\\q}\n", "FROM '" + one_line + "\n",
           "FROM a\nRUN --mount=" + one_line + " b\n",
           "FROM a\nRUN --mount=type=cache,from=" + one_line + " b\n", "FROM a\nRUN <<" + one_line + "\n",
           "ARG " + one_line + "=" + one_line + "\nFROM a:$" + one_line + "\n",
           "# syntax=" + one_line + "\nFROM a\n", "# escape=" + one_line + "\nFROM a\n",
           "# imglint ignore=" + one_line + "\nFROM a\n", "FROM a\nONBUILD " + one_line + "\n"})
    for (const char* command : {"check", "list"})
      expect_harmless({text, {{"d/Dockerfile", text}}, {command, "d/Dockerfile"}});
  for (const std::string& image : std::vector<std::string>{
           yaml, std::string("${" + one_line + "}"), std::string("\"${A:?a\\n::stop-commands::x}\""),
           std::string("\"${A\\n::stop\""), std::string("!x\xC2\x9B y"), std::string("&") + one_line + " y"})
    for (const char* command : {"check", "list"})
      expect_harmless({image,
                       {{"d/compose.yaml", "services:\n  a:\n    image: " + image + "\n    extends: " + yaml +
                                               "\n  " + yaml + ": {image: " + yaml + "}\n"}},
                       {command, "d/compose.yaml"}});
  for (const std::string& text : std::vector<std::string>{
           hostile + "=1\n", "T=" + hostile + "\n", "T=\"" + hostile + "\"\n", "T=${T:?" + hostile + "}\n"})
    for (const char* command : {"check", "list"})
      expect_harmless({text, {{".env", text}}, {command, "compose.yaml"}});
}

TEST_F(HostileMessages, OfOptions) {
  const std::string w = hostile;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{w},
                                             {"--" + w},
                                             {"check", w},
                                             {"check", "--" + w},
                                             {"check", "--config", w},
                                             {"check", "--select", w},
                                             {"check", "--ignore", w},
                                             {"check", "--format", w},
                                             {"check", "--output", w},
                                             {"check", "--format", "json=" + w},
                                             {"check", "--as-of", w},
                                             {"check", "--since", w},
                                             {"check", "--baseline", w},
                                             {"check", "--jobs", w},
                                             {"check", "--max-file-size", w},
                                             {"check", "--color", w},
                                             {"check", "--env", w},
                                             {"check", "--env-file", w},
                                             {"check", "--build-arg", w},
                                             {"check", "--stdin-filename", w + ".yaml", "-"},
                                             {"check", "--stdin-filename", w, "-"},
                                             {"list", w},
                                             {"list", "--format", w},
                                             {"parse", w},
                                             {"parse", "--format", w},
                                             {"explain", w},
                                             {"rules", w},
                                             {"rules", "--format", w},
                                             {"init", w},
                                             {"init", "--preset", w},
                                             {"config", w},
                                             {"config", "--format", w},
                                             {"completions", w},
                                             {"lsp", w},
                                             {"retarget", "--to", w, "--dry-run"},
                                             {"retarget", "--to", "a.b/" + w},
                                             {"retarget", "--from", w, "--to", "ghcr.io"},
                                             {"retarget", "--map", w},
                                             {"retarget", "--map", w + "=" + w},
                                             {"retarget", "--map", "docker.io=" + w},
                                             {"retarget", "--paths", w, "--to", "a.b"},
                                             {"retarget", "--map-file", w},
                                             {"retarget", "--plan", w, "--to", "a.b"},
                                             {"retarget", "--emit", w, "--to", "a.b"},
                                             {"retarget", "--lock", w},
                                             {"retarget", "--revert", w},
                                             {"retarget", "--to", "ghcr.io/x", "--reference", w},
                                             {"retarget", "--to", "ghcr.io/x", w}})
    expect_harmless({words.back(), {}, words});
}

/// The door that all errors and remarks go through.
TEST_F(HostileMessages, OfAnyErrorWhoeverForgotToMakeItSafe) {
  std::string said;
  MemoryFileSystem files;
  const Session session{
      .files = files, .out = [](std::string_view) {}, .err = [&](std::string_view text) { said += text; }};
  print({.message = hostile, .hint = hostile, .path = hostile, .line = 1, .column = 2}, session);
  print_remark({.message = hostile, .hint = hostile, .path = hostile}, session);
  EXPECT_EQ(harm_in(said), "");
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 4);
}

}  // namespace
}  // namespace imglint::test
