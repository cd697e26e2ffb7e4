// The documents say what the program does: every console block in them is run, and what it prints must be
// what stands there.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view block_begin = "```console";
constexpr std::string_view block_end = "```";
/// `<!-- in fixtures/demo -->`: the blocks that follow start in a fresh copy of this folder.
constexpr std::string_view folder_mark = "<!-- in ";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// A document in which the output of every command is what the command prints now.
class Rewriter {
 public:
  std::string rewrite(const std::string& document) {
    std::istringstream lines(document);
    bool in_block = false;
    for (std::string line; std::getline(lines, line);) {
      if (in_block && line == block_end) in_block = false;
      if (!in_block || line.starts_with("$ ")) result_ += line + '\n';
      if (in_block && line.starts_with("$ ")) run_command(line.substr(2));
      if (line == block_begin) in_block = true;
      if (line.starts_with(folder_mark)) enter(line.substr(folder_mark.size()));
    }
    return std::move(result_);
  }

 private:
  void enter(const std::string& rest) {
    const std::string name = rest.substr(0, rest.find(' '));
    folder_ = std::make_unique<test::TemporaryFolder>();
    fs::copy(test::source_folder() / name, folder_->path(), fs::copy_options::recursive);
  }

  void run_command(const std::string& command) {
    if (!folder_) folder_ = std::make_unique<test::TemporaryFolder>();
    const std::string program = test::program_path().parent_path();
    const auto output =
        run({.words = {"sh", "-c", "cd \"$0\" && PATH=\"$1:$PATH\" && { " + command + "; } 2>&1",
                       folder_->path(), program},
             .without = {"CI", "GITHUB_ACTIONS", "CLICOLOR_FORCE", "FORCE_COLOR"}});
    ASSERT_TRUE(output) << command;
    result_ += output->output;
    if (!output->output.empty() && !output->output.ends_with('\n')) result_ += '\n';
  }

  std::unique_ptr<test::TemporaryFolder> folder_;
  std::string result_;
};

class Docs : public ::testing::TestWithParam<std::string> {};

TEST_P(Docs, ShowsWhatTheProgramPrints) {
  const std::string document = text_of(test::source_folder() / GetParam());
  ASSERT_NE(document.find(block_begin), std::string::npos) << "no console block in " << GetParam();
  test::expect_golden(Rewriter().rewrite(document), GetParam());
}

/// README.md and every page below docs/ that has a console block.
std::vector<std::string> pages() {
  std::vector<std::string> found{"README.md"};
  for (const auto& entry : fs::directory_iterator(test::source_folder() / "docs"))
    if (entry.path().extension() == ".md" && text_of(entry.path()).find(block_begin) != std::string::npos)
      found.push_back("docs/" + entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

/// Whoever starts at README.md finds every page, and every link of a page leads to one.
TEST(DocsLinks, EveryPageIsLinkedFromTheReadme) {
  const std::string readme = text_of(test::source_folder() / "README.md");
  for (const auto& entry : fs::directory_iterator(test::source_folder() / "docs")) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() != ".md" && name != "spec") continue;
    EXPECT_NE(readme.find("](docs/" + name + ")"), std::string::npos) << "no link to docs/" << name;
  }
}

TEST(DocsLinks, LeadToFilesThatAreThere) {
  std::vector<std::string> names{"README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(test::source_folder() / "docs"))
    if (entry.path().extension() == ".md") names.push_back(fs::relative(entry.path(), test::source_folder()));
  for (const std::string& name : names) {
    const std::string text = text_of(test::source_folder() / name);
    for (std::size_t at = text.find("]("); at != text.npos; at = text.find("](", at + 2)) {
      const std::string target = text.substr(at + 2, text.find_first_of("#) \n", at + 2) - at - 2);
      if (!target.ends_with(".md") || target.find("://") != target.npos) continue;
      EXPECT_TRUE(fs::exists((test::source_folder() / name).parent_path() / target))
          << name << ": " << target;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, Docs, ::testing::ValuesIn(pages()), [](const auto& page) {
  std::string name = page.param;
  for (char& character : name)
    if (!std::isalnum(static_cast<unsigned char>(character))) character = '_';
  return name;
});

}  // namespace
}  // namespace imglint
