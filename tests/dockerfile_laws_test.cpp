// What holds for every Dockerfile: spans lie in the file, pieces cover their text and are the bytes they
// name, changing one byte of a reference changes that reference alone, and time grows with size only.
#include "tests/support/dockerfile_laws.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kinds/dockerfile/read.hpp"
#include "tests/support/dockerfile_vectors.hpp"
#include "tests/support/dump.hpp"

namespace imglint::test {
namespace {

std::vector<DockerfileVector> all_vectors() {
  std::vector<DockerfileVector> vectors = conformance_dockerfiles();
  for (DockerfileVector& vector : corpus_dockerfiles()) vectors.push_back(std::move(vector));
  return vectors;
}

TEST(DockerfileLaws, HoldForEveryVector) {
  for (const DockerfileVector& vector : all_vectors()) {
    const Source source(vector.name, vector.bytes);
    const auto document = read_dockerfile(source, {});
    EXPECT_EQ(broken_law(*document), "") << vector.name;
    EXPECT_EQ(dump(*read_dockerfile(source, {})), dump(*document)) << vector.name;
  }
}

TEST(DockerfileLaws, HoldForEveryBeginningOfEveryCase) {
  for (const DockerfileVector& vector : conformance_dockerfiles())
    for (std::size_t size = 0; size < vector.bytes.size(); ++size) {
      const Source source(vector.name, vector.bytes.substr(0, size));
      EXPECT_EQ(broken_law(*read_dockerfile(source, {})), "") << vector.name << " up to " << size;
    }
}

/// A letter or digit that may stand where this one does, nothing for others.
char other(char c) {
  if (c >= 'a' && c <= 'z') return c == 'q' ? 'w' : 'q';
  if (c >= '0' && c <= '9') return c == '7' ? '8' : '7';
  return 0;
}

/// Offsets of the bytes that a use's value takes from the file as they are.
std::vector<std::uint32_t> literal_bytes(const ImageUse& use, const Source& source) {
  std::vector<std::uint32_t> offsets;
  for (const Piece& piece : use.value.pieces())
    if (piece.exact && piece.source == &source && piece.variable == no_variable)
      for (std::uint32_t at = piece.span.begin; at < piece.span.end; ++at) offsets.push_back(at);
  return offsets;
}

/// Values of all uses but one that was changed.
std::vector<std::string> other_values(const Document& document, std::size_t changed) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < document.uses.size(); ++i)
    if (i != changed) values.emplace_back(document.uses[i].value.text());
  return values;
}

void expect_local_change(const DockerfileVector& vector, const Document& document, std::size_t index,
                         std::uint32_t at) {
  const ImageUse& use = document.uses[index];
  std::string bytes = vector.bytes;
  bytes[at] = other(bytes[at]);
  const Source source(vector.name, bytes);
  const auto changed = read_dockerfile(source, {});
  ASSERT_EQ(changed->uses.size(), document.uses.size()) << vector.name << " at " << at;
  std::string value(use.value.text());
  for (const Piece& piece : use.value.pieces())
    if (piece.variable == no_variable && piece.span.begin <= at && at < piece.span.end)
      value[piece.text.begin + (at - piece.span.begin)] = bytes[at];
  EXPECT_EQ(changed->uses[index].value.text(), value) << vector.name << " at " << at;
  EXPECT_EQ(changed->uses[index].span, use.span) << vector.name << " at " << at;
  EXPECT_EQ(other_values(*changed, index), other_values(document, index)) << vector.name << " at " << at;
}

/// Every byte of the small cases, the first and the last of the references of real files.
TEST(DockerfileLaws, ChangingAByteOfAnEditableReferenceChangesOnlyItsValue) {
  int changes = 0;
  for (const DockerfileVector& vector : all_vectors()) {
    const Source source(vector.name, vector.bytes);
    const auto document = read_dockerfile(source, {});
    for (std::size_t i = 0; i < document->uses.size(); ++i) {
      if (!document->uses[i].not_editable.empty()) continue;
      std::vector<std::uint32_t> offsets = literal_bytes(document->uses[i], source);
      if (vector.bytes.size() > 500 && offsets.size() > 2) offsets = {offsets.front(), offsets.back()};
      for (const std::uint32_t at : offsets)
        if (other(vector.bytes[at]) != 0) {
          expect_local_change(vector, *document, i, at);
          ++changes;
        }
    }
  }
  EXPECT_GE(changes, 2000);
}

struct Hostile {
  std::string name;
  std::string (*make)(std::size_t size);
};

std::string times(std::string_view text, std::size_t size) {
  std::string result;
  while (result.size() < size) result += text;
  return result;
}

const Hostile hostile[] = {
    {"blanks", [](std::size_t n) { return "FROM" + std::string(n, ' ') + "a"; }},
    {"continuations", [](std::size_t n) { return "FROM a\nRUN " + times("\\\n", n) + "b"; }},
    {"broken reference", [](std::size_t n) { return "FROM " + times("a\\\n", n); }},
    {"comments in a continuation", [](std::size_t n) { return "FROM \\\n" + times("# a\n", n) + "b"; }},
    {"stages", [](std::size_t n) { return times("FROM a AS b\n", n); }},
    {"sources", [](std::size_t n) { return "FROM a AS b\n" + times("COPY --from=B / /\n", n); }},
    {"flags", [](std::size_t n) { return "FROM a\nRUN \\\n" + times("--mount=from=b \\\n", n) + "c"; }},
    {"quotes in a flag",
     [](std::size_t n) { return "FROM a\nRUN --mount=\\\n" + times("\"\"a,\\\n", n) + "from=b c"; }},
    {"fields with quotes",
     [](std::size_t n) { return "FROM a\nRUN --mount=\\\n" + times("'\"a\"\"b\",'\\\n", n) + "from=b c"; }},
    {"arguments", [](std::size_t n) { return times("ARG A=$A$A\n", n) + "FROM a$A"; }},
    {"names of arguments", [](std::size_t n) { return "ARG \\\n" + times("A=b \\\n", n) + "\nFROM $A"; }},
    {"variables", [](std::size_t n) { return "ARG A=b\nFROM \\\n" + times("$A\\\n", n); }},
    {"unset variables", [](std::size_t n) { return "FROM \\\n" + times("${A}\\\n", n); }},
    {"open braces", [](std::size_t n) { return "FROM \\\n" + times("${A:-\\\n", n); }},
    {"patterns",
     [](std::size_t n) {
       return "ARG A=\\\n" + times("aaaaaaaa\\\n", n / 2) + "\nFROM ${A//*\\\n" +
              times("aaaaaaaa\\\n", n / 2) + "b/c}";
     }},
    {"heredocs",
     [](std::size_t n) { return "FROM a\nRUN \\\n" + times("<<E \\\n", n) + "\n" + times("E\n", n); }},
    {"open heredocs", [](std::size_t n) { return "FROM a\n" + times("RUN <<E\n", n); }},
    {"nested arrays", [](std::size_t n) { return "FROM a\nCMD \\\n" + times("[\\\n", n); }},
    {"strings in an array",
     [](std::size_t n) { return "FROM a\nCMD [\\\n" + times("\"a\",\\\n", n) + "\"b\"]"; }},
    {"blanks in a directive", [](std::size_t n) { return times("#" + std::string(60'000, ' ') + "\n", n); }},
    {"directives", [](std::size_t n) { return "# escape=\\" + times(" ", n) + "\nFROM a"; }},
    {"an object", [](std::size_t n) { return "{\"a\": [" + times("{\"syntax\": 1},\n", n) + "1]}"; }},
    {"pairs", [](std::size_t n) { return "FROM a\nENV \\\n" + times("a='b' \\\n", n) + "c=d"; }},
    {"no-break spaces",
     [](std::size_t n) { return "FROM a\nRUN <<E " + times("\xC2\xA0", n / 2 * 2) + "\nE\n"; }},
};

double seconds_to_read(const std::string& bytes) {
  const Source source("Dockerfile", bytes);
  const auto begin = std::chrono::steady_clock::now();
  const auto document = read_dockerfile(source, {});
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(broken_law(*document), "");
  return time.count();
}

// Half a megabyte takes milliseconds where time is linear and minutes where it is not; the limit leaves room
// for sanitizers and busy machines.
TEST(DockerfileLaws, HostileFilesTakeNoLongerThanTheirSizeAsks) {
  for (const Hostile& one : hostile) EXPECT_LT(seconds_to_read(one.make(500'000)), 10.0) << one.name;
}

}  // namespace
}  // namespace imglint::test
