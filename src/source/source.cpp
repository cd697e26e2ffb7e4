#include "source/source.hpp"

#include <algorithm>
#include <utility>

namespace imglint {

Source::Source(std::string path, std::string bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {
  if (bytes_.starts_with("\xEF\xBB\xBF")) text_begin_ = 3;
}

const std::vector<std::uint32_t>& Source::line_starts() const {
  std::call_once(lines_made_, [this] {
    line_starts_.push_back(0);
    for (auto at = bytes_.find('\n'); at != std::string::npos; at = bytes_.find('\n', at + 1))
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  });
  return line_starts_;
}

Position Source::position(std::uint32_t offset) const {
  const auto& starts = line_starts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  return {.line = line, .column = offset - starts[line - 1] + 1};
}

Span Source::line(std::uint32_t number) const {
  const auto& starts = line_starts();
  const std::uint32_t begin = starts[number - 1];
  std::uint32_t end = number < starts.size() ? starts[number] - 1 : static_cast<std::uint32_t>(bytes_.size());
  while (end > begin && bytes_[end - 1] == '\r') --end;
  return {begin, end};
}

std::uint32_t Source::line_count() const { return static_cast<std::uint32_t>(line_starts().size()); }

}  // namespace imglint
