#include "check/shared_values.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace imglint {
namespace {

/// A use that reads bytes outside of its own: an ARG default, a .env line.
struct Reader {
  Span span;
  const Document* document;
  const ImageUse* use;
};

/// The readers of one file's bytes, by position.
class Readers {
 public:
  void add(const Reader& reader) { readers_.push_back(reader); }

  void sort() {
    std::sort(readers_.begin(), readers_.end(),
              [](const Reader& a, const Reader& b) { return a.span < b.span; });
    std::uint32_t farthest = 0;
    for (const Reader& reader : readers_) farthest_.push_back(farthest = std::max(farthest, reader.span.end));
  }

  /// Whether every use that reads a range is accepted. Stops at the first that is not.
  template <class Accept>
  [[nodiscard]] bool all_of(Span range, Accept accept) const {
    auto next =
        std::upper_bound(readers_.begin(), readers_.end(), range.end,
                         [](std::uint32_t end, const Reader& reader) { return end < reader.span.begin; });
    while (next != readers_.begin()) {
      --next;
      if (farthest_[static_cast<std::size_t>(next - readers_.begin())] < range.begin) return true;
      if (next->span.end >= range.begin && !accept(*next)) return false;
    }
    return true;
  }

 private:
  std::vector<Reader> readers_;
  std::vector<std::uint32_t> farthest_;  ///< end of the readers up to each
};

std::map<const Source*, Readers> readers_of(std::span<const CheckedDocument> files) {
  std::map<const Source*, Readers> readers;
  for (const CheckedDocument& file : files)
    for (const ImageUse& use : file.document->uses)
      for (const Piece& piece : use.value.pieces()) {
        if (!piece.source) continue;
        const bool own = piece.source == file.document->source && use.span.contains(piece.span);
        if (!own) readers[piece.source].add({piece.span, file.document, &use});
      }
  for (auto& [source, list] : readers) list.sort();
  return readers;
}

/// One edit, to compare: where and what.
using EditKey = std::tuple<const Source*, Span, std::string_view>;
EditKey key_of(const Edit& edit) { return {edit.source, edit.span, edit.text}; }

/// The places of the uses that ask for an edit, by edit.
using Askers = std::map<EditKey, std::set<std::pair<const Source*, Span>>>;

Askers askers_of(const std::vector<Finding>& findings) {
  Askers askers;
  for (const Finding& finding : findings) {
    if (!finding.fix || finding.related.empty()) continue;
    for (const Edit& edit : finding.fix->edits)
      for (const RelatedPlace& related : finding.related)
        askers[key_of(edit)].insert({related.place.source, related.place.span});
  }
  return askers;
}

}  // namespace

void withhold_unshared_fixes(std::vector<Finding>& findings, std::span<const CheckedDocument> files) {
  const Askers askers = askers_of(findings);
  if (askers.empty()) return;
  const auto readers = readers_of(files);
  for (Finding& finding : findings) {
    // Bytes of the use itself are read by no other use; only a cause elsewhere has related places.
    if (!finding.fix || finding.related.empty()) continue;
    const auto& edits = finding.fix->edits;
    const bool agreed = std::all_of(edits.begin(), edits.end(), [&](const Edit& edit) {
      const auto list = readers.find(edit.source);
      const auto& asking = askers.at(key_of(edit));
      return list == readers.end() || list->second.all_of(edit.span, [&](const Reader& reader) {
        return asking.count({reader.document->source, reader.use->span}) > 0;
      });
    });
    if (!agreed) finding.fix.reset();
  }
}

}  // namespace imglint
