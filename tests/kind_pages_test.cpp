// What is made from the kinds of file: docs/kinds.md, the hooks' choice of files, the selectors of editors.
// Each test fails when its file is stale and says how to renew it.
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "kinds/index.hpp"
#include "output/pages/kinds.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

TEST(KindPages, DocsAreUpToDate) {
  std::string page;
  write_kinds_markdown(all_kinds(), page);
  EXPECT_TRUE(page == read_repository_file("docs/kinds.md"))
      << "docs/kinds.md is stale; renew it: " << program_path() << " kinds --format markdown > docs/kinds.md";
}

/// The text with another value behind the anchor `key: &key '…'`.
std::string with_value(std::string text, const std::string& key, const std::string& value) {
  const std::string front = "  " + key + ": &" + key + " '";
  const auto begin = text.find(front);
  if (begin == std::string::npos) return text + "no line " + front;
  return text.replace(begin + front.size(), text.find('\n', begin) - begin - front.size(), value + "'");
}

TEST(KindPages, HooksChooseTheFilesOfAWalk) {
  std::string hooks = read_repository_file(".pre-commit-hooks.yaml");
  hooks = with_value(std::move(hooks), "files", hook_files(all_kinds()));
  expect_golden(with_value(std::move(hooks), "exclude", hook_exclude(all_kinds())), ".pre-commit-hooks.yaml");
}

TEST(KindPages, VsCodeSelectsTheFilesOfAWalk) {
  std::string selectors;
  write_vscode_selectors(all_kinds(), selectors);
  expect_golden(selectors, "editors/vscode/src/selectors.ts");
}

/// The file at the path with other text between its marks.
std::string with_made_part(const std::string& path, const std::string& comment, const std::string& part) {
  std::string text = read_repository_file(path);
  const std::string front = comment + " Made from the kinds of file by tests/kind_pages_test.cpp.\n";
  const auto begin = text.find(front);
  const auto end = text.find(comment + " The end of what is made.\n");
  if (begin == std::string::npos || end == std::string::npos || end < begin) return text + "no marks";
  return text.replace(begin + front.size(), end - begin - front.size(), part);
}

TEST(KindPages, NeovimSelectsTheFilesOfAWalk) {
  const std::string path = "editors/neovim/imglint.lua";
  std::string selectors;
  write_neovim_selectors(all_kinds(), selectors);
  expect_golden(with_made_part(path, "--", selectors), path);
}

TEST(KindPages, EmacsSelectsTheFilesOfAWalk) {
  const std::string path = "editors/emacs/imglint-lsp-mode.el";
  std::string selectors;
  write_emacs_selectors(all_kinds(), selectors);
  expect_golden(with_made_part(path, ";;", selectors), path);
}

TEST(KindPages, VsCodeWakesUpForTheLanguagesThatItHas) {
  const std::string manifest = read_repository_file("editors/vscode/package.json");
  std::set<std::string> known;
  for (const KindInfo* kind : all_kinds()) known.insert(kind->languages.begin(), kind->languages.end());
  const std::string event = "\"onLanguage:";
  std::size_t events = 0;
  for (auto at = manifest.find(event); at != std::string::npos; at = manifest.find(event, at + 1)) {
    const auto begin = at + event.size();
    const std::string language = manifest.substr(begin, manifest.find('"', begin) - begin);
    ++events;
    EXPECT_TRUE(language == "yaml" || known.contains(language)) << language;
  }
  EXPECT_GE(events, 3U);
}

TEST(KindPages, JsonHoldsEveryKind) {
  std::string text;
  write_kinds_json(all_kinds(), text);
  const auto json = nlohmann::json::parse(text);
  ASSERT_EQ(json.size(), all_kinds().size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    EXPECT_EQ(json[i]["name"], std::string(all_kinds()[i]->name));
    EXPECT_FALSE(json[i]["examples"].empty());
    for (const auto& example : json[i]["examples"]) {
      EXPECT_EQ(example["text"].get<std::string>().find("⟦"), std::string::npos);
      EXPECT_FALSE(example["found"].empty());
    }
  }
}

}  // namespace
}  // namespace imglint::test
