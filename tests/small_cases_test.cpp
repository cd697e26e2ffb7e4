// Small inputs and what the whole program must do with them: exit code, findings, messages, files afterwards.
// Those of fixtures/conformance/faults.jsonl were given with their values, those of fixtures/faults/ are of
// the same kinds.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/process.hpp"
#include "tests/support/base64.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using Texts = std::map<std::string, std::string>;

/// Cases of kinds that are not done yet.
const std::set<std::string>& not_done_yet() {
  static const std::set<std::string> names = {};
  return names;
}

Texts texts_of(const Json& object, const char* key) {
  Texts texts;
  if (object.contains(key))
    for (const auto& [name, text] : object[key].items()) texts[name] = text.get<std::string>();
  return texts;
}

std::vector<std::string> words_of(const Json& object, const char* key) {
  return object.contains(key) ? object[key].get<std::vector<std::string>>() : std::vector<std::string>();
}

class SmallCase {
 public:
  explicit SmallCase(const Json& object) : object_(object), files_(texts_of(object, "files")) {
    for (const auto& [name, text] : texts_of(object, "files_b64")) files_[name] = decode_base64(text);
  }

  /// What is wrong, a line each; empty if all is as it must be.
  std::string run() {
    prepare();
    std::vector<std::string> words = words_of(object_, "run");
    const bool is_list = object_.contains("values");
    if (is_list || object_.contains("findings") || object_.contains("has") || object_.contains("hasnt"))
      if (std::find(words.begin(), words.end(), "--format") == words.end())
        words.insert(words.begin() + 1, {"--format", "jsonl"});
    std::vector<std::string> command = {"sh", "-c",           "cd \"$1\" && shift && exec \"$@\"",
                                        "sh", folder_.path(), program_path().string()};
    command.insert(command.end(), words.begin(), words.end());
    const auto done = imglint::run({.words = command, .without = {}, .settings = {}});
    if (!done) return "could not be started\n";
    check_exit(done->status);
    check_rows(done->output);
    check_texts("out", done->output);
    check_texts("err", done->errors);
    check_files();
    return wrong_;
  }

 private:
  void write(const Texts& files) {
    for (const auto& [name, text] : files) {
      folder_.write(name, text);
      files_[name] = text;
    }
  }

  void prepare() {
    write(Texts(files_));
    if (!object_.contains("git") && !object_.contains("stage") && !object_.contains("worktree")) return;
    const auto git = [&](std::vector<std::string> words) {
      words.insert(words.begin(), {"git", "-c", "user.name=a", "-c", "user.email=a@b"});
      run_in(folder_.path(), words);
    };
    git({"init", "-q"});
    git({"add", "-A"});
    git({"commit", "-q", "-m", "x"});
    write(texts_of(object_, "stage"));
    git({"add", "-A"});
    write(texts_of(object_, "worktree"));
    for (const std::string& name : words_of(object_, "gone")) std::filesystem::remove(folder_ / name);
    if (object_.contains("then"))
      for (const Json& words : object_["then"]) git(words.get<std::vector<std::string>>());
  }

  void complain(const std::string& text) { wrong_ += text + "\n"; }

  void check_exit(int status) {
    if (object_.contains("exit") && object_["exit"] != status)
      complain("exit " + std::to_string(status) + ", wanted " + object_["exit"].dump());
  }

  void check_rows(const std::string& output) {
    std::vector<std::string> findings;
    std::vector<std::string> values;
    std::set<std::string> any;
    for (const std::string& line : split(output, '\n')) {
      if (!line.starts_with('{')) continue;
      const Json row = Json::parse(line, nullptr, false);
      if (row.is_discarded() || !row.contains("file")) continue;
      const std::string place = row["file"].get<std::string>() + ":" + row["line"].dump();
      if (row.contains("rule") && !row["rule"].is_null()) {
        findings.push_back(row["rule"].get<std::string>() + " " + place);
        any.insert({findings.back(), row["rule"].get<std::string>(),
                    row["severity"].get<std::string>() + " " + place});
      } else if (row.contains("role")) {
        values.push_back(place + " " + row["kind"].get<std::string>() + " " +
                         (row["value"].is_null() ? "None" : row["value"].get<std::string>()));
      }
    }
    std::sort(findings.begin(), findings.end());
    if (object_.contains("findings")) {
      std::vector<std::string> wanted = words_of(object_, "findings");
      std::sort(wanted.begin(), wanted.end());
      if (findings != wanted)
        complain("findings " + Json(findings).dump() + ", wanted " + Json(wanted).dump());
    }
    for (const std::string& one : words_of(object_, "has"))
      if (!any.contains(one)) complain("no " + one + " among " + Json(findings).dump());
    for (const std::string& one : words_of(object_, "hasnt"))
      if (any.contains(one)) complain(one + " is reported");
    if (object_.contains("values") && values != words_of(object_, "values"))
      complain("values " + Json(values).dump());
  }

  void check_texts(const std::string& stream, const std::string& text) {
    for (const std::string& part : words_of(object_, (stream + "_has").c_str()))
      if (text.find(part) == std::string::npos) complain(stream + " lacks '" + part + "': " + text);
    for (const std::string& part : words_of(object_, (stream + "_hasnt").c_str()))
      if (text.find(part) != std::string::npos) complain(stream + " holds '" + part + "': " + text);
  }

  void check_files() {
    if (!object_.contains("after")) return;
    const Texts after = texts_of(object_, "after");
    for (const auto& [name, text] : files_) {
      const auto changed = after.find(name);
      const std::string& wanted = changed == after.end() ? text : changed->second;
      if (const std::string found = folder_.read(name); found != wanted)
        complain(name + " is '" + found + "', wanted '" + wanted + "'");
    }
  }

  const Json& object_;
  Texts files_;
  TemporaryFolder folder_{true};
  std::string wrong_;
};

std::vector<std::string> case_files() {
  std::vector<std::string> paths = {"fixtures/conformance/faults.jsonl"};
  for (const RepositoryFile& file : repository_files("fixtures/faults", {".jsonl"}))
    paths.push_back(file.path);
  return paths;
}

class SmallCases : public testing::TestWithParam<std::string> {};

TEST_P(SmallCases, AreAsTheyMustBe) {
  std::size_t count = 0;
  for (const std::string& line : split(read_repository_file(GetParam()), '\n')) {
    if (line.empty()) continue;
    ++count;
    const Json object = Json::parse(line);
    const std::string name = object["name"].get<std::string>();
    const std::string wrong = SmallCase(object).run();
    if (not_done_yet().contains(name))
      EXPECT_FALSE(wrong.empty()) << name << " holds now: take it off the list";
    else
      EXPECT_EQ(wrong, "") << name;
  }
  EXPECT_GT(count, 0u);
}

INSTANTIATE_TEST_SUITE_P(Files, SmallCases, testing::ValuesIn(case_files()));

}  // namespace
}  // namespace imglint::test
