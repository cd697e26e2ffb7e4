#include "check/divided_places.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace imglint {
namespace {

/// Whether an edit changes bytes that the use is made of.
bool changes(const Edit& edit, const Document& document, const ImageUse& use) {
  const auto touches = [&](const Source* source, Span span) {
    return source == edit.source && edit.span.begin <= span.end && span.begin <= edit.span.end;
  };
  if (touches(document.source, use.span)) return true;
  const auto pieces = use.value.pieces();
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](const Piece& piece) { return touches(piece.source, piece.span); });
}

bool is_building(const ImageUse& use) {
  return (use.role->main && names_output(*use.role)) || (is_pulled(*use.role) && use.kind == Kind::built);
}

/// What is asked for, to compare: by which rule, where and what.
using Request = std::tuple<std::string_view, const Source*, Span, std::string>;
Request request_of(const Finding& finding) {
  const Edit& edit = finding.fix->edits.front();
  return {finding.rule, edit.source, edit.span, edit.text};
}

std::string label_of(const Document& document, const ProjectLabels& labels) {
  return document.project ? "project " + labels.label_of(document.project) : "a build of no project";
}

}  // namespace

DividedPlaces::DividedPlaces(std::span<const CheckedDocument> files) {
  std::map<const Source*, std::size_t> readings;
  for (const CheckedDocument& file : files) ++readings[file.document->source];
  for (const CheckedDocument& file : files) {
    const Document& document = *file.document;
    if (readings[document.source] < 2 || document.is_never_built) continue;
    for (const ImageUse& use : document.uses) {
      if (!use.active) continue;
      const bool builds = is_building(use);
      if (!builds && (!is_pulled(*use.role) || use.kind != Kind::image)) continue;
      Readings& place = places_[{document.source, use.span.begin}];
      (builds ? place.building : place.pulling).emplace_back(&document, &use);
    }
  }
  std::erase_if(places_, [](const auto& place) {
    return place.second.building.empty() || place.second.pulling.empty();
  });
  for (const auto& [place, divided] : places_) {
    std::set<const Source*> sources = {place.first};
    for (const auto* all : {&divided.building, &divided.pulling})
      for (const auto& reading : *all)
        for (const Piece& piece : reading.second->value.pieces()) sources.insert(piece.source);
    for (const Source* source : sources) made_of_[source].push_back(&divided);
  }
}

const DividedPlaces::Readings* DividedPlaces::changed_by(const Fix& fix) const {
  for (const Edit& edit : fix.edits) {
    const auto is_changed = [&](const auto& reading) {
      return changes(edit, *reading.first, *reading.second);
    };
    const auto found = made_of_.find(edit.source);
    if (found == made_of_.end()) continue;
    for (const Readings* readings : found->second)
      if (std::ranges::any_of(readings->building, is_changed) ||
          std::ranges::any_of(readings->pulling, is_changed))
        return readings;
  }
  return nullptr;
}

void DividedPlaces::withhold_fixes(std::span<Finding> findings, std::span<const Document* const> judged_in,
                                   const ProjectLabels& labels) const {
  if (places_.empty()) return;
  std::map<Request, std::set<const Document*>> asking;
  const auto has_fix = [](const Finding& finding) { return finding.fix && !finding.fix->edits.empty(); };
  for (std::size_t i = 0; i < judged_in.size(); ++i)
    if (has_fix(findings[i])) asking[request_of(findings[i])].insert(judged_in[i]);
  for (std::size_t i = 0; i < judged_in.size(); ++i) {
    Finding& finding = findings[i];
    const Readings* place = has_fix(finding) ? changed_by(*finding.fix) : nullptr;
    if (!place) continue;
    const auto& agreed = asking.at(request_of(finding));
    const auto agrees = [&](const auto& reading) { return agreed.contains(reading.first); };
    if (std::ranges::all_of(place->building, agrees) && std::ranges::all_of(place->pulling, agrees)) continue;
    finding.fix.reset();
    finding.message += "; it is not fixed, since " + label_of(*place->building.front().first, labels) +
                       " builds this image and " + label_of(*place->pulling.front().first, labels) +
                       " pulls it";
  }
}

}  // namespace imglint
