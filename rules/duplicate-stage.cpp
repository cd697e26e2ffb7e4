#include <map>
#include <string>
#include <utility>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20 AS build\nFROM alpine:3.20 AS ⟦Build⟧\n",
     .note = "Case does not matter"},
    {.file = "Dockerfile", .text = "FROM alpine:3.20 AS build\nFROM alpine:3.20 AS test\n"},
};

void check(const CheckedDocument& checked, Report& report) {
  std::map<std::pair<std::int32_t, std::string_view>, const Stage*> first;
  for (const Stage& stage : checked.document->stages) {
    if (stage.name.empty()) continue;
    const auto [known, is_new] =
        first.try_emplace({checked.document->owner_of(stage).parent, stage.name}, &stage);
    if (is_new) continue;
    Finding& finding = report.at({checked.document->source, stage.name_span},
                                 "there is a stage " + quoted(stage.name) + " already");
    finding.related.push_back({{checked.document->source, known->second->name_span}, "the first one"});
  }
}

}  // namespace

extern const Rule duplicate_stage;
constinit const Rule duplicate_stage = {
    .info =
        {
            .name = "duplicate-stage",
            .summary = "Two stages with one name.",
            .why = "FROM takes the nearest above, `--from` the last of all, in any case. Which one is meant "
                   "can only "
                   "be guessed.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
