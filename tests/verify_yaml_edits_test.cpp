// An edited YAML file is read again before it is written: only the values of edited scalars may differ, and
// those must be what was asked for (docs/spec/yaml.md 2, step 5).
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "yaml/verify_edits.hpp"

namespace imglint {
namespace {

/// `⟦old⟧` is replaced by `new`, one edit after another.
struct Case {
  std::string_view marked;
  std::vector<std::string> texts;
  std::string_view error;  ///< empty if the edits are fine
};

// clang-format off
const Case cases[] = {
    {"a: ⟦b⟧\n", {"c"}, ""},
    {"a: ⟦⟧b:1\n", {"r.io/"}, ""},
    {"a: b⟦⟧\n", {":1"}, ""},
    {"a: b⟦:1⟧\n", {""}, ""},
    {"a: '⟦⟧b'\n", {"r.io/"}, ""},
    {"a: 'b⟦⟧'\n", {":1"}, ""},
    {"a: \"⟦b⟧\"\n", {"c"}, ""},
    {"a: \"⟦b⟧\\x3a1\"\n", {"r.io/b"}, ""},
    {"a: \"⟦b\\x3a1⟧\"\n", {"c"}, ""},
    {"a: \"⟦⟧b/\\\n  c:⟦1⟧\"\n", {"r.io/", "2"}, ""},
    {"{a: ⟦b⟧, c: ⟦d⟧}\n", {"e:1", "f"}, ""},
    {"a: &x ⟦b⟧\nc: *x\n", {"d"}, ""},
    {"a: !t ⟦b⟧\n", {"d"}, ""},
    {"a: |\n  FROM ⟦b⟧\n  FROM ⟦c⟧ AS x\n", {"r.io/b", "r.io/c"}, ""},
    {"a: |\r\n  FROM ⟦b⟧\r\n  RUN x\r\n", {"r.io/b"}, ""},
    {"a: >-\n  FROM ⟦b⟧\n  AS x\n", {"r.io/b"}, ""},
    {"\xEF\xBB\xBF" "a: ⟦b⟧\n", {"c"}, ""},
    {"a: ${R:-⟦b⟧}/c\n", {"r.io"}, ""},
    {"⟦k⟧: b\n", {"key"}, ""},
    {"a: b # ⟦old⟧\n", {"new"}, ""},
    {"a: b⟦⟧\n", {" # new"}, "a value becomes 'b', not 'b # new'"},

    {"a: ⟦⟧b\n", {"[::1]:5000/"}, "not valid YAML: "},
    {"[⟦⟧b]\n", {"[::1]:5000/"}, "the structure changes"},
    {"a: ⟦b⟧\n", {"c: d"}, "not valid YAML: "},
    {"a: ⟦b⟧\n", {"c #d"}, "a value becomes 'c', not 'c #d'"},
    {"a: ⟦b⟧\n", {"b\nc: d"}, "a value becomes 'b', not 'b\\nc: d'"},
    {"a: ⟦b⟧\n", {"b, c"}, ""},
    {"a: ⟦b⟧\nc: d\n", {"null"}, "the structure changes"},
    {"a: ⟦b⟧\n", {"'b'"}, "a tag, an anchor or the quoting changes"},
    {"a: ⟦b⟧\n", {"&x b"}, "a tag, an anchor or the quoting changes"},
    {"a: ⟦b⟧\n", {"*x"}, "not valid YAML: "},
    {"a: ⟦b⟧\n", {""}, "the structure changes"},
    {"a: 'b⟦⟧'\n", {"'"}, "not valid YAML: "},
    {"a: 'b⟦⟧c'\n", {"''"}, "a value becomes 'b'c', not 'b''c'"},
    {"a: \"b⟦⟧\"\n", {"\\n"}, "a value becomes 'b\\n', not 'b\\n'"},
    {"a: \"b⟦⟧\"\n", {"\\q"}, "not valid YAML: "},
    {"a: \"b⟦\\x⟧3a1\"\n", {""}, "it cuts through an escape or a line break"},
    {"a: b⟦\n ⟧ c\n", {""}, "it cuts through an escape or a line break"},
    {"a: ⟦'b'⟧\n", {"b"}, "it does not lie inside of one value"},
    {"a: ⟦|\n  b⟧\n", {"b"}, "it does not lie inside of one value"},
    {"⟦a: b⟧\n", {"c: d"}, "it does not lie inside of one value"},
    {"a: b⟦\n⟧c: d\n", {" "}, "not valid YAML: "},
    {"a⟦:⟧ b\n", {""}, "the structure changes"},
    {"a: b ⟦#⟧ c\n", {""}, "a value becomes 'b  c', not 'b'"},
    {"⟦- ⟧a\n", {""}, "the structure changes"},
    {"⟦a⟧: b\nc: d\n", {"c"}, "key 'c' is already given in line 1"},
    {"a: \"b⟦⟧c\"\n", {"\\/"}, "a value becomes 'b/c', not 'b\\/c'"},
    {"a: \"⟦b⟧\n", {"c"}, "not valid YAML: a quote without its end"},
    {"a: |\n  b⟦\n⟧", {"\n c\n"}, "not valid YAML: "},
};
// clang-format on

struct Marked {
  std::string text;
  std::vector<Span> spans;
};

Marked parse_marks(std::string_view marked) {
  Marked result;
  for (std::size_t at = 0; at < marked.size();) {
    const std::string_view rest = marked.substr(at);
    const auto here = static_cast<std::uint32_t>(result.text.size());
    if (rest.starts_with("⟦")) {
      result.spans.push_back({here, here});
      at += 3;
    } else if (rest.starts_with("⟧")) {
      result.spans.back().end = here;
      at += 3;
    } else {
      result.text += marked[at++];
    }
  }
  return result;
}

TEST(VerifyYamlEdits, AcceptsWhatChangesNothingElse) {
  for (const Case& one : cases) {
    SCOPED_TRACE(std::string(one.marked) + " with " + one.texts.front());
    const Marked marked = parse_marks(one.marked);
    const Source source("compose.yaml", marked.text);
    std::vector<Edit> edits;
    for (std::size_t index = 0; index < marked.spans.size(); ++index)
      edits.push_back({&source, marked.spans[index], one.texts.at(index)});
    EditSet set(source);
    ASSERT_FALSE(set.add(edits));
    const Result<void> result = verify_yaml_edits(set);
    EXPECT_EQ(result.has_value(), one.error.empty());
    if (result) continue;
    EXPECT_NE(result.error().message.find(one.error), std::string::npos) << result.error().message;
    EXPECT_EQ(result.error().hint, "nothing was written");
    EXPECT_EQ(result.error().path, "compose.yaml");
    EXPECT_GE(result.error().line, 1U);
  }
}

TEST(VerifyYamlEdits, HasNothingToSayWithoutEdits) {
  const Source source("compose.yaml", "a: \"b\n");
  EXPECT_TRUE(verify_yaml_edits(EditSet(source)));
}

}  // namespace
}  // namespace imglint
