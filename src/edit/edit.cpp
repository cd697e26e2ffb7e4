#include "edit/edit.hpp"

#include <algorithm>

namespace imglint {
namespace {

/// Whether two different edits cannot both be made: they overlap, or one inserts where the other touches.
bool clash(Span a, Span b) {
  if (a.empty() || b.empty()) return a.begin <= b.end && b.begin <= a.end;
  return a.begin < b.end && b.begin < a.end;
}

bool before(const Edit& a, const Edit& b) { return a.span < b.span; }

}  // namespace

std::optional<Edit> EditSet::add(const std::vector<Edit>& edits) {
  // Only neighbours can clash: the set is sorted and disjoint.
  std::vector<Edit> merged = edits_;
  for (const Edit& edit : edits) {
    const auto place = std::lower_bound(merged.begin(), merged.end(), edit, before);
    if (place != merged.end() && *place == edit) continue;
    if (place != merged.end() && clash(place->span, edit.span)) return *place;
    if (place != merged.begin() && clash(std::prev(place)->span, edit.span)) return *std::prev(place);
    merged.insert(place, edit);
  }
  edits_ = std::move(merged);
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
