// Pin: which references of a run get a digest, and the edits that write it (docs/spec/online.md 5.2, 5.3).
// Pure: documents and digests in, edits out; the same plan as that of a move, proven in the same way.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/document.hpp"
#include "move/move.hpp"
#include "move/refusal.hpp"
#include "move/use_name.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// What becomes of a reference whose tag comes from a variable.
enum class PinVariables : std::uint8_t {
  whole,  ///< a default that is the whole reference is edited; a tag that a variable supplies is refused
  tag,    ///< such a tag's default is edited too, if nothing but references to one image reads it
  skip,   ///< no reference with a variable is edited
};

struct PinOptions {
  bool update = false;    ///< those with tag and digest get the tag's digest too
  bool drop_tag = false;  ///< `name@digest` in place of `name:tag@digest`
  bool include_syntax = false;
  bool include_cache = false;
  bool edit_env = false;
  GivenPlaces given = {};
  bool edit_nothing = false;  ///< for a lock or an override alone: no place can be in the way
  PinVariables variables = PinVariables::whole;
  std::vector<std::string> only;                                      ///< patterns; empty: all
  std::vector<std::string> except;                                    ///< patterns
  std::function<std::string(const std::string& path)> left_out = {};  ///< as in RetargetOptions
};

/// One use that names an image which can have a digest, or why it cannot.
struct PinUse {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;
  std::optional<UseName> name;     ///< nothing: refused
  std::optional<Refusal> refusal;  ///< it is not known what it names
  std::string image;               ///< `docker.io/library/nginx:1.25`; empty where a digest stands alone
  std::string digest;              ///< as written; empty without
};

/// Whether a comment lets a use be without a digest.
using IsExcused = std::function<bool(const Document& document, const ImageUse& use)>;

/// Every use that is asked about, in the order of the documents: pulled images, without what builds produce,
/// what an option leaves out and what a comment excuses.
[[nodiscard]] std::vector<PinUse> pin_uses(std::span<const Document* const> documents,
                                           const PinOptions& options, const IsExcused& is_excused);

/// Whether a run asks for the digest of a use's tag.
[[nodiscard]] bool wants_digest(const PinUse& use, const PinOptions& options);

/// The name of an image with its tag and a digest.
[[nodiscard]] inline std::string pinned_name(const std::string& image, const std::string& digest) {
  return image + "@" + digest;
}

/// What an image's tag means, or why nobody says, by the image; by pinned_name() for a written digest that is
/// not of the tag itself but of one platform.
using PinDigests = std::map<std::string, std::variant<std::string, Refusal>, std::less<>>;

/// The plan. `uses` may have got an image from the lock where a digest stood alone.
[[nodiscard]] RetargetPlan plan_pins(std::span<const Document* const> documents,
                                     const std::vector<PinUse>& uses, const PinDigests& digests,
                                     const PinOptions& options);

/// The plan that takes digests away where a tag remains. `tag_of` says which tag a digest that stands alone
/// had, as a whole name, or nothing.
using TagOf =
    std::function<std::optional<std::string>(const std::string& repository, const std::string& digest)>;
[[nodiscard]] RetargetPlan plan_unpins(std::span<const Document* const> documents,
                                       const std::vector<PinUse>& uses, const TagOf& tag_of);

}  // namespace imglint
