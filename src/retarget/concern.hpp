// Whether a mapping could be about a reference whose name is not known (docs/spec/retarget.md 6.6).
#pragma once

#include "move/mapping.hpp"
#include "retarget/proposal.hpp"

namespace imglint {

/// The name of a use that is an image, or would be one if it named no stage: a bare word behind ONBUILD.
[[nodiscard]] std::optional<NameToMap> name_if_image(const ImageUse& use);

/// A use's name as far as it is known.
class KnownName {
 public:
  explicit KnownName(const ImageUse& use);
  /// Whether bytes that stand in the name stand in a pattern, where some value of its variables makes it
  /// match.
  [[nodiscard]] bool may_match(const NamePattern& pattern) const;

 private:
  /// What may be in the place of the name. Between two texts may stand anything.
  std::vector<std::vector<std::string>> readings_;
};

/// The same of a whole mapping; --to alone concerns every name.
[[nodiscard]] bool may_concern(const Mapping& mapping, const ImageUse& use);

/// References of which no map can be said to be about their names, which are not known or wrong: a note is
/// enough. Returns how many have no value.
std::size_t excuse_unconcerned(std::vector<Proposal>& proposals, const Mapping& mapping,
                               std::vector<RetargetNote>& notes);

/// What is no reference in a file that a foreign frontend reads may be right there: the reader's own remark
/// is enough, once for a file.
void excuse_foreign(std::vector<Proposal>& proposals, std::vector<RetargetNote>& notes);

}  // namespace imglint
