#include "base/glob.hpp"

#include <fnmatch.h>
#include <string>

namespace imglint {

bool glob_matches(std::string_view pattern, std::string_view text, std::string_view separators) {
  // The last single and the last double star seen, and where the text after each went on. A later star makes
  // it needless to look at earlier ones of its kind again.
  std::size_t star = pattern.npos, star_text = 0;
  std::size_t double_star = pattern.npos, double_star_text = 0;
  std::size_t p = 0, t = 0;
  for (;;) {
    if (p < pattern.size() && pattern[p] == '*') {
      if (p + 1 < pattern.size() && pattern[p + 1] == '*') {
        double_star = p += 2;
        double_star_text = t;
        star = pattern.npos;
      } else {
        star = p += 1;
        star_text = t;
      }
      continue;
    }
    if (p == pattern.size() && t == text.size()) return true;
    if (p < pattern.size() && t < text.size() && pattern[p] == text[t]) {
      ++p, ++t;
      continue;
    }
    if (star != pattern.npos && star_text < text.size() &&
        separators.find(text[star_text]) == separators.npos) {
      p = star, t = ++star_text;
    } else if (double_star != pattern.npos && double_star_text < text.size()) {
      p = double_star, t = ++double_star_text, star = pattern.npos;
    } else {
      return false;
    }
  }
}

namespace {

/// The size of the piece that stands for one byte: a byte or a whole `[…]`.
std::size_t piece_size(std::string_view pattern, std::size_t at) {
  if (pattern[at] != '[') return 1;
  std::size_t end = at + 1;
  if (end < pattern.size() && (pattern[end] == '!' || pattern[end] == '^')) ++end;
  if (end < pattern.size() && pattern[end] == ']') ++end;
  while (end < pattern.size() && pattern[end] != ']') {
    const bool of_class = pattern[end] == '[' && end + 1 < pattern.size() &&
                          std::string_view(":.=").find(pattern[end + 1]) != std::string_view::npos;
    const char closing[] = {of_class ? pattern[end + 1] : '\0', ']'};
    const std::size_t closed = of_class ? pattern.find(std::string_view(closing, 2), end + 2) : pattern.npos;
    end = closed == pattern.npos ? end + 1 : closed + 2;
  }
  return end < pattern.size() ? end + 1 - at : 1;
}

bool piece_matches(std::string_view piece, char byte) {
  if (piece == "?") return true;
  if (piece.size() == 1) return piece[0] == byte;
  return fnmatch(std::string(piece).c_str(), std::string(1, byte).c_str(), FNM_NOESCAPE) == 0;
}

}  // namespace

bool name_glob_matches(std::string_view pattern, std::string_view name) {
  std::size_t star = pattern.npos, star_name = 0;
  std::size_t p = 0, n = 0;
  while (p < pattern.size() || n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_name = n;
      continue;
    }
    if (p < pattern.size() && n < name.size()) {
      const std::size_t size = piece_size(pattern, p);
      if (piece_matches(pattern.substr(p, size), name[n])) {
        p += size;
        ++n;
        continue;
      }
    }
    if (star == pattern.npos || star_name == name.size()) return false;
    p = star;
    n = ++star_name;
  }
  return true;
}

}  // namespace imglint
