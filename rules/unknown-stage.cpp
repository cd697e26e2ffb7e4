#include <string>
#include <vector>

#include "base/edit_distance.hpp"
#include "base/word_list.hpp"
#include "policy/facts/official_images.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"
#include "rules/support/tags.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "contexts", .type = OptionType::text_list, .doc = "names of build contexts that are no stages"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM golang:1.23 AS builder\nFROM alpine:3.20\nCOPY --from=⟦bulider⟧ /app /\n"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20\nCOPY --from=⟦3⟧ /app /\n", .note = "No such index"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20 AS first\nCOPY --from=⟦second⟧ /app /\nFROM alpine:3.20 AS second\n",
     .note = "A later stage"},
    {.file = "Dockerfile",
     .text = "FROM golang:1.23 AS builder\nFROM alpine:3.20\nCOPY --from=builder /app /\n"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20\nCOPY --from=busybox /bin/busybox /\n",
     .note = "An image"},
};

/// A name with no registry, account, tag or digest.
bool is_bare_word(const Subject& subject) {
  const Reference& parts = subject.parts;
  return subject.has_parts && subject.use->kind == Kind::image && !parts.registry && !parts.name_space &&
         !parts.tag && !parts.digest;
}

std::vector<std::string> stage_names(const Subject& subject) {
  std::vector<std::string> names;
  for (const Stage& stage : subject.document->stages) {
    if (!stage.name.empty()) names.emplace_back(stage.name);
    if (names.size() == most_words_compared) break;
  }
  return names;
}

void report_word(const Subject& subject, Report& report) {
  const std::string_view word = subject.text(subject.parts.name);
  Finding& finding = report.at(
      subject, subject.parts.name,
      "no stage or context is called " + quoted(word) + ", so this is pulled as an image from Docker Hub");
  if (const auto nearest = nearest_word(word, stage_names(subject)))
    offer_fix(finding, "write " + quoted(*nearest), Safety::suggestion,
              edit_of(subject, subject.parts.name, *nearest));
}

void check(const Subject& subject, Report& report) {
  const ImageUse& use = *subject.use;
  if (!is_copy_or_mount(use)) return;
  const Location whole{subject.document->source, use.span};
  if (use.error_kind == UseError::no_such_stage) {
    report.at(whole, "there is no stage " + quoted(use.value.text()));
    return;
  }
  const bool is_stage = use.kind == Kind::stage || use.kind == Kind::stage_index;
  if (is_stage && use.stage > subject.document->stage_index_of(use)) {
    Finding& finding = report.at(whole, "stage " + quoted(use.value.text()) + " is defined further down");
    const Stage& stage = subject.document->stages[static_cast<std::size_t>(use.stage)];
    finding.related.push_back({{subject.document->source, stage.instruction}, "defined here"});
    return;
  }
  if (!is_bare_word(subject)) return;
  const std::string_view word = subject.text(subject.parts.name);
  if (is_official_image(word) || has_word(report.settings().list("contexts"), word) ||
      has_word(report.policy().contexts, word))
    return;
  report_word(subject, report);
}

}  // namespace

extern const Rule unknown_stage;
constinit const Rule unknown_stage = {
    .info =
        {
            .name = "unknown-stage",
            .summary = "`--from` names no stage, or one that comes later.",
            .why = "A misspelt stage is no error to the builder: it looks for an image of that name on "
                   "Docker Hub. "
                   "Well-known images (`busybox`) and named contexts are left alone.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .fixability = Fixability::suggestion,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .group = tag_group,
    .rank = static_cast<int>(TagRank::stage),
    .may_be_no_image = true,
};

}  // namespace imglint::rules
