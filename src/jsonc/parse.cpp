#include "jsonc/parse.hpp"

#include <algorithm>

#include <tao/pegtl.hpp>

#include "grammar/jsonc.hpp"
#include "tree/builder.hpp"
#include "yaml/escapes.hpp"
#include "yaml/guard.hpp"

namespace imglint::jsonc {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::jsonc;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

constexpr std::size_t deepest = 500;

/// What actions fill in of a string.
struct Text {
  const Source& source;
  MappedTextBuilder builder;
  std::uint32_t high = 0;  ///< the first half of a pair
  Span high_span;

  template <class ActionInput>
  [[nodiscard]] Span span(const ActionInput& in) const {
    const char* base = source.bytes().data();
    return {static_cast<std::uint32_t>(in.begin() - base), static_cast<std::uint32_t>(in.end() - base)};
  }
};

template <class Rule>
struct Take : pegtl::nothing<Rule> {};

template <>
struct Take<rule::string_text> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Text& text) {
    text.builder.copy(&text.source, text.span(in), {in.begin(), in.size()});
  }
};

template <>
struct Take<rule::simple_escape> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Text& text) {
    constexpr std::string_view letters = "bfnrt";
    constexpr std::string_view meanings = "\b\f\n\r\t";
    const auto at = letters.find(in.begin()[1]);
    const char meaning = at == letters.npos ? in.begin()[1] : meanings[at];
    text.builder.replace(&text.source, text.span(in), {&meaning, 1});
  }
};

template <>
struct Take<rule::unicode_escape> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Text& text) {
    std::uint32_t code = 0;
    for (const char* digit = in.begin() + 2; digit != in.end(); ++digit)
      code =
          code * 16 + static_cast<std::uint32_t>(*digit <= '9' ? *digit - '0' : (*digit | 0x20) - 'a' + 10);
    Span span = text.span(in);
    if (code >= 0xD800 && code < 0xDC00) {
      text.high = code;
      text.high_span = span;
      return;
    }
    if (code >= 0xDC00 && code < 0xE000) {
      if (text.high == 0 || text.high_span.end != span.begin) return;
      code = 0x10000 + ((text.high - 0xD800) << 10) + (code - 0xDC00);
      span.begin = text.high_span.begin;
    }
    text.high = 0;
    std::string bytes;
    yaml::append_utf8(bytes, code);
    text.builder.replace(&text.source, span, bytes);
  }
};

class Reader {
 public:
  Reader(const Source& source, Arena& arena)
      : source_(source),
        arena_(arena),
        in_(source.bytes().data() + source.text_begin(), source.bytes().data() + source.bytes().size(), "") {}

  Parsed run() {
    bool wants_value = true;
    gap();
    while (!fault_ && (wants_value || tree_.depth() > 0)) {
      if (wants_value)
        wants_value = value();
      else
        wants_value = behind_value();
      gap();
    }
    if (!fault_ && !in_.empty()) fail("text behind the end of the JSON value");
    Parsed parsed{.tree = {}, .trouble = std::move(fault_)};
    if (!parsed.trouble) parsed.tree = tree_.finish();
    return parsed;
  }

 private:
  [[nodiscard]] std::uint32_t at() const {
    return static_cast<std::uint32_t>(in_.current() - source_.bytes().data());
  }
  void gap() { pegtl::parse<rule::gap>(in_); }
  bool take(char c) {
    if (in_.empty() || in_.peek_char() != c) return false;
    in_.bump(1);
    return true;
  }
  void fail(std::string message) {
    if (fault_) return;
    const std::uint32_t begin = at();
    fault_ = Trouble{.kind = Trouble::Kind::syntax,
                     .span = {begin, begin},
                     .message = std::move(message),
                     .blocks_edits = true,
                     .unread = true};
  }
  bool string() {
    const std::uint32_t begin = at();
    Text text{.source = source_, .builder = {}, .high_span = {}};
    if (!pegtl::parse<rule::quoted, Take>(in_, text)) return false;
    const std::uint32_t end = at();
    const std::string_view raw = source_.bytes().substr(begin + 1, end - begin - 2);
    tree_.add(yaml::NodeKind::scalar, begin,
              text.builder.text() == raw ? raw : arena_.copy(text.builder.text()));
    return true;
  }
  /// Opens a collection; true if a value follows.
  bool open(yaml::NodeKind kind, char close) {
    if (tree_.depth() >= deepest) {
      fail("nested more than 500 deep");
      return false;
    }
    tree_.open(kind, at());
    in_.bump(1);
    return item(close);
  }
  /// What stands behind `[`, `{` or a comma.
  bool item(char close) {
    gap();
    if (take(close)) {
      tree_.close();
      return false;
    }
    return close == ']' || key();
  }
  bool key() {
    if (!string()) {
      fail("a key in double quotes is missing");
      return false;
    }
    gap();
    if (!take(':')) fail("a colon is missing behind the key");
    gap();
    return !fault_;
  }
  /// Reads a value, or what opens one; true if a value follows.
  bool value() {
    const std::uint32_t begin = at();
    const char first = in_.empty() ? '\0' : in_.peek_char();
    if (first == '{') return open(yaml::NodeKind::map, '}');
    if (first == '[') return open(yaml::NodeKind::sequence, ']');
    if (first == '"' && string()) return false;
    if (pegtl::parse<rule::null>(in_))
      tree_.add(yaml::NodeKind::null, begin);
    else if (pegtl::parse<pegtl::sor<rule::word, rule::number>>(in_))
      tree_.add(yaml::NodeKind::scalar, begin, source_.bytes().substr(begin, at() - begin), true);
    else
      fail(first == '"' ? "a string that does not end, or an escape that JSON does not have"
                        : "a value is missing");
    return false;
  }
  /// Behind a value in a collection; true if a value follows.
  bool behind_value() {
    const char close = tree_.top() == yaml::NodeKind::map ? '}' : ']';
    if (take(',')) return item(close);
    if (take(close))
      tree_.close();
    else
      fail(std::string("a comma or '") + close + "' is missing");
    return false;
  }

  const Source& source_;
  Arena& arena_;
  Input in_;
  TreeBuilder tree_;
  std::optional<Trouble> fault_;
};

}  // namespace

Parsed parse(const Source& source, std::uint32_t max_bytes, Arena& arena) {
  if (auto trouble = yaml::guard_bytes(source, max_bytes)) return {.tree = {}, .trouble = std::move(trouble)};
  return Reader(source, arena).run();
}

yaml::ScalarPlace locate(const Source& source, const yaml::Node& node, Arena& arena) {
  yaml::ScalarPlace place{.style = Style::json};
  const auto end = static_cast<std::uint32_t>(source.bytes().size());
  if (node.plain) {
    place.token = {node.mark, node.mark + static_cast<std::uint32_t>(node.value.size())};
    place.content = place.token;
    place.text = MappedText::slice(source, place.token, arena);
    return place;
  }
  Input in(source.bytes().data() + node.mark, source.bytes().data() + end, "");
  Text text{.source = source, .builder = {}, .high_span = {}};
  pegtl::parse<rule::quoted, Take>(in, text);
  const auto behind = static_cast<std::uint32_t>(in.current() - source.bytes().data());
  place.token = {node.mark, behind};
  place.content = {node.mark + 1, std::max(behind, node.mark + 2) - 1};
  place.text = text.builder.finish(arena);
  return place;
}

}  // namespace imglint::jsonc
