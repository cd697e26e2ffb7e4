#include "tests/support/made_up_yaml.hpp"

#include <string_view>
#include <vector>

namespace imglint::test {
namespace {

using Parts = std::vector<std::string_view>;

const Parts lines = {"a:",        "b: c",       "image: nginx:1",
                     "- ",        "- x",        "- k: v",
                     "-",         "[a, 'b']",   "[]",
                     "{}",        "'q'",        "\"q\"",
                     "|",         "|-",         "# c",
                     " # c",      "null",       "~",
                     "x y",       "x: y: z",    "k: |",
                     "k: [a,b]",  "k: 'v' # c", "\"k\": v",
                     "<<: *a",    "&a x",       "---",
                     "...",       "k:  v ",     "k : v",
                     "k: -",      "k: - v",     "k: v#w",
                     "k: v #w",   "?",          "? k",
                     ": v",       "k:v",        "!t v",
                     ">",         "k: >-",      "\xC3\xA9: \xC3\xA9",
                     "k: [a: b]", "k: [a, b",   "c]",
                     "k: 'a",     "b'",         "k: \"\\n\"",
                     "%x",        "k: v:",      "@"};

/// What a value may be, or its beginning or end.
const Parts values = {"v",
                      "v w",
                      "null",
                      "~",
                      "*a",
                      "*b",
                      "&a v",
                      "&b v",
                      "&a",
                      "&b # c",
                      "!reset",
                      "!reset null",
                      "!!str 1",
                      "!t &a v",
                      "&a !t v",
                      "&a &b v",
                      "&a *a",
                      "!t",
                      "&a [x, y]",
                      "&a {x: y}",
                      "&a |",
                      "!t >-",
                      "&a 'q'",
                      "&a null",
                      "|",
                      "|-",
                      "|+",
                      ">",
                      ">-",
                      ">+",
                      "|2",
                      ">1-",
                      "|+2",
                      "|3-",
                      "|0",
                      "| # c",
                      ">x",
                      ">+ ",
                      "'it''s'",
                      "\"\\x41\\u00e9\"",
                      "\"a\\tb\\\"\"",
                      "\"\\q\"",
                      "\"\\ud800\"",
                      "'q' # c",
                      "'q'#c",
                      "\"q\" x",
                      "\"a\\",
                      "'a",
                      "\"a",
                      "\"a  ",
                      "'",
                      "\"",
                      "b'",
                      "b\"",
                      "  b\" # c",
                      "\\",
                      "{a: b}",
                      "{a: b, c: [d]}",
                      "{\"a\":\"b\"}",
                      "{'a' : b}",
                      "{a: }",
                      "{a:}",
                      "{a, b}",
                      "{a: b,}",
                      "[a, ]",
                      "[a,, b]",
                      "[a, [b, {c: d}]]",
                      "[*a, *b]",
                      "{<<: *a, k: v}",
                      "[a",
                      "[",
                      "{",
                      "{a: b,",
                      "{a: [b,",
                      "c: d}",
                      "d]",
                      "]",
                      "}",
                      "]}",
                      "],",
                      "},",
                      ",",
                      "[a # c",
                      "[a, # c",
                      "[a #c]",
                      "[\"a",
                      "b\"]",
                      "['a', b c,",
                      "[a b",
                      "[http://a?b]",
                      "[a:b, c:]",
                      "[-f, --x, -]",
                      "[- a]",
                      "[:a]",
                      "{? a}",
                      "{[a]: b}",
                      "{a: 'b",
                      "{a: |}",
                      "v\t",
                      "v\t# c",
                      "\tv",
                      "v\tw",
                      "\t# c",
                      "-x",
                      "--- x",
                      "?x",
                      ":x",
                      "\\x",
                      "(x)",
                      "x ]",
                      "x: y",
                      "x, y",
                      "# c",
                      "\xE2\x82\xAC",
                      "$A${B:-c}",
                      "<x",
                      "=",
                      "x'",
                      "*a :",
                      "*c"};

const Parts heads = {"k:", "k: ",  "- ",  "-",      "<<: ", "- k: ", "'k': ", "\"k\" : ", "",
                     "",   "k:\t", "-\t", "&a k: ", "- - ", "*a : ", ": ",    ":",        "  : k: "};

template <class Random>
std::string_view any(Random& random, const Parts& parts) {
  return parts[random() % parts.size()];
}

std::string one_line(std::mt19937& random) {
  if (random() % 2 == 0) {
    std::string line(any(random, lines));
    if (random() % 6 == 0) line.append(" ").append(any(random, lines));
    return line;
  }
  std::string line = std::string(any(random, heads));
  if (random() % 4 != 0) line += any(random, values);
  if (random() % 6 == 0) line.append(" ").append(any(random, values));
  return line;
}

/// A blank line, with spaces or a tab in some.
std::string blank_line(std::mt19937& random) {
  return std::string(random() % 5, ' ') + (random() % 8 == 0 ? "\t\n" : "\n");
}

/// One character is put in, taken away or changed.
void damage(std::mt19937& random, std::string& text) {
  constexpr std::string_view characters = " \n\t:-#'\"[]{},&*!|>?\\a0.%+";
  const std::size_t at = random() % (text.size() + 1);
  const std::size_t size = random() % 2 == 0 ? 0 : 1;
  const bool taken = random() % 3 == 0;
  text.replace(at, at < text.size() ? size : 0, taken ? 0 : 1, characters[random() % characters.size()]);
}

std::string with_carriage_returns(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

std::string some_lines(std::mt19937& random) {
  std::string text;
  std::size_t indent = 0;
  for (std::size_t count = 1 + random() % 9; count-- > 0;) {
    if (random() % 3 == 0) indent = random() % 7;
    if (random() % 4 == 0) indent += 2;
    if (random() % 12 == 0) text += blank_line(random);
    text += std::string(indent, ' ') + one_line(random);
    if (count > 0 || random() % 2 == 0) text += '\n';
  }
  return text;
}

/// Entries under each other that are right, but for what their values are.
std::string regular_lines(std::mt19937& random) {
  std::string text = random() % 8 == 0 ? "# c\n---\n" : "";
  for (std::size_t count = 1 + random() % 4; count-- > 0;) {
    text += "a: ";
    text += any(random, values);
    text += '\n';
    const std::size_t indent = 1 + random() % 3;
    for (std::size_t below = random() % 4; below-- > 0;) {
      if (random() % 8 == 0) text += blank_line(random);
      text += std::string(indent + (random() % 6 == 0 ? random() % 3 : 0), ' ');
      text += any(random, random() % 2 == 0 ? values : lines);
      text += '\n';
    }
  }
  return text;
}

}  // namespace

std::string made_up_yaml(std::mt19937& random) {
  std::string text = random() % 3 == 0 ? regular_lines(random) : some_lines(random);
  if (random() % 4 == 0) damage(random, text);
  return random() % 8 == 0 ? with_carriage_returns(text) : text;
}

std::string damaged_compose_file(std::mt19937& random) {
  std::string text = random() % 8 == 0 ? "name: x\nservices:\n" : "services:\n";
  if (random() % 4 == 0) text = "x-a: &a\n  k: v\n" + text;
  for (std::size_t service = 0; service < 2 + random() % 6; ++service) {
    text += "  s" + std::to_string(service) + ":\n    image: a:" + std::to_string(service) + "\n";
    if (random() % 3 == 0) text += "    ports: [1, '2']\n";
    if (random() % 6 == 0) text += "    command: [\n      \"a\",\n    ]\n";
    if (random() % 6 == 0) text += "    <<: *a\n    labels: &b\n      - \"x\n        y\"\n";
    if (random() % 3 == 0)
      text +=
          std::string(random() % 7, ' ') + (random() % 2 == 0 ? some_lines(random) : regular_lines(random));
    if (!text.ends_with('\n')) text += '\n';
    if (random() % 20 == 0) text += "volumes:\n";
  }
  if (random() % 4 == 0) damage(random, text);
  return random() % 8 == 0 ? with_carriage_returns(text) : text;
}

}  // namespace imglint::test
