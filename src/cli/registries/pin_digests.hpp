// From images to digests: by the lock, or by asking registries (docs/spec/online.md 5).
#pragma once

#include <string>
#include <vector>

#include "cli/registries/pin_options.hpp"
#include "cli/registries/platform_pins.hpp"
#include "cli/registries/resolver.hpp"
#include "cli/session.hpp"
#include "config/policy_cache.hpp"
#include "registry/lock.hpp"

namespace imglint {

/// The lock of a run, and whether there was one.
struct LockFile {
  std::string path;
  DigestLock lock;
  std::string text;  ///< as it was read; empty if there was none
};
/// A file that is not there is an empty lock.
[[nodiscard]] Result<LockFile> read_lock_file(const std::string& path, const Session& session);

/// Digests that stand in the lock; `stand_in` for those that do not, if it is not empty.
[[nodiscard]] PinDigests digests_of_lock(const std::vector<PinUse>& uses, const PinOptions& options,
                                         const DigestLock& lock, const std::string& stand_in);

/// An image that is asked about.
struct AskedImage {
  std::string image;
  RegistryQuestion question;
};
/// The images of uses that want a digest, each once; those whose registry may not be asked get their refusal.
[[nodiscard]] std::vector<AskedImage> images_to_ask(const std::vector<PinUse>& uses,
                                                    const PinOptions& options, Want want, HostGate& gate,
                                                    PinDigests& digests);
/// Why an answer gives no digest.
[[nodiscard]] Refusal refusal_of(const std::string& image, const RegistryAnswer& answer);

/// What registries say, which the lock gets too.
struct FoundDigests {
  PinDigests digests;
  PinnedPlatforms platforms;  ///< of written digests
};
/// Remarks are printed.
[[nodiscard]] FoundDigests ask_for_digests(const std::vector<PinUse>& uses, const PinWords& words,
                                           const PinSettings& settings, RegistryAccess access, HostGate& gate,
                                           DigestLock& lock, const Session& session);

/// Says once that files alone decide whom to ask, where nobody watches.
void warn_of_no_policy(const HostGate& gate, const Session& session);

}  // namespace imglint
