// From images to digests: by the lock, or by asking registries (docs/spec/online.md 5).
#pragma once

#include <string>
#include <vector>

#include "cli/commands/pin_options.hpp"
#include "cli/resolver.hpp"
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

/// What registries say, which the lock gets too. Remarks are printed.
[[nodiscard]] PinDigests ask_for_digests(const std::vector<PinUse>& uses, const PinWords& words,
                                         const PinSettings& settings, RegistryAccess access, HostGate& gate,
                                         DigestLock& lock, const Session& session);

/// Says once that files alone decide whom to ask, where nobody watches.
void warn_of_no_policy(const HostGate& gate, const Session& session);

}  // namespace imglint
