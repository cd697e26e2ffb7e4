// Everything that is printed for people or for machines, of files whose names and bytes would steer a
// terminal.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/printable.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using Words = std::vector<std::string>;

/// Sets a colour that imglint does not use, the title of the window, and in one byte what ESC [ does.
constexpr std::string_view hostile = "\x1b[95m\x1b]0;title\x07\x9B\xC2\x9B\x7F\xE2\x80\xAE";

class HostileOutput : public ::testing::Test {
 protected:
  HostileOutput() {
    const std::string evil(hostile);
    names_ = {"a" + evil + ".Dockerfile", "line\nbreak.Dockerfile", evil + "/compose.yaml"};
    files_.put(names_[0], "ARG R=docker.io\nFROM ${R}/library/nginx\nFROM docker.io/library/redis # " + evil +
                              "\nFROM x" + evil + "\nFROM ngnix:" + evil + "\n# imglint ignore=" + evil +
                              "\nCOPY --from=ghrc.io/x/y" + evil + " a b\n");
    files_.put(names_[1], "# " + evil + "\nFROM docker.io/library/nginx\nRUN " + evil + "\n");
    files_.put(names_[2], "services:\n  \"a\\e[95m\":\n    image: docker.io/library/nginx # " + evil +
                              "\n    build: {context: \"" + "\\e[95m" + "\"}\n  b: {image: \"x\\e[95m\"}\n");
    files_.put(".imglint.yaml", "rules: {redundant-registry: warning}\n");
    files_.put("map.txt", evil + " = x\n");
    files_.put("good.txt", "docker.io = reg.corp/hub\n");
  }
  /// The program over all files.
  ProgramRun run(Words words, bool terminal) {
    words.insert(words.end(), names_.begin(), names_.end());
    return run_program_in(files_, words, {}, terminal);
  }

  MemoryFileSystem files_;
  Words names_;
};

/// The first byte that a terminal would obey, with what stands before it; empty if there is none. Colours of
/// imglint's own are left out.
std::string harm_in(std::string text, bool colours) {
  for (std::size_t at = 0; colours && (at = text.find("\x1b[", at)) != std::string::npos;) {
    const std::size_t end = text.find('m', at);
    if (end == std::string::npos || text.substr(at, end - at).find("95") != std::string::npos) break;
    text.erase(at, end - at + 1);
  }
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    if (point.value != '\n' && point.value != '\t' && !is_printable(point)) {
      const std::size_t at = text.size() - rest.size();
      return printable(text.substr(at < 200 ? 0 : at - 200, 260));
    }
    rest.remove_prefix(point.size);
  }
  return {};
}

const Words commands[] = {
    {"check"},
    {"check", "--format", "compact"},
    {"check", "--format", "json"},
    {"check", "--format", "jsonl"},
    {"check", "--format", "sarif"},
    {"check", "--format", "github"},
    {"check", "--format", "gitlab"},
    {"check", "--format", "checkstyle"},
    {"check", "--format", "junit"},
    {"check", "--format", "rdjson"},
    {"check", "--format", "html"},
    {"check", "--stats"},
    {"list"},
    {"list", "--format", "json"},
    {"list", "--format", "jsonl"},
    {"list", "--format", "html"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run"},
    {"retarget", "--to", "ghcr.io/org", "--check"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--format", "json"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "list"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "docker"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "skopeo"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "crane"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "imagetools"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "regsync"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "verify"},
    {"retarget", "--to", "ghcr.io/org", "--dry-run", "--plan", "ecr-repositories"},
    {"retarget", "--to", "ghcr.io/org", "--emit", "compose-override"},
    {"retarget", "--to", "ghcr.io/org", "--emit", "source-policy"},
    {"retarget", "--to", "ghcr.io/org", "--emit", "registries-conf"},
    {"retarget", "--map-file", "map.txt", "--dry-run"},
    {"retarget", "--to", std::string(hostile), "--dry-run"},
    {"retarget", "--map", std::string(hostile) + "=x", "--dry-run"},
    {"check", "--select", std::string(hostile)},
    {"check", "--config", std::string(hostile)},
    {"check", "--format", std::string(hostile)},
    {"check", "--" + std::string(hostile)},
    {"explain", std::string(hostile)},
    {"parse", std::string(hostile)},
    {"config", std::string(hostile)},
    {std::string(hostile)},
};

TEST_F(HostileOutput, SteersNoTerminal) {
  for (const Words& words : commands)
    for (const bool terminal : {false, true}) {
      const ProgramRun result = run(words, terminal);
      const std::string name = words[0] + " " + (words.size() > 2 ? words.back() : "");
      EXPECT_EQ(harm_in(result.out, terminal), "") << printable(name);
      EXPECT_EQ(harm_in(result.err, terminal), "") << printable(name);
    }
}

/// A line that a service which runs builds takes for a command. `::` counts at the beginning, `##[` anywhere.
std::string log_command_in(const std::string& text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t");
    const bool is_command = (first != line.npos && line.compare(first, 2, "::") == 0) ||
                            line.find("##[") != line.npos || line.find("##vso[") != line.npos;
    if (is_command) return line;
    begin = end + 1;
  }
  return {};
}

TEST_F(HostileOutput, CommandsNoServiceThatReadsTheLog) {
  const std::string bytes = "FROM docker.io/library/nginx ##[add-mask]x\nFROM ##vso[a]b\nFROM ngnix:::x:1\n";
  for (const char* name : {"::stop-commands::x.Dockerfile", " ::add-mask::x.Dockerfile",
                           "##[group]x.Dockerfile", "a/##vso[x]y.Dockerfile"})
    files_.put(names_.emplace_back(name), bytes);
  for (const Words& words : commands) {
    if (words.size() > 2 && (words[2] == "github" || words[2] == "json" || words[2] == "jsonl" ||
                             words[2] == "sarif" || words[2] == "html" || words[2] == "gitlab" ||
                             words[2] == "checkstyle" || words[2] == "junit" || words[2] == "rdjson"))
      continue;  // for programs; those of GitHub are commands of our own
    if (words.size() > 3 && (words[3] == "--emit" || words[3] == "--format" || words.size() > 5)) continue;
    const ProgramRun result = run(words, false);
    EXPECT_EQ(log_command_in(result.out), "") << words[0];
    EXPECT_EQ(log_command_in(result.err), "") << words[0];
  }
}

TEST_F(HostileOutput, OfADiffIsExactInAPipeAndSafeOnATerminal) {
  for (const Words& words :
       {Words{"retarget", "--to", "ghcr.io/org", "--diff"}, {"check", "--fix", "--diff"}}) {
    const ProgramRun piped = run(words, false), shown = run(words, true);
    EXPECT_NE(harm_in(piped.out, false), "") << "nothing to be made safe";
    EXPECT_NE(shown.out, "");
    EXPECT_EQ(harm_in(shown.out, true), "");
  }
}

TEST_F(HostileOutput, OfWhatIsWrittenIsSafeToo) {
  for (const Words& words : {Words{"retarget", "--to", "ghcr.io/org"}, {"check", "--fix", "--unsafe-fixes"}})
    for (const std::string& text : {run(words, true).err, run(words, true).out})
      EXPECT_EQ(harm_in(text, true), "") << words[0];
}

struct MessageCase {
  const char* written;  ///< as the name of a service
  const char* shown;    ///< in a message of SARIF
};

TEST(HostileSarif, MessagesHaveNoPlaceholdersAndNoLinks) {
  // The specification of SARIF 2.1.0, 3.11.5 and 3.11.6: `{0}` is taken for an argument, `[x](1)` for a link.
  constexpr MessageCase cases[] = {
      {"a{0}b", "a{{0}}b"}, {"a{12}{3}", "a{{12}}{{3}}"},
      {"a{b}c", "a{b}c"},   {"a{}c", "a{}c"},
      {"a{1", "a{1"},       {"[a](1)", "[a] (1)"},
      {"a](b)", "a] (b)"},  {"[{0}](http)", "[{{0}}] (http)"},
      {"a]b(", "a]b("},
  };
  for (const MessageCase& one : cases) {
    MemoryFileSystem files;
    files.put("compose.yaml", "services:\n  '" + std::string(one.written) + "':\n    image: ''\n");
    const std::string out = run_program_in(files, {"check", "--format", "sarif", "compose.yaml"}).out;
    const std::size_t results = out.find("\"results\"");
    ASSERT_NE(results, out.npos) << out;
    EXPECT_NE(out.find(one.shown, results), out.npos) << one.written << "\n" << out.substr(results);
    if (std::string_view(one.shown) != one.written) {
      EXPECT_EQ(out.find(one.written, results), out.npos) << one.written << "\n" << out.substr(results);
    }
  }
}

}  // namespace
}  // namespace imglint::test
