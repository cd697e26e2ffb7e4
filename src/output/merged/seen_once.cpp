#include "output/merged/seen_once.hpp"

#include <algorithm>
#include <charconv>

namespace imglint {

bool SeenOnce::is_new(std::string_view fingerprint) {
  std::uint64_t value = 0;
  std::from_chars(fingerprint.data(), fingerprint.data() + fingerprint.size(), value, 16);
  return !std::binary_search(sorted_.begin(), sorted_.end(), value) && recent_.insert(value).second;
}

void SeenOnce::compact() {
  if (recent_.empty()) return;
  const auto middle = static_cast<std::ptrdiff_t>(sorted_.size());
  sorted_.reserve(sorted_.size() + recent_.size());
  sorted_.insert(sorted_.end(), recent_.begin(), recent_.end());
  std::sort(sorted_.begin() + middle, sorted_.end());
  std::inplace_merge(sorted_.begin(), sorted_.begin() + middle, sorted_.end());
  recent_ = {};
}

}  // namespace imglint
