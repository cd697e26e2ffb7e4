// docs/spec/yaml.md 1 as a table: what yaml-cpp makes of each construct, and the bytes it stands in.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "yaml/events.hpp"
#include "yaml/scalar.hpp"

namespace imglint {
namespace {

using yaml::Node;
using yaml::NodeKind;

/// `⟦` and `⟧` mark the token, `⟨` and `⟩` the content where that differs.
struct Case {
  std::string_view name;
  std::string_view marked;
  std::string_view value;
  std::string_view style;
  std::string_view pieces;  ///< texts of the pieces with `|` between, `~` before one that is not exact
};

// clang-format off
const Case cases[] = {
    {"plain", "a: ⟦nginx:1⟧\n", "nginx:1", "plain", "nginx:1"},
    {"plain at the end", "a: ⟦b⟧", "b", "plain", "b"},
    {"blanks and a comment behind", "a: ⟦b⟧ \t # c\n", "b", "plain", "b"},
    {"a hash inside", "a: ⟦b#c⟧\n", "b#c", "plain", "b#c"},
    {"a colon inside", "a: ⟦b:c⟧\n", "b:c", "plain", "b:c"},
    {"on the next line", "a:\n  ⟦b⟧\n", "b", "plain", "b"},
    {"over lines", "a: ⟦b\n  c⟧\n", "b c", "plain", "b|~ |c"},
    {"over blank lines", "a: ⟦b \n\n\n  c⟧\n", "b\n\nc", "plain", "b|~\\n\\n|c"},
    {"blanks inside", "a: ⟦b  c⟧\n", "b  c", "plain", "b  c"},
    {"tab behind the colon", "a:\t⟦b⟧\n", "b", "plain", "b"},
    {"as key", "⟦k⟧: {}\n", "k", "plain", "k"},
    {"as explicit key", "? ⟦k⟧\n: {}\n", "k", "plain", "k"},
    {"in a sequence", "- ⟦b⟧\n", "b", "plain", "b"},
    {"multi-byte before", "ü: ⟦é⟧\n", "é", "plain", "é"},
    {"no-break space", "a: ⟦b\xC2\xA0⟧\n", "b\xC2\xA0", "plain", "b\xC2\xA0"},
    {"flow map", "{a: ⟦b⟧}\n", "b", "flow-plain", "b"},
    {"flow map, comma", "{a: ⟦b⟧, d: []}\n", "b", "flow-plain", "b"},
    {"flow sequence", "[⟦b⟧ ]\n", "b", "flow-plain", "b"},
    {"flow, over lines", "[⟦b\n c⟧\n]\n", "b c", "flow-plain", "b|~ |c"},
    {"flow pair", "[⟦b⟧: {}]\n", "b", "flow-plain", "b"},
    {"block map in a sequence", "- a: ⟦b⟧\n", "b", "plain", "b"},

    {"double", "a: ⟦\"⟨b⟩\"⟧\n", "b", "double", "b"},
    {"double, hash behind", "a: ⟦\"⟨b⟩\"⟧#c\n", "b", "double", "b"},
    {"double, escapes", "a: ⟦\"⟨b\\x3ac\\u00e9\\n⟩\"⟧\n", "b:cé\n", "double", "b|~:|c|~é|~\\n"},
    {"double, quote and backslash", "a: ⟦\"⟨\\\"\\\\⟩\"⟧\n", "\"\\", "double", "~\"|~\\"},
    {"double, fold", "a: ⟦\"⟨b \n  c⟩\"⟧\n", "b c", "double", "b|~ |c"},
    {"double, blank lines", "a: ⟦\"⟨b\n\n\n c⟩\"⟧\n", "b\n\nc", "double", "b|~\\n\\n|c"},
    {"double, escaped break", "a: ⟦\"⟨b/\\\n   c⟩\"⟧\n", "b/c", "double", "b/|c"},
    {"double, escaped break, blank line", "a: ⟦\"⟨b\\\n\n c⟩\"⟧\n", "b\nc", "double", "b|~\\n|c"},
    {"double, blanks inside", "a: ⟦\"⟨ b  c ⟩\"⟧\n", " b  c ", "double", " b  c "},
    {"double, four bytes", "a: ⟦\"⟨\\U0001F433⟩\"⟧\n", "\xF0\x9F\x90\xB3", "double", "~\xF0\x9F\x90\xB3"},
    {"double, two and three bytes", "a: ⟦\"⟨\\xe9\\u20ac⟩\"⟧\n", "é€", "double", "~é|~€"},
    {"double, every letter", "a: ⟦\"⟨\\a\\b\\t\\v\\f\\r\\e\\ \\'\\/\\L\\P⟩\"⟧\n",
     "\a\b\t\v\f\r\x1B '/\xE2\x80\xA8\xE2\x80\xA9", "double", "?"},
    {"double, as key", "⟦\"⟨k⟩\"⟧: {}\n", "k", "double", "k"},
    {"single", "a: ⟦'⟨b⟩'⟧\n", "b", "single", "b"},
    {"single, quotes", "a: ⟦'⟨b''c⟩'⟧\n", "b'c", "single", "b|~'|c"},
    {"single, fold", "a: ⟦'⟨b\n  c⟩'⟧\n", "b c", "single", "b|~ |c"},
    {"single, backslash", "a: ⟦'⟨b\\n⟩'⟧\n", "b\\n", "single", "b\\n"},

    {"literal", "a: ⟦|\n⟨  b\n  c\n⟩⟧d: {}\n", "b\nc\n", "literal", "b\\n|c\\n"},
    {"literal, strip", "a: ⟦|-\n⟨  b\n⟩⟧\nd: {}\n", "b", "literal", "b"},
    {"literal, keep", "a: ⟦|+\n⟨  b\n\n⟩⟧d: {}\n", "b\n\n", "literal", "b\\n\\n"},
    {"literal, comment in the header", "a: ⟦| # c\n⟨  b\n⟩⟧", "b\n", "literal", "b\\n"},
    {"literal, indicator", "a: ⟦|2\n⟨    b\n⟩⟧", "  b\n", "literal", "  b\\n"},
    {"literal, blank lines inside", "a: ⟦|\n⟨  b\n\n    c\n⟩⟧", "b\n\n  c\n", "literal", "b\\n\\n|  c\\n"},
    {"literal, blank lines first", "a: ⟦|\n⟨\n  b\n⟩⟧", "\nb\n", "literal", "\\n|b\\n"},
    {"literal, no last break", "a: ⟦|-\n⟨  b⟩⟧", "b", "literal", "b"},
    {"literal, in a sequence", "- ⟦|\n⟨ b\n⟩⟧- []\n", "b\n", "literal", "b\\n"},
    {"literal, comment behind", "a: ⟦|\n⟨  b\n⟩⟧# c\n", "b\n", "literal", "b\\n"},
    {"folded", "a: ⟦>\n⟨  b\n  c\n⟩⟧", "b c\n", "folded", "b|~ |c|~\\n"},
    {"folded, blank line", "a: ⟦>-\n⟨  b\n\n  c\n⟩⟧", "b\nc", "folded", "b|~\\n|c"},
    {"folded, more indented", "a: ⟦>\n⟨  b\n    c\n  d\n⟩⟧", "b\n  c\nd\n", "folded", "b|~\\n|  c|~\\n|d|~\\n"},

    {"anchor", "a: &x ⟦b⟧\n", "b", "plain", "b"},
    {"tag", "a: !!str ⟦b⟧\n", "b", "plain", "b"},
    {"own tag", "a: !override ⟦'⟨b⟩'⟧\n", "b", "single", "b"},
    {"verbatim tag", "a: !<x:y,z> ⟦b⟧\n", "b", "plain", "b"},
    {"tag and anchor", "a: !t &x ⟦\"⟨b⟩\"⟧\n", "b", "double", "b"},
    {"anchor and tag", "a: &x !t ⟦b⟧\n", "b", "plain", "b"},
    {"anchor, comment, break", "a: &x # c\n  ⟦b⟧\n", "b", "plain", "b"},
    {"anchor of a block scalar", "a: &x ⟦|\n⟨  b\n⟩⟧", "b\n", "literal", "b\\n"},
    {"anchor with a colon", "&a: ⟦b⟧\n", "b", "plain", "b"},
    {"in the second document", "--- []\n--- ⟦b⟧\n", "b", "plain", "b"},
};
// clang-format on

struct Marks {
  std::string text;
  Span token;
  Span content;
};

Marks parse_marks(std::string_view marked) {
  Marks marks;
  bool any_content = false;
  for (std::size_t at = 0; at < marked.size();) {
    const std::string_view rest = marked.substr(at);
    const auto here = static_cast<std::uint32_t>(marks.text.size());
    at += 3;
    if (rest.starts_with("⟦")) {
      marks.token.begin = here;
    } else if (rest.starts_with("⟧")) {
      marks.token.end = here;
    } else if (rest.starts_with("⟨")) {
      marks.content.begin = here;
      any_content = true;
    } else if (rest.starts_with("⟩")) {
      marks.content.end = here;
    } else {
      at -= 2;
      marks.text += rest.front();
    }
  }
  if (!any_content) marks.content = marks.token;
  return marks;
}

std::string show(const MappedText& text) {
  std::string shown;
  for (const Piece& piece : text.pieces()) {
    if (!shown.empty()) shown += '|';
    if (!piece.exact) shown += '~';
    for (const char c : text.text(piece.text)) shown += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return shown;
}

const Node* last_scalar(const yaml::Tree& tree) {
  for (auto node = tree.nodes.rbegin(); node != tree.nodes.rend(); ++node)
    if (node->kind == NodeKind::scalar && node->value != "d") return &*node;
  return nullptr;
}

/// What every map from text to bytes must hold to.
void expect_sound(const Source& source, const yaml::ScalarPlace& place) {
  std::uint32_t done = 0;
  std::uint32_t at = place.content.begin;
  for (const Piece& piece : place.text.pieces()) {
    EXPECT_EQ(piece.text.begin, done);
    EXPECT_LE(at, piece.span.begin);
    EXPECT_LE(piece.span.end, place.content.end);
    if (piece.exact) {
      EXPECT_EQ(place.text.text(piece.text), source.text(piece.span));
    }
    done = piece.text.end;
    at = piece.span.end;
  }
  EXPECT_EQ(done, place.text.text().size());
}

std::string with_crlf(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return result;
}

void expect_case(const Case& one, bool crlf, bool mark) {
  SCOPED_TRACE(std::string(one.name) + (crlf ? ", CRLF" : "") + (mark ? ", byte order mark" : ""));
  const Marks marks =
      parse_marks((mark ? "\xEF\xBB\xBF" : "") + (crlf ? with_crlf(one.marked) : std::string(one.marked)));
  const Source source("a.yaml", marks.text);
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, 4096, arena);
  ASSERT_FALSE(parsed.trouble) << parsed.trouble->message;
  const Node* node = last_scalar(parsed.tree);
  ASSERT_NE(node, nullptr);
  const yaml::ScalarPlace place = yaml::locate(source, *node, arena);
  EXPECT_EQ(node->value, one.value);
  EXPECT_EQ(place.text.text(), one.value);
  EXPECT_EQ(to_string(place.style), one.style);
  EXPECT_EQ(place.token, marks.token);
  EXPECT_EQ(place.content, marks.content);
  if (one.name != "double, every letter") {
    EXPECT_EQ(place.not_editable, "");
    // Where lines end in CRLF, a line feed of a value is not the file's bytes.
    if (!crlf) {
      EXPECT_EQ(show(place.text), one.pieces);
    }
  }
  expect_sound(source, place);
  const yaml::ScalarPlace token = yaml::locate_token(source, *node);
  EXPECT_EQ(token.token, place.token);
  EXPECT_EQ(token.content, place.content);
}

TEST(YamlScalar, StandsInTheMarkedBytes) {
  for (const Case& one : cases)
    for (const bool crlf : {false, true})
      for (const bool mark : {false, true}) expect_case(one, crlf, mark);
}

/// Scalars that are reported with the parser's value, but may not be edited.
struct Refused {
  std::string_view text;
  std::string_view reason;
};
constexpr std::string_view unclear = "its YAML spelling could not be followed byte by byte";
constexpr std::string_view foreign_break = "it holds a character that docker compose takes for a line break";

// clang-format off
const Refused refused[] = {
    {"a: \"\n\n\"\n",          "the value is empty"},
    {"a: 'b\n\n\n'\n",         unclear},        // yaml-cpp drops a line break
    {"a: >+\n  b\n\n   \n",    unclear},        // a blank line with blanks of its own
    {"a: !!str\n",             "the value is empty"},
    {"a: \"b\\Lc\"\n",         foreign_break},
    {"a: b\xE2\x80\xA9" "c\n", foreign_break},
};
// clang-format on

TEST(YamlScalar, IsNotEditableWhereTheMapCannotBeTrusted) {
  for (const Refused& one : refused) {
    SCOPED_TRACE(std::string(one.text));
    const Source source("a.yaml", std::string(one.text));
    Arena arena;
    const yaml::Parsed parsed = yaml::parse(source, 4096, arena);
    ASSERT_FALSE(parsed.trouble) << parsed.trouble->message;
    const yaml::ScalarPlace place = yaml::locate(source, parsed.tree.nodes.back(), arena);
    EXPECT_EQ(place.text.text(), parsed.tree.nodes.back().value);
    EXPECT_EQ(place.not_editable, one.reason);
  }
}

TEST(YamlScalar, IsFilledBetweenQuotesThatHoldNothing) {
  for (const std::string_view text : {"a: ''\n", "a: \"\"\n"}) {
    const Source source("a.yaml", std::string(text));
    Arena arena;
    const yaml::Parsed parsed = yaml::parse(source, 4096, arena);
    ASSERT_FALSE(parsed.trouble) << parsed.trouble->message;
    const yaml::ScalarPlace place = yaml::locate(source, parsed.tree.nodes.back(), arena);
    EXPECT_EQ(place.not_editable, "") << text;
    EXPECT_EQ(place.content, (Span{4, 4})) << text;
  }
}

std::string kinds(std::string_view text) {
  const Source source("a.yaml", std::string(text));
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, 4096, arena);
  if (parsed.trouble) return "trouble: " + parsed.trouble->message;
  std::string result;
  for (const Node& node : parsed.tree.nodes) {
    constexpr std::string_view names[] = {"null", "scalar", "sequence", "map", "alias"};
    if (!result.empty()) result += ' ';
    result += names[static_cast<std::size_t>(node.kind)];
    if (node.kind == NodeKind::alias) result += std::to_string(node.target);
    if (const auto anchor = parsed.tree.anchor_of(node); !anchor.empty()) result.append("&").append(anchor);
    if (const auto tag = parsed.tree.tag_of(node); !tag.empty()) result.append("!").append(tag);
  }
  return result;
}

TEST(YamlTree, KeepsNullsAliasesTagsAndEveryKey) {
  EXPECT_EQ(kinds("a: ~\nb: null\nc:\nd: NULL\n"), "map scalar null scalar null scalar null scalar null");
  EXPECT_EQ(kinds("a: 'null'\nb: \"~\"\n"), "map scalar scalar scalar scalar");
  EXPECT_EQ(kinds("a: !!null\n"), "map scalar null!tag:yaml.org,2002:null");
  EXPECT_EQ(kinds("a: &x b\nc: *x\n"), "map scalar scalar&x scalar alias2");
  EXPECT_EQ(kinds("- &x a\n- *x\n- &x b\n- *x\n"), "sequence scalar&x alias1 scalar&x alias3");
  EXPECT_EQ(kinds("a: &x [*x]\n"), "map scalar sequence&x alias2");
  EXPECT_EQ(kinds("<<: *x\n").find("trouble: not valid YAML: "), 0U);
  EXPECT_EQ(kinds("a: 1\na: 2\n"), "map scalar scalar scalar scalar");
  EXPECT_EQ(kinds("--- a\n--- b\n"), "scalar scalar");
  EXPECT_EQ(kinds("--- &x a\n--- *x\n").find("trouble: not valid YAML: "), 0U);
  EXPECT_EQ(kinds("? [a, b]\n: {c: d}\n"), "map sequence scalar scalar map scalar scalar");
  EXPECT_EQ(kinds(""), "");
  EXPECT_EQ(kinds("# nothing\n"), "");
}

}  // namespace
}  // namespace imglint
