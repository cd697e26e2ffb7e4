#include "check/kustomized.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace imglint {
namespace {

std::pair<const Source*, std::uint32_t> order_of(const Location& name) {
  return {name.source, name.span.begin};
}

}  // namespace

Kustomized::Kustomized(std::span<const CheckedDocument> checked) {
  std::vector<const Document*> documents;
  for (const CheckedDocument& one : checked) documents.push_back(one.document);
  const KustomizeGraph graph(documents);
  if (graph.entries().empty()) return;
  const auto selected = graph.selected({});
  for (std::size_t index = 0; index < selected.size(); ++index) {
    const KustomizeEntry& entry = graph.entries()[index];
    const ImageUse* image = entry.image.use;
    const bool has_tag = image != nullptr && std::ranges::any_of(image->parts, [](const UsePart& part) {
                           return part.name == PartName::tag || part.name == PartName::digest;
                         });
    for (const UseRef& use : selected[index]) {
      if (has_tag) other_tag_.insert(use.use);
      if (entry.has_name) other_name_.insert(use.use);
      names_.push_back({use.document->source, use.use->span});
    }
    if (entry.selector.use) names_.push_back({entry.selector.document->source, entry.selector.use->span});
  }
  std::ranges::sort(names_, {}, order_of);
}

bool Kustomized::is_silent(const Rule& rule, const Subject& subject) const {
  if (rule.group == "tag") return subject.use->tag_is_elsewhere || other_tag_.contains(subject.use);
  // A place holder is no reference, and none is needed where another name replaces it.
  const bool judges_name = rule.judges_name || subject.use->kind == Kind::invalid;
  return judges_name && other_name_.contains(subject.use);
}

void Kustomized::withhold_fixes(std::vector<Finding>& findings) const {
  if (names_.empty()) return;
  for (Finding& finding : findings) {
    if (!finding.fix) continue;
    // Names do not overlap, so the last that begins before the edit is the only one it can stand in.
    const bool touches = std::ranges::any_of(finding.fix->edits, [&](const Edit& edit) {
      const auto after =
          std::ranges::upper_bound(names_, std::pair(edit.source, edit.span.begin), {}, order_of);
      return after != names_.begin() && std::prev(after)->source == edit.source &&
             std::prev(after)->span.contains(edit.span);
    });
    if (touches) finding.fix.reset();
  }
}

}  // namespace imglint
