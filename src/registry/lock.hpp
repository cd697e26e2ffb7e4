// The digest lock, imglint.lock: what tags meant when registries were last asked, for runs that ask nobody
// (docs/spec/online.md 5.4).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/question.hpp"

namespace imglint {

/// The name of the file if none is given.
inline constexpr std::string_view digest_lock_name = "imglint.lock";

struct LockedImage {
  std::string digest;
  bool is_index = true;
  std::string at;                                ///< YYYY-MM-DD, when it was last asked for
  std::map<std::string, std::string> seen;       ///< digests this tag had, to the day each was first seen
  std::map<std::string, std::string> platforms;  ///< to the digests of the index; empty if not asked for

  friend bool operator==(const LockedImage&, const LockedImage&) = default;
};

/// By canonical name with its tag: `docker.io/library/nginx:1.25`.
struct DigestLock {
  std::map<std::string, LockedImage, std::less<>> images;

  /// Null if it is not known.
  [[nodiscard]] const LockedImage* find(std::string_view image) const;
  /// The tag of this repository (`docker.io/library/nginx`) that had a digest, itself or for one of its
  /// platforms, as a whole name; nothing if
  /// there is none, or more than one.
  [[nodiscard]] std::optional<std::string> image_of_digest(std::string_view repository,
                                                           std::string_view digest) const;
};

/// Puts in what a registry said of a tag on a day. At most five digests stay in `seen`, the latest ones.
void record(DigestLock& lock, const std::string& image, const RegistryAnswer& answer, std::string_view today);

/// The digests of an image that were first seen at least so many days ago, the latest first.
[[nodiscard]] std::vector<std::string> ripe_digests(const LockedImage& image, std::string_view today,
                                                    long days);

/// Sorted, one value a line, byte for byte the same for the same lock.
[[nodiscard]] std::string digest_lock_text(const DigestLock& lock);
/// The error says what is wrong, and whether it is the lock of a move.
[[nodiscard]] Result<DigestLock> read_digest_lock(std::string_view text);

}  // namespace imglint
