#include "edit/edit.hpp"

#include <algorithm>
#include <iterator>

namespace imglint {
namespace {

/// Whether two different edits cannot both be made: they overlap, or one inserts where the other touches.
bool clash(Span a, Span b) {
  if (a.empty() || b.empty()) return a.begin <= b.end && b.begin <= a.end;
  return a.begin < b.end && b.begin < a.end;
}

bool before(const Edit& a, const Edit& b) { return a.span < b.span; }

}  // namespace

std::string_view to_string(Safety safety) {
  switch (safety) {
    case Safety::safe:
      return "safe";
    case Safety::unsafe:
      return "unsafe";
    case Safety::suggestion:
      return "suggestion";
  }
  return {};
}

std::optional<Edit> EditSet::add(const std::vector<Edit>& edits) {
  std::vector<Edit> added = edits;
  std::stable_sort(added.begin(), added.end(), before);
  added.erase(std::unique(added.begin(), added.end()), added.end());
  // Both lists are sorted, and the set is disjoint: only neighbours can clash.
  for (std::size_t at = 1; at < added.size(); ++at)
    if (clash(added[at - 1].span, added[at].span)) return added[at - 1];
  for (const Edit& edit : added) {
    const auto place = std::lower_bound(edits_.begin(), edits_.end(), edit, before);
    if (place != edits_.end() && *place != edit && clash(place->span, edit.span)) return *place;
    if (place != edits_.begin() && clash(std::prev(place)->span, edit.span)) return *std::prev(place);
  }
  std::erase_if(added, [&](const Edit& edit) {
    return std::binary_search(edits_.begin(), edits_.end(), edit, before);
  });
  // Edits mostly come in the order of the file: then nothing is moved.
  const auto old_size = static_cast<std::ptrdiff_t>(edits_.size());
  std::move(added.begin(), added.end(), std::back_inserter(edits_));
  const auto first_added = edits_.begin() + old_size;
  if (first_added != edits_.begin() && first_added != edits_.end() &&
      before(*first_added, *std::prev(first_added)))
    std::inplace_merge(edits_.begin(), first_added, edits_.end(), before);
  return std::nullopt;
}

std::string EditSet::apply() const {
  const std::string_view bytes = source_->bytes();
  std::string result;
  result.reserve(bytes.size() + 64 * edits_.size());
  std::uint32_t done = 0;
  for (const Edit& edit : edits_) {
    result.append(bytes, done, edit.span.begin - done);
    result.append(edit.text);
    done = edit.span.end;
  }
  result.append(bytes, done);
  return result;
}

}  // namespace imglint
