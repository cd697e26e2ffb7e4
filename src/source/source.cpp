#include "source/source.hpp"

#include <algorithm>
#include <utility>

namespace imglint {

Source::Source(std::string path, std::string bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {
  if (bytes_.starts_with("\xEF\xBB\xBF")) text_begin_ = 3;
}

const std::vector<std::uint32_t>& Source::line_starts() const {
  lines_made_.call([this] {
    line_starts_.push_back(0);
    for (auto at = bytes_.find('\n'); at != std::string::npos; at = bytes_.find('\n', at + 1))
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  });
  return line_starts_;
}

std::string_view Source::text(Span span) const {
  std::uint32_t begin = span.begin;
  if (!whole_) {
    const KeptLine& line = kept_line_of(begin);
    begin = line.at + (begin - line.begin);
  }
  return std::string_view(bytes_).substr(begin, span.size());
}

const Source::KeptLine& Source::kept_line_of(std::uint32_t offset) const {
  const auto after = std::upper_bound(kept_.begin(), kept_.end(), offset,
                                      [](std::uint32_t at, const KeptLine& line) { return at < line.begin; });
  return after == kept_.begin() ? kept_.front() : *(after - 1);
}

Position Source::position(std::uint32_t offset) const {
  if (!whole_) {
    const KeptLine& line = kept_line_of(offset);
    return {.line = line.number, .column = offset - line.begin + 1};
  }
  const auto& starts = line_starts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  return {.line = line, .column = offset - starts[line - 1] + 1};
}

/// With its line end.
Span Source::whole_line(std::uint32_t number) const {
  if (whole_) {
    const auto& starts = line_starts();
    const auto size = static_cast<std::uint32_t>(bytes_.size());
    return {starts[number - 1], number < starts.size() ? starts[number] : size};
  }
  auto line =
      std::lower_bound(kept_.begin(), kept_.end(), number,
                       [](const KeptLine& kept, std::uint32_t wanted) { return kept.number < wanted; });
  if (line == kept_.end()) --line;
  const auto next = line + 1;
  const auto end = next == kept_.end() ? static_cast<std::uint32_t>(bytes_.size()) : next->at;
  return {line->begin, line->begin + (end - line->at)};
}

Span Source::line(std::uint32_t number) const {
  const Span whole = whole_line(number);
  std::string_view bytes = text(whole);
  if (bytes.ends_with('\n')) bytes.remove_suffix(1);
  while (bytes.ends_with('\r')) bytes.remove_suffix(1);
  return {whole.begin, whole.begin + static_cast<std::uint32_t>(bytes.size())};
}

void Source::keep_lines(std::span<const Span> spans) {
  constexpr std::uint32_t very_long = 4096;
  std::vector<std::uint32_t> numbers;
  for (const Span& span : spans)
    for (std::uint32_t number = position(span.begin).line; number <= position(span.end).line; ++number)
      numbers.push_back(number);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::string text;
  std::vector<KeptLine> kept;
  for (const std::uint32_t number : numbers) {
    const Span span = whole_line(number);
    if (span.size() > very_long) return;
    kept.push_back({number, span.begin, static_cast<std::uint32_t>(text.size())});
    text += bytes_.substr(span.begin, span.size());
  }
  text.shrink_to_fit();
  kept.shrink_to_fit();
  whole_ = false;
  bytes_.swap(text);
  kept_.swap(kept);
  std::vector<std::uint32_t>().swap(line_starts_);  // assigning {} would keep the memory
}

std::uint32_t Source::line_count() const { return static_cast<std::uint32_t>(line_starts().size()); }

}  // namespace imglint
