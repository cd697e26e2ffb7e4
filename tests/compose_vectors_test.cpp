// Every case of fixtures/conformance/compose.jsonl, and every file of the corpus that IMGLINT_CORPUS names,
// field by field, in four spellings.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/base64.hpp"
#include "tests/support/compose_expectation.hpp"
#include "tests/support/paths.hpp"

namespace imglint::test {
namespace {

using nlohmann::json;

ComposeCase vector_case(json line) {
  ComposeCase result{.name = line.at("name").get<std::string>()};
  result.bytes = line.contains("source_b64") ? decode_base64(line.at("source_b64").get<std::string>())
                                             : line.at("source").get<std::string>();
  for (const auto& [name, value] : line.at("env").items())
    result.env.emplace_back(name, value.get<std::string>());
  result.dotenv = line.value("dotenv", "");
  result.line = std::move(line);
  return result;
}

class ComposeVectors : public testing::TestWithParam<Spelling> {};

TEST_P(ComposeVectors, EveryReferenceIsFoundWithItsBytes) {
  const auto lines = read_json_lines(source_folder() / "fixtures/conformance/compose.jsonl");
  EXPECT_EQ(lines.size(), 154U);
  for (const json& line : lines) expect_case(vector_case(line), GetParam());
}

TEST_P(ComposeVectors, EveryFileOfTheCorpusToo) {
  const char* folder = std::getenv("IMGLINT_CORPUS");
  if (folder == nullptr) GTEST_SKIP() << "IMGLINT_CORPUS names no folder with real files";
  const std::string compose = std::string(folder) + "/compose/";
  const auto lines = read_json_lines(compose + "expected.jsonl");
  EXPECT_GE(lines.size(), 331U);
  for (const json& line : lines) {
    ComposeCase file{
        .name = line.at("id").get<std::string>(), .bytes = {}, .env = {}, .dotenv = {}, .line = line};
    std::ifstream stream(compose + file.name, std::ios::binary);
    file.bytes.assign(std::istreambuf_iterator<char>(stream), {});
    ASSERT_EQ(file.bytes.size(), line.at("bytes").get<std::size_t>()) << file.name;
    expect_case(file, GetParam());
  }
}

INSTANTIATE_TEST_SUITE_P(Spellings, ComposeVectors, testing::ValuesIn(spellings), [](const auto& spelling) {
  return std::string(spelling.param.crlf ? "Crlf" : "Lf") + (spelling.param.mark ? "WithMark" : "");
});

}  // namespace
}  // namespace imglint::test
