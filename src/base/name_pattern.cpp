#include "base/name_pattern.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace imglint {
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Takes the text off the front up to a character, and that character too.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view front = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return front;
}

/// Holds patterns against texts that have no more components than they.
class Matcher {
 public:
  explicit Matcher(LetterCase letter_case) : counts_(letter_case == LetterCase::counts) {}

  [[nodiscard]] bool matches(std::string_view pattern, std::string_view text) const {
    while (!pattern.empty()) {
      const char sign = pattern.front();
      pattern.remove_prefix(1);
      if (sign == '*') return any_rest_matches(pattern, text);
      if (sign == '{') return any_alternative_matches(pattern, text);
      if (text.empty()) return false;
      const char next = text.front();
      text.remove_prefix(1);
      const bool fits = sign == '[' ? is_one_of(take_until(pattern, ']'), next)
                                    : (sign == '?' ? next != '/' : is_same(sign, next));
      if (!fits) return false;
    }
    return text.empty();
  }

 private:
  [[nodiscard]] bool is_same(char a, char b) const { return counts_ ? a == b : lower(a) == lower(b); }
  [[nodiscard]] bool is_one_of(std::string_view signs, char c) const {
    return std::any_of(signs.begin(), signs.end(), [&](char sign) { return is_same(sign, c); });
  }
  [[nodiscard]] bool starts_with(std::string_view text, std::string_view word) const {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [&](char a, char b) { return is_same(a, b); });
  }
  [[nodiscard]] bool any_alternative_matches(std::string_view pattern, std::string_view text) const {
    std::string_view words = take_until(pattern, '}');
    for (bool more = true; more;) {
      more = words.find(',') != words.npos;
      const std::string_view word = take_until(words, ',');
      if (starts_with(text, word) && matches(pattern, text.substr(word.size()))) return true;
    }
    return false;
  }
  [[nodiscard]] bool any_rest_matches(std::string_view pattern, std::string_view text) const {
    if (pattern.empty()) return text.find('/') == text.npos;
    // Every file of a walk is held against all patterns: where the next character cannot fit nothing is
    // tried.
    const char next = pattern.front();
    const bool literal = std::string_view("*?[{").find(next) == std::string_view::npos;
    for (std::size_t skipped = 0;; ++skipped) {
      const bool may_fit = !literal || (skipped < text.size() && is_same(next, text[skipped]));
      if (may_fit && matches(pattern, text.substr(skipped))) return true;
      if (skipped == text.size() || text[skipped] == '/') return false;
    }
  }

  bool counts_;
};

ByteSet set_of(char byte) { return ByteSet{1} << (static_cast<unsigned char>(lower(byte)) & 63U); }

/// The bytes with which texts begin that match.
ByteSet first_of(std::string_view pattern) {
  if (pattern.empty()) return any_byte;
  const char sign = pattern.front();
  if (sign == '*' || sign == '?') return any_byte;
  if (sign != '{' && sign != '[') return set_of(sign);
  ByteSet set = 0;
  const std::string_view within = pattern.substr(1, pattern.find(sign == '{' ? '}' : ']') - 1);
  for (std::size_t at = 0; at <= within.size(); ++at) {
    const bool begins_word = at == 0 || within[at - 1] == ',';
    if (sign == '{' && !begins_word) continue;
    if (at == within.size() || (sign == '{' && within[at] == ',')) {
      if (sign == '{') return any_byte;  // an empty word
      break;
    }
    set |= set_of(within[at]);
  }
  return set;
}

/// The bytes in which texts end that match.
ByteSet last_of(std::string_view pattern) {
  if (pattern.empty()) return any_byte;
  const char sign = pattern.back();
  if (sign == '*' || sign == '?' || sign == ']') return any_byte;
  if (sign != '}') return set_of(sign);
  ByteSet set = 0;
  for (std::size_t at = pattern.size() - 1; at > 0 && pattern[at] != '{'; --at) {
    if (pattern[at] != ',' && pattern[at] != '}') continue;
    const char end = pattern[at - 1];
    if (end == ',' || end == '{') return any_byte;  // an empty word
    set |= set_of(end);
  }
  return set;
}

/// As many components from the end as the pattern has; nothing if there are not so many.
std::string_view tail_for(std::string_view pattern, std::string_view path) {
  std::size_t begin = path.size() + 1;
  for (auto left = 1 + std::count(pattern.begin(), pattern.end(), '/'); left > 0; --left) {
    if (begin == 0) return {};
    const std::size_t slash = begin < 2 ? path.npos : path.rfind('/', begin - 2);
    begin = slash == path.npos ? 0 : slash + 1;
  }
  return path.substr(begin);
}

}  // namespace

bool name_matches(std::string_view pattern, std::string_view path, LetterCase letter_case) {
  const Matcher matcher(letter_case);
  constexpr std::string_view any_folders = "/**/";
  // Every file of a walk is held against every pattern, and most patterns are of a name alone.
  if (pattern.find('/') == pattern.npos) {
    const std::size_t slash = path.rfind('/');
    return matcher.matches(pattern, slash == path.npos ? path : path.substr(slash + 1));
  }
  const auto folders = pattern.find(any_folders);
  if (folders == pattern.npos) return matcher.matches(pattern, tail_for(pattern, path));
  const std::string_view above = pattern.substr(0, folders);
  const std::string_view below = pattern.substr(folders + any_folders.size());
  const std::string_view tail = tail_for(below, path);
  if (tail.size() == path.size() || !matcher.matches(below, tail)) return false;
  for (std::size_t end = path.size() - tail.size() - 1; end != path.npos && end > 0;
       end = path.rfind('/', end - 1))
    if (name_matches(above, path.substr(0, end), letter_case)) return true;
  return false;
}

PathSigns::PathSigns(std::string_view path) {
  if (path.empty()) return;
  last = set_of(path.back());
  std::size_t begin = 0;
  for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', begin)) {
    if (slash > begin) folders |= set_of(path[begin]);
    begin = slash + 1;
  }
  if (begin < path.size()) name = set_of(path[begin]);
}

PathPattern::PathPattern(std::string_view pattern) : pattern_(pattern), last_(last_of(pattern)) {
  const std::size_t slash = pattern.rfind('/');
  name_ = first_of(slash == pattern.npos ? pattern : pattern.substr(slash + 1));
  if (slash != pattern.npos) folder_ = first_of(pattern);
}

std::string name_expression(std::string_view pattern) {
  std::string text;
  bool alternatives = false;
  while (!pattern.empty()) {
    const char sign = pattern.front();
    pattern.remove_prefix(1);
    if (sign == '*' && pattern.starts_with("*/")) {
      text += "([^/]*/)*";
      pattern.remove_prefix(2);
    } else if (sign == '*') {
      text += "[^/]*";
    } else if (sign == '?') {
      text += "[^/]";
    } else if (sign == '[') {
      text.append("[").append(take_until(pattern, ']')).append("]");
    } else if (sign == '{' || sign == '}') {
      alternatives = sign == '{';
      text += alternatives ? '(' : ')';
    } else if (sign == ',' && alternatives) {
      text += '|';
    } else {
      if (sign == '.') text += '\\';
      text += sign;
    }
  }
  return text;
}

std::string name_glob(std::string_view pattern) {
  std::string text;
  bool in_word = false;
  while (!pattern.empty()) {
    const char sign = pattern.front();
    pattern.remove_prefix(1);
    if (is_letter(sign) && !in_word)
      text.append({'[', sign, static_cast<char>(sign - 'a' + 'A'), ']'});
    else
      text += sign;
    if (sign == '[') text.append(take_until(pattern, ']')).append("]");
    in_word = is_letter(sign) || sign == '}';
  }
  return text;
}

}  // namespace imglint
