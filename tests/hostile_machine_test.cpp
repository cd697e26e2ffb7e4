// The program where memory and stack are short, and where files decide how deep it must go.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/lsp_session.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool takes_limits = false;  // sanitizers reserve more memory than any limit
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool takes_limits = false;
#else
constexpr bool takes_limits = true;
#endif
#else
constexpr bool takes_limits = true;
#endif

std::string repeated(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// Runs the program in a folder under a limit of the shell (`ulimit -s 128`).
ProcessOutput run_limited(const std::string& limit, const std::string& folder, const std::string& words) {
  const std::string script =
      "cd '" + folder + "' && " + limit + " && exec timeout 60 '" + program_path().string() + "' " + words;
  const auto result = run({.words = {"sh", "-c", script}});
  EXPECT_TRUE(result);
  return result ? *result : ProcessOutput{};
}

class HostileMachine : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!takes_limits) GTEST_SKIP() << "limits of memory and stack mean nothing under a sanitizer";
  }
  TemporaryFolder folder_;
};

/// YAML so deep, which yaml-cpp reads and the quick reader, in a mapping, a list or brackets.
std::string deep_yaml(const std::string& open, const std::string& close, std::size_t depth) {
  return "x-deep: " + repeated(depth, open) + "v" + repeated(depth, close) +
         "\nservices: {a: {image: \"a:1\"}}\n";
}

TEST_F(HostileMachine, DeepYamlOnASmallStackIsReadOrRefused) {
  folder_.write("list/compose.yaml", deep_yaml("[", "]", 1900));
  folder_.write("map/compose.yaml", deep_yaml("{a: ", "}", 1900));
  folder_.write("too-deep/compose.yaml", deep_yaml("[", "]", 30'000));
  folder_.write(
      "block/compose.yaml", "x-deep:\n" + [] {
        std::string text;
        for (std::size_t i = 1; i < 1400; ++i) text += std::string(i, ' ') + "a:\n";
        return text;
      }() + "services: {a: {image: \"a:1\"}}\n");
  folder_.write("dashes/compose.yaml",
                "x-deep:\n" + repeated(1900, "- ") + "v\nservices: {a: {image: \"a:1\"}}\n");
  folder_.write(".imglint.yaml", "rules: " + repeated(20'000, "["));
  for (const char* limit : {"ulimit -s 128", "ulimit -s 1024"})
    for (const char* command : {"list", "check"}) {
      const ProcessOutput result = run_limited(limit, folder_.path(), command);
      EXPECT_LE(result.status, 2) << limit << ' ' << command << result.errors;
    }
  EXPECT_THAT(run_limited("ulimit -s 128", folder_.path(), "check --isolated too-deep").output,
              HasSubstr("nested too deeply"));
}

TEST_F(HostileMachine, ADeepTreeIsWalkedAndJudgedOnASmallStack) {
  run_in(folder_.path(), {"sh", "-c",
                          "i=0; while [ $i -lt 1900 ]; do mkdir d && cd d || exit 1; i=$((i + 1)); done;"
                          "echo FROM nginx >Dockerfile"});
  for (const char* limit : {"ulimit -s 128", "ulimit -s 1024"}) {
    const ProcessOutput result = run_limited(limit, folder_.path(), "check");
    EXPECT_EQ(result.status, 1) << limit << result.errors;
    EXPECT_THAT(result.output, HasSubstr("[missing-tag]"));
  }
}

TEST_F(HostileMachine, ALongPathOnTheCommandLineIsNoDeepCall) {
  for (const std::size_t depth : {2'000u, 20'000u}) {
    const std::string path = repeated(depth, "a/") + "Dockerfile";
    EXPECT_LE(run_limited("ulimit -s 1024", folder_.path(), "config " + path).status, 2);
    EXPECT_LE(
        run_limited("ulimit -s 1024", folder_.path(), "check --stdin-filename " + path + " - </dev/null")
            .status,
        2);
    MemoryFileSystem files;
    EXPECT_LE(run_program_in(files, {"config", path}).code, 2);
    EXPECT_LE(run_program_in(files, {"check", "--stdin-filename", path, "-"}, "FROM nginx\n").code, 2);
  }
}

TEST(HostileMachineLsp, AUriOfManyFoldersIsAnswered) {
  LspSession session;
  session.ask("initialize", {{"capabilities", nlohmann::json::object()}});
  session.notify("initialized", nlohmann::json::object());
  const std::string uri = "file:///" + repeated(20'000, "a/") + "Dockerfile";
  session.notify("textDocument/didOpen",
                 {{"textDocument",
                   {{"uri", uri}, {"languageId", "dockerfile"}, {"version", 1}, {"text", "FROM nginx\n"}}}});
  const auto hover = session.ask("textDocument/hover", {{"textDocument", {{"uri", uri}}},
                                                        {"position", {{"line", 0}, {"character", 6}}}});
  EXPECT_FALSE(hover.is_null());
}

/// Under a root such as `/` that takes long: it is left when a message comes, and begun again after it.
TEST(HostileMachineLsp, LookingForFilesEndsWhenAMessageWaits) {
  TemporaryFolder folder;
  for (int i = 0; i < 50; ++i) folder.write("d" + std::to_string(i) + "/Dockerfile", "FROM nginx\n");
  LspSession session;
  const std::string uri = "file://" + folder.path();
  session.ask("initialize", {{"capabilities", nlohmann::json::object()},
                             {"rootUri", uri},
                             {"workspaceFolders", {{{"uri", uri}, {"name", "all"}}}}});
  int asked = 0;
  session.server().set_interrupted([&] { return ++asked <= 3; });
  session.notify("initialized", nlohmann::json::object());
  EXPECT_GT(asked, 50) << "the walk was not begun again";
  EXPECT_LT(asked, 200) << "the walk was begun too often";
  EXPECT_FALSE(session.server().has_work());
}

/// Whatever the limit, a run ends well or with a word and exit code 2; what it rewrites is whole or
/// untouched.
TEST_F(HostileMachine, WithTooLittleMemoryItSaysSoAndEndsWithTwo) {
  const std::string text = "FROM nginx:1.27\n" + repeated(3'000, "FROM docker.io/library/redis:7\n");
  for (int i = 0; i < 4; ++i) folder_.write("d" + std::to_string(i) + "/Dockerfile", text);
  folder_.write("compose.yaml", "---\nservices:\n" + repeated(1, "  a: {image: \"a:1\"}\n") + "x: [" +
                                    repeated(20'000, "a, ") + "b]\n");
  bool any_failed = false;
  for (const char* command : {"check", "retarget --to ghcr.io/x"})
    for (const int megabytes : {20, 28, 36, 48, 64, 96, 200}) {
      const std::string limit = "ulimit -v " + std::to_string(megabytes * 1000);
      const ProcessOutput result = run_limited(limit, folder_.path(), std::string(command) + " .");
      if (result.status == 127 || result.errors.find("shared librar") != std::string::npos) continue;
      ASSERT_LE(result.status, 2) << limit << ' ' << command << ": " << result.errors;
      if (result.status == 2) {
        EXPECT_THAT(result.errors, AnyOf(HasSubstr("memory"), HasSubstr("error:")))
            << limit << ' ' << command;
        any_failed = true;
      }
      const std::string now = folder_.read("d0/Dockerfile");
      EXPECT_TRUE(now == text || now.find("FROM ghcr.io/x/") == 0) << limit << ' ' << command;
      for (const std::string& file : folder_.files())
        EXPECT_THAT(file, AnyOf(HasSubstr("Dockerfile"), HasSubstr("compose.yaml")))
            << limit << ' ' << command;
      folder_.write("d0/Dockerfile", text);
    }
  EXPECT_TRUE(any_failed) << "every run had enough";
}

std::string framed(const std::string& body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A request whose parameters are so many numbers, alone or in pairs.
std::string request_of(int id, std::size_t values, bool in_pairs) {
  const std::string each = in_pairs ? "[1,{\"a\":2}]" : "1";
  std::string list = each;
  for (std::size_t i = in_pairs ? 3 : 1; i < values; i += in_pairs ? 3 : 1) list += "," + each;
  return framed(R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"none","params":[)" + list +
                "]}");
}

/// With too little memory for a message the server answers with an error, and answers the next one.
TEST_F(HostileMachine, TheLanguageServerOutlivesMessagesThatThereIsNoMemoryFor) {
  const std::string document(3'000'000, 'x');
  std::string messages =
      framed(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})") +
      framed(R"({"jsonrpc":"2.0","method":"initialized","params":{}})");
  int id = 2;
  for (int round = 0; round < 3; ++round) {
    for (const std::size_t values : {1'000u, 60'000u, 240'000u, 400'000u})
      for (const bool in_pairs : {false, true}) messages += request_of(id++, values, in_pairs);
    messages += framed(
        R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///d)" +
        std::to_string(round) + R"(/Dockerfile","languageId":"dockerfile","version":1,"text":")" + document +
        R"("}}})");
  }
  const std::string last = std::to_string(id);
  messages += framed(R"({"jsonrpc":"2.0","id":)" + last + R"(,"method":"shutdown"})") +
              framed(R"({"jsonrpc":"2.0","method":"exit"})");
  folder_.write("messages", messages);
  int answered = 0, short_of = 0;
  for (int megabytes = 36; megabytes <= 220; megabytes += megabytes < 100 ? 8 : 24) {
    const std::string limit = "ulimit -v " + std::to_string(megabytes * 1000);
    const ProcessOutput result = run_limited(limit, folder_.path(), "lsp <messages");
    if (result.status == 127 || result.errors.find("shared librar") != std::string::npos) continue;
    ASSERT_LE(result.status, 2) << limit << ": " << result.errors;
    if (result.output.find(R"("id":1,)") == std::string::npos) continue;  // not even begun
    ++answered;
    // By its id, or, if not even that could be kept, by null.
    std::size_t answers = 0;
    for (std::size_t at = 0; (at = result.output.find("\"id\":", at)) != std::string::npos; ++at) ++answers;
    EXPECT_GE(answers, static_cast<std::size_t>(id)) << limit;
    if (result.output.find("not enough memory") != std::string::npos) ++short_of;
  }
  EXPECT_GT(answered, 3);
  EXPECT_GT(short_of, 0) << "every run had enough";
}

}  // namespace
}  // namespace imglint::test
