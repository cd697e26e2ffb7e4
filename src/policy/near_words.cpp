#include "policy/near_words.hpp"

#include <algorithm>

#include "base/edit_distance.hpp"
#include "base/stable_hash.hpp"

namespace imglint {
namespace {

/// Longer ones are no hosts.
constexpr std::size_t longest = 100;

template <class Call>
void for_each_hash(std::string_view word, const Call& call) {
  call(StableHash().add(word).value());
  for (std::size_t at = 0; at < word.size(); ++at)
    call(StableHash().add(word.substr(0, at)).add(word.substr(at + 1)).value());
}

}  // namespace

void NearWords::add(std::string word) {
  if (word.size() <= longest) words_.push_back(std::move(word));
}

void NearWords::finish() {
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  for (std::uint32_t i = 0; i < words_.size(); ++i)
    for_each_hash(words_[i], [&](std::uint64_t hash) { hashes_.emplace_back(hash, i); });
  std::sort(hashes_.begin(), hashes_.end());
}

bool NearWords::has(std::string_view word) const {
  return std::binary_search(words_.begin(), words_.end(), word);
}

std::vector<std::string> NearWords::near(std::string_view word) const {
  if (words_.empty() || word.size() > longest + 1) return {};
  std::vector<std::uint32_t> candidates;
  for_each_hash(word, [&](std::uint64_t hash) {
    auto at = std::lower_bound(hashes_.begin(), hashes_.end(), std::pair(hash, std::uint32_t{0}));
    for (; at != hashes_.end() && at->first == hash; ++at) candidates.push_back(at->second);
  });
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<std::string> result;
  for (const std::uint32_t number : candidates)
    if (edit_distance(word, words_[number]) == 1) result.push_back(words_[number]);
  return result;
}

}  // namespace imglint
