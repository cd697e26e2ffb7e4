// Patterns of Dockerfile variables against an independent way to match: trying every way.
#include "expansion/shell_pattern.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace imglint {
namespace {

using Length = ShellPattern::Length;
constexpr std::size_t plenty = std::size_t{1} << 40;

/// Whether the whole text matches, by trying every length for every star. Short ASCII texts only.
bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*')
    return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
  if (text.empty()) return false;
  return (pattern.front() == '?' || pattern.front() == text.front()) &&
         matches(pattern.substr(1), text.substr(1));
}

std::optional<std::string> slow_prefix(std::string_view pattern, std::string_view text, Length length) {
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t size = length == Length::shortest ? i : text.size() - i;
    if (matches(pattern, text.substr(0, size))) return std::string(text.substr(0, size));
  }
  return std::nullopt;
}

std::optional<std::string> slow_suffix(std::string_view pattern, std::string_view text, Length length) {
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const std::size_t size = length == Length::shortest ? i : text.size() - i;
    const std::string_view end = text.substr(text.size() - size);
    if (matches(pattern, end)) return std::string(end);
  }
  return std::nullopt;
}

/// The longest match at the leftmost place that has one.
std::optional<TextRange> slow_find(std::string_view pattern, std::string_view text) {
  for (std::size_t begin = 0; begin <= text.size(); ++begin)
    if (const auto found = slow_prefix(pattern, text.substr(begin), Length::longest))
      return TextRange{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + found->size())};
  return std::nullopt;
}

/// All texts of up to `longest` of these characters.
std::vector<std::string> all_texts(std::string_view characters, std::size_t longest) {
  std::vector<std::string> texts = {""};
  for (std::size_t from = 0, size = 1; size <= longest; ++size) {
    const std::size_t end = texts.size();
    for (; from < end; ++from)
      for (const char c : characters) texts.push_back(texts[from] + c);
  }
  return texts;
}

std::optional<std::string> part(std::optional<TextRange> range, std::string_view text) {
  if (!range) return std::nullopt;
  return std::string(range->of(text));
}

TEST(ShellPattern, AgreesWithTryingEveryWayOnAllShortTexts) {
  const auto texts = all_texts("ab", 5);
  std::size_t work = plenty;
  for (const std::string& pattern_text : all_texts("ab*?", 4)) {
    const auto pattern = ShellPattern::parse(pattern_text);
    const auto backwards = ShellPattern::parse_backwards(pattern_text);
    ASSERT_TRUE(pattern);
    for (const std::string& text : texts) {
      const std::string both = pattern_text + " on " + text;
      for (const Length length : {Length::shortest, Length::longest}) {
        ASSERT_EQ(part(pattern->prefix(text, length, work), text), slow_prefix(pattern_text, text, length))
            << both;
        ASSERT_EQ(part(backwards->suffix(text, length, work), text), slow_suffix(pattern_text, text, length))
            << both;
      }
      const auto found = pattern->find(text, false, work);
      ASSERT_EQ(found.empty() ? std::nullopt : std::optional(found.front()), slow_find(pattern_text, text))
          << both;
    }
  }
}

std::string replaced(std::string_view pattern_text, std::string_view text) {
  std::size_t work = plenty;
  const auto pattern = ShellPattern::parse(pattern_text);
  if (!pattern) return "no pattern";
  std::string out;
  std::uint32_t done = 0;
  for (const TextRange match : pattern->find(text, true, work)) {
    out += std::string(text.substr(done, match.begin - done)) + "-";
    done = match.end;
  }
  return out + std::string(text.substr(done));
}

TEST(ShellPattern, TurnsALoneBackslashAtTheEndRoundToo) {
  std::size_t work = plenty;
  const auto suffix = [&](std::string_view pattern_text, std::string_view text) {
    const auto pattern = ShellPattern::parse_backwards(pattern_text);
    return pattern ? part(pattern->suffix(text, Length::longest, work), text).value_or("none") : "no pattern";
  };
  EXPECT_EQ(suffix("b\\*", "ab*"), "b*");
  EXPECT_EQ(suffix("b*\\", "ab*"), "b*");
  EXPECT_EQ(suffix("*\\}\\", "a}\\"), "a}\\");
  EXPECT_EQ(suffix("b\\", "ab"), "no pattern");
  EXPECT_EQ(suffix("\\", "ab"), "no pattern");
  EXPECT_FALSE(ShellPattern::parse("b*\\"));
}

TEST(ShellPattern, FindsAllMatches) {
  EXPECT_EQ(replaced("a", "abaab"), "-b--b");
  EXPECT_EQ(replaced("", "ab"), "-a-b-");
  EXPECT_EQ(replaced("*", "ab"), "-");
  EXPECT_EQ(replaced("a*", "bab"), "b-");
  EXPECT_EQ(replaced("?b", "abcb"), "--");
  EXPECT_EQ(replaced("é", "aéé"), "a--");
  EXPECT_EQ(replaced("?", "é\xFF"), "--");
}

TEST(ShellPattern, EscapesStandBeforeSignsOnly) {
  EXPECT_EQ(replaced("\\*", "a*b"), "a-b");
  EXPECT_EQ(replaced("\\?", "a?b"), "a-b");
  EXPECT_EQ(replaced("\\\\", "a\\b"), "a-b");
  EXPECT_EQ(replaced("\\}", "a}b"), "a-b");
  EXPECT_EQ(replaced("\\/", "a/b"), "a-b");
  EXPECT_EQ(replaced("\\a", "a"), "no pattern");
  EXPECT_EQ(replaced("a\\", "a"), "no pattern");
  EXPECT_EQ(replaced("[a]", "a[a]"), "a-");
}

TEST(ShellPattern, GivesUpWhenTheWorkIsDone) {
  const std::string text(10'000, 'a');
  const auto pattern = ShellPattern::parse("*" + std::string(5'000, 'a') + "b");
  std::size_t work = 100'000;
  EXPECT_TRUE(pattern->find(text, true, work).empty());
  EXPECT_EQ(work, 0U);
}

}  // namespace
}  // namespace imglint
