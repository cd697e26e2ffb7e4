// The one order of findings, and results that become one.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "check/check.hpp"

namespace imglint {
namespace {

std::string_view path_of(const Finding& finding) {
  return finding.place.source ? std::string_view(finding.place.source->path()) : std::string_view();
}

auto sort_key(const Finding& finding) {
  return std::tuple(path_of(finding), finding.place.span, finding.rule, std::string_view(finding.message));
}

/// Each place once, in the order of sort_findings().
void sort_related(std::vector<RelatedPlace>& related) {
  const auto key = [](const RelatedPlace& place) {
    return std::tuple(place.place.source ? std::string_view(place.place.source->path()) : std::string_view(),
                      place.place.span);
  };
  std::stable_sort(related.begin(), related.end(),
                   [&](const RelatedPlace& a, const RelatedPlace& b) { return key(a) < key(b); });
  const auto end =
      std::unique(related.begin(), related.end(),
                  [](const RelatedPlace& a, const RelatedPlace& b) { return a.place == b.place; });
  related.erase(end, related.end());
}

}  // namespace

void append_result(CheckResult& result, CheckResult more) {
  result.findings.insert(result.findings.end(), std::make_move_iterator(more.findings.begin()),
                         std::make_move_iterator(more.findings.end()));
  result.references += more.references;
  result.suppressed += more.suppressed;
  result.excepted += more.excepted;
  for (const auto& [rule, count] : more.unjudged) result.unjudged[rule] += count;
}

void add_result(CheckResult& result, CheckResult more) {
  append_result(result, std::move(more));
  // In place, unlike sort_findings(): no two are equal once they are merged.
  std::sort(result.findings.begin(), result.findings.end(),
            [](const Finding& a, const Finding& b) { return sort_key(a) < sort_key(b); });
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return sort_key(a) < sort_key(b); });
}

void merge_findings(std::vector<Finding>& findings) {
  std::size_t kept = 0;
  for (std::size_t begin = 0; begin < findings.size(); ++kept) {
    if (kept != begin) findings[kept] = std::move(findings[begin]);
    Finding& first = findings[kept];
    std::size_t end = begin + 1;
    for (; end < findings.size() && sort_key(findings[end]) == sort_key(first); ++end) {
      std::move(findings[end].related.begin(), findings[end].related.end(),
                std::back_inserter(first.related));
      if (!first.fix) first.fix = std::move(findings[end].fix);
    }
    if (end > begin + 1) sort_related(first.related);
    begin = end;
  }
  findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(kept), findings.end());
}

}  // namespace imglint
