// Output that is written while files are still read: the same bytes as when all are known before, and never
// much of it at once.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <sys/resource.h>
#include <vector>

#include <gtest/gtest.h>

#include "check/early.hpp"
#include "cli/commands/check_reports.hpp"
#include "cli/program.hpp"
#include "kinds/index.hpp"
#include "output/reports/ordered_pieces.hpp"
#include "output/reports/report.hpp"
#include "rules/index.hpp"
#include "tests/support/check_run.hpp"
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
  files.put("none.json", R"({"version": 1, "findings": []})");
  for (const ReportFormat& format : report_formats()) {
    const std::string name(format.name);
    for (const std::vector<std::string>& paths :
         {std::vector<std::string>{"."}, {"b", "a/Dockerfile", "none"}}) {
      std::vector<std::string> words = {"check", "--stats", "--as-of", "2027-01-31", "--format", name};
      words.insert(words.end(), paths.begin(), paths.end());
      const ProgramRun streamed = run_program_in(files, words);
      // A baseline is held against all findings at once.
      words.insert(words.end(), {"--baseline", "none.json"});
      const ProgramRun at_the_end = run_program_in(files, words);
      EXPECT_EQ(streamed.out, at_the_end.out) << name;
      EXPECT_EQ(streamed.err, at_the_end.err) << name;
      EXPECT_EQ(streamed.code, 2) << name;
      EXPECT_EQ(at_the_end.code, 2) << name;
    }
  }
}

/// A run that writes these reports into files, and what it leaves.
MemoryFileSystem after_check(const std::vector<std::string>& reports) {
  MemoryFileSystem files;
  put_entangled_files(files);
  std::vector<std::string> words = {"check", "--as-of", "2027-01-31"};
  for (const std::string& report : reports) words.insert(words.end(), {"--format", report});
  (void)run_program_in(files, words);
  return files;
}

TEST(StreamedReport, HasTheSameBytesBesideOthers) {
  std::vector<std::string> all;
  for (const ReportFormat& format : report_formats())
    all.push_back(std::string(format.name) + "=report." + std::string(format.name));
  const MemoryFileSystem together = after_check(all);
  for (const std::string& report : all) {
    const std::string name = report.substr(report.find('=') + 1);
    EXPECT_EQ(together.bytes(name), after_check({report}).bytes(name));
  }
}

TEST(StreamedReport, KeepsNoFile) {
  constexpr std::size_t count = 300;
  const Policy policy = policy_of("");
  const CheckReport known{.rules = all_rule_infos()};
  for (const ReportFormat& format : report_formats()) {
    SCOPED_TRACE(format.name);
    MemoryFileSystem files;
    std::vector<FoundFile> found;
    EarlyCheck early;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string path = std::to_string(1000 + i) + (i % 2 == 0 ? "/Dockerfile" : "/compose.yaml");
      files.put(path, i % 2 == 0 ? "FROM nginx\n" : "services: {a: {image: redis}}\n");
      found.push_back({path, &kind_of_path(path)});
      early.add(policy);
    }
    const WantedReport wanted{.format = &format, .file = {}};
    std::string out;
    Project project;
    const OrderedPieces::Sink sink = [&](std::string_view text) { out += text; };
    CheckReports reports({&wanted, 1}, known, files, false, sink);
    load_project(std::move(found),
                 {.salvage = Salvage::all, .early = reports.write_early(early, project, [] { return true; })},
                 files, project);
    EXPECT_TRUE(project.files.empty());
    EXPECT_TRUE(early.result().findings.empty());
    EXPECT_EQ(reports.files(), count);
    EXPECT_EQ(reports.tally().findings(), count);
    EXPECT_EQ(reports.take_names(project).names.size(), format.has_overview ? 4U : 0U);
    CheckReport report = known;
    report.counts.files = count;
    report.counts.tally = reports.tally();
    EXPECT_TRUE(reports.finish(report, project).empty());
    EXPECT_LT(out.find("1000/Dockerfile"), out.find("1299/compose.yaml"));
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

/// Pieces of all sizes, by place; some are empty.
std::vector<std::string> many_pieces() {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::size_t size = i % 7 == 0 ? 0 : i % 500 == 1 ? 200'000 : i % 300;
    pieces.push_back(size == 0 ? "" : std::to_string(i) + std::string(size, static_cast<char>(i % 256)));
  }
  return pieces;
}

/// Orders in which they may come.
std::vector<std::vector<std::size_t>> orders_of(std::size_t count) {
  std::vector<std::size_t> sorted(count);
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::vector<std::size_t> reversed(sorted.rbegin(), sorted.rend());
  std::vector<std::size_t> halves = sorted;
  std::stable_partition(halves.begin(), halves.end(), [](std::size_t place) { return place % 2 == 1; });
  std::vector<std::size_t> mixed = sorted;
  std::shuffle(mixed.begin(), mixed.end(), std::minstd_rand(1));
  return {sorted, reversed, halves, mixed};
}

/// What comes out of pieces in any of those orders; `most_held`: the most that was in memory.
std::vector<std::string> put_in_order(const std::vector<std::string>& pieces, bool holds_all,
                                      std::size_t& most_held) {
  std::vector<std::string> outs;
  for (const std::vector<std::size_t>& order : orders_of(pieces.size())) {
    std::string out;
    OrderedPieces ordered("|", [&](std::string_view text) { out += text; });
    ordered.put_aside(10'000);
    if (holds_all) ordered.hold_all();
    ordered.wait_for(pieces.size());
    for (const std::size_t place : order) {
      ordered.put(place, pieces[place]);
      most_held = std::max(most_held, ordered.held());
    }
    ordered.append("begin ");
    ordered.let_out();
    ordered.finish();
    EXPECT_FALSE(ordered.failure());
    outs.push_back(std::move(out));
  }
  return outs;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces)
    if (!piece.empty()) all += (all.empty() ? "" : "|") + piece;
  return all;
}

/// Less than there is, whatever comes first.
TEST(OrderedPieces, KeepLittleInMemory) {
  const std::vector<std::string> pieces = many_pieces();
  std::size_t held = 0;
  for (const std::string& out : put_in_order(pieces, true, held))
    EXPECT_TRUE(out == "begin " + joined(pieces));
  EXPECT_LE(held, 10'000U);
}

TEST(OrderedPieces, LeaveAsSoonAsTheyMayFromAFileToo) {
  const std::vector<std::string> pieces = many_pieces();
  std::size_t held = 0;
  for (const std::string& out : put_in_order(pieces, false, held))
    EXPECT_TRUE(out == joined(pieces) + "begin ");
  EXPECT_LE(held, 10'000U + (std::size_t{1} << 16) + 200'000);  // with the block that is being filled
}

/// Sets the folder for temporary files, and sets it back.
class TemporaryFiles {
 public:
  explicit TemporaryFiles(const char* folder) {
    if (const char* old = std::getenv("TMPDIR")) old_ = old;
    setenv("TMPDIR", folder, 1);
  }
  TemporaryFiles(const TemporaryFiles&) = delete;
  TemporaryFiles& operator=(const TemporaryFiles&) = delete;
  ~TemporaryFiles() {
    if (old_)
      setenv("TMPDIR", old_->c_str(), 1);
    else
      unsetenv("TMPDIR");
  }

 private:
  std::optional<std::string> old_;
};

TEST(OrderedPieces, StayInMemoryWhereThereCanBeNoFile) {
  const TemporaryFiles nowhere("/dev/null/none");
  const std::vector<std::string> pieces = many_pieces();
  std::size_t held = 0;
  for (const std::string& out : put_in_order(pieces, true, held))
    EXPECT_TRUE(out == "begin " + joined(pieces));
  EXPECT_GT(held, 100'000U);
}

/// Files may become no larger than so.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit old_{};
};

TEST(OrderedPieces, StayInMemoryWhenTheDiskIsFull) {
  const FileLimit small(150'000);
  const std::vector<std::string> pieces = many_pieces();
  std::size_t held = 0;
  for (const std::string& out : put_in_order(pieces, true, held))
    EXPECT_TRUE(out == "begin " + joined(pieces));
  EXPECT_GT(held, 100'000U);
}

}  // namespace
}  // namespace imglint::test
