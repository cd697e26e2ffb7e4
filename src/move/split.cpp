#include "move/split.hpp"

#include <algorithm>
#include <string>

#include "move/use_name.hpp"

namespace imglint {
namespace {

const UsePart* part_named(const ImageUse& use, PartName name) {
  const auto found =
      std::ranges::find_if(use.parts, [&](const UsePart& part) { return part.name == name && !part.also; });
  return found == use.parts.end() ? nullptr : &*found;
}

Refusal cannot_edit(const UsePart& part, std::string_view why) {
  return {RefusalKind::not_editable, "its " + std::string(to_string(part.name)) + ": " + std::string(why)};
}

class Edits {
 public:
  explicit Edits(const Document& document) : document_(document) {}

  /// The first `size` bytes of a part become a text.
  void set(const UsePart& part, std::uint32_t size, std::string_view text) {
    if (refusal_ || part.text.text().substr(0, size) == text) return;
    if (!part.not_editable.empty()) return refuse(part, part.not_editable);
    Location place{document_.source, {part.span.begin, part.span.begin}};
    if (size > 0) {
      const auto bytes = part.text.source_of({0, size});
      if (!bytes) return refuse(part, "an escape, a fold or a variable stands in it");
      place = *bytes;
    }
    if (const auto why = why_unfit(part.style, place.span.begin == part.span.begin, text))
      return refuse(part, *why);
    placed_.edits.push_back({.source = place.source, .span = place.span, .text = std::string(text)});
  }
  void refuse(const UsePart& part, std::string_view why) { refusal_ = cannot_edit(part, why); }

  PlacedOrRefusal finish(Via via) && {
    if (refusal_) return *std::move(refusal_);
    placed_.via = via;
    std::ranges::sort(placed_.edits, {}, &Edit::span);
    return std::move(placed_);
  }

 private:
  const Document& document_;
  PlacedEdits placed_;
  std::optional<Refusal> refusal_;
};

std::uint32_t size_of(const UsePart& part) { return static_cast<std::uint32_t>(part.text.text().size()); }

Via via_of(const ImageUse& use) { return use.aliases.empty() ? Via::literal : Via::anchor; }

}  // namespace

PlacedOrRefusal place_split_name(const ImageUse& use, const Document& document, std::string_view new_name) {
  const UsePart* registry = part_named(use, PartName::registry);
  const UsePart* repository = part_named(use, PartName::repository);
  if (!repository) return Refusal{RefusalKind::not_editable, "its repository stands in no file"};
  Edits edits(document);
  std::string_view path = new_name;
  if (registry) {
    const auto slash = new_name.find('/');
    const std::string_view host = new_name.substr(0, slash);
    path = new_name.substr(std::min(slash + 1, new_name.size()));
    for (const UsePart& part : use.parts)
      if (part.name == PartName::registry) edits.set(part, size_of(part), host);
  }
  edits.set(*repository, name_size(repository->text.text()), path);
  return std::move(edits).finish(via_of(use));
}

PlacedOrRefusal place_split_suffix(const ImageUse& use, const Document& document,
                                   std::string_view new_suffix) {
  const UsePart* tag = part_named(use, PartName::tag);
  const UsePart* digest = part_named(use, PartName::digest);
  const auto at = std::min(new_suffix.find('@'), new_suffix.size());
  std::string_view new_tag = new_suffix.substr(0, at);
  std::string_view new_digest = new_suffix.substr(at);
  if (!new_tag.empty()) new_tag.remove_prefix(1);
  if (!new_digest.empty()) new_digest.remove_prefix(1);
  Edits edits(document);
  const bool fits = (digest == nullptr) == new_digest.empty() && (tag == nullptr) == new_tag.empty();
  if (!fits)
    return Refusal{RefusalKind::not_editable,
                   "'" + std::string(new_suffix) + "' has no place in the scalars it is written in"};
  if (tag) edits.set(*tag, size_of(*tag), new_tag);
  if (digest) {
    const bool bare = !digest->text.text().starts_with("sha256:") && new_digest.starts_with("sha256:");
    edits.set(*digest, size_of(*digest), bare ? new_digest.substr(7) : new_digest);
  }
  return std::move(edits).finish(via_of(use));
}

}  // namespace imglint
