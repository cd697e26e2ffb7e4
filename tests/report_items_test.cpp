// Reports that `imglint merge` reads: item by item, in blocks, within bounds.
#include "output/merged/report_items.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"

namespace imglint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Gives a text a few bytes at a time.
NextBlock in_blocks(const std::string& text, std::size_t size) {
  return [&text, size, at = std::size_t{0}]() mutable -> Result<std::string_view> {
    const std::string_view block = std::string_view(text).substr(std::min(at, text.size()), size);
    at += size;
    return block;
  };
}

std::vector<std::string> items_of(const std::string& text, std::size_t block) {
  std::vector<std::string> items;
  const auto done = read_report(in_blocks(text, block), [&](ReportItem item) {
    items.push_back(item.json.dump());
    return Result<void>();
  });
  if (!done) items.push_back(done.error().message + std::to_string(done.error().column));
  return items;
}

TEST(ReportItems, DoNotDependOnWhereBlocksEnd) {
  for (const char* format : {"jsonl", "json", "sarif"}) {
    MemoryFileSystem files;
    files.put("Dockerfile", "FROM nginx\n");
    files.put("compose.yaml", "services: {a: {labels: [\xC3\xBC], image: golang:latest}}\n");
    const std::string text = run_program_in(files, {"check", "--format", format}).out;
    const auto whole = items_of(text, text.size());
    EXPECT_THAT(whole, SizeIs(2)) << format;
    for (const std::size_t size : {1U, 2U, 7U, 64U}) EXPECT_EQ(items_of(text, size), whole) << format;
  }
}

TEST(ReportItems, AreBounded) {
  std::string deep = R"({"rule":)";
  for (int i = 0; i < 100; ++i) deep += "[";
  EXPECT_THAT(items_of(deep, 64), ElementsAre(HasSubstr("nested more than 64 deep")));
  std::string wide = R"({"rule":"r")";
  for (int i = 0; i < 1001; ++i) wide += ",\"k" + std::to_string(i) + "\":1";
  EXPECT_THAT(items_of(wide + "}", 64), ElementsAre(HasSubstr("more than 1000 keys")));
  std::size_t given = 0;
  const std::string block(1 << 16, 'x');
  bool first = true;
  const auto endless = read_report(
      [&]() -> Result<std::string_view> {
        if (std::exchange(first, false)) return std::string_view("{\"a\":\"");
        given += block.size();
        return std::string_view(block);
      },
      [](const ReportItem&) { return Result<void>(); });
  ASSERT_FALSE(endless);
  EXPECT_THAT(endless.error().message, HasSubstr("more than 16 MiB"));
  EXPECT_LT(given, std::size_t{17} << 20);
}

}  // namespace
}  // namespace imglint::test
