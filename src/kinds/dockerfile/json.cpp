#include "kinds/dockerfile/json.hpp"

#include <string>

#include <tao/pegtl.hpp>

#include "grammar/dockerfile.hpp"
#include "kinds/dockerfile/text.hpp"

namespace imglint::dockerfile {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::dockerfile;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

struct Token {
  char sign = 0;  ///< the sign itself, `"` for a string, `0` for numbers and words
  const char* begin = nullptr;
  const char* end = nullptr;  ///< of a string: without its quotes
};

template <class Rule>
struct Action : pegtl::nothing<Rule> {};
template <>
struct Action<rule::json_sign> {
  template <class In>
  static void apply(const In& in, Token& token) {
    token = {*in.begin(), in.begin(), in.end()};
  }
};
template <>
struct Action<rule::json_content> {
  template <class In>
  static void apply(const In& in, Token& token) {
    token = {'"', in.begin(), in.end()};
  }
};
struct IsScalar {
  static void apply0(Token& token) { token.sign = '0'; }
};
template <>
struct Action<rule::json_number> : IsScalar {};
template <>
struct Action<rule::json_word> : IsScalar {};

/// Walks over one JSON value and tells a visitor of each value: its nesting (0 for the whole), the key before
/// it if it stands in an object, and its first token. Nesting is limited like Go's, and kept on the heap.
template <class Visitor>
class Walk {
 public:
  Walk(std::string_view text, Visitor& visitor)
      : in_(text.data(), text.data() + text.size(), ""), visitor_(visitor) {}

  /// False if the text is not exactly one value.
  bool run() {
    Token token;
    while (expect_ != Expect::end) {
      if (!pegtl::parse<rule::json_token, Action>(in_, token) || !take(token)) return false;
    }
    return pegtl::parse<pegtl::seq<pegtl::star<rule::json_blank>, pegtl::eof>>(in_);
  }

 private:
  enum class Expect : std::uint8_t { value, value_or_close, key, key_or_close, colon, comma_or_close, end };
  static constexpr std::size_t deepest = 10'000;

  bool take(const Token& token) {
    switch (expect_) {
      case Expect::value_or_close:
        if (token.sign == ']') return close(token);
        [[fallthrough]];
      case Expect::value:
        return value(token);
      case Expect::key_or_close:
        if (token.sign == '}') return close(token);
        [[fallthrough]];
      case Expect::key:
        key_ = token;
        expect_ = Expect::colon;
        return token.sign == '"';
      case Expect::colon:
        expect_ = Expect::value;
        return token.sign == ':';
      case Expect::comma_or_close:
        if (token.sign != ',') return close(token);
        expect_ = open_.back() == '[' ? Expect::value : Expect::key;
        return true;
      case Expect::end:
        break;
    }
    return false;
  }

  bool value(const Token& token) {
    const bool is_member = !open_.empty() && open_.back() == '{';
    visitor_.value(open_.size(), is_member ? &key_ : nullptr, token);
    if (token.sign == '[' || token.sign == '{') {
      open_.push_back(token.sign);
      expect_ = token.sign == '[' ? Expect::value_or_close : Expect::key_or_close;
      return open_.size() <= deepest;
    }
    after_value();
    return token.sign == '"' || token.sign == '0';
  }

  bool close(const Token& token) {
    if (token.sign != (open_.back() == '[' ? ']' : '}')) return false;
    open_.pop_back();
    after_value();
    return true;
  }

  void after_value() { expect_ = open_.empty() ? Expect::end : Expect::comma_or_close; }

  Input in_;
  Visitor& visitor_;
  Expect expect_ = Expect::value;
  std::string open_;
  Token key_;
};

struct Strings {
  JsonArray array{.form = JsonForm::strings};

  void value(std::size_t depth, const Token*, const Token& token) {
    if (depth == 0) return;
    ++array.size;
    if (depth > 1 || token.sign != '"') {
      array.form = JsonForm::other;
      return;
    }
    array.last = {token.begin, static_cast<std::size_t>(token.end - token.begin)};
    if (trim_front(array.last, {0, size_of(array.last)}).empty()) array.has_blank = true;
  }
};

struct Member {
  std::string_view name;
  const char* begin;
  std::optional<TextRange> found = {};
  bool is_object = false;

  void value(std::size_t depth, const Token* key, const Token& token) {
    if (depth == 0) is_object = token.sign == '{';
    if (depth != 1 || !key ||
        std::string_view(key->begin, static_cast<std::size_t>(key->end - key->begin)) != name)
      return;
    found.reset();
    if (token.sign == '"')
      found = {static_cast<std::uint32_t>(token.begin - begin),
               static_cast<std::uint32_t>(token.end - begin)};
  }
};

}  // namespace

JsonArray read_json_array(std::string_view text) {
  if (!text.starts_with('[')) return {};
  Strings strings;
  if (!Walk(text, strings).run()) return {};
  return strings.array;
}

std::optional<TextRange> find_json_member(std::string_view text, std::string_view name) {
  Member member{.name = name, .begin = text.data()};
  if (!Walk(text, member).run() || !member.is_object) return std::nullopt;
  return member.found;
}

}  // namespace imglint::dockerfile
