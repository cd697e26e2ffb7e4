#include "parse/shell_pattern.hpp"

#include <algorithm>
#include <span>

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

using Part = std::span<const char32_t>;

}  // namespace

std::optional<ShellPattern> ShellPattern::parse(std::string_view pattern) {
  ShellPattern result;
  const std::vector<char32_t> points = Characters(pattern).points;
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
  Part tokens;
  Part text;
  std::size_t& work;

  [[nodiscard]] bool fits(Part part, std::size_t at) const {
    if (at + part.size() > text.size()) return false;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (work == 0) return false;
      --work;
      if (part[i] != any_character && part[i] != text[at + i]) return false;
    }
    return true;
  }

  [[nodiscard]] std::optional<std::size_t> first_fit(Part part, std::size_t from) const {
    for (std::size_t at = from; at + part.size() <= text.size() && work > 0; ++at)
      if (fits(part, at)) return at;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> last_fit(Part part, std::size_t from) const {
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
      const Part part(begin, star);
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
  const std::vector<char32_t> tokens(tokens_.rbegin(), tokens_.rend());
  const std::vector<char32_t> text(characters.points.rbegin(), characters.points.rend());
  const auto end = Matcher{tokens, text, work}.match(0, length);
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

}  // namespace imglint
