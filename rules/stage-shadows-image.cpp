#include <algorithm>
#include <string>

#include "policy/facts/official_images.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "known", .type = OptionType::text_list, .doc = "further names that people take for an image"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ghcr.io/acme/runtime:2 AS ⟦node⟧\nFROM node\n"},
    {.file = "Dockerfile", .text = "FROM node:22.11 AS build\nFROM node:22.11\n"},
};

void check(const CheckedDocument& checked, Report& report) {
  const auto& known = report.settings().list("known");
  for (const Stage& stage : checked.document->stages) {
    if (stage.name.empty()) continue;
    const bool is_known = std::find(known.begin(), known.end(), stage.name) != known.end();
    if (!is_known && !is_official_image(stage.name)) continue;
    report.at({checked.document->source, stage.name_span},
              "from here on " + quoted(stage.name) + " is this stage and no longer the image of that name");
  }
}

}  // namespace

extern const Rule stage_shadows_image;
constinit const Rule stage_shadows_image = {
    .info =
        {
            .name = "stage-shadows-image",
            .summary = "A stage with the name of a well-known image.",
            .why = "After `AS node`, `FROM node` and `--from=node` mean the stage, while every reader sees "
                   "the image. "
                   "With a tag it is the image again.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .options = options,
            .examples = examples,
        },
    .check_document = check,
};

}  // namespace imglint::rules
