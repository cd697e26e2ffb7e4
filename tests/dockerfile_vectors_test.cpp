// Every case of fixtures/conformance/dockerfiles.jsonl and every file of the corpus, as it is, with other
// line ends, with a byte order mark, and as the text of a YAML scalar.
#include "tests/support/dockerfile_vectors.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/dockerfile/read.hpp"
#include "kinds/index.hpp"
#include "tests/support/dump.hpp"

namespace imglint::test {
namespace {

using Rewriting = Rewritten (*)(std::string_view);

Rewritten with_mark_and_crlf(std::string_view bytes) {
  const Rewritten first = with_crlf(bytes);
  return combined(first, with_mark(first.bytes));
}

/// Each line indented, as below `dockerfile_inline: |`.
Rewritten in_a_block(std::string_view bytes) {
  Rewritten result{"dockerfile_inline: |\n", {}};
  bool line_begins = true;
  for (const char c : bytes) {
    if (line_begins) result.bytes += "  ";
    result.moved.push_back(static_cast<std::uint32_t>(result.bytes.size()));
    result.bytes += c;
    line_begins = c == '\n';
  }
  result.moved.push_back(static_cast<std::uint32_t>(result.bytes.size()));
  return result;
}

/// The text before it was put in a block, in pieces of a line each.
MappedText block_text(const Source& source, const Rewritten& rewritten, std::string_view bytes,
                      Arena& arena) {
  MappedTextBuilder builder;
  for (std::uint32_t i = 0; i < bytes.size(); ++i) {
    const std::uint32_t at = rewritten.moved[i];
    builder.copy(&source, {at, at + 1}, bytes.substr(i, 1));
  }
  return builder.finish(arena);
}

bool starts_with_mark(const DockerfileVector& vector) { return vector.bytes.starts_with("\xEF\xBB\xBF"); }

void expect_all(const std::vector<DockerfileVector>& vectors, Rewriting rewrite) {
  for (const DockerfileVector& vector : vectors) {
    const bool adds_mark = rewrite("x").bytes.starts_with("\xEF\xBB\xBF");
    if (adds_mark && starts_with_mark(vector)) continue;  // a second mark would be text
    const Rewritten rewritten = rewrite(vector.bytes);
    const Source source(vector.name, rewritten.bytes);
    const auto document = read_dockerfile(source, {});
    const std::string difference = differences(*document, vector, rewritten);
    EXPECT_EQ(difference, "") << vector.name << "\n" << dump(*document);
  }
}

void expect_all_in_blocks(const std::vector<DockerfileVector>& vectors) {
  for (const DockerfileVector& vector : vectors) {
    const Rewritten rewritten = in_a_block(vector.bytes);
    const Source source(vector.name, rewritten.bytes);
    Document document(source, *find_kind("compose"));
    const MappedText text = block_text(source, rewritten, vector.bytes, document.arena);
    read_dockerfile(text, {}, {}, no_owner, document);
    EXPECT_EQ(differences(document, vector, rewritten), "") << vector.name << "\n" << dump(document);
    for (const ImageUse& use : document.uses) EXPECT_TRUE(use.part > 0) << vector.name;
  }
}

struct Form {
  std::string name;
  Rewriting rewrite;
};
class DockerfileVectors : public ::testing::TestWithParam<Form> {};

TEST_P(DockerfileVectors, Conformance) {
  const auto vectors = conformance_dockerfiles();
  ASSERT_EQ(vectors.size(), 209U);
  expect_all(vectors, GetParam().rewrite);
}

TEST_P(DockerfileVectors, Corpus) {
  const auto vectors = corpus_dockerfiles();
  if (vectors.empty()) GTEST_SKIP() << "set IMGLINT_CORPUS to a folder with dockerfiles/expected.jsonl";
  ASSERT_EQ(vectors.size(), 395U);
  expect_all(vectors, GetParam().rewrite);
}

INSTANTIATE_TEST_SUITE_P(Forms, DockerfileVectors,
                         ::testing::Values(Form{"AsItIs", as_it_is}, Form{"Crlf", with_crlf},
                                           Form{"ByteOrderMark", with_mark},
                                           Form{"ByteOrderMarkAndCrlf", with_mark_and_crlf}),
                         [](const auto& parameter) { return parameter.param.name; });

TEST(DockerfileVectorsInlined, Conformance) { expect_all_in_blocks(conformance_dockerfiles()); }

TEST(DockerfileVectorsInlined, Corpus) {
  const auto vectors = corpus_dockerfiles();
  if (vectors.empty()) GTEST_SKIP() << "set IMGLINT_CORPUS to a folder with dockerfiles/expected.jsonl";
  expect_all_in_blocks(vectors);
}

}  // namespace
}  // namespace imglint::test
