#include "check/early.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace imglint {
namespace {

void add_place(const Location& place, const Source* source, std::vector<Span>& spans) {
  if (place.source == source) spans.push_back(place.span);
}

/// What a report shows of a file.
std::vector<Span> shown_of(const std::vector<Finding>& findings, const Source* source) {
  std::vector<Span> spans;
  for (const Finding& finding : findings) {
    add_place(finding.place, source, spans);
    for (const RelatedPlace& related : finding.related) add_place(related.place, source, spans);
    if (!finding.fix) continue;
    for (const Edit& edit : finding.fix->edits) add_place({edit.source, edit.span}, source, spans);
  }
  return spans;
}

void shrink(std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    finding.message.shrink_to_fit();
    finding.related.shrink_to_fit();
    finding.subject.shrink_to_fit();
  }
}

}  // namespace

bool is_no_text(const Document& document) { return no_text_error(document).has_value(); }

std::optional<Error> no_text_error(const Document& document) {
  const auto trouble = std::ranges::find_if(document.troubles, [](const Trouble& each) {
    return each.unread && (each.kind == Trouble::Kind::encoding || each.kind == Trouble::Kind::too_large);
  });
  if (trouble == document.troubles.end()) return std::nullopt;
  const Position place = document.source->position(trouble->span.begin);
  return Error{.message = std::string(trouble->message),
               .path = std::string(document.source->path()),
               .line = place.line,
               .column = place.column};
}

void EarlyCheck::add(const Policy& policy) {
  policies_.push_back(&policy);
  if (std::find(distinct_.begin(), distinct_.end(), &policy) == distinct_.end()) distinct_.push_back(&policy);
}

std::optional<CheckResult> EarlyCheck::judge(const ProjectFile& file, std::size_t index) const {
  return check_apart({.document = file.document.get(), .policy = policies_[index]}, distinct_);
}

std::vector<CheckResult> EarlyCheck::judge(std::span<const ProjectFile> files) const {
  std::vector<CheckTarget> targets;
  std::map<const Source*, std::size_t> numbers;
  for (const ProjectFile& file : files) {
    const Policy* policy = policies_[file.index];
    numbers.emplace(file.source.get(), numbers.size());
    targets.push_back({.document = file.document.get(), .policy = policy});
    for (const auto& variant : file.variants)
      targets.push_back({.document = variant.get(), .policy = policy, .variant = true});
  }
  auto together = check_group(targets, distinct_);
  if (!together) return {};
  std::vector<CheckResult> results(files.size());
  for (Finding& finding : std::exchange(together->findings, {})) {
    const auto found = numbers.find(finding.place.source);
    if (found == numbers.end()) return {};
    results[found->second].findings.push_back(std::move(finding));
  }
  append_result(results.front(), *std::move(together));
  return results;
}

void EarlyCheck::add(const ProjectFile& file, CheckResult result) {
  note_no_text(*file.document);
  append_result(result_, std::move(result));
}

void EarlyCheck::note_no_text(const Document& document) {
  if (auto error = no_text_error(document)) no_texts_.push_back(*std::move(error));
}

EarlyUse::Take EarlyCheck::keep(CheckResult result) {
  shrink(result.findings);
  return [this, judged = std::move(result)](ProjectFile& taken) mutable {
    note_no_text(*taken.document);  // while all of its lines are there
    // Not sooner: until now the document, which borrows from the bytes, was still asked what it builds.
    taken.source->keep_lines(shown_of(judged.findings, taken.source.get()));
    append_result(result_, std::move(judged));
  };
}

EarlyUse EarlyCheck::keep_findings() {
  return {.use = [this](const ProjectFile& file, std::size_t index) -> EarlyUse::Take {
            auto result = judge(file, index);
            return result ? keep(*std::move(result)) : EarlyUse::Take();
          },
          .use_group = {}};  // what a finding of one file shows of another would have to be kept, too
}

}  // namespace imglint
