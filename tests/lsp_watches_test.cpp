// Which files the language server asks its client to tell of, beside those of the kinds' names.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "lsp/server.hpp"
#include "lsp/uri.hpp"
#include "tests/support/lsp_session.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Lines = std::vector<std::string>;

/// A folder with an open compose file, in which somebody types.
class Typed {
 public:
  /// Below a folder of that the client has one; `more` of what it says of watched files.
  explicit Typed(const TemporaryFolder& folder, const std::string& below = ".",
                 const Json& more = Json::object())
      : uri_(lsp::uri_of_path(folder / (below + "/compose.yaml"))) {
    Json watched = {{"dynamicRegistration", true}};
    watched.update(more);
    static_cast<void>(session_.ask(
        "initialize", {{"capabilities", {{"workspace", {{"didChangeWatchedFiles", std::move(watched)}}}}},
                       {"rootUri", lsp::uri_of_path(folder / below)}}));
    session_.notify("initialized", Json::object());
    open(uri_, folder.read(below + "/compose.yaml"));
  }
  void open(const std::string& uri, const std::string& text) {
    session_.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", uri}, {"languageId", "dockercompose"}, {"version", 1}, {"text", text}}}});
  }
  void type(const std::string& text) {
    session_.notify("textDocument/didChange", {{"textDocument", {{"uri", uri_}, {"version", ++version_}}},
                                               {"contentChanges", Json::array({Json{{"text", text}}})}});
  }
  void close(const std::string& uri) {
    session_.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  }
  void save() { session_.notify("textDocument/didSave", {{"textDocument", {{"uri", uri_}}}}); }

  /// Of a file that is new.
  void tell(const std::string& path) {
    const Json change = {{"uri", lsp::uri_of_path(path)}, {"type", 1}};
    session_.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({change})}});
  }
  /// How many the open file shows.
  [[nodiscard]] std::size_t mistakes() { return session_.diagnostics(uri_).size(); }

  /// How often the client was asked to tell of files, and to end it.
  [[nodiscard]] std::size_t asked() const { return count("client/registerCapability"); }
  [[nodiscard]] std::size_t ended() const { return count("client/unregisterCapability"); }
  /// What it was asked last.
  [[nodiscard]] Lines globs() const {
    Lines globs;
    for (const Json& message : session_.said) {
      if (message.value("method", "") != "client/registerCapability") continue;
      globs.clear();
      for (const Json& watcher : message["params"]["registrations"][0]["registerOptions"]["watchers"])
        globs.push_back(text_of(watcher["globPattern"]));
    }
    return globs;
  }

 private:
  static std::string text_of(const Json& pattern) {
    if (pattern.is_string()) return pattern.get<std::string>();
    return lsp::path_of_uri(pattern["baseUri"].get<std::string>()) + " " +
           pattern["pattern"].get<std::string>();
  }
  [[nodiscard]] std::size_t count(const std::string& method) const {
    std::size_t number = 0;
    for (const Json& message : session_.said)
      if (message.value("method", "") == method) ++number;
    return number;
  }

  LspSession session_;
  std::string uri_;
  int version_ = 1;
};

const std::string extending = "services:\n  w: {extends: {file: base/common.yaml, service: s}}\n";

struct WatchCase {
  std::string about;
  std::vector<std::pair<std::string, std::string>> files;
  std::string below;                 ///< of which folder the client knows
  bool takes_other_folders = false;  ///< the client does, as the place of a pattern
  Lines globs;                       ///< sorted; `@` is the folder above
};
const std::vector<std::pair<std::string, std::string>> reading_outside = {
    {".git/HEAD", "ref: refs/heads/main\n"},
    {"w/compose.yaml", "include: [\"../[x].inc\", y.inc]\n" + extending},
    {"w/base/common.yaml", "services:\n  s: {image: \"x/s:1\"}\n"},
    {"[x].inc", "services:\n  d: {image: \"x/d:1\"}\n"}};
const WatchCase watch_cases[] = {
    {.about = "files of any name that are read",
     .files = {{".git/HEAD", "ref: refs/heads/main\n"},
               {"compose.yaml", "include: [{path: \"db/[x].inc\", env_file: values}]\n" + extending},
               {"db/[x].inc", "services:\n  d: {build: {context: ., dockerfile: build.txt}}\n"},
               {"db/build.txt", "FROM x/y:1\n"},
               {"base/common.yaml", "services:\n  s: {image: \"x/s:1\"}\n"},
               {"values", "A=1\n"}},
     .below = ".",
     .globs = {"**/base/common.yaml", "**/db/?x?.inc", "**/db/build.txt", "**/values"}},
    {.about = "none outside of the folder for a client that does not take them",
     .files = reading_outside,
     .below = "w",
     .globs = {"**/base/common.yaml", "**/y.inc"}},
    {.about = "those outside for another",
     .files = reading_outside,
     .below = "w",
     .takes_other_folders = true,
     .globs = {"**/base/common.yaml", "**/y.inc", "@ ?x?.inc"}},
    {.about = "what is read of a chart with its values",
     .files = {{"compose.yaml", "services: {a: {image: \"x/y:1\"}}\n"},
               {"a/values.yaml", "image: {repository: x/y, tag: v1}\n"},
               {"b/Chart.yaml", "apiVersion: v2\nname: b\nversion: 1.0.0\n"},
               {"b/values.yaml", "image: {repository: x/y}\n"},
               {"c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\ndependencies: [{name: d}]\n"},
               {"c/values.yaml", "image: {repository: x/y}\n"}},
     .below = ".",
     .globs = {"**/a/Chart.yaml", "**/b/Chart.yaml", "**/b/charts/**", "**/b/requirements.yaml",
               "**/b/templates/**", "**/c/Chart.yaml"}},
    {.about = "each folder whose chart would have the values",
     .files = {{".git/HEAD", "ref: refs/heads/main\n"},
               {"compose.yaml", "services: {a: {image: \"x/y:1\"}}\n"},
               {"a/b/values.yaml", "image: {repository: x/y, tag: v1}\n"},
               {"c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"},
               {"c/d/values.yaml", "image: {repository: x/y, tag: v1}\n"}},
     .below = ".",
     .globs = {"**/Chart.yaml", "**/a/Chart.yaml", "**/a/b/Chart.yaml", "**/c/Chart.yaml", "**/c/charts/**",
               "**/c/d/Chart.yaml", "**/c/requirements.yaml", "**/c/templates/**"}},
};

TEST(LspWatches, AreForWhatIsRead) {
  for (const WatchCase& test : watch_cases) {
    const TemporaryFolder folder;
    for (const auto& [path, text] : test.files) folder.write(path, text);
    const Typed typed(folder, test.below, {{"relativePatternSupport", test.takes_other_folders}});
    Lines globs = typed.globs();
    for (std::string& glob : globs)
      if (glob.starts_with(folder.path())) glob.replace(0, folder.path().size(), "@");
    std::ranges::sort(globs);
    EXPECT_EQ(globs, test.globs) << test.about;
    EXPECT_EQ(typed.asked(), 2U) << "of kinds, and of these";
    EXPECT_EQ(typed.ended(), 0U);
  }
}

TEST(LspWatches, WhatIsToldOfAFileOutsideOfTheFolderCounts) {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "ref: refs/heads/main\n");
  folder.write("w/compose.yaml", "include: [../x.inc]\n");
  Typed typed(folder, "w", {{"relativePatternSupport", true}});
  EXPECT_EQ(typed.mistakes(), 1U);
  folder.write("x.inc", "services:\n  d: {image: \"x/d:1\"}\n");
  typed.tell(folder / "x.inc");
  EXPECT_EQ(typed.mistakes(), 0U);
}

TEST(LspWatches, WhatIsTypedInAFileOutsideOfTheFolderCounts) {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "ref: refs/heads/main\n");
  folder.write("w/compose.yaml", "include: [../b.yaml]\nservices:\n  a: {image: \"x/a:latest\"}\n");
  folder.write("b.yaml", "services:\n  b: {image: \"x/b:1\"}\n");
  Typed typed(folder, "w");
  EXPECT_EQ(typed.mistakes(), 1U);
  const std::string other = lsp::uri_of_path(folder / "b.yaml");
  typed.open(other, "services:\n  a: {build: .}\n");
  EXPECT_EQ(typed.mistakes(), 0U) << "it is built now";
  typed.close(other);
  EXPECT_EQ(typed.mistakes(), 1U);
}

TEST(LspWatches, AreForNoTextThatIsNoFile) {
  const TemporaryFolder folder;
  folder.write("compose.yaml", "services: {a: {image: \"x/y:1\"}}\n");
  Typed typed(folder, ".", {{"relativePatternSupport", true}});
  typed.open("git:" + (folder / "compose.yaml"), "include: [x]\n" + extending);
  EXPECT_EQ(typed.globs(), Typed(folder).globs());
  EXPECT_EQ(typed.asked(), 1U) << "of kinds";
}

TEST(LspWatches, AreRenewedOnceForAChange) {
  const TemporaryFolder folder;
  folder.write(".git/HEAD", "ref: refs/heads/main\n");
  folder.write("compose.yaml", extending);
  folder.write("base/common.yaml", "services:\n  s: {image: \"x/s:1\"}\n");
  folder.write("db/there.inc", "services:\n  d: {image: \"x/d:1\"}\n");
  Typed typed(folder);
  ASSERT_EQ(typed.globs(), Lines({"**/base/common.yaml"}));
  ASSERT_EQ(typed.asked(), 2U);

  // Nothing is asked for half a name, nor for text that names no file.
  for (const char* name : {"d", "db/", "db/gon", "db/gone.inc"})
    typed.type("include: [" + std::string(name) + "]\n" + extending);
  typed.type("include: [db/gone.inc]\n" + extending + "# no more\n");
  EXPECT_EQ(typed.asked(), 2U);
  typed.save();
  EXPECT_EQ(typed.globs(), Lines({"**/base/common.yaml", "**/db/gone.inc"}));
  EXPECT_EQ(typed.asked(), 3U);
  EXPECT_EQ(typed.ended(), 1U);

  // What is there need not be saved.
  typed.type("include: [db/there.inc]\n" + extending);
  EXPECT_EQ(typed.globs(), Lines({"**/base/common.yaml", "**/db/gone.inc", "**/db/there.inc"}));
  typed.save();
  EXPECT_EQ(typed.globs(), Lines({"**/base/common.yaml", "**/db/there.inc"}));
  typed.save();
  EXPECT_EQ(typed.asked(), 5U);
  EXPECT_EQ(typed.ended(), 3U);
}

/// The server's frames for a message.
std::string framed(Json message) {
  message["jsonrpc"] = "2.0";
  const std::string text = message.dump();
  return "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

/// How often the disk is asked when a client tells of so many folders at once, of the files of which a server
/// knows one in each of as many others.
std::size_t looks_for_folders(int number) {
  MemoryFileSystem files;
  Json changes = Json::array();
  for (int i = 0; i < number; ++i) {
    files.put("/w/d" + std::to_string(i) + "/compose.yaml", "services: {a: {image: \"x/y:1\"}}\n");
    files.put("/w/new/f" + std::to_string(i) + "/README", "\n");
    changes.push_back({{"uri", lsp::uri_of_path("/w/new/f" + std::to_string(i))}, {"type", 1}});
  }
  lsp::Server server(files, [] { return std::string("2026-11-01"); });
  const auto tell = [&](const Json& message) {
    server.receive(framed(message));
    while (server.step()) continue;
  };
  tell({{"id", 1},
        {"method", "initialize"},
        {"params", {{"capabilities", Json::object()}, {"rootUri", lsp::uri_of_path("/w")}}}});
  tell({{"method", "initialized"}, {"params", Json::object()}});
  const std::size_t before = files.log().size();
  tell({{"method", "workspace/didChangeWatchedFiles"}, {"params", {{"changes", std::move(changes)}}}});
  return files.log().size() - before;
}

TEST(LspWatches, OfManyFoldersAtOnceTheConfigurationsAreLookedAtOnce) {
  const std::size_t few = looks_for_folders(20);
  EXPECT_GT(few, 20U);
  EXPECT_LT(looks_for_folders(200), 15 * few) << "ten times as many";
}

}  // namespace
}  // namespace imglint::test
