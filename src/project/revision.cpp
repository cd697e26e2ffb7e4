#include "project/revision.hpp"

#include <algorithm>
#include <cassert>

namespace imglint {

Revision::Revision(const Source& original) : original_(&original) {
  stretches_.push_back({{0, static_cast<std::uint32_t>(original.bytes().size())}, {}});
}

/// Appends the part of a stretch between two offsets in it.
void Revision::append(std::vector<Stretch>& to, const Stretch& stretch, std::uint32_t begin,
                      std::uint32_t end) const {
  if (begin >= end) return;
  if (stretch.span.empty()) {
    to.push_back({{}, stretch.text.substr(begin, end - begin)});
  } else {
    to.push_back({{stretch.span.begin + begin, stretch.span.begin + end}, {}});
  }
}

void Revision::apply(const EditSet& edits) {
  std::vector<Stretch> result;
  std::size_t next = 0;        // stretch being copied
  std::uint32_t taken = 0;     // of it
  std::uint32_t position = 0;  // in the text before
  const auto advance = [&](std::uint32_t to, bool keep) {
    while (position < to && next < stretches_.size()) {
      const Stretch& stretch = stretches_[next];
      const std::uint32_t end = std::min(stretch.size(), taken + (to - position));
      if (keep) append(result, stretch, taken, end);
      position += end - taken;
      taken = end;
      if (taken == stretch.size()) ++next, taken = 0;
    }
  };
  for (const Edit& edit : edits.edits()) {
    advance(edit.span.begin, true);
    advance(edit.span.end, false);
    if (!edit.text.empty()) result.push_back({{}, edit.text});
  }
  advance(UINT32_MAX, true);
  stretches_ = std::move(result);
}

std::string Revision::bytes() const {
  std::string text;
  for (const Stretch& stretch : stretches_)
    text.append(stretch.span.empty() ? std::string_view(stretch.text) : original_->text(stretch.span));
  return text;
}

EditSet Revision::edits() const {
  EditSet set(*original_);
  std::uint32_t done = 0;
  std::string inserted;
  const auto close_gap = [&](std::uint32_t until) {
    if (done < until || !inserted.empty()) {
      const auto clash = set.add({Edit{original_, {done, until}, inserted}});
      assert(!clash);
      (void)clash;
    }
    inserted.clear();
  };
  for (const Stretch& stretch : stretches_) {
    if (stretch.span.empty()) {
      inserted.append(stretch.text);
      continue;
    }
    close_gap(stretch.span.begin);
    done = stretch.span.end;
  }
  close_gap(static_cast<std::uint32_t>(original_->bytes().size()));
  return set;
}

}  // namespace imglint
