#include "hcl/text.hpp"

#include <algorithm>
#include <vector>

#include <tao/pegtl.hpp>

#include "base/ascii.hpp"
#include "grammar/hcl.hpp"
#include "hcl/parse.hpp"
#include "yaml/escapes.hpp"

namespace imglint::hcl {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::hcl;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

/// Whether a rule matches at an offset; the offset goes behind what it matches.
template <class Rule>
bool match(std::string_view bytes, std::uint32_t& at) {
  Input in(bytes.data() + at, bytes.data() + bytes.size(), "");
  if (!pegtl::parse<Rule>(in)) return false;
  at = static_cast<std::uint32_t>(in.current() - bytes.data());
  return true;
}

/// A piece of a quoted text, as it was found.
enum class PieceKind : std::uint8_t { copied, escape, unicode, end, broken };

/// Passes over a template and all texts within it, from behind its `{` on; false if it does not end.
bool skip_template(std::string_view bytes, std::uint32_t& at) {
  std::vector<char> open{'{'};
  while (!open.empty() && at < bytes.size()) {
    if (open.back() == '{') {
      (void)match<rule::inside>(bytes, at);
      if (at >= bytes.size()) return false;
      const char next = bytes[at++];
      if (next == '}')
        open.pop_back();
      else
        open.push_back(next);
      continue;
    }
    if (match<pegtl::sor<rule::plain, rule::unicode, rule::simple_escape, rule::no_template>>(bytes, at))
      continue;
    if (match<rule::template_open>(bytes, at)) {
      open.push_back('{');
      continue;
    }
    if (bytes[at] == '\n') return false;
    if (bytes[at++] == '"') open.pop_back();
  }
  return open.empty();
}

/// Takes the next piece of a quoted text.
PieceKind next_piece(std::string_view bytes, std::uint32_t& at) {
  if (at >= bytes.size() || bytes[at] == '\n') return PieceKind::broken;
  if (bytes[at] == '"') return PieceKind::end;
  if (match<rule::unicode>(bytes, at)) return PieceKind::unicode;
  if (match<rule::simple_escape>(bytes, at)) return PieceKind::escape;
  if (match<pegtl::sor<rule::plain, rule::no_template>>(bytes, at)) return PieceKind::copied;
  if (match<rule::template_open>(bytes, at))
    return skip_template(bytes, at) ? PieceKind::copied : PieceKind::broken;
  if (match<rule::sign>(bytes, at)) return PieceKind::copied;
  return PieceKind::broken;
}

/// The lines of a heredoc: from behind its first line to its closing word.
struct Heredoc {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t behind = 0;
  bool flush = false;  ///< `<<-`: the least indentation of its lines is none of the text
};

bool find_heredoc(std::string_view bytes, std::uint32_t at, Heredoc& found) {
  found.begin = at;
  if (!match<rule::heredoc_open>(bytes, found.begin)) return false;
  std::string_view word = trimmed(bytes.substr(at + 2, found.begin - at - 3));
  found.flush = word.starts_with('-');
  if (found.flush) word.remove_prefix(1);
  for (std::uint32_t line = found.begin; line < bytes.size();) {
    const auto feed = static_cast<std::uint32_t>(std::min(bytes.find('\n', line), bytes.size()));
    if (trimmed(bytes.substr(line, feed - line)) == word) {
      found.end = line;
      found.behind = feed;
      return true;
    }
    line = feed + 1;
  }
  return false;
}

std::uint32_t indentation(std::string_view line) {
  return static_cast<std::uint32_t>(std::min(line.find_first_not_of(" \t"), line.size()));
}

template <class Function>
void each_line(std::string_view bytes, const Heredoc& heredoc, Function function) {
  for (std::uint32_t line = heredoc.begin; line < heredoc.end;) {
    const auto next =
        static_cast<std::uint32_t>(std::min<std::size_t>(bytes.find('\n', line), heredoc.end - 1) + 1);
    function(Span{line, next});
    line = next;
  }
}

void decode_heredoc(const Source& source, const Heredoc& heredoc, MappedTextBuilder& builder) {
  std::uint32_t least = heredoc.flush ? heredoc.end : 0;
  if (heredoc.flush)
    each_line(source.bytes(), heredoc, [&](Span line) {
      if (!trimmed(source.text({line.begin, line.end - 1})).empty())
        least = std::min(least, indentation(source.text(line)));
    });
  each_line(source.bytes(), heredoc, [&](Span line) {
    line.begin += std::min(least, indentation(source.text({line.begin, line.end - 1})));
    builder.copy(&source, line, source.text(line));
  });
}

void decode_quoted(const Source& source, std::uint32_t& at, MappedTextBuilder& builder) {
  const std::string_view bytes = source.bytes();
  while (true) {
    const std::uint32_t begin = at;
    const PieceKind kind = next_piece(bytes, at);
    const Span span{begin, at};
    if (kind == PieceKind::end || kind == PieceKind::broken) return;
    if (kind == PieceKind::copied) {
      builder.copy(&source, span, source.text(span));
    } else if (kind == PieceKind::escape) {
      constexpr std::string_view letters = "nrt";
      constexpr std::string_view meanings = "\n\r\t";
      const auto letter = letters.find(bytes[begin + 1]);
      builder.replace(&source, span,
                      letter == letters.npos ? source.text({begin + 1, at}) : meanings.substr(letter, 1));
    } else {
      std::uint32_t code = 0;
      for (const char digit : source.text({begin + 2, at}))
        code = code * 16 + static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
      std::string text;
      yaml::append_utf8(text, std::min(code, 0x10FFFFu));
      builder.replace(&source, span, text);
    }
  }
}

}  // namespace

Text::Text(const Source& source) : bytes_(source.bytes()), at_(source.text_begin()) {}

void Text::skip_blanks() { (void)match<rule::gap>(bytes_, at_); }
void Text::skip_lines() { (void)match<rule::wide_gap>(bytes_, at_); }

bool Text::take(char c) {
  if (is_end() || bytes_[at_] != c) return false;
  ++at_;
  return true;
}

std::string_view Text::take_name() {
  const std::uint32_t begin = at_;
  return match<rule::name>(bytes_, at_) ? bytes_.substr(begin, at_ - begin) : std::string_view();
}

bool Text::take_number() { return match<rule::number>(bytes_, at_); }

bool Text::skip_quoted() {
  if (!take('"')) return false;
  PieceKind kind = PieceKind::copied;
  while (kind != PieceKind::end && kind != PieceKind::broken) kind = next_piece(bytes_, at_);
  end_of_text_ = at_;
  return kind == PieceKind::end && take('"');
}

bool Text::skip_heredoc() {
  Heredoc heredoc;
  if (!find_heredoc(bytes_, at_, heredoc)) return false;
  end_of_text_ = heredoc.end;
  at_ = heredoc.behind;
  return true;
}

bool Text::skip_group() {
  std::size_t depth = 0;
  while (!is_end()) {
    skip_lines();
    const char next = peek();
    if (is_end()) return false;
    if (next == '"') {
      if (!skip_quoted()) return false;
      continue;
    }
    ++at_;
    if (next == '(' || next == '[' || next == '{') ++depth;
    if ((next == ')' || next == ']' || next == '}') && --depth == 0) return true;
  }
  return false;
}

bool Text::skip_token() {
  const char next = peek();
  if (next == '"') return skip_quoted();
  if (next == '(' || next == '[' || next == '{') return skip_group();
  ++at_;
  return true;
}

bool Text::is_loop() const {
  Input in(bytes_.data() + std::min<std::size_t>(at_ + 1, bytes_.size()), bytes_.data() + bytes_.size(), "");
  return pegtl::parse<
      pegtl::seq<rule::wide_gap, pegtl::keyword<'f', 'o', 'r'>, pegtl::at<pegtl::plus<pegtl::blank>>>>(in);
}

yaml::ScalarPlace locate(const Source& source, const yaml::Node& node, Arena& arena) {
  yaml::ScalarPlace place{.style = Style::hcl};
  const std::string_view bytes = source.bytes();
  MappedTextBuilder builder;
  std::uint32_t at = node.mark;
  Heredoc heredoc;
  if (bytes[at] == '"') {
    ++at;
    decode_quoted(source, at, builder);
    place.token = {node.mark, at + 1};
    place.content = {node.mark + 1, at};
  } else if (bytes[at] == '<' && find_heredoc(bytes, at, heredoc)) {
    decode_heredoc(source, heredoc, builder);
    place.token = {node.mark, heredoc.behind};
    place.content = {heredoc.begin, heredoc.end};
  } else {
    place.token = {at, at + static_cast<std::uint32_t>(node.value.size())};
    place.content = place.token;
    builder.copy(&source, place.content, source.text(place.content));
  }
  place.text = builder.finish(arena);
  return place;
}

}  // namespace imglint::hcl
