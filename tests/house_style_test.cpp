// What can be counted of the house style: how headers open, how long files get, and that the sections which
// comments cite exist.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

constexpr std::size_t most_lines = 400;

std::vector<RepositoryFile> all_code() {
  std::vector<RepositoryFile> files;
  for (const std::string_view folder : {"grammar", "rules", "src", "tests"})
    for (RepositoryFile& file : repository_files(folder, {".hpp", ".cpp"})) files.push_back(std::move(file));
  return files;
}

TEST(HouseStyle, AHeaderOpensWithWhatItIsForAndIsIncludedOnce) {
  for (const RepositoryFile& file : all_code()) {
    if (!file.path.ends_with(".hpp")) continue;
    const auto lines = split(file.text, '\n');
    EXPECT_TRUE(lines.front().starts_with("// ")) << file.path << ":1 should say what the file is for";
    const auto code = std::ranges::find_if(lines, [](const auto& line) { return !line.starts_with("//"); });
    EXPECT_TRUE(code != lines.end() && *code == "#pragma once") << file.path << " lacks #pragma once";
  }
}

TEST(HouseStyle, NoFileIsLongerThanItsReaderLikes) {
  for (const RepositoryFile& file : all_code())
    EXPECT_LE(static_cast<std::size_t>(std::ranges::count(file.text, '\n')), most_lines) << file.path;
}

/// What a message is about its kind says; its words are for people.
TEST(HouseStyle, NothingIsDecidedByTheWordsOfAMessage) {
  for (const std::string_view folder : {"rules", "src"})
    for (const RepositoryFile& file : repository_files(folder, {".hpp", ".cpp"}))
      for (const std::string_view question : {".find(", ".starts_with(", ".ends_with(", " == \"", " != \""})
        EXPECT_EQ(file.text.find(".message" + std::string(question)), std::string::npos)
            << file.path << " asks for words of a message";
}

/// The compiler of the playground lacks them, which is seen where it is built, and that is seldom.
TEST(HouseStyle, ThePlaygroundHasTheAlgorithmsForRangesThatItsCodeUses) {
  const auto headers = repository_files("packaging/playground/libcxx", {"algorithm"});
  ASSERT_EQ(headers.size(), 1U);
  constexpr std::string_view space = "std::ranges::";
  std::size_t count = 0;
  for (const std::string_view folder : {"rules", "src"})
    for (const RepositoryFile& file : repository_files(folder, {".hpp", ".cpp"})) {
      if (file.path.starts_with("src/lsp/")) continue;  // not in the page
      for (auto at = file.text.find(space); at != std::string::npos; at = file.text.find(space, at)) {
        at += space.size();
        const std::string name = file.text.substr(at, file.text.find_first_of("( ", at) - at);
        EXPECT_NE(headers[0].text.find(" " + name + "("), std::string::npos) << file.path << " uses " << name;
        ++count;
      }
    }
  EXPECT_GE(count, 100U);
}

/// Comment markers and line breaks as one blank, so that a citation may be broken over lines.
std::string unfold_comments(std::string_view text) {
  std::string result;
  for (const std::string& line : split(text, '\n')) {
    std::string_view rest = trim(line);
    while (rest.starts_with('/')) rest.remove_prefix(1);
    result.append(trim(rest)).append(" ");
  }
  return result;
}

/// A section's number at the beginning of a text: `2`, `2.10`, `b1`; empty if there is none.
std::string section_number(std::string_view text) {
  std::size_t end = 0;
  const auto digits = [&] {
    const auto begin = end;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    return end > begin;
  };
  if (!text.empty() && std::islower(static_cast<unsigned char>(text[0])) != 0) end = 1;
  if (!digits()) return {};
  const auto whole = end;
  if (end < text.size() && text[end] == '.' && (++end, digits())) return std::string(text.substr(0, end));
  return std::string(text.substr(0, whole));
}

std::string page_name_before(std::string_view text) {
  const auto begin = text.find_last_not_of("abcdefghijklmnopqrstuvwxyz_-ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return std::string(begin == std::string_view::npos ? text : text.substr(begin + 1));
}

struct Citation {
  std::string page;  ///< without `.md`
  std::string section;
};

/// Every `page.md 2.6` of a text, and the further ones of `page.md 2.6, 2.7 and 3`.
std::vector<Citation> citations(std::string_view text) {
  constexpr std::string_view ending = ".md ";
  std::vector<Citation> result;
  for (auto at = text.find(ending); at != std::string_view::npos; at = text.find(ending, at + 1)) {
    const std::string page = page_name_before(text.substr(0, at));
    std::string_view rest = text.substr(at + ending.size());
    if (rest.starts_with("section ")) rest.remove_prefix(8);
    while (true) {
      const std::string section = section_number(rest);
      if (section.empty()) break;
      result.push_back({page, section});
      rest.remove_prefix(section.size());
      if (rest.starts_with(", ")) {
        rest.remove_prefix(2);
      } else if (rest.starts_with(" and ")) {
        rest.remove_prefix(5);
      } else {
        break;
      }
    }
  }
  return result;
}

std::set<std::string> headings(std::string_view markdown) {
  std::set<std::string> numbers;
  for (const std::string& line : split(markdown, '\n'))
    if (line.starts_with('#')) numbers.insert(section_number(trim(line.substr(line.find_first_not_of('#')))));
  return numbers;
}

/// The name of the type that a line of a header defines at the left; empty if it defines none.
std::string defined_type(const std::string& line) {
  for (const std::string_view key : {"struct ", "class ", "enum class "}) {
    const bool is_declaration = line.find(';') != line.npos && line.find('{') == line.npos;
    if (!line.starts_with(key) || is_declaration) continue;
    if (std::isupper(static_cast<unsigned char>(line[key.size()])) == 0) continue;  // a rule of a grammar
    std::string name;
    for (std::size_t at = key.size();
         at < line.size() && (std::isalnum(static_cast<unsigned char>(line[at])) != 0); ++at)
      name += line[at];
    return name;
  }
  return {};
}

/// The linker takes one for the other, and says nothing.
TEST(HouseStyle, NoTwoHeadersDefineATypeOfOneName) {
  std::map<std::string, std::string> defined;  // by namespace and name
  for (const RepositoryFile& file : all_code()) {
    if (!file.path.ends_with(".hpp")) continue;
    std::string space;
    for (const std::string& line : split(file.text, '\n')) {
      if (line.starts_with("namespace ") && line.ends_with("{")) space = line;
      const std::string name = defined_type(line);
      if (name.empty()) continue;
      const auto [other, is_new] = defined.emplace(space + name, file.path);
      EXPECT_TRUE(is_new) << name << " stands in " << other->second << " and in " << file.path;
    }
  }
  EXPECT_GT(defined.size(), 300u);
}

TEST(HouseStyle, CitationsAreFoundAcrossLinesAndInLists) {
  const auto found =
      citations(unfold_comments("/// As docs/spec/dockerfile.md\n  /// 2.6, 2.10 and 3 say; rules.md b1."));
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[1].page, "dockerfile");
  EXPECT_EQ(found[1].section, "2.10");
  EXPECT_EQ(found[3].page, "rules");
  EXPECT_EQ(found[3].section, "b1");
}

TEST(HouseStyle, EverySectionThatACommentCitesExists) {
  std::map<std::string, std::set<std::string>> pages;
  for (const RepositoryFile& page : repository_files("docs", {".md"})) {
    const auto name = page.path.substr(page.path.rfind('/') + 1);
    pages[name.substr(0, name.size() - 3)] = headings(page.text);
  }
  std::size_t count = 0;
  for (const RepositoryFile& file : all_code()) {
    if (file.path == "tests/house_style_test.cpp") continue;
    for (const Citation& citation : citations(unfold_comments(file.text))) {
      ++count;
      const auto page = pages.find(citation.page);
      if (page == pages.end()) {
        ADD_FAILURE() << file.path << " cites a page that is not in docs/: " << citation.page << ".md";
      } else {
        EXPECT_TRUE(page->second.contains(citation.section))
            << file.path << " cites " << citation.page << ".md " << citation.section
            << ", which does not exist";
      }
    }
  }
  EXPECT_GE(count, 5U);
}

}  // namespace
}  // namespace imglint::test
