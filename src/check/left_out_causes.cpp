#include "check/left_out_causes.hpp"

namespace imglint {
namespace {

bool holds(const Location& place, const Location& inner) {
  return place.source == inner.source && place.span.contains(inner.span);
}

void put_to_use(Finding& finding, const std::string& why) {
  const Location cause = finding.place;
  finding.place = finding.at_use;
  finding.at_use = {};
  finding.fix.reset();
  std::erase_if(finding.related,
                [&](const RelatedPlace& related) { return holds(related.place, finding.place); });
  finding.related.push_back({cause, "the text comes from here; " + why});
  finding.message += "; the text comes from a file that is left out";
}

}  // namespace

const std::string& LeftOutCauses::why(const Source& source) {
  const auto [known, is_new] = known_.try_emplace(&source);
  if (is_new) known->second = left_out_(source.path());
  return known->second;
}

void LeftOutCauses::put_to_uses(std::span<Finding> findings) {
  if (!left_out_) return;
  for (Finding& finding : findings) {
    if (!finding.at_use.source || finding.at_use.source == finding.place.source) continue;
    if (const std::string& reason = why(*finding.place.source); !reason.empty()) put_to_use(finding, reason);
  }
}

}  // namespace imglint
