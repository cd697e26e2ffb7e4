// Every line of fixtures/conformance/references.jsonl: verdicts, parts, forms and offsets.
#include "tests/support/reference_vectors.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reference/parse.hpp"

namespace imglint {
namespace {

using nlohmann::json;

std::optional<std::string> field(const json& line, const char* name) {
  const auto found = line.find(name);
  if (found == line.end() || found->is_null()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<std::string> part(const std::optional<TextRange>& range, std::string_view text) {
  if (!range) return std::nullopt;
  return std::string(range->of(text));
}

/// Kind and offset of an error against the two fields of a line.
void expect_error(const ReferenceError& error, const json& line, const std::string& name) {
  const std::string expected = line.at(name).get<std::string>();
  const std::string kind(to_string(error.kind));
  if (line.value("loose", false)) {
    EXPECT_TRUE(kind == expected || (kind == "format" && expected == "uppercase"))
        << kind << " for " << expected;
  } else {
    EXPECT_EQ(kind, expected) << name;
    EXPECT_EQ(error.offset, line.at(name + "_at").get<std::uint32_t>()) << name;
  }
}

void expect_bare(const json& line, const std::string& input) {
  const ReferenceParse parsed = parse_bare_reference(input);
  ASSERT_EQ(parsed.index() == 0, line.at("valid").get<bool>());
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) return expect_error(*error, line, "error");
  const auto& reference = std::get<Reference>(parsed);
  EXPECT_EQ(part(reference.registry, input), field(line, "domain"));
  EXPECT_EQ(std::string(reference.repository().of(input)), line.at("path").get<std::string>());
  EXPECT_EQ(part(reference.tag, input), field(line, "tag"));
  EXPECT_EQ(part(reference.digest, input), field(line, "digest"));
}

void expect_normalized(const json& line, const std::string& input) {
  const ReferenceParse parsed = parse_reference(input);
  ASSERT_EQ(parsed.index() == 0, !line.at("normalized").is_null());
  if (const auto* error = std::get_if<ReferenceError>(&parsed))
    return expect_error(*error, line, "normalized_error");
  const CanonicalReference meaning = canonical(std::get<Reference>(parsed), input);
  EXPECT_EQ(meaning.to_string(), line.at("normalized").get<std::string>());
  EXPECT_EQ(meaning.familiar(), line.at("familiar").get<std::string>());
  EXPECT_EQ(meaning.registry, line.at("norm_domain").get<std::string>());
  EXPECT_EQ(meaning.pulled().to_string(), line.at("docker_ref").get<std::string>());
}

TEST(ReferenceVectors, EveryLineAgrees) {
  const auto vectors = test::read_reference_vectors();
  int with_nul = 0;
  for (const auto& [input, fields] : vectors) {
    SCOPED_TRACE(fields.dump());
    with_nul += input.find('\0') != std::string::npos;
    expect_bare(fields, input);
    expect_normalized(fields, input);
    EXPECT_EQ(any_digest(input), field(fields, "any_digest"));
  }
  EXPECT_EQ(vectors.size(), 3024u);
  EXPECT_EQ(with_nul, 9);
}

}  // namespace
}  // namespace imglint
