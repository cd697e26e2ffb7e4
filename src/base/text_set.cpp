#include "base/text_set.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace imglint {
namespace {

std::size_t byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

}  // namespace

TextSet::TextSet(std::vector<std::string> texts) : texts_(std::move(texts)) {
  std::erase(texts_, "");
  std::sort(texts_.begin(), texts_.end());
  texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
  for (const std::string& text : texts_) ++first_[byte_at(text, 0) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

void TextSet::add_at_start_of(std::string_view searched, std::vector<std::size_t>& found) const {
  if (searched.empty()) return;
  const auto place = [&](std::size_t index) { return texts_.begin() + static_cast<std::ptrdiff_t>(index); };
  const auto index_of = [&](auto text) { return static_cast<std::size_t>(text - texts_.begin()); };
  const std::size_t first_byte = byte_at(searched, 0);
  auto begin = place(first_[first_byte]), end = place(first_[first_byte + 1]);
  // Those from begin to end have their first `same` bytes in common with what is searched.
  for (std::size_t same = 1; begin != end; ++same) {
    if (end - begin == 1) {
      if (searched.starts_with(*begin)) found.push_back(index_of(begin));
      return;
    }
    if (begin->size() == same) found.push_back(index_of(begin++));
    if (same == searched.size()) return;
    const std::size_t next = byte_at(searched, same);
    begin =
        std::partition_point(begin, end, [&](const std::string& text) { return byte_at(text, same) < next; });
    end = std::partition_point(begin, end,
                               [&](const std::string& text) { return byte_at(text, same) == next; });
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
