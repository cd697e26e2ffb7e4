// Pins to one platform's image, as `pin --platform` makes them: an update keeps them pins to that platform
// (docs/spec/online.md 5.3). Asks nobody itself, so that whoever asks may do other things meanwhile.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pin/pin.hpp"
#include "registry/lock.hpp"
#include "registry/question.hpp"

namespace imglint {

/// By the name of an image with the digest that is written: the platform that it is of.
using PinnedPlatforms = std::map<std::string, std::string>;

class PlatformPins {
 public:
  /// `before` is the lock as it was before this run asked.
  PlatformPins(const std::vector<PinUse>& uses, const DigestLock& before);

  /// Once tags have got digests, and `now` has them: about digests that are written and may be of one
  /// platform.
  [[nodiscard]] std::vector<RegistryQuestion> digest_questions(const PinDigests& digests,
                                                               const DigestLock& now);
  /// About the indices that say which platform it is. Answers are those to the questions before.
  [[nodiscard]] std::vector<RegistryQuestion> index_questions(const std::vector<RegistryAnswer>& answers,
                                                              PinDigests& digests);
  /// Written digests get what their platforms have now, or a refusal where nobody knows which one it is.
  /// `now` gets the platforms that registries name.
  [[nodiscard]] PinnedPlatforms finish(const std::vector<RegistryAnswer>& answers, PinDigests& digests,
                                       DigestLock& now, std::string_view today);

 private:
  /// A digest that is written beside a tag.
  struct Pin {
    std::string image;
    std::string written;
    RegistryQuestion place;                 ///< its registry and repository
    std::vector<std::string> earlier = {};  ///< digests that the tag had before, by the lock
    std::string platform = {};              ///< empty: not known
    std::string next = {};                  ///< what the tag has now
    std::vector<RegistryQuestion> indices = {};

    [[nodiscard]] std::string name() const { return pinned_name(image, written); }
    [[nodiscard]] RegistryQuestion question(const std::string& digest, Want want) const;
  };

  std::vector<Pin> pins_;
};

}  // namespace imglint
