#include "base/glob.hpp"

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

}  // namespace imglint
