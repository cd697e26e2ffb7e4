// The language server shows what `imglint check` finds: the same rules, places, severities and messages.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/index.hpp"
#include "lsp/uri.hpp"
#include "project/recogniser.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/lsp_session.hpp"
#include "tests/support/paths.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;

std::string read_file_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// `line:character-line:character severity rule message`, counted in bytes from 0.
std::vector<std::string> by_check(const std::string& path) {
  DiskFileSystem disk;
  const ProgramRun run = run_program_in(disk, {"check", "--format", "jsonl", "--as-of", "2026-11-01", path});
  std::vector<std::string> lines;
  std::istringstream out(run.out);
  for (std::string line; std::getline(out, line);) {
    const Json finding = Json::parse(line);
    // What could not be judged has a line without a rule, too.
    if (finding["file"] != path || finding["rule"].is_null()) continue;
    const auto place = [&](const char* line_name, const char* column_name) {
      return std::to_string(finding[line_name].get<int>() - 1) + ":" +
             std::to_string(finding[column_name].get<int>() - 1);
    };
    const std::string severity = finding["severity"] == "error"     ? "1"
                                 : finding["severity"] == "warning" ? "2"
                                                                    : "3";
    lines.push_back(place("line", "column") + "-" + place("end_line", "end_column") + " " + severity + " " +
                    finding["rule"].get<std::string>() + " " + finding["message"].get<std::string>());
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> by_server(LspSession& session, const std::string& path,
                                   const std::string& language) {
  const std::string uri = lsp::uri_of_path(path);
  session.notify(
      "textDocument/didOpen",
      {{"textDocument",
        {{"uri", uri}, {"languageId", language}, {"version", 1}, {"text", read_file_bytes(path)}}}});
  std::vector<std::string> lines;
  for (const Json& shown : session.diagnostics(uri)) {
    const auto place = [&](const char* end) {
      return std::to_string(shown["range"][end]["line"].get<int>()) + ":" +
             std::to_string(shown["range"][end]["character"].get<int>());
    };
    lines.push_back(place("start") + "-" + place("end") + " " + std::to_string(shown["severity"].get<int>()) +
                    " " + shown.value("code", "") + " " + shown["message"].get<std::string>());
  }
  session.notify("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  session.said.clear();
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// Whether a text reaches a server unchanged: UTF-8 with no line ends that `check` does not count, no NUL.
bool is_the_same_in_an_editor(const std::string& bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] == '\0' || (bytes[i] == '\r' && (i + 1 == bytes.size() || bytes[i + 1] != '\n')))
      return false;
  return !Json::parse(Json(bytes).dump(-1, ' ', false, Json::error_handler_t::ignore))
              .get<std::string>()
              .compare(bytes);
}

/// What an editor would call a file for the server to read it as `check` does that is given it by its name;
/// null for what no editor asks the server about: files that only `check` asks for their text.
std::optional<std::string> language_of(const std::string& path) {
  DiskFileSystem disk;
  Recogniser recogniser({});
  const KindInfo* kind = named_kind(disk, recogniser, path);
  if (!kind->languages.empty()) return std::string(kind->languages.front());
  if (kind == walked_kind(path)) return "yaml";
  const bool is_known = may_be_known_by_text(path) && kind_by_text(disk, AskedFile{path}) == kind;
  return is_known ? std::optional<std::string>("yaml") : std::nullopt;
}

/// How many files below a folder were compared.
std::size_t compare_all(const std::filesystem::path& folder) {
  LspSession session;
  static_cast<void>(
      session.ask("initialize", {{"capabilities", {{"general", {{"positionEncodings", {"utf-8"}}}}}}}));
  session.notify("initialized", Json::object());
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.file_size() < 1 << 20) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::size_t compared = 0;
  for (const std::string& path : paths) {
    if (!is_the_same_in_an_editor(read_file_bytes(path))) continue;
    const auto language = language_of(path);
    if (!language) continue;
    EXPECT_EQ(by_server(session, path, *language), by_check(path)) << path;
    if (testing::Test::HasFailure()) break;
    ++compared;
  }
  return compared;
}

TEST(LspCheck, ShowsTheSameOnEveryFixture) { EXPECT_GT(compare_all(source_folder() / "fixtures"), 200U); }

TEST(LspCheck, ShowsTheSameOnTheCorpus) {
  const char* corpus = std::getenv("IMGLINT_CORPUS");
  if (!corpus) GTEST_SKIP() << "IMGLINT_CORPUS is not set";
  EXPECT_GT(compare_all(corpus), 100U);
}

TEST(LspCheck, AWorkspaceIsOneRun) {
  const std::string root = (source_folder() / "fixtures" / "demo").string();
  DiskFileSystem disk;
  const ProgramRun run = run_program_in(disk, {"check", "--format", "jsonl", "--as-of", "2026-11-01", root});
  std::vector<std::string> expected, shown;
  std::istringstream out(run.out);
  for (std::string line; std::getline(out, line);) {
    const Json finding = Json::parse(line);
    expected.push_back(finding["file"].get<std::string>() + " " + finding["rule"].get<std::string>() + " " +
                       finding["message"].get<std::string>());
  }
  LspSession session;
  static_cast<void>(
      session.ask("initialize", {{"capabilities", Json::object()}, {"rootUri", lsp::uri_of_path(root)}}));
  session.notify("initialized", Json::object());
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  for (const std::string& path : paths)
    session.notify("textDocument/didOpen", {{"textDocument",
                                             {{"uri", lsp::uri_of_path(path)},
                                              {"languageId", path.ends_with("ml") ? "yaml" : "plaintext"},
                                              {"version", 1},
                                              {"text", read_file_bytes(path)}}}});
  for (const std::string& path : paths)
    for (const Json& one : session.diagnostics(lsp::uri_of_path(path)))
      shown.push_back(path + " " + one.value("code", "") + " " + one["message"].get<std::string>());
  std::sort(expected.begin(), expected.end());
  std::sort(shown.begin(), shown.end());
  EXPECT_EQ(shown, expected);
  EXPECT_FALSE(expected.empty());
}

}  // namespace
}  // namespace imglint::test
