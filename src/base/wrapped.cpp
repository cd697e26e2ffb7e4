#include "base/wrapped.hpp"

#include <algorithm>

namespace imglint {

void append_wrapped(std::string& out, std::string_view text, std::string_view indent, std::size_t width) {
  std::size_t column = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (column == 0 || column + 1 + word.size() > width) {
      out.append(column == 0 ? "" : "\n").append(indent).append(word);
      column = indent.size() + word.size();
    } else {
      out.append(" ").append(word);
      column += 1 + word.size();
    }
    begin = end + 1;
  }
  out.push_back('\n');
}

}  // namespace imglint
