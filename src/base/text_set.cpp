#include "base/text_set.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace imglint {
namespace {

std::size_t byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

}  // namespace

TextSet::TextSet(std::vector<std::string> texts) : texts_(std::move(texts)), order_(texts_.size()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::erase_if(order_, [&](std::size_t index) { return texts_[index].empty(); });
  std::sort(order_.begin(), order_.end(),
            [&](std::size_t a, std::size_t b) { return texts_[a] < texts_[b]; });
  for (const std::size_t index : order_) ++first_[byte_at(texts_[index], 0) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

void TextSet::add_at_start_of(std::string_view searched, std::vector<std::size_t>& found) const {
  if (searched.empty()) return;
  const auto place = [&](std::size_t number) { return order_.begin() + static_cast<std::ptrdiff_t>(number); };
  const std::size_t first_byte = byte_at(searched, 0);
  auto begin = place(first_[first_byte]), end = place(first_[first_byte + 1]);
  // Those from begin to end have their first `same` bytes in common with what is searched.
  for (std::size_t same = 1; begin != end; ++same) {
    if (end - begin == 1) {
      if (searched.starts_with(texts_[*begin])) found.push_back(*begin);
      return;
    }
    for (; begin != end && texts_[*begin].size() == same; ++begin) found.push_back(*begin);
    if (same == searched.size()) return;
    const std::size_t next = byte_at(searched, same);
    begin = std::partition_point(begin, end,
                                 [&](std::size_t index) { return byte_at(texts_[index], same) < next; });
    end = std::partition_point(begin, end,
                               [&](std::size_t index) { return byte_at(texts_[index], same) == next; });
  }
}

std::vector<std::size_t> TextSet::found_in(std::string_view searched) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < searched.size(); ++at)
    if (has_first(searched[at])) add_at_start_of(searched.substr(at), found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool TextSet::any_in(std::string_view searched) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < searched.size() && found.empty(); ++at)
    if (has_first(searched[at])) add_at_start_of(searched.substr(at), found);
  return !found.empty();
}

}  // namespace imglint
