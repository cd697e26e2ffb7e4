#include <string>
#include <vector>

#include "base/word_list.hpp"
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
    {.file = "Dockerfile", .text = "FROM node:22.11 AS ⟦node⟧\nFROM node\n"},
    {.file = "Dockerfile",
     .text = "FROM node:22.11 AS node\nFROM alpine:3.20\nCOPY --from=node /usr/local /usr/local\n",
     .note = "The stage is that image"},
    {.file = "Dockerfile", .text = "FROM node:22.11 AS build\nFROM node:22.11\n"},
};

/// What the FROM lines say of each stage.
struct StageUse {
  const Subject* base = nullptr;
  bool named_by_from = false;
};

std::vector<StageUse> stage_uses(const CheckedDocument& checked) {
  std::vector<StageUse> uses(checked.document->stages.size());
  for (const Subject& subject : checked.subjects) {
    const ImageUse& use = *subject.use;
    if (!is_stage_base(*use.role)) continue;
    if (const std::int32_t stage = checked.document->stage_index_of(use); stage >= 0)
      uses[static_cast<std::size_t>(stage)].base = &subject;
    if (use.kind == Kind::stage && use.stage >= 0)
      uses[static_cast<std::size_t>(use.stage)].named_by_from = true;
  }
  return uses;
}

/// `FROM node:22.11 AS node`: the stage is the image, and only a later `FROM node` looks like another one.
bool is_its_base(const StageUse& use, std::string_view name) {
  return !use.named_by_from && use.base && use.base->has_parts &&
         use.base->text(use.base->parts.name) == name;
}

void check(const CheckedDocument& checked, Report& report) {
  const auto& known = report.settings().list("known");
  const std::vector<StageUse> uses = stage_uses(checked);
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const Stage& stage = checked.document->stages[i];
    const bool is_known = has_word(known, stage.name);
    if (stage.name.empty() || (!is_known && !is_official_image(stage.name)) ||
        is_its_base(uses[i], stage.name))
      continue;
    report.at_image(
        {checked.document->source, stage.name_span},
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
