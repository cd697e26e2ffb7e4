// What is refused before, while and after yaml-cpp reads (docs/spec/yaml.md 3; docs/spec/compose.md 2.6
// and 2.8), and shapes that must not cost more than their size (yaml.md 4).
#include <ctime>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "kinds/compose/read.hpp"

namespace imglint {
namespace {

using namespace std::string_literals;
using Kind = Trouble::Kind;

struct Case {
  std::string bytes;
  Kind kind;
  std::string_view message;
  std::uint32_t at;  ///< where the trouble begins
};

// clang-format off
const Case cases[] = {
    // G1: bytes
    {"a: \0b"s,                        Kind::encoding,      "a NUL byte: this is no UTF-8 text", 3},
    {"\xFF\xFE" "a\0"s,                Kind::encoding,      "UTF-16 text: save the file as UTF-8", 0},
    {"\xFE\xFF\0a"s,                   Kind::encoding,      "UTF-16 text: save the file as UTF-8", 0},
    {"\xFF\xFE\0\0a\0\0\0"s,           Kind::encoding,      "UTF-32 text: save the file as UTF-8", 0},
    {"\0\0\xFE\xFF\0\0\0a"s,           Kind::encoding,      "UTF-32 text: save the file as UTF-8", 0},
    {"a\0:\0"s,                        Kind::encoding,      "a NUL byte: this is no UTF-8 text", 1},
    {"a: caf\xE9\n",                   Kind::encoding,      "not UTF-8: '\\xE9'", 6},
    {"a: \xC0\x80\n",                  Kind::encoding,      "not UTF-8: '\\xC0'", 3},
    {"a: \xED\xA0\x80\n",              Kind::encoding,      "not UTF-8: '\\xED'", 3},
    {"a: b\x04\n",                     Kind::encoding,      "control character U+0004", 4},
    {"a: b\x7F\n",                     Kind::encoding,      "control character U+007F", 4},
    {"a: b\xC2\x80\n",                 Kind::encoding,      "control character U+0080", 4},
    {"a: b\xEF\xBF\xBE\n",             Kind::encoding,      "control character U+FFFE", 4},
    {"a: b\rc: d\n",                   Kind::encoding,      "a carriage return without a line feed", 4},
    {"a: b\r",                         Kind::encoding,      "a carriage return without a line feed", 4},
    {"a: b\n\xEF\xBB\xBF" "c: d\n",    Kind::encoding,      "a byte order mark inside of the file", 5},
    // G2 and G3: documents
    {", a",                            Kind::syntax,        "not valid YAML: a document that does not end", 0},
    {"- a\n,- b\n",                    Kind::syntax,        "not valid YAML: content after the end of the document", 4},
    {"a: b\n...\nc: d\n",              Kind::syntax,        "not valid YAML: content after the end of the document", 9},
    // G4 and G5
    {"a: \"b\nc: d\n",                 Kind::syntax,        "not valid YAML: a quote without its end", 3},
    {"a: 'b\nc: d\n",                  Kind::syntax,        "not valid YAML: a quote without its end", 3},
    {"top:\n  a: 1\nlast\n",           Kind::syntax,        "not valid YAML: missing ':' after a key", 12},
    // G6: directives
    {"a: 1\n%x: 2\nb: 3\n",            Kind::syntax,        "a line that begins with '%' inside of a document", 5},
    {"%YAML 1.2\n---\na: b\n",         Kind::syntax,        "docker compose reads only YAML 1.1, not '%YAML 1.2'", 0},
    {"%FOO bar\n---\na: b\n",          Kind::syntax,        "unknown directive '%FOO'", 0},
    {"%TAG ! x\na: b\n",               Kind::syntax,        "a directive without a '---' after it", 0},
    {"%TAG ! x\n",                     Kind::syntax,        "a directive without a '---' after it", 0},
    // G7: aliases
    {"a: &x [*x]\n",                   Kind::syntax,        "an alias inside of what it stands for", 7},
    {"a: &x {b: {c: *x}}\n",           Kind::syntax,        "an alias inside of what it stands for", 14},
    // what yaml-cpp refuses itself
    {"services:\n\ta: b\n",            Kind::syntax,        "not valid YAML: a tab in the indentation, which takes only spaces", 10},
    {"a:\n  b: c\n \td: e\n",         Kind::syntax,        "not valid YAML: a tab in the indentation, which takes only spaces", 11},
    {"a:\n\t- b\n",                   Kind::syntax,        "not valid YAML: a tab in the indentation, which takes only spaces", 3},
    {"a:\n  b: c\n\t# d\n",           Kind::syntax,        "not valid YAML: a tab in the indentation, which takes only spaces", 10},
    {"\xEF\xBB\xBF\tservices:\n  a: b\n", Kind::syntax,      "not valid YAML: a tab in the indentation, which takes only spaces", 3},
    {"a: *b\n",                        Kind::syntax,        "not valid YAML: ", 0},
    {"a: b: c\n",                      Kind::syntax,        "not valid YAML: a second ':' in the line: quote the value", 4},
    {"a:\n  b: c:\n",                 Kind::syntax,        "not valid YAML: a ':' at the end of a value: write what is missing behind it, or quote the value", 9},
    {"a:\n  b\n  c: d\n",             Kind::syntax,        "not valid YAML: illegal map value", 10},
    {"a: [b\n",                        Kind::syntax,        "not valid YAML: ", 0},
    {"PASS: **secret**\n",             Kind::syntax,        "not valid YAML: ", 0},
    {"{image: nginx:${T:-1}}\n",       Kind::syntax,        "not valid YAML: ", 0},
    // what docker compose refuses and yaml-cpp does not
    {"a: 1\nb: 2\n'a': 3\n",           Kind::duplicate_key, "key 'a' is already given in line 1", 10},
    {"a: {b: 1, b: 2}\n",              Kind::duplicate_key, "key 'b' is already given in line 1", 10},
    {"a: &x {}\n? *x\n: b\n",          Kind::syntax,        "a key that is no text", 11},
    {"? [a]\n: b\n",                   Kind::syntax,        "a key that is no text", 2},
    {"a: {{ .Values.x }}\n",           Kind::syntax,        "a key that is no text", 4},
    {"a: &x {}\nb:\n  <<: *x\n  <<: *x\n", Kind::duplicate_key, "key '<<' is already given in line 3", 23},
    {"a:\n  <<: b\n",                  Kind::syntax,        "'<<' takes a mapping or a list of mappings", 9},
    {"a:\n  <<:\n  b: c\n",            Kind::syntax,        "'<<' takes a mapping or a list of mappings", 0},
    {"a:\n  <<: [{b: c}, d]\n",        Kind::syntax,        "'<<' takes a mapping or a list of mappings", 9},
    {"a:\n  !!merge <<: b\n",          Kind::syntax,        "'<<' takes a mapping or a list of mappings", 17},
    {"{\"a\":\"b\\/c\"}",              Kind::syntax,        "docker compose does not know the escape '\\/'", 7},
    {"a: &b*c d\n",                    Kind::syntax,        "an anchor that docker compose does not know: no blank after '&b'", 3},
    {"a: &\xC3\xA9 b\n",               Kind::syntax,        "an anchor that docker compose does not know: no blank after '&'", 3},
    {"a: !!str &b.c d\n",              Kind::syntax,        "an anchor that docker compose does not know: no blank after '&b'", 9},
    {"a: !!str\"b\"\n",                Kind::syntax,        "a tag that docker compose does not know: no blank after '!!str'", 3},
    {"a: &x\n  {b: c}\nd: [&x.y {}]\n", Kind::syntax,        "an anchor that docker compose does not know: no blank after '&x'", 19},
    {"a: [b,, c]\n",                   Kind::syntax,        "nothing before a ','", 6},
    {"a: {b: c,, d: e}\n",             Kind::syntax,        "nothing before a ','", 9},
    {"services: {}\n---\n",            Kind::syntax,        "a document that is no mapping", 0},
    {"services: {}\n--- [a]\n",        Kind::syntax,        "a document that is no mapping", 17},
};
// clang-format on

std::string show(const std::string& bytes) {
  std::string shown;
  for (const char c : bytes)
    shown += c == '\n' ? std::string("\\n") : c == '\0' ? std::string("\\0") : std::string(1, c);
  return shown;
}

/// CPU seconds: this test runs beside others.
double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

TEST(YamlGuards, SayWhatIsWrongAndReadNothing) {
  for (const Case& one : cases) {
    SCOPED_TRACE(show(one.bytes));
    const Source source("compose.yaml", one.bytes);
    const double begin = seconds();
    const auto document = read_compose(source, {});
    EXPECT_LT(seconds() - begin, 1.0);
    ASSERT_EQ(document->troubles.size(), 1U);
    const Trouble& trouble = document->troubles.front();
    EXPECT_EQ(trouble.kind, one.kind);
    EXPECT_TRUE(trouble.message.starts_with(one.message)) << trouble.message;
    if (one.at != 0) {
      EXPECT_EQ(trouble.span.begin, one.at);
    }
    EXPECT_LE(trouble.span.end, one.bytes.size());
    EXPECT_TRUE(trouble.blocks_edits && trouble.unread);
    EXPECT_TRUE(document->uses.empty());
  }
}

TEST(YamlGuards, LetThroughWhatIsFine) {
  for (
      const std::string& bytes :
      {"services: {a: {image: b}}\n"s, "\xEF\xBB\xBFservices: {a: {image: b}}\r\n"s,
       "%YAML 1.1\n---\nservices: {a: {image: b}}\n"s,
       "%TAG ! x\n# c\n\n--- \nservices: {a: {image: b}}\n...\n"s,
       "services: {a: {image: b}}\n...\n%YAML 1.1\n---\nx-a: {}\n"s, "# %\nservices: {a: {image: b}}\n"s,
       "services:\n  a:\n    image: b # \xC2\xA0\xEE\x80\x80\xF0\x9F\x90\xB3\t\n"s,
       "x-a: &a {b: c}\nx-b: &b [*a]\nservices: {a: {image: b, <<: *b}}\n"s,
       "x-a: [&a b,*a,&c-1 {d: *a}, !!str e, !<tag:f> g, !override h, &i]\nservices: {a: {image: b}}\n"s,
       "x-a: &a\n  b: [c, ]\n  d: {e, f: , g: h,}\nx-b: &b !x\n  - *a\n\nx-k: &k z\n*k : c\nservices: {a: {image: b}}\n"s,
       "services: {a: {image: b, '<<': c}}\n"s, "services: {a: {image: b, <<: [{c: d}, {c: e}]}}\n"s,
       "services: {a: {image: b, command: 'c\\/d'}}\n"s,
       "services: {a: {image: b, command: \"c\\\\/d\"}}\n"s}) {
    SCOPED_TRACE(show(bytes));
    const Source source("compose.yaml", bytes);
    const auto document = read_compose(source, {});
    EXPECT_TRUE(document->troubles.empty()) << document->troubles.front().message;
    EXPECT_EQ(document->uses.size(), 1U);
  }
}

TEST(YamlGuards, BlockEditsWhereDockerComposeSeesOtherLines) {
  for (const std::string& bytes :
       {"services: {a: {image: b}} # \xC2\x85x\n"s, "services: {a: {image: b}} # \xE2\x80\xA8\n"s,
        "x-a: \xE2\x80\xA9\nservices: {a: {image: b}}\n"s}) {
    const Source source("compose.yaml", bytes);
    const auto document = read_compose(source, {});
    EXPECT_TRUE(document->blocks_edits());
    EXPECT_EQ(document->uses.size(), 1U);
  }
}

TEST(YamlGuards, RefuseAFileOverTheLimit) {
  const Source source("compose.yaml", "services: {a: {image: b}}\n");
  EXPECT_TRUE(read_compose(source, {.max_bytes = 26})->troubles.empty());
  const auto document = read_compose(source, {.max_bytes = 25});
  ASSERT_EQ(document->troubles.size(), 1U);
  EXPECT_EQ(document->troubles.front().kind, Kind::too_large);
  EXPECT_EQ(document->troubles.front().message, "the file has 26 bytes, at most 25 are read");
  EXPECT_TRUE(document->uses.empty());
}

constexpr std::size_t shape_size = 1 << 17;

std::string repeat(std::string_view part, std::size_t bytes = shape_size) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

/// `before` and the number and `behind`, again and again.
std::string count(std::string_view before, std::string_view behind) {
  std::string text;
  for (int number = 0; text.size() < shape_size; ++number)
    text.append(before).append(std::to_string(number)).append(behind);
  return text;
}

std::string chain(std::string_view link) {
  std::string text = "x-0: &a0 {image: b}\n";
  for (int number = 1; text.size() < shape_size; ++number) {
    const std::string own = std::to_string(number);
    const std::string last = std::to_string(number - 1);
    text += "x-" + own + ": &a" + own + " {";
    text.append(link).append(": *a").append(last).append(", k").append(own).append(": v}\n");
  }
  return text + "services: {s: {image: b}}\n";
}

std::string bomb() {
  std::string text = "x-0: &a0 [b]\n";
  for (int number = 1; number < 60; ++number) {
    const std::string own = std::to_string(number);
    const std::string last = "*a" + std::to_string(number - 1);
    text += "x-" + own + ": &a" + own + " [" + last + ", " + last + ", " + last + ", " + last + "]\n";
  }
  return text + "services: {s: {image: b, build: {tags: *a59}}}\n";
}

std::string image(std::string_view value) {
  return "services: {s: {image: \"" + std::string(value) + "\"}}\n";
}

TEST(YamlShapes, CostNoMoreThanTheirSize) {
  const std::string shapes[] = {
      repeat("["),
      repeat("{"),
      repeat("[{"),
      repeat("{a: "),
      repeat("- "),
      repeat("? "),
      repeat(": "),
      "a: " + repeat("["),
      "[" + repeat("a, ") + "]",
      "{" + count("k", ": v, ") + "}",
      repeat("- a\n"),
      count("k", ": v\n"),
      count("- &k", " v\n"),
      "- &a v\n" + repeat("- *a\n"),
      repeat("--- a\n"),
      "a: " + repeat("b"),
      "a: " + repeat("b "),
      "a:\n" + repeat(" b\n"),
      "a: b\n" + repeat("\n") + " c\n",
      "a: \"" + repeat("b") + "\"",
      "a: \"" + repeat(" ") + "\"",
      "a: \"" + repeat("\\n") + "\"",
      "a: \"" + repeat(" b\n") + "\"",
      "a: \"" + repeat("b "),
      "a: '" + repeat("''") + "'",
      "a: |\n b\n" + repeat("\n"),
      "a: >\n b\n" + repeat("\n") + " c\n",
      "a: |\n" + repeat(" b\n"),
      "#" + repeat("b"),
      repeat("# b\n"),
      repeat(" \n"),
      repeat(" "),
      repeat("\t"),
      "&" + repeat("b") + " c",
      "!" + repeat("b") + " c",
      repeat("%TAG ! b\n"),
      repeat("a "),
      repeat("a: "),
      repeat("%\n"),
      std::string(shape_size, '\0'),
      "services:\n" + count("  s", ": {image: b}\n"),
      "x-a: &a {image: b}\nservices:\n" + count("  s", ": {<<: *a}\n"),
      chain("<<"),
      chain("c"),
      bomb(),
      "services:\n" +
          [] {
            std::string text;
            for (int number = 0; text.size() < shape_size; ++number)
              text += "  s" + std::to_string(number) + ": {build: ., extends: s" +
                      std::to_string(number + 1) + "}\n";
            return text;
          }(),
      image(repeat("${A:-") + repeat("}")),
      image(repeat("${A:-b}")),
      image(repeat("${A:-{") + repeat("}")),
      image(repeat("${A:?")),
      image(repeat("${A:?b}")),
      image(repeat("$")),
      image(repeat("${A:-b},") + "{"),
      image(repeat("a/")),
      image(repeat(" #") + " imglint"),
      "services: {}\n" + repeat("#") + " imglint",
      "services: {s: {build: {cache_from: [\"" + repeat("${A:-b},") + "\"]}}}\n",
      "services: {s: {build: {tags: [" + repeat("b, ") + "]}}}\n",
      "services: {s: {build: {dockerfile_inline: \"FROM b\\n" + repeat("RUN ${A:-c}\\n") + "\"}}}\n",
      "services: {s: {build: {args: [" + count("A", "=b, ") + "]}}}\n",
      "x-a:\n" + repeat("- {image: b}\n") + "services: {s: {image: b}}\n",
      "services: {? \"" + repeat("k") + "\" : {build: {tags: [" + repeat("b, ") + "]}}}\n",
  };
  for (const std::string& shape : shapes) {
    const Source source("compose.yaml", shape);
    const double begin = seconds();
    const auto document = read_compose(source, {});
    // Whatever is more than linear takes minutes here; the largest takes a second without optimization.
    EXPECT_LT(seconds() - begin, 3.0) << shape.substr(0, 60);
  }
}

TEST(YamlShapes, AliasBombsAreRefusedUnopened) {
  const Source source("compose.yaml", bomb());
  const auto document = read_compose(source, {});
  ASSERT_EQ(document->troubles.size(), 1U);
  EXPECT_EQ(document->troubles.front().message, "aliases that stand for more than 100000 nodes");
  EXPECT_TRUE(document->blocks_edits());
}

}  // namespace
}  // namespace imglint
