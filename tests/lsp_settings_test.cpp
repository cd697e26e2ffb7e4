// The settings of the language server: docs/editors.md and the extension for Visual Studio Code name them
// all, and the extension's defaults are the server's.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lsp/settings.hpp"
#include "tests/support/paths.hpp"

namespace imglint::test {
namespace {

std::string text_of(const char* path) {
  std::ifstream in(source_folder() / path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Names in the table of settings, in order of the alphabet.
std::vector<std::string> documented_settings() {
  const std::string page = text_of("docs/editors.md");
  const std::size_t begin = page.find("\n| setting | |\n");
  const std::string table = page.substr(begin, page.find("\n\n", begin + 1) - begin);
  std::vector<std::string> names;
  const std::regex cell("\n\\| (`[^|]*`) \\|"), name("`([A-Za-z]+)`");
  for (std::sregex_iterator row(table.begin(), table.end(), cell), end; row != end; ++row) {
    const std::string cells = (*row)[1];
    for (std::sregex_iterator one(cells.begin(), cells.end(), name); one != end; ++one)
      names.push_back((*one)[1]);
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(LspSettings, AreThoseOfTheExtensionWithItsDefaults) {
  const auto properties = nlohmann::json::parse(
      text_of("editors/vscode/package.json"))["contributes"]["configuration"]["properties"];
  nlohmann::json defaults = nlohmann::json::object();
  std::vector<std::string> names;
  for (const auto& property : properties.items()) {
    const std::string name = property.key().substr(std::string("imglint.").size());
    if (name == "path" || name == "trace.server") continue;  // of the extension alone
    names.push_back(name);
    defaults[name] = property.value().at("default");
    EXPECT_TRUE(property.value().contains("description") || property.value().contains("markdownDescription"))
        << name;
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, documented_settings());
  lsp::Settings settings;
  std::vector<std::string> problems;
  lsp::read_settings(defaults, settings, problems);
  EXPECT_EQ(problems, std::vector<std::string>{});
  EXPECT_EQ(settings, lsp::Settings{});
}

TEST(LspSettings, ThatAreNoneOrOfAWrongKindAreTold) {
  lsp::Settings settings;
  std::vector<std::string> problems;
  lsp::read_settings({{"imglint", {{"enable", "no"}, {"mirror", true}}}}, settings, problems);
  EXPECT_EQ(problems, (std::vector<std::string>{"setting 'enable' has a value of a wrong kind",
                                                "no setting is called 'mirror'"}));
  EXPECT_EQ(settings, lsp::Settings{});
}

}  // namespace
}  // namespace imglint::test
