#include "output/parse_output.hpp"

#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/golden.hpp"
#include "tests/support/reference_vectors.hpp"

namespace imglint {
namespace {

using nlohmann::json;

std::string written(std::string_view format, const std::vector<std::string>& references, bool color = false) {
  std::string out;
  find_parse_format(format)->write({references, "0.0.0"}, {.color = color}, out);
  return out;
}

/// What our line has beside the vectors' fields.
constexpr const char* own_fields[] = {"registry", "namespace", "name", "message"};
/// What the vectors have beside ours.
constexpr const char* vector_fields[] = {"note", "loose"};

/// Where a kind depends on tables of Unicode, `format` may stand for `uppercase`, at any place (README of the
/// vectors).
void apply_loose_rule(json& ours, json& theirs) {
  for (const char* name : {"error", "normalized_error"}) {
    if (!theirs.contains(name)) continue;
    if (theirs[name] == "uppercase" && ours.value(name, "") == "format") ours[name] = "uppercase";
    ours.erase(std::string(name) + "_at");
    theirs.erase(std::string(name) + "_at");
  }
}

TEST(ParseOutput, JsonlHasTheFieldsOfTheVectors) {
  const auto vectors = test::read_reference_vectors();
  std::vector<std::string> inputs;
  for (const auto& vector : vectors) inputs.push_back(vector.input);
  std::istringstream lines(written("jsonl", inputs));
  for (const auto& vector : vectors) {
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    json ours = json::parse(line);
    json theirs = vector.fields;
    if (theirs.value("loose", false)) apply_loose_rule(ours, theirs);
    for (const char* name : own_fields) ours.erase(name);
    for (const char* name : vector_fields) theirs.erase(name);
    EXPECT_EQ(ours, theirs);
  }
  std::string rest;
  EXPECT_FALSE(std::getline(lines, rest));
}

TEST(ParseOutput, JsonIsTheSameInOneObject) {
  const std::vector<std::string> references = {"acme/app:1", "acme//app"};
  const json all = json::parse(written("json", references));
  EXPECT_EQ(all.at("version"), "0.0.0");
  ASSERT_EQ(all.at("references").size(), 2u);
  std::istringstream lines(written("jsonl", references));
  for (const json& one : all.at("references")) {
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(json::parse(line), one);
  }
}

TEST(ParseOutput, JsonlNamesThePartsAsSpelled) {
  const json line = json::parse(written("jsonl", {"localhost:5000/acme/team/app:1"}));
  EXPECT_EQ(line.at("registry"), "localhost:5000");
  EXPECT_EQ(line.at("namespace"), "acme/team");
  EXPECT_EQ(line.at("name"), "app");
  const json faulty = json::parse(written("jsonl", {"acme//app"}));
  EXPECT_EQ(faulty.at("message"), "nothing between two '/'");
}

const std::vector<std::string>& samples() {
  static const std::string hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  static const std::vector<std::string> references = {
      "nginx",
      "ghcr.io/acme/team/app:1.2.3@sha256:" + hex,
      "my_reg.example.com/app",
      "docker.io/example.com/app:1",
      "sha256:" + hex,
      hex,
      "ubuntu:${TAG}",
      "Acme/App",
      "https://ghcr.io/acme/app",
      "acme/app:",
      "",
      "ubuntu：22.04",
      "app@sha256:abc",
      "app \x1b[31m",
      "registry.example.com/" + std::string(300, 'a'),
      "one\ntwo",
  };
  return references;
}

TEST(ParseOutput, TextShowsThePartsOrPointsAtTheFault) {
  test::expect_golden(written("text", samples()), "fixtures/parse/text.golden");
}

TEST(ParseOutput, TextMayBeColored) {
  test::expect_golden(written("text", {"acme/app:1", "acme//app"}, true), "fixtures/parse/text-color.golden");
}

TEST(ParseOutput, OnlyKnownFormatsAreFound) {
  for (const ParseFormat& format : parse_formats()) EXPECT_EQ(find_parse_format(format.name), &format);
  EXPECT_EQ(find_parse_format("sarif"), nullptr);
}

}  // namespace
}  // namespace imglint
