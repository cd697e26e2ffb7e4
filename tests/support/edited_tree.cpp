#include "tests/support/edited_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "lsp/uri.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Lines = std::vector<std::string>;

/// `line:character rule message`, without the path of the folder.
std::string line_of(const std::string& place, const std::string& rule, std::string message,
                    const std::string& folder) {
  const std::string top = folder + "/";
  for (auto at = message.find(top); at != message.npos; at = message.find(top)) message.erase(at, top.size());
  return place + " " + rule + " " + message;
}

std::string language_of(const std::string& path) {
  return path.ends_with("Dockerfile") ? "dockerfile" : path.ends_with("ml") ? "yaml" : "plaintext";
}

}  // namespace

EditedTree::EditedTree(const TreeFiles& files) {
  static_cast<void>(run_in(folder_.path(), {"git", "init", "-q"}));
  for (const auto& [path, text] : files) put(path, text);
  static_cast<void>(session_.ask(
      "initialize", {{"capabilities",
                      {{"general", {{"positionEncodings", {"utf-8"}}}},
                       {"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", true}}}}}}},
                     {"rootUri", lsp::uri_of_path(folder_.path())}}));
  session_.notify("initialized", Json::object());
}

std::string EditedTree::uri(const std::string& path) const { return lsp::uri_of_path(folder_ / path); }

void EditedTree::open(const std::string& path, const std::string& text) {
  texts_[path] = text;
  session_.notify(
      "textDocument/didOpen",
      {{"textDocument",
        {{"uri", uri(path)}, {"languageId", language_of(path)}, {"version", 1}, {"text", text}}}});
}

void EditedTree::type(const std::string& path, const std::string& text) {
  if (!texts_.contains(path)) return open(path, text);
  texts_[path] = text;
  session_.notify("textDocument/didChange", {{"textDocument", {{"uri", uri(path)}, {"version", ++version_}}},
                                             {"contentChanges", Json::array({Json{{"text", text}}})}});
}

void EditedTree::write(const std::string& path, const std::string& text) {
  const int type = std::filesystem::exists(folder_ / path) ? 2 : 1;
  put(path, text);
  tell(path, type);
}

void EditedTree::remove(const std::string& path) {
  std::filesystem::remove_all(folder_ / path);
  tell(path, 3);
}

void EditedTree::move(const std::string& from, const std::string& to) {
  std::filesystem::rename(folder_ / from, folder_ / to);
  const Json gone = {{"uri", uri(from)}, {"type", 3}}, made = {{"uri", uri(to)}, {"type", 1}};
  session_.notify("workspace/didChangeWatchedFiles", {{"changes", {gone, made}}});
}

ShownLines EditedTree::shown() {
  ShownLines shown;
  for (const auto& [path, text] : texts_) {
    Lines& lines = shown[path];
    for (const Json& one : session_.diagnostics(uri(path))) {
      const Json& start = one["range"]["start"];
      lines.push_back(line_of(std::to_string(start["line"].get<int>() + 1) + ":" +
                                  std::to_string(start["character"].get<int>() + 1),
                              one.value("code", ""), one["message"].get<std::string>(), folder_.path()));
    }
    std::ranges::sort(lines);
  }
  return shown;
}

ShownLines EditedTree::checked() const {
  const TemporaryFolder copy;
  using Options = std::filesystem::copy_options;
  std::filesystem::copy(folder_.path(), copy.path(),
                        Options::recursive | Options::copy_symlinks | Options::overwrite_existing);
  ShownLines found;
  for (const auto& [path, text] : texts_) {
    copy.write(path, text);
    found[path];
  }
  DiskFileSystem disk;
  const ProgramRun run =
      run_program_in(disk, {"check", "--format", "jsonl", "--as-of", "2026-11-01", copy.path()});
  std::istringstream out(run.out);
  for (std::string line; std::getline(out, line);) {
    const Json finding = Json::parse(line);
    const auto lines = found.find(finding["file"].get<std::string>().substr(copy.path().size() + 1));
    if (lines == found.end()) continue;
    lines->second.push_back(line_of(
        std::to_string(finding["line"].get<int>()) + ":" + std::to_string(finding["column"].get<int>()),
        finding["rule"].get<std::string>(), finding["message"].get<std::string>(), copy.path()));
  }
  for (auto& [path, lines] : found) std::ranges::sort(lines);
  return found;
}

void EditedTree::put(const std::string& path, const std::string& text) const {
  if (text.starts_with("-> "))
    folder_.link(text.substr(3), path);
  else
    folder_.write(path, text);
}

void EditedTree::tell(const std::string& path, int type) {
  const Json change = {{"uri", uri(path)}, {"type", type}};
  session_.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array({change})}});
}

}  // namespace imglint::test
