#include "output/pages/marked_text.hpp"

#include <algorithm>

namespace imglint {
namespace {

constexpr std::string_view closing = "⟧";

/// Code points: examples hold none that are wide or combine.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

}  // namespace

MarkedText without_marks(std::string_view text) {
  MarkedText result;
  while (!text.empty()) {
    const auto offset = static_cast<std::uint32_t>(result.text.size());
    if (text.starts_with(mark_opening)) {
      result.marks.push_back({offset, offset});
      text.remove_prefix(mark_opening.size());
    } else if (text.starts_with(closing)) {
      if (!result.marks.empty()) result.marks.back().end = offset;
      text.remove_prefix(closing.size());
    } else {
      result.text.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return result;
}

void append_example_text(std::string& out, std::string_view text, std::string_view indent) {
  const MarkedText marked = without_marks(text);
  const std::string_view plain = marked.text;
  for (std::size_t begin = 0; begin < plain.size();) {
    const std::size_t end = std::min(plain.find('\n', begin), plain.size());
    out.append(indent).append(plain.substr(begin, end - begin)).push_back('\n');
    std::string carets;
    for (const MarkedText::Mark& mark : marked.marks) {
      if (mark.begin < begin || mark.begin > end) continue;
      carets.resize(std::max(carets.size(), width(plain.substr(begin, mark.begin - begin))), ' ');
      carets.append(width(plain.substr(mark.begin, std::min<std::size_t>(mark.end, end) - mark.begin)), '^');
    }
    if (!carets.empty()) out.append(indent).append(carets).push_back('\n');
    begin = end + 1;
  }
}

}  // namespace imglint
