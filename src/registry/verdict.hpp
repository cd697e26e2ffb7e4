// Verdicts: what the answers of registries say of one reference, or of the two names of a move
// (docs/spec/online.md 5.5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/lock.hpp"
#include "registry/question.hpp"

namespace imglint {

enum class Verdict : std::uint8_t {
  ok,
  platform_pin,  ///< the written digest is that of one platform of the tag's index
  moved,         ///< the tag has a newer digest; the written one is still there
  mismatch,      ///< the tag never had the written digest, as far as the lock knows
  gone,          ///< the written digest is no longer there
  missing,       ///< no such tag or name
  denied,
  no_platform,  ///< not there for a platform that is asked for
  incomplete,   ///< the index is there, an image that it names is not
  not_asked,
  unknown,     ///< nobody can say
  same,        ///< of a move: byte for byte
  equivalent,  ///< of a move: another index of the same images
  different,
};
[[nodiscard]] std::string_view to_string(Verdict verdict);

struct Judgement {
  Verdict verdict = Verdict::unknown;
  std::string message;    ///< lower-case start; empty where there is nothing to say
  std::string digest;     ///< what the reference means now; empty if nobody says
  bool given_up = false;  ///< nobody can say, for its registry is not asked any more
};

/// What was learnt of one reference. Null: not asked, for there is no tag, or no digest.
struct ReferenceAnswers {
  const RegistryAnswer* tag = nullptr;
  const RegistryAnswer* digest = nullptr;
  std::string written;                  ///< the digest that stands in the file; empty without
  const LockedImage* locked = nullptr;  ///< what the lock says of the tag; null if nothing
};
[[nodiscard]] Judgement judge(const ReferenceAnswers& answers);

/// Of the platforms that are asked for, those that an answer lacks. None of a manifest for one platform, of
/// which nobody says which one.
[[nodiscard]] std::vector<std::string> missing_platforms(const RegistryAnswer& answer,
                                                         const std::vector<std::string>& platforms);

/// Of the two names of a move. Indices are equivalent if they have the same images for the same platforms.
[[nodiscard]] Judgement judge_target(const RegistryAnswer& source, const RegistryAnswer& target);

}  // namespace imglint
