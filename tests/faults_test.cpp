// A write run in which each call to the system fails once: every file is the old or the new one, nothing is
// left behind, and what went wrong is said with the file's name.
#include <cerrno>
#include <cstring>
#include <map>
#include <sched.h>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/process.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Files = std::map<std::string, std::string>;

constexpr int part_only = 0;

#ifdef __SANITIZE_ADDRESS__
constexpr bool is_slow = true;
#else
constexpr bool is_slow = false;
#endif

/// What may happen to a call.
const std::map<std::string, std::vector<int>>& faults() {
  static const std::map<std::string, std::vector<int>> table = {
      {"open", {EACCES, EIO, EMFILE, EINTR, ENOSPC, EDQUOT}},
      {"read", {EIO, EINTR, part_only}},
      {"write", {ENOSPC, EDQUOT, EIO, EINTR, part_only}},
      {"close", {EIO, EDQUOT, EINTR}},
      {"fsync", {EIO, ENOSPC, EDQUOT, EINTR}},
      {"syncfs", {EIO}},
      {"rename", {EACCES, EIO, ENOSPC, EDQUOT}},
      {"unlink", {EACCES, EIO}},
      {"fchmod", {EPERM, EIO, EACCES}},
      {"fchown", {EPERM}},
      {"stat", {EACCES, EIO}},
      {"lstat", {EACCES, EIO}},
      {"fstat", {EIO}},
      {"fstatat", {EIO}},
      {"faccessat", {EACCES, EIO}},
      {"realpath", {EACCES, EIO}},
      {"readlink", {EACCES}},
      {"opendir", {EACCES, EIO, EMFILE}},
      {"readdir", {EIO}},
      {"flistxattr", {EIO}},
      {"fgetxattr", {EIO}},
      {"fsetxattr", {EPERM, ENOSPC}},
  };
  return table;
}

struct Call {
  std::string name;
  std::string path;
};

struct Outcome {
  int status = 0;
  std::string output;
  std::string errors;
  Files files;
};

/// A tree whose reading depends on every file in it: a lost configuration or .env changes the result.
class FaultsTest : public ::testing::Test {
 protected:
  FaultsTest() {
    old_ = {{".imglint.yaml", "rules: {redundant-registry: warning}\n"},
            {"Dockerfile", "FROM docker.io/library/nginx:1.27\n"},
            {"app/.env", "HUB=docker.io/library\n"},
            {"app/Dockerfile",
             "ARG TAG=3.20\nFROM docker.io/library/alpine:$TAG\n" + std::string(9000, '#') + "\n"},
            {"app/compose.yaml",
             "services:\n  a:\n    image: docker.io/library/redis:7\n  b:\n    image: "
             "${HUB:-quay.io/acme}/x:1\n"}};
    restore();
    // On one processor the program starts one thread, so that each run makes the same calls in one order.
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
    EXPECT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  }
  void restore() {
    for (const auto& [path, text] : old_) folder_.write(path, text);
    // Something to keep, so that it can fail to be kept.
    chmod((folder_ / "Dockerfile").c_str(), 0640);
  }
  void remove_new_files() const {
    for (const std::string& path : folder_.files())
      if (!old_.contains(path)) std::remove((folder_ / path).c_str());
  }
  Outcome run_program(const std::vector<std::string>& words, long at, int error) {
    Invocation command{
        .words = {"env", "-C", folder_.path(), "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0",
                  "IMGLINT_FAULT_LOG=" + (log_ / "log"), "IMGLINT_FAULT_AT=" + std::to_string(at),
                  "IMGLINT_FAULT_ERROR=" + std::to_string(error), "LD_PRELOAD=" + faults_path().string(),
                  program_path().string()},
        .without = {},
        .settings = {}};
    command.words.insert(command.words.end(), words.begin(), words.end());
    const auto result = run(command);
    EXPECT_TRUE(result);
    if (!result) return {};
    Outcome outcome{result->status, result->output, result->errors, {}};
    for (const std::string& path : folder_.files()) outcome.files[path] = folder_.read(path);
    return outcome;
  }
  std::vector<Call> calls() const {
    std::vector<Call> result;
    std::istringstream log(log_.read("log"));
    for (std::string line; std::getline(log, line);) {
      std::istringstream words(line);
      Call call;
      std::string number;
      words >> number >> call.name >> call.path;
      result.push_back(call);
    }
    return result;
  }

  void fail_every_call(const std::vector<std::string>& words, const std::vector<std::string>& changed);
  void expect_sound(const Outcome& outcome, const Call& call, int error);
  [[nodiscard]] bool names_its_file(const std::string& errors, const Call& call) const;

  TemporaryFolder folder_{true};
  TemporaryFolder log_{true};
  Files old_;
  Outcome whole_;  ///< of the run without a fault
};

/// The message names the file of the call, or, for a temporary file or a folder, a file that is there.
bool FaultsTest::names_its_file(const std::string& errors, const Call& call) const {
  const std::string top = folder_.path() + "/";
  const std::string path = call.path + "/" == top       ? "."
                           : call.path.starts_with(top) ? call.path.substr(top.size())
                                                        : call.path;
  if (errors.find(path + ": error:") != std::string::npos) return true;
  if (call.path.starts_with("pipe:")) return errors.find("cannot write standard output") != std::string::npos;
  for (const Files* files : {&old_, &whole_.files})
    for (const auto& [file, text] : *files)
      if (errors.find(file + ": error:") != std::string::npos) return true;
  return false;
}

void FaultsTest::expect_sound(const Outcome& outcome, const Call& call, int error) {
  const Outcome& whole = whole_;
  const std::string where = call.name + " " + call.path + ": " +
                            (error == 0 ? "a part" : std::strerror(error)) + "\nexit " +
                            std::to_string(outcome.status) + "\n" + outcome.errors;
  for (const auto& [path, text] : outcome.files) {
    const bool is_old = old_.contains(path) && text == old_.at(path);
    const bool is_new = whole.files.contains(path) && text == whole.files.at(path);
    // Nothing can be done about a file that cannot be removed.
    const bool left_over = !old_.contains(path) && call.name == "unlink";
    // A baseline holds what could be judged; what could not is said, and stays as it was known.
    const bool is_whole = (path == "known.json" || path == "report.json") && outcome.status == 2 &&
                          nlohmann::json::accept(text);
    EXPECT_TRUE(is_old || is_new || is_whole || left_over)
        << path << " is neither old nor new after " << where;
  }
  for (const auto& [path, text] : old_) EXPECT_TRUE(outcome.files.contains(path)) << path << where;
  const bool as_without = outcome.status == whole.status && outcome.files == whole.files;
  if (as_without) return;
  EXPECT_NE(error, EINTR) << "not tried again: " << where;
  EXPECT_NE(error, part_only) << "not carried on: " << where;
  EXPECT_EQ(outcome.status, 2) << where;
  EXPECT_TRUE(names_its_file(outcome.errors, call)) << "no file is named: " << where;
}

void FaultsTest::fail_every_call(const std::vector<std::string>& words,
                                 const std::vector<std::string>& changed) {
  restore();  // the same files for all runs: each is one more call
  whole_ = run_program(words, 0, 0);
  const std::vector<Call> all = calls();
  ASSERT_GT(all.size(), 10U) << "the calls are not seen";
  ASSERT_NE(whole_.status, 2) << whole_.errors;
  remove_new_files();
  for (const std::string& path : changed)
    ASSERT_TRUE(whole_.files.contains(path) &&
                (!old_.contains(path) || whole_.files.at(path) != old_.at(path)))
        << path << whole_.output << whole_.errors;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto kinds = faults().find(all[i].name);
    ASSERT_NE(kinds, faults().end()) << all[i].name;
    for (std::size_t kind = 0; kind < kinds->second.size(); ++kind) {
      // Under a sanitizer a run takes ten times as long: one fault for each call, another for the next.
      if (is_slow && kind != i % kinds->second.size()) continue;
      const int error = kinds->second[kind];
      restore();
      expect_sound(run_program(words, static_cast<long>(i) + 1, error), all[i], error);
      remove_new_files();
    }
  }
}

const std::vector<std::string> all_three = {"Dockerfile", "app/Dockerfile", "app/compose.yaml"};

TEST_F(FaultsTest, RetargetSurvivesAFaultAtEveryCall) {
  fail_every_call(
      {"retarget", "--jobs", "1", "--to", "ghcr.io/org", "--lock", "move.json", "--plan", "list=plan.txt"},
      {"Dockerfile", "app/Dockerfile", "app/compose.yaml", "move.json", "plan.txt"});
}

TEST_F(FaultsTest, RevertSurvivesAFaultAtEveryCall) {
  old_ = run_program({"retarget", "--to", "ghcr.io/org", "--lock", "move.json"}, 0, 0).files;
  fail_every_call({"retarget", "--revert", "move.json"}, all_three);
}

TEST_F(FaultsTest, CheckFixSurvivesAFaultAtEveryCall) {
  fail_every_call({"check", "--jobs", "1", "--fix"}, all_three);
}

TEST_F(FaultsTest, ANewBaselineSurvivesAFaultAtEveryCall) {
  fail_every_call({"check", "--jobs", "1", "--write-baseline=known.json"}, {"known.json"});
}

TEST_F(FaultsTest, ARenewedBaselineSurvivesAFaultAtEveryCall) {
  old_["known.json"] = run_program({"check", "--write-baseline=known.json", "app"}, 0, 0).files["known.json"];
  fail_every_call({"check", "--jobs", "1", "--write-baseline=known.json"}, {"known.json"});
}

TEST_F(FaultsTest, AReportOverAnOldOneSurvivesAFaultAtEveryCall) {
  old_["report.json"] = "old\n";
  fail_every_call({"check", "--jobs", "1", "--format", "json", "--output", "report.json"}, {"report.json"});
}

TEST_F(FaultsTest, InitSurvivesAFaultAtEveryCall) {
  old_.erase(".imglint.yaml");
  std::remove((folder_ / ".imglint.yaml").c_str());
  fail_every_call({"init"}, {".imglint.yaml"});
}

}  // namespace
}  // namespace imglint::test
