// Output that is written while files are still read: the same bytes as when all are known before, and never
// much of it at once.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cli/program.hpp"
#include "output/reports/ordered_pieces.hpp"
#include "output/reports/report.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

/// Files that wait for others: values from .env and of a build, a host misspelt in several files; and what
/// cannot be judged.
void put_entangled_files(MemoryFileSystem& files) {
  for (const std::string folder : {"a", "b", "c"}) {
    files.put(folder + "/.env", "TAG=latest\n");
    files.put(folder + "/compose.yaml",
              "services:\n  a: {image: \"redis:$TAG\"}\n  b: {image: nginx}\n  c: {image: \"redis:$TAG\"}\n");
    files.put(folder + "/Dockerfile", "ARG X=scratch\nFROM $X\nFROM nginx\n");
    files.put(folder + "/api.Dockerfile", "FROM nginx\nFROM ghrc.io/a/" + folder + ":1\n");
    files.put(folder + "/clean.Dockerfile", "FROM scratch\n");
    files.put(folder + "/text.Dockerfile", "FROM nginx\n\xFF\xFE\n");
  }
  files.put("b/build.compose.yaml", "services: {a: {build: {context: ., args: {X: \"nginx:latest\"}}}}\n");
  files.put("b/huge.Dockerfile", std::string(5 << 20, '#'));
}

TEST(StreamedReport, HasTheBytesOfOneThatIsWrittenAtTheEnd) {
  MemoryFileSystem files;
  put_entangled_files(files);
  for (const ReportFormat& format : report_formats()) {
    const std::string name(format.name);
    for (const std::vector<std::string>& paths :
         {std::vector<std::string>{"."}, {"b", "a/Dockerfile", "none"}}) {
      std::vector<std::string> words = {"check", "--stats", "--format", name};
      words.insert(words.end(), paths.begin(), paths.end());
      const ProgramRun streamed = run_program_in(files, words);
      // A report that begins with its totals makes all of them wait.
      words.insert(words.end(), {"--format", "junit=beside.xml"});
      const ProgramRun at_the_end = run_program_in(files, words);
      EXPECT_EQ(streamed.out, at_the_end.out) << name;
      EXPECT_EQ(streamed.err, at_the_end.err) << name;
      EXPECT_EQ(streamed.code, 2) << name;
      EXPECT_EQ(at_the_end.code, 2) << name;
    }
  }
}

/// What came out of a run over many Dockerfiles, block by block.
struct Blocks {
  std::size_t bytes = 0;
  std::size_t longest = 0;
  std::size_t bytes_before_last_read = 0;
};

Blocks run_over_many(const std::vector<std::string>& words) {
  MemoryFileSystem files;
  const std::string content = "FROM nginx\nFROM redis\n# " + std::string(100, 'x') + "\n";
  for (int i = 0; i < 1500; ++i) files.put(std::to_string(10'000 + i) + ".Dockerfile", content);
  Blocks blocks;
  files.on_call([&](const std::string& call) {
    if (call.starts_with("read ") && call.ends_with("11499.Dockerfile"))
      blocks.bytes_before_last_read = blocks.bytes;
  });
  const Session session{.files = files,
                        .read_input = [](std::uint64_t) { return Result<std::string>(""); },
                        .out =
                            [&](std::string_view text) {
                              blocks.bytes += text.size();
                              blocks.longest = std::max(blocks.longest, text.size());
                            },
                        .err = [](std::string_view) {}};
  std::vector<std::string> all = words;
  all.insert(all.end(), {"-j", "1"});
  (void)run_program(all, session);
  return blocks;
}

TEST(StreamedReport, LeavesInBlocksWhileFilesAreRead) {
  struct Case {
    std::vector<std::string> words;
    bool early;
  };
  const Case cases[] = {
      {{"check", "--format", "compact"}, true},
      {{"check", "--format", "gitlab"}, true},
      {{"check", "--format", "checkstyle"}, true},
      {{"check", "--format", "json"}, false},
      {{"list"}, true},
      {{"list", "--format", "json"}, true},
  };
  for (const Case& each : cases) {
    const Blocks blocks = run_over_many(each.words);
    SCOPED_TRACE(each.words.back());
    EXPECT_GT(blocks.bytes, 100'000u);
    EXPECT_LT(blocks.longest, each.early ? 80'000u : 200'000u);  // the list of files comes at once
    if (each.early)
      EXPECT_GT(blocks.bytes_before_last_read + 80'000, blocks.bytes);
    else
      EXPECT_EQ(blocks.bytes_before_last_read, 0u);
  }
}

TEST(OrderedPieces, WriteEachPieceAsSoonAsAllBeforeItHaveCome) {
  std::string out;
  OrderedPieces pieces(", ", [&](std::string_view text) { out += text; });
  pieces.append("[");
  pieces.wait_for(6);
  pieces.put(3, "three");
  pieces.put(1, "one");
  EXPECT_EQ(pieces.held(), std::string("[threeone").size());
  pieces.put(0, "");
  pieces.put(5, "five");
  pieces.write_before(4);  // two never comes
  pieces.write("late four");
  pieces.finish();
  pieces.append("]");
  pieces.finish();
  EXPECT_EQ(out, "[one, three, late four, five]");
}

}  // namespace
}  // namespace imglint::test
