// Laws of the compose reader over files: a changed byte changes one value, aliases mean what they stand for,
// and every map from text to bytes is true.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "kinds/compose/read.hpp"
#include "tests/support/paths.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint {
namespace {

using nlohmann::json;

/// The files of the vectors, and of the corpus where IMGLINT_CORPUS names it.
std::vector<std::string> files() {
  std::vector<std::string> result;
  std::ifstream vectors(test::source_folder() / "fixtures/conformance/compose.jsonl");
  for (std::string line; std::getline(vectors, line);)
    if (const json one = json::parse(line); one.contains("source"))
      result.push_back(one.at("source").get<std::string>());
  const char* folder = std::getenv("IMGLINT_CORPUS");
  if (folder == nullptr) return result;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(folder) + "/compose"))
    if (entry.path().extension() == ".yml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    result.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return result;
}

/// One use in a line, without its place in the file.
std::string show(const ImageUse& use) {
  std::string line(use.path);
  line.append(" ").append(use.role->name).append(" ").append(use.value.is_known() ? use.value.text() : "!");
  for (const Alias& alias : use.aliases) line.append(" ").append(alias.path);
  return line;
}

std::vector<std::string> show(const Document& document) {
  std::vector<std::string> lines;
  for (const ImageUse& use : document.uses) lines.push_back(show(use));
  return lines;
}

TEST(ComposeLaws, EveryPieceNamesItsBytes) {
  for (const std::string& text : files()) {
    const Source source("compose.yaml", text);
    const auto document = read_compose(source, {});
    for (const ImageUse& use : document->uses) {
      SCOPED_TRACE(show(use));
      ASSERT_LE(use.span.end, text.size());
      for (const MappedText& mapped : {use.written, MappedText(use.value)}) {
        std::uint32_t done = 0;
        for (const Piece& piece : mapped.pieces()) {
          EXPECT_EQ(piece.text.begin, done);
          done = piece.text.end;
          EXPECT_TRUE(piece.variable == no_variable || piece.variable < use.value.variables.size());
          if (piece.exact && piece.source) {
            EXPECT_EQ(piece.source->text(piece.span), mapped.text(piece.text));
          }
        }
        EXPECT_EQ(done, mapped.text().size());
      }
    }
  }
}

/// Another byte that keeps a reference one: digits become digits, small letters small letters.
char other(char c) {
  if (c >= '0' && c <= '9') return c == '9' ? '8' : static_cast<char>(c + 1);
  if (c >= 'a' && c <= 'z') return c == 'y' ? 'x' : 'y';
  return c;
}

/// The first literal byte of a use that can be changed so; nothing if there is none.
std::optional<std::uint32_t> literal_byte(const ImageUse& use, const Source& source) {
  for (const Piece& piece : use.value.pieces()) {
    if (!piece.exact || piece.source != &source || piece.variable != no_variable) continue;
    for (std::uint32_t at = piece.span.begin; at < piece.span.end; ++at)
      if (other(source.bytes()[at]) != source.bytes()[at]) return at;
  }
  return std::nullopt;
}

TEST(ComposeLaws, AChangedByteChangesOneValue) {
  int changes = 0;
  for (const std::string& text : files()) {
    const Source source("compose.yaml", text);
    const auto before = read_compose(source, {});
    if (before->blocks_edits()) continue;
    for (std::size_t index = 0; index < before->uses.size(); ++index) {
      const ImageUse& use = before->uses[index];
      const auto at = literal_byte(use, source);
      if (use.part > 0 || !at) continue;
      SCOPED_TRACE(show(use));
      const std::string byte(1, other(text[*at]));
      EditSet edits(source);
      ASSERT_FALSE(edits.add({{&source, {*at, *at + 1}, byte}}));
      EXPECT_TRUE(verify_yaml_edits(edits));
      const Source edited("compose.yaml", edits.apply());
      const auto after = read_compose(edited, {});
      ASSERT_EQ(after->uses.size(), before->uses.size());
      for (std::size_t other_index = 0; other_index < before->uses.size(); ++other_index) {
        const ImageUse& old_use = before->uses[other_index];
        const ImageUse& new_use = after->uses[other_index];
        EXPECT_EQ(old_use.path, new_use.path);
        EXPECT_EQ(old_use.span, new_use.span);
        EXPECT_EQ(old_use.value.text() == new_use.value.text(), other_index != index);
      }
      ++changes;
    }
  }
  EXPECT_GE(changes, 100);
}

struct AliasCase {
  std::string_view with_aliases;
  std::string_view written_out;
};

// clang-format off
const AliasCase alias_cases[] = {
    {"services: {a: {image: &i b:1}, c: {image: *i}}", "services: {a: {image: b:1}, c: {image: b:1}}"},
    {"x-a: &a {image: b}\nservices: {s: {<<: *a}, t: {<<: *a, image: c}}", "services: {s: {image: b}, t: {image: c}}"},
    {"services: {a: &a {image: b, build: {context: ., tags: [d]}}, c: *a}",
     "services: {a: {image: b, build: {context: ., tags: [d]}}, c: {image: b, build: {context: ., tags: [d]}}}"},
    {"x-b: &b {cache_from: [c:1], args: {V: 1}}\nservices: {a: {build: {<<: *b, tags: [d]}}}",
     "services: {a: {build: {cache_from: [c:1], args: {V: 1}, tags: [d]}}}"},
    {"x-l: &l [b, c]\nservices: {a: {build: {tags: *l}}, d: {build: {tags: *l}}}",
     "services: {a: {build: {tags: [b, c]}}, d: {build: {tags: [b, c]}}}"},
    {"x-a: &a {image: b}\nx-c: &c {<<: *a, restart: x}\nservices: {s: {<<: [{restart: y}, *c]}}",
     "services: {s: {restart: y, image: b}}"},
    {"x-s: &s {a: {image: b}}\nservices: *s", "services: {a: {image: b}}"},
    {"x-v: &v 'b:${T:-1}'\nservices: {a: {image: *v}}", "services: {a: {image: 'b:${T:-1}'}}"},
};
// clang-format on

/// What each effective path amounts to, sorted: role, kind and value. Paths under `x-` are where a value is
/// written, not where it is used.
std::vector<std::string> effective(std::string_view text) {
  const Source source("compose.yaml", std::string(text));
  const auto document = read_compose(source, {});
  std::vector<std::string> result;
  for (const ImageUse& use : document->uses) {
    if (!use.active) continue;
    const std::string meaning = " " + std::string(use.role->name) + " " + std::string(to_string(use.kind)) +
                                " " + std::string(use.value.text());
    if (!use.path.starts_with("x-")) result.push_back(std::string(use.path) + meaning);
    for (const Alias& alias : use.aliases) result.push_back(std::string(alias.path) + meaning);
  }
  std::ranges::sort(result);
  return result;
}

TEST(ComposeLaws, AliasesMeanWhatTheyStandFor) {
  for (const AliasCase& one : alias_cases) {
    EXPECT_FALSE(effective(one.written_out).empty());
    EXPECT_EQ(effective(one.with_aliases), effective(one.written_out)) << one.with_aliases;
  }
}

TEST(ComposeLaws, ReadingTwiceGivesTheSame) {
  for (const std::string& text : files()) {
    const Source source("compose.yaml", text);
    EXPECT_EQ(show(*read_compose(source, {})), show(*read_compose(source, {})));
  }
}

}  // namespace
}  // namespace imglint
