#include "yaml/scalar.hpp"

#include <algorithm>
#include <string>

#include <tao/pegtl.hpp>

#include "grammar/yaml_scalar.hpp"
#include "yaml/align.hpp"
#include "yaml/escapes.hpp"

namespace imglint::yaml {
namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::yaml_scalar;
using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

/// Where decoded text goes, and where in the file the input began.
struct Decoder {
  const Source& source;
  MappedTextBuilder* builder = nullptr;

  template <class ActionInput>
  [[nodiscard]] Span span(const ActionInput& in) const {
    const char* base = source.bytes().data();
    return {static_cast<std::uint32_t>(in.begin() - base), static_cast<std::uint32_t>(in.end() - base)};
  }
};

template <class Rule>
struct Decode : pegtl::nothing<Rule> {};

struct DecodeCopy {
  template <class ActionInput>
  static void apply(const ActionInput& in, Decoder& decoder) {
    decoder.builder->copy(&decoder.source, decoder.span(in), {in.begin(), in.size()});
  }
};
template <>
struct Decode<rule::double_text> : DecodeCopy {};
template <>
struct Decode<rule::single_text> : DecodeCopy {};
template <>
struct Decode<rule::blanks> : DecodeCopy {};

template <>
struct Decode<rule::fold> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Decoder& decoder) {
    const auto breaks = static_cast<std::size_t>(std::count(in.begin(), in.end(), '\n'));
    decoder.builder->replace(&decoder.source, decoder.span(in),
                             breaks == 1 ? " " : std::string(breaks - 1, '\n'));
  }
};
template <>
struct Decode<rule::escaped_break> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Decoder& decoder) {
    const auto breaks = static_cast<std::size_t>(std::count(in.begin(), in.end(), '\n'));
    if (breaks > 1)
      decoder.builder->replace(&decoder.source, decoder.span(in), std::string(breaks - 1, '\n'));
  }
};
template <>
struct Decode<rule::letter_escape> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Decoder& decoder) {
    decoder.builder->replace(&decoder.source, decoder.span(in), unescape(in.begin()[1]));
  }
};
template <>
struct Decode<rule::hex_escape> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Decoder& decoder) {
    std::uint32_t code = 0;
    for (const char* digit = in.begin() + 2; digit != in.end(); ++digit)
      code =
          code << 4 | static_cast<std::uint32_t>(*digit <= '9' ? *digit - '0' : (*digit | 0x20) - 'a' + 10);
    std::string text;
    append_utf8(text, code);
    decoder.builder->replace(&decoder.source, decoder.span(in), text);
  }
};
template <>
struct Decode<rule::doubled_quote> {
  template <class ActionInput>
  static void apply(const ActionInput& in, Decoder& decoder) {
    decoder.builder->replace(&decoder.source, decoder.span(in), "'");
  }
};

Input input_from(const Source& source, std::uint32_t begin) {
  const std::string_view bytes = source.bytes();
  return Input(bytes.data() + begin, bytes.data() + bytes.size(), "");
}

/// Where a rule that holds at a byte ends.
template <class Rule>
std::optional<std::uint32_t> match(const Source& source, std::uint32_t begin,
                                   MappedTextBuilder* builder = nullptr) {
  Input in = input_from(source, begin);
  Decoder decoder{source, builder};
  const bool holds = builder ? pegtl::parse<Rule, Decode>(in, decoder) : pegtl::parse<Rule>(in);
  if (!holds) return std::nullopt;
  return static_cast<std::uint32_t>(in.current() - source.bytes().data());
}

/// The token's first byte: behind anchor, tag and what stands between them.
std::uint32_t token_begin(const Source& source, const Node& node) {
  const std::string_view bytes = source.bytes();
  if (node.mark >= bytes.size() || (bytes[node.mark] != '&' && bytes[node.mark] != '!')) return node.mark;
  return match<rule::properties>(source, node.mark).value_or(node.mark);
}

Style style_at(std::string_view bytes, std::uint32_t begin, bool flow) {
  const char first = begin < bytes.size() ? bytes[begin] : '\0';
  if (first == '"') return Style::double_;
  if (first == '\'') return Style::single;
  if (!flow && first == '|') return Style::literal;
  if (!flow && first == '>') return Style::folded;
  return flow ? Style::flow_plain : Style::plain;
}

/// go-yaml takes these for line breaks (docs/spec/yaml.md 8).
bool holds_other_break(std::string_view text) {
  return text.find("\xC2\x85") != std::string_view::npos ||
         text.find("\xE2\x80\xA8") != std::string_view::npos ||
         text.find("\xE2\x80\xA9") != std::string_view::npos;
}

bool find_quoted(const Source& source, ScalarPlace& place, MappedTextBuilder* builder) {
  const std::uint32_t begin = place.token.begin;
  const auto end = place.style == Style::double_ ? match<rule::double_quoted>(source, begin, builder)
                                                 : match<rule::single_quoted>(source, begin, builder);
  if (!end) return false;
  place.token.end = *end;
  place.content = {begin + 1, *end - 1};
  return true;
}

bool find_block(const Source& source, ScalarPlace& place, std::string_view value,
                MappedTextBuilder* builder) {
  const auto header_end = match<rule::block_header>(source, place.token.begin);
  if (!header_end) return false;
  const auto end = align_block(source, *header_end, place.style == Style::folded, value, builder);
  if (!end) return false;
  place.content = {*header_end, *end};
  place.token.end = *end;
  return true;
}

bool find_plain(const Source& source, ScalarPlace& place, std::string_view value,
                MappedTextBuilder* builder) {
  const auto end = align_plain(source, place.token.begin, value, builder);
  if (!end) return false;
  const bool ends = place.style == Style::plain ? match<rule::plain_end>(source, *end).has_value()
                                                : match<rule::flow_plain_end>(source, *end).has_value();
  if (!ends) return false;
  place.token.end = *end;
  place.content = place.token;
  return true;
}

bool find_scalar(const Source& source, ScalarPlace& place, std::string_view value,
                 MappedTextBuilder* builder) {
  switch (place.style) {
    case Style::single:
    case Style::double_:
      return find_quoted(source, place, builder);
    case Style::literal:
    case Style::folded:
      return find_block(source, place, value, builder);
    case Style::plain:
    case Style::flow_plain:
    case Style::dockerfile:
    case Style::json:
    case Style::hcl:
    case Style::shell:
    case Style::unit:
    case Style::text:
      return find_plain(source, place, value, builder);
  }
  return false;
}

ScalarPlace start(const Source& source, const Node& node) {
  ScalarPlace place;
  const std::uint32_t begin = token_begin(source, node);
  place.style = style_at(source.bytes(), begin, node.flow);
  place.token = place.content = {begin, begin};
  return place;
}

/// Text whose bytes are known only roughly: to the end of the line.
void give_up(const Source& source, ScalarPlace& place, std::string_view value, Arena& arena,
             std::string_view reason) {
  if (place.content.empty()) {
    const auto end = std::min(source.bytes().find_first_of("\r\n", place.token.begin), source.bytes().size());
    place.token.end = static_cast<std::uint32_t>(end);
    place.content = place.token;
  }
  const Piece piece{.text = {0, static_cast<std::uint32_t>(value.size())},
                    .source = &source,
                    .span = place.content,
                    .exact = false};
  place.text = {arena.copy(value), arena.copy(std::span<const Piece>(&piece, 1))};
  place.not_editable = reason;
}

bool is_block(Style style) { return style == Style::literal || style == Style::folded; }

/// Nothing, in the place of the header of a block scalar without a line: what is written there takes its
/// place.
MappedText at_header(const Source& source, const ScalarPlace& place, Arena& arena) {
  const std::string_view rest = source.bytes().substr(place.token.begin);
  const auto size = std::min(rest.find_first_not_of("|>+-0123456789"), rest.size());
  const Piece piece{.source = &source,
                    .span = {place.token.begin, place.token.begin + static_cast<std::uint32_t>(size)},
                    .exact = false};
  return {{}, arena.copy(std::span<const Piece>(&piece, 1))};
}

/// Nothing, in the place of its tag.
ScalarPlace nothing_at(const Source& source, const Node& node, Span properties, Arena& arena) {
  ScalarPlace place;
  place.style = node.flow ? Style::flow_plain : Style::plain;
  place.token = place.content = {properties.end, properties.end};
  place.not_editable = "the value is empty";
  const Piece piece{.source = &source, .span = properties, .exact = false};
  place.text = {{}, arena.copy(std::span<const Piece>(&piece, 1))};
  return place;
}

/// The tag and the anchor of a node behind which nothing stands: `!!str` is an empty text by its tag alone.
Span properties_of_nothing(const Source& source, const Node& node) {
  const std::string_view bytes = source.bytes();
  const auto is_at = [&](std::uint32_t at, std::string_view any) {
    return at < bytes.size() && any.find(bytes[at]) != std::string_view::npos;
  };
  Span properties{node.mark, node.mark};
  std::uint32_t at = node.mark;
  while (is_at(at, "!&")) {
    const auto end = match<pegtl::sor<rule::anchor, rule::tag>>(source, at);
    if (!end) return {};
    properties.end = at = *end;
    while (is_at(at, " \t")) ++at;
  }
  const bool is_all = at >= bytes.size() || is_at(at, "\r\n#") || (node.flow && is_at(at, ",]}"));
  return is_all ? properties : Span{};
}

}  // namespace

ScalarPlace locate(const Source& source, const Node& node, Arena& arena) {
  if (node.value.empty())
    if (const Span properties = properties_of_nothing(source, node); !properties.empty())
      return nothing_at(source, node, properties, arena);
  ScalarPlace place = start(source, node);
  if (node.value.empty()) {
    if (!find_scalar(source, place, node.value, nullptr)) place.content = place.token;
    if (place.content != place.token && place.content.empty()) {
      place.text = MappedText::slice(source, place.content, arena);  // between its quotes
    } else {
      place.not_editable = "the value is empty";
      if (is_block(place.style)) place.text = at_header(source, place, arena);
    }
    return place;
  }
  MappedTextBuilder builder;
  if (!find_scalar(source, place, node.value, &builder)) {
    give_up(source, place, node.value, arena, "its YAML spelling could not be followed byte by byte");
  } else if (builder.text() != node.value) {
    give_up(source, place, node.value, arena, "its YAML spelling could not be followed byte by byte");
  } else if (holds_other_break(node.value)) {
    give_up(source, place, node.value, arena,
            "it holds a character that docker compose takes for a line break");
  } else {
    place.text = builder.finish(arena);
  }
  return place;
}

bool is_block_header(std::string_view text) {
  constexpr std::size_t longest = 3;  // with a sign and a digit
  return !text.empty() && text.size() <= longest && (text[0] == '|' || text[0] == '>') &&
         text.find_first_not_of("+-123456789", 1) == std::string_view::npos;
}

ScalarPlace locate_token(const Source& source, const Node& node) {
  ScalarPlace place = start(source, node);
  if (!find_scalar(source, place, node.value, nullptr)) place.not_editable = "not found";
  return place;
}

std::optional<std::uint32_t> unterminated_quote(const Source& source, const Node& node) {
  const ScalarPlace place = start(source, node);
  const std::uint32_t begin = place.token.begin;
  if (place.style == Style::double_ && !match<rule::double_quoted>(source, begin)) return begin;
  if (place.style == Style::single && !match<rule::single_quoted>(source, begin)) return begin;
  return std::nullopt;
}

std::optional<std::uint32_t> escaped_slash(const Source& source, const Node& node) {
  ScalarPlace place = start(source, node);
  if (place.style != Style::double_ || !find_quoted(source, place, nullptr)) return std::nullopt;
  const std::string_view content = source.text(place.content);
  for (auto at = content.find('\\'); at != std::string_view::npos; at = content.find('\\', at + 2))
    if (content.substr(at + 1).starts_with('/')) return static_cast<std::uint32_t>(place.content.begin + at);
  return std::nullopt;
}

}  // namespace imglint::yaml
