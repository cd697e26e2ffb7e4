// What is found in a file that is left out is told where its text is used: by the program and by the language
// server, and nothing is changed for it.
#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lsp/uri.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/lsp_session.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Files = std::map<std::string, std::string>;

constexpr const char* left_out = "; the text comes from a file that is left out";

/// A work tree of git.
class Tree {
 public:
  explicit Tree(const Files& files) {
    static_cast<void>(run_in(folder_.path(), {"git", "init", "-q"}));
    for (const auto& [path, bytes] : files) folder_.write(path, bytes);
  }
  [[nodiscard]] ProgramRun run(std::vector<std::string> words) const {
    words.push_back(folder_.path());
    DiskFileSystem disk;
    return run_program_in(disk, words);
  }
  [[nodiscard]] std::string path(const std::string& relative) const { return folder_ / relative; }
  [[nodiscard]] std::string read(const std::string& relative) const { return folder_.read(relative); }

  /// `FILE:LINE:COLUMN rule message`, and `< FILE:LINE:COLUMN` of what is related.
  [[nodiscard]] std::vector<std::string> checked() const {
    std::vector<std::string> lines;
    std::istringstream out(run({"check", "--format", "jsonl"}).out);
    for (std::string line; std::getline(out, line);) {
      const Json finding = Json::parse(line);
      lines.push_back(place(finding) + " " + finding["rule"].get<std::string>() + " " +
                      finding["message"].get<std::string>());
      for (const Json& related : finding["related"]) lines.push_back("< " + place(related));
      if (!finding["fix"].is_null()) lines.push_back("a fix");
    }
    return lines;
  }

  /// The same as an editor shows it that has these files open.
  [[nodiscard]] std::vector<std::string> shown(const std::vector<std::string>& open) const {
    LspSession session;
    static_cast<void>(session.ask(
        "initialize", {{"capabilities",
                        {{"general", {{"positionEncodings", {"utf-8"}}}},
                         {"textDocument", {{"publishDiagnostics", {{"relatedInformation", true}}}}}}},
                       {"rootUri", lsp::uri_of_path(folder_.path())}}));
    session.notify("initialized", Json::object());
    for (const std::string& name : open)
      session.notify("textDocument/didOpen", {{"textDocument",
                                               {{"uri", lsp::uri_of_path(path(name))},
                                                {"languageId", language(name)},
                                                {"version", 1},
                                                {"text", read(name)}}}});
    std::vector<std::string> lines;
    for (const std::string& name : open)
      for (const Json& one : session.diagnostics(lsp::uri_of_path(path(name)))) {
        lines.push_back(name + at(one["range"]) + " " + one.value("code", "") + " " +
                        one["message"].get<std::string>());
        for (const Json& related : one.value("relatedInformation", Json::array()))
          lines.push_back("< " + relative(lsp::path_of_uri(related["location"]["uri"].get<std::string>())) +
                          at(related["location"]["range"]));
      }
    return lines;
  }

 private:
  static std::string language(const std::string& name) {
    return name.ends_with("Dockerfile") ? "dockerfile" : name.ends_with("ml") ? "yaml" : "plaintext";
  }
  static std::string at(const Json& range) {
    return ":" + std::to_string(range["start"]["line"].get<int>() + 1) + ":" +
           std::to_string(range["start"]["character"].get<int>() + 1);
  }
  [[nodiscard]] std::string relative(const std::string& path) const {
    return path.substr(folder_.path().size() + 1);
  }
  [[nodiscard]] std::string place(const Json& of) const {
    return relative(of["file"].get<std::string>()) + ":" + std::to_string(of["line"].get<int>()) + ":" +
           std::to_string(of["column"].get<int>());
  }

  TemporaryFolder folder_;
};

struct Row {
  const char* what;
  Files files;
  std::string rule;               ///< that finds something
  std::string use;                ///< FILE:LINE:COLUMN where it is told
  std::string cause;              ///< the same of the text, in the only file that is left out
  std::vector<std::string> open;  ///< in an editor
};

const Files built_by_extended = {
    {"compose.yaml", "services:\n  b:\n    extends: {file: v/b.yaml, service: b}\n"},
    {"v/b.yaml",
     "services:\n  b:\n    build:\n      context: ..\n      args:\n        BASE: alpine:latest\n"},
    {"Dockerfile", "ARG BASE\nFROM $BASE\n"}};
const Files tagged_by_environment = {{"compose.yaml", "services:\n  a:\n    image: nginx:${TAG}\n"},
                                     {".env", "TAG=latest\n"}};

Files with(Files files, const std::string& path, const std::string& bytes) {
  files[path] = bytes;
  return files;
}

std::vector<Row> rows() {
  return {
      {"exclude, an argument",
       with(built_by_extended, ".imglint.yaml", "exclude: [v/]\n"),
       "latest-tag",
       "Dockerfile:2:6",
       "v/b.yaml:6:22",
       {"Dockerfile", "v/b.yaml", "compose.yaml"}},
      {".imglintignore, an argument",
       with(built_by_extended, ".imglintignore", "/v/\n"),
       "latest-tag",
       "Dockerfile:2:6",
       "v/b.yaml:6:22",
       {"Dockerfile", "compose.yaml"}},
      {".gitignore, an argument",
       with(built_by_extended, ".gitignore", "v/\n"),
       "latest-tag",
       "Dockerfile:2:6",
       "v/b.yaml:6:22",
       {"Dockerfile", "compose.yaml"}},
      {"exclude, .env",
       with(tagged_by_environment, ".imglint.yaml", "exclude: [.env]\n"),
       "latest-tag",
       "compose.yaml:3:18",
       ".env:1:5",
       {"compose.yaml"}},
      {".imglintignore, .env",
       with(tagged_by_environment, ".imglintignore", ".env\n"),
       "latest-tag",
       "compose.yaml:3:18",
       ".env:1:5",
       {"compose.yaml"}},
      {".gitignore, .env",
       with(tagged_by_environment, ".gitignore", ".env\n"),
       "latest-tag",
       "compose.yaml:3:18",
       ".env:1:5",
       {"compose.yaml"}},
      {"exclude, a broken env file of an include",
       {{".imglint.yaml", "exclude: [v/]\n"},
        {"compose.yaml", "include:\n  - {path: a.yaml, env_file: v/x.env}\n"},
        {"a.yaml", "services:\n  a:\n    image: nginx:1.27\n"},
        {"v/x.env", "A B=1\n"}},
       "unreadable-file",
       "compose.yaml:2:30",
       "v/x.env:1:1",
       {"compose.yaml"}},
      {"exclude, what a pipeline includes",
       {{".imglint.yaml", "exclude: [v/]\n"},
        {".gitlab-ci.yml", "include: v/a.yml\ntest: {image: $IMAGE}\n"},
        {"v/a.yml", "variables: {IMAGE: \"nginx:latest\"}\n"}},
       "latest-tag",
       ".gitlab-ci.yml:2:15",
       "v/a.yml:1:27",
       {".gitlab-ci.yml"}},
  };
}

TEST(LeftOutCauses, AreToldWhereTheirTextIsUsed) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.what);
    const Tree tree(row.files);
    const auto found = tree.checked();
    ASSERT_EQ(found.size(), 2U) << testing::PrintToString(found);
    EXPECT_TRUE(found[0].starts_with(row.use + " " + row.rule + " ")) << found[0];
    EXPECT_TRUE(found[0].ends_with(left_out)) << found[0];
    EXPECT_EQ(found[1], "< " + row.cause);
    EXPECT_EQ(tree.shown(row.open), found);
  }
}

TEST(LeftOutCauses, AreToldAtTheirPlaceWhereTheFileIsNamedOrNothingLeavesItOut) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.what);
    Files files = row.files;
    for (const char* name : {".imglint.yaml", ".imglintignore", ".gitignore"}) files.erase(name);
    const auto found = Tree(files).checked();
    EXPECT_TRUE(std::ranges::any_of(found, [&](const std::string& line) {
      return line.starts_with(row.cause + " " + row.rule + " ") && !line.ends_with(left_out);
    })) << testing::PrintToString(found);
  }
  const Tree tree(with(tagged_by_environment, ".gitignore", "*.env\n.env\n"));
  EXPECT_NE(tree.run({"check", "--format", "compact", "--env-file", tree.path(".env")}).out.find(".env:1:5"),
            std::string::npos)
      << "it is named";
}

TEST(LeftOutCauses, ChangeNothing) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.what);
    const Tree tree(row.files);
    static_cast<void>(tree.run({"check", "--fix", "--unsafe-fixes"}));
    const std::string file = row.cause.substr(0, row.cause.find(':'));
    EXPECT_EQ(tree.read(file), row.files.at(file));
  }
}

TEST(LeftOutCauses, AreOneFindingInEveryFormatAndABaselineHidesThem) {
  const Tree tree(with(built_by_extended, ".imglint.yaml", "exclude: [v/]\n"));
  for (const char* format : {"text", "compact", "json", "sarif", "github", "rdjson", "html"}) {
    SCOPED_TRACE(format);
    const std::string out = tree.run({"check", "--format", format}).out;
    EXPECT_NE(out.find(left_out + 2), std::string::npos) << out;
    EXPECT_NE(out.find("Dockerfile"), std::string::npos) << out;
  }
  const Json sarif = Json::parse(tree.run({"check", "--format", "sarif"}).out);
  const Json& result = sarif["runs"][0]["results"][0];
  const auto file_of = [](const Json& location) {
    return location["physicalLocation"]["artifactLocation"]["uri"].get<std::string>();
  };
  EXPECT_TRUE(file_of(result["locations"][0]).ends_with("Dockerfile"));
  EXPECT_TRUE(file_of(result["relatedLocations"][0]).ends_with("v/b.yaml"));
  const std::string baseline = tree.path("baseline.json");
  static_cast<void>(tree.run({"check", "--write-baseline=" + baseline}));
  EXPECT_EQ(tree.run({"check", "--baseline", baseline, "--format", "compact"}).out, "");
}

TEST(LeftOut, IsTheSameInAnEditorWhateverIgnoreFilesSay) {
  const std::vector<std::string> all = {"Dockerfile",          "a/Dockerfile",         "a/b/Dockerfile",
                                        "a/b/c/Dockerfile",    "generated/Dockerfile", "keep/Dockerfile",
                                        "keep/sub/Dockerfile", "x.dockerfile",         "a/x.dockerfile"};
  const struct {
    const char* what;
    Files ignore_files;
    std::vector<std::string> judged;
  } rows[] = {
      {"nothing", {}, all},
      {"a name",
       {{".imglintignore", "*.dockerfile\n# x\n\n"}},
       {"Dockerfile", "a/Dockerfile", "a/b/Dockerfile", "a/b/c/Dockerfile", "generated/Dockerfile",
        "keep/Dockerfile", "keep/sub/Dockerfile"}},
      {"from the top",
       {{".imglintignore", "/x.dockerfile\n/Dockerfile\n/b\na/b\ngenerated\nkeep"}},
       {"a/Dockerfile", "a/x.dockerfile"}},
      {"any number of folders", {{".imglintignore", "**/Dockerfile\n"}}, {"a/x.dockerfile", "x.dockerfile"}},
      {"what is below",
       {{".imglintignore", "a/**\nkeep/**/Dockerfile\n"}},
       {"Dockerfile", "generated/Dockerfile", "x.dockerfile"}},
      {"folders only",
       {{".imglintignore", "Dockerfile/\nkeep/\na/b/\nx.dockerfile/\n"}},
       {"Dockerfile", "a/Dockerfile", "a/x.dockerfile", "generated/Dockerfile", "x.dockerfile"}},
      {"all but one",
       {{".imglintignore", "Dockerfile\n!keep/Dockerfile\n!/x.dockerfile\n"}},
       {"a/x.dockerfile", "keep/Dockerfile", "x.dockerfile"}},
      {"nothing is kept of a folder that is left out",
       {{".imglintignore", "keep/\n!keep/Dockerfile\n/a\n"}},
       {"Dockerfile", "generated/Dockerfile", "x.dockerfile"}},
      {"the nearest counts",
       {{".imglintignore", "Dockerfile\n"},
        {"a/.imglintignore", "!Dockerfile\n/b/c\n"},
        {"keep/.imglintignore", "!/Dockerfile\n"}},
       {"a/Dockerfile", "a/b/Dockerfile", "a/x.dockerfile", "keep/Dockerfile", "x.dockerfile"}},
      {"no ignore file counts in a folder that is left out",
       {{".imglintignore", "a/\n"}, {"a/.imglintignore", "!Dockerfile\n"}},
       {"Dockerfile", "generated/Dockerfile", "keep/Dockerfile", "keep/sub/Dockerfile", "x.dockerfile"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    Files files = row.ignore_files;
    for (const std::string& path : all) files[path] = "FROM nginx\n";
    const Tree tree(files);
    std::vector<std::string> judged;
    for (const std::string& line : tree.checked()) judged.push_back(line.substr(0, line.find(':')));
    std::vector<std::string> expected = row.judged, open = all;
    std::ranges::sort(expected);
    std::ranges::sort(open);
    EXPECT_EQ(judged, expected);
    EXPECT_EQ(tree.shown(open), tree.checked());
  }
}

TEST(LeftOutCauses, MergeIfSeveralFilesGiveTheSame) {
  Files files = with(built_by_extended, ".imglint.yaml", "exclude: [v/]\n");
  files["compose.yaml"] += "  c:\n    extends: {file: v/c.yaml, service: b}\n";
  files["v/c.yaml"] = files["v/b.yaml"];
  const auto found = Tree(files).checked();
  ASSERT_EQ(found.size(), 3U) << testing::PrintToString(found);
  EXPECT_EQ(found[1], "< v/b.yaml:6:22");
  EXPECT_EQ(found[2], "< v/c.yaml:6:22");
}

TEST(LeftOutCauses, OfAnEnvironmentFileThatComposeDoesNotReadAreToldOfTheProject) {
  Files files = with(tagged_by_environment, ".imglint.yaml", "exclude: [.env]\n");
  files[".env"] = "TAG='latest\n";
  const auto found = Tree(files).checked();
  ASSERT_GE(found.size(), 2U) << testing::PrintToString(found);
  EXPECT_TRUE(found[0].starts_with("compose.yaml:1:1 unreadable-file ")) << found[0];
  EXPECT_TRUE(found[1].starts_with("< .env:1:")) << found[1];
}

TEST(LeftOutFiles, AComposeFileAmongThemStillSaysHowItsDockerfilesAreBuilt) {
  const std::string image_of = "services: {w: {image: x/w, build: {context: d, args: {V: \"3\"}}}}\n";
  const Files argument = {{"d/Dockerfile", "ARG V\nFROM alpine:$V\n"}};
  const Files sibling = {{"d/Dockerfile", "FROM acme/base\n"}, {"b/Dockerfile", "FROM scratch\n"}};
  const std::string two = "services:\n  b: {image: acme/base, build: b}\n  a: {build: d}\n";
  const std::string contexts =
      "services: {a: {build: {context: d, additional_contexts: {acme/base: ./b}}}}\n";
  const struct {
    const char* what;
    Files files;
    std::string after;  ///< of d/Dockerfile, when all has moved
  } rows[] = {{"an argument", with(with(argument, ".gitignore", "compose.yaml\n"), "compose.yaml", image_of),
               "ARG V\nFROM ghcr.io/org/alpine:$V\n"},
              {"by .imglintignore",
               with(with(argument, ".imglintignore", "compose.yaml\n"), "compose.yaml", image_of),
               "ARG V\nFROM ghcr.io/org/alpine:$V\n"},
              {"by the configuration",
               with(with(argument, ".imglint.yaml", "exclude: [compose.yaml]\n"), "compose.yaml", image_of),
               "ARG V\nFROM ghcr.io/org/alpine:$V\n"},
              {"a sibling", with(with(sibling, ".gitignore", "compose.yaml\n"), "compose.yaml", two),
               "FROM acme/base\n"},
              {"a context", with(with(sibling, ".gitignore", "compose.yaml\n"), "compose.yaml", contexts),
               "FROM acme/base\n"},
              {"a name that no walk knows",
               with(with(argument, ".env", "COMPOSE_FILE=conf/base\n"), "conf/base",
                    "services: {w: {build: {context: ../d, args: {V: \"3\"}}}}\n"),
               "ARG V\nFROM ghcr.io/org/alpine:$V\n"}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const Tree tree(row.files);
    EXPECT_EQ(tree.checked(), std::vector<std::string>());
    const ProgramRun moved = tree.run({"retarget", "--to", "ghcr.io/org"});
    EXPECT_EQ(moved.code, 0) << moved.err;
    EXPECT_EQ(tree.read("d/Dockerfile"), row.after);
  }
}

TEST(LeftOutFiles, AnEnvironmentFileAmongThemIsNotEdited) {
  const Files files = {{"compose.yaml", "services: {a: {image: \"${HUB}/acme/app:1\"}}\n"},
                       {".env", "HUB=docker.io\n"}};
  const struct {
    const char *file, *text, *why;  ///< `why`: nothing where it is edited
  } rows[] = {{".imglintignore", ".env\n", ".imglintignore leaves it out"},
              {".imglint.yaml", "exclude: [.env]\n", "excludes it"},
              {".gitignore", ".env\n", ""}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.file);
    const Tree tree(with(files, row.file, row.text));
    const bool stays = *row.why != 0;
    const ProgramRun moved = tree.run({"retarget", "--map", "docker.io=n.example.com", "--edit-env"});
    EXPECT_EQ(moved.code, stays ? 1 : 0) << moved.err;
    EXPECT_NE(moved.err.find(row.why), std::string::npos) << moved.err;
    EXPECT_EQ(tree.read(".env"), stays ? "HUB=docker.io\n" : "HUB=n.example.com\n");
    const ProgramRun named =
        tree.run({"retarget", "--map", "docker.io=n.example.com", "--edit-env", tree.path(".env")});
    EXPECT_EQ(named.code, 0) << named.err;
    EXPECT_EQ(tree.read(".env"), "HUB=n.example.com\n");
  }
}

TEST(LeftOutFiles, ARepositoryAmongThemIsNotMissed) {
  const struct {
    const char *file, *text;
    bool told;
  } rows[] = {{"README", "", true},
              {".imglint.yaml", "exclude: [vendor/]\n", false},
              {".imglint.yaml", "exclude: [vendor/lib]\n", false},
              {".imglint.yaml", "exclude: [lib/any]\n", true},
              {".imglintignore", "vendor/*\n", false},
              {".imglintignore", "vendor/other\n", true},
              {".gitignore", "vendor/\n", false}};
  for (const auto& row : rows) {
    const Tree tree({{row.file, row.text}, {"vendor/lib/Dockerfile", "FROM nginx\n"}});
    static_cast<void>(run_in(tree.path("vendor/lib"), {"git", "init", "-q"}));
    const std::string told = tree.run({"check"}).err;
    EXPECT_EQ(told.find("it is a git repository of its own") != std::string::npos, row.told)
        << row.file << row.text << told;
  }
}

}  // namespace
}  // namespace imglint::test
