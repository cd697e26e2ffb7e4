#include "expansion/shell_pattern.hpp"

#include <algorithm>
#include <span>

#include "base/ascii.hpp"
#include "base/printable.hpp"

namespace imglint {
namespace {

/// The characters of a text, and where each begins; a byte that is no UTF-8 is a character of its own.
struct Characters {
  std::vector<char32_t> points;
  std::vector<std::uint32_t> begins;  // one more than points: the text's size

  explicit Characters(std::string_view text) {
    for (std::uint32_t at = 0; at < text.size();) {
      const CodePoint point = first_code_point(text.substr(at));
      const auto byte = static_cast<unsigned char>(text[at]);
      points.push_back(point.valid ? point.value : 0x11'0000U + byte);
      begins.push_back(at);
      at += point.size;
    }
    begins.push_back(static_cast<std::uint32_t>(text.size()));
  }
};

using Letters = std::span<const char32_t>;

}  // namespace

std::optional<ShellPattern> ShellPattern::parse(std::string_view pattern) {
  return parse_points(Characters(pattern).points);
}

std::optional<ShellPattern> ShellPattern::parse_backwards(std::string_view pattern) {
  std::vector<char32_t> points = Characters(pattern).points;
  // What a backslash escapes stays behind it.
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    if (points[i] == U'\\') {
      std::swap(points[i], points[i + 1]);
      ++i;
    }
  std::reverse(points.begin(), points.end());
  return parse_points(points);
}

std::optional<ShellPattern> ShellPattern::parse_points(const std::vector<char32_t>& points) {
  ShellPattern result;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i] == U'*') {
      result.tokens_.push_back(any_text);
    } else if (points[i] == U'?') {
      result.tokens_.push_back(any_character);
    } else if (points[i] == U'\\') {
      ++i;
      if (i == points.size() || std::u32string_view(U"*?\\}/").find(points[i]) == std::u32string_view::npos)
        return std::nullopt;
      result.tokens_.push_back(points[i]);
    } else {
      result.tokens_.push_back(points[i]);
    }
  }
  return result;
}

/// Matches at one place: the parts between stars, each where it first fits, the last where it was asked for.
struct ShellPattern::Matcher {
  Letters tokens;
  Letters text;
  std::size_t& work;

  [[nodiscard]] bool fits(Letters part, std::size_t at) const {
    if (at + part.size() > text.size()) return false;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (work == 0) return false;
      --work;
      if (part[i] != any_character && part[i] != text[at + i]) return false;
    }
    return true;
  }

  [[nodiscard]] std::optional<std::size_t> first_fit(Letters part, std::size_t from) const {
    for (std::size_t at = from; at + part.size() <= text.size() && work > 0; ++at)
      if (fits(part, at)) return at;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> last_fit(Letters part, std::size_t from) const {
    for (std::size_t end = text.size(); end >= from + part.size() && work > 0; --end)
      if (fits(part, end - part.size())) return end - part.size();
    return std::nullopt;
  }

  /// The end of the match that begins at an offset. Fitting every part as early as it goes leaves the most
  /// room for the rest, so nothing is ever tried twice.
  [[nodiscard]] std::optional<std::size_t> match(std::size_t from, Length length) const {
    work -= std::min(work, tokens.size());
    std::size_t at = from;
    bool after_star = false;
    for (auto begin = tokens.begin();;) {
      const auto star = std::find(begin, tokens.end(), any_text);
      const Letters part(begin, star);
      const bool last = star == tokens.end();
      std::optional<std::size_t> place = at;
      if (!after_star) {
        if (!fits(part, at)) return std::nullopt;
      } else if (last && length == Length::longest) {
        place = last_fit(part, at);
      } else {
        place = first_fit(part, at);
      }
      if (!place) return std::nullopt;
      at = *place + part.size();
      if (last) return at;
      after_star = true;
      begin = star + 1;
    }
  }
};

std::optional<TextRange> ShellPattern::prefix(std::string_view value, Length length,
                                              std::size_t& work) const {
  const Characters characters(value);
  const auto end = Matcher{tokens_, characters.points, work}.match(0, length);
  if (!end) return std::nullopt;
  return TextRange{0, characters.begins[*end]};
}

std::optional<TextRange> ShellPattern::suffix(std::string_view value, Length length,
                                              std::size_t& work) const {
  const Characters characters(value);
  const std::vector<char32_t> text(characters.points.rbegin(), characters.points.rend());
  const auto end = Matcher{tokens_, text, work}.match(0, length);
  if (!end) return std::nullopt;
  return TextRange{characters.begins[text.size() - *end], static_cast<std::uint32_t>(value.size())};
}

std::vector<TextRange> ShellPattern::find(std::string_view value, bool all, std::size_t& work) const {
  const Characters characters(value);
  const Matcher matcher{tokens_, characters.points, work};
  std::vector<TextRange> found;
  std::size_t done = 0;  // a match of nothing right after another match does not count
  for (std::size_t at = 0; at <= characters.points.size() && (all || found.empty());) {
    const auto end = matcher.match(at, Length::longest);
    if (!end) {
      ++at;
      continue;
    }
    if (*end > at || at > done || found.empty())
      found.push_back({characters.begins[at], characters.begins[*end]});
    done = *end;
    at = std::max(at + 1, *end);
  }
  return found;
}

namespace {

bool is_group_character(char c) { return is_letter_or_digit(c) || c == '_' || c < 0; }

/// The name behind a dollar at an offset, and in `end` where it ends, brace included; empty if there is none.
std::string_view group_name(std::string_view text, std::uint32_t at, std::uint32_t& end) {
  const bool braced = at < text.size() && text[at] == '{';
  if (braced) ++at;
  end = at;
  while (end < text.size() && is_group_character(text[end])) ++end;
  const std::string_view name = text.substr(at, end - at);
  if (!braced) return name;
  return end < text.size() && text[end++] == '}' ? name : std::string_view{};
}

}  // namespace

std::vector<ReplacementPart> cut_replacement(std::string_view text) {
  std::vector<ReplacementPart> parts;
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    if (begin < end) parts.push_back({{begin, end}});
  };
  std::uint32_t done = 0;
  for (std::uint32_t at = 0; at < size;) {
    if (text[at] != '$') {
      ++at;
      continue;
    }
    std::uint32_t end = 0;
    if (at + 1 < size && text[at + 1] == '$') {
      add(done, at + 1);
      done = at += 2;
    } else if (const std::string_view name = group_name(text, at + 1, end); !name.empty()) {
      add(done, at);
      if (name == "0") parts.push_back({{at, end}, true});
      done = at = end;
    } else {
      ++at;  // a dollar
    }
  }
  add(done, size);
  return parts;
}

}  // namespace imglint
