#include "kinds/manifest/layer.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace imglint::manifest {
namespace {

/// Numbers of YAML 1.1 as kubectl's reader takes them.
bool is_number(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" ||
      text == ".NAN")
    return true;
  if (text.empty() || (!is_digit(text.front()) && text.front() != '.')) return false;
  const auto all = [](std::string_view rest, std::string_view allowed) {
    return !rest.empty() && rest.find_first_not_of(allowed) == std::string_view::npos;
  };
  if (text.starts_with("0x")) return all(text.substr(2), "0123456789abcdefABCDEF_");
  if (text.starts_with("0b")) return all(text.substr(2), "01_");
  if (text.starts_with("0o")) return all(text.substr(2), "01234567_");
  std::size_t at = 0;
  const auto take_digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) ++at;
    return at - begin;
  };
  std::size_t digits = take_digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits += take_digits();
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (take_digits() == 0) return false;
  }
  return at == text.size();
}

bool is_truth_value(std::string_view text) {
  constexpr std::array<std::string_view, 22> words = {
      "y",  "Y",  "yes", "Yes", "YES", "n",   "N",    "no",   "No",    "NO",    "true",
      "on", "On", "ON",  "off", "Off", "OFF", "True", "TRUE", "false", "False", "FALSE"};
  return std::ranges::find(words, text) != words.end();
}

}  // namespace

bool is_string(const View& view, Position at) {
  const Node& node = view[at];
  if (node.kind != NodeKind::scalar) return false;
  if (!node.plain) {
    const std::string_view tag = view.tree().tag_of(node);
    return tag.empty() || tag.ends_with("str");
  }
  return !is_truth_value(node.value) && !is_number(node.value);
}

std::string_view string_at(const View& view, Position at) {
  return view.is(at, NodeKind::scalar) && is_string(view, at) ? view[at].value : std::string_view{};
}

MappedText text_through(const MappedText& inner, const MappedText& outer, Arena& arena) {
  MappedTextBuilder builder;
  for (const Piece& piece : inner.pieces()) {
    const TextRange range{piece.span.begin, piece.span.end};
    if (piece.exact) {
      builder.append(outer, range);
    } else if (const auto cover = outer.cover_of(range)) {
      builder.replace(cover->source, cover->span, inner.text(piece.text));
    } else {
      builder.outside(inner.text(piece.text), no_variable);
    }
  }
  return builder.finish(arena);
}

yaml::ScalarPlace Layer::locate(NodeIndex scalar) const {
  yaml::ScalarPlace place = yaml::locate(source_, tree()[scalar], arena_);
  if (!outer_) return place;
  place.text = text_through(place.text, *outer_, arena_);
  const auto cover = [&](Span span) {
    const auto found = outer_->cover_of({span.begin, span.end});
    return found ? found->span : span;
  };
  place.content = cover(place.content);
  place.token = cover(place.token);
  return place;
}

MappedText Layer::text(Position at) const { return locate(at.node).text; }

}  // namespace imglint::manifest
