#include "registry/lock.hpp"

#include <algorithm>
#include <vector>

#include "base/date.hpp"

namespace imglint {

const LockedImage* DigestLock::find(std::string_view image) const {
  const auto found = images.find(image);
  return found == images.end() ? nullptr : &found->second;
}

/// Itself, or for one of its platforms.
static bool had_digest(const LockedImage& locked, std::string_view digest) {
  return locked.digest == digest || locked.seen.contains(std::string(digest)) ||
         std::ranges::any_of(locked.platforms, [&](const auto& entry) { return entry.second == digest; });
}

std::optional<std::string> DigestLock::image_of_digest(std::string_view repository,
                                                       std::string_view digest) const {
  std::optional<std::string> result;
  const std::string begin = std::string(repository) + ":";
  for (auto next = images.lower_bound(begin); next != images.end() && next->first.starts_with(begin);
       ++next) {
    if (!had_digest(next->second, digest)) continue;
    if (result) return std::nullopt;
    result = next->first;
  }
  return result;
}

void record(DigestLock& lock, const std::string& image, const RegistryAnswer& answer,
            std::string_view today) {
  constexpr std::size_t most_seen = 5;
  LockedImage& locked = lock.images[image];
  locked.digest = answer.digest;
  locked.is_index = answer.is_index;
  locked.at = today;
  locked.seen.try_emplace(answer.digest, today);
  while (locked.seen.size() > most_seen) {
    auto oldest = locked.seen.end();
    for (auto next = locked.seen.begin(); next != locked.seen.end(); ++next)
      if (next->first != answer.digest && (oldest == locked.seen.end() || next->second < oldest->second))
        oldest = next;
    locked.seen.erase(oldest);
  }
  if (answer.children.empty()) {
    // What the platforms of another index were says nothing of this one.
    if (!answer.is_index || !answer.proved) locked.platforms.clear();
    return;
  }
  locked.platforms.clear();
  for (const ManifestChild& child : answer.children)
    if (!child.platform.empty()) locked.platforms.try_emplace(child.platform, child.digest);
}

std::vector<std::string> ripe_digests(const LockedImage& image, std::string_view today, long days) {
  std::vector<std::pair<std::string, std::string>> ripe;  // the day, the digest
  for (const auto& [digest, day] : image.seen)
    if (day_number(today) - day_number(day) >= days) ripe.emplace_back(day, digest);
  std::sort(ripe.rbegin(), ripe.rend());
  std::vector<std::string> result;
  for (auto& [day, digest] : ripe) result.push_back(std::move(digest));
  return result;
}

}  // namespace imglint
