#include <string>

#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/locked.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view stage_choices[] = {"all", "final"};

constexpr OptionInfo options[] = {
    {.name = "images", .type = OptionType::pattern_list, .doc = "judge only these images"},
    {.name = "except", .type = OptionType::pattern_list, .doc = "images that need no digest"},
    {.name = "stages",
     .type = OptionType::choice,
     .doc = "whether all stages of a Dockerfile are judged or only what stands in the last",
     .default_value = "all",
     .choices = stage_choices},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦alpine:3.20⟧\n", .config = "rules:\n  require-digest: error\n"},
    {.file = "Dockerfile",
     .text = "FROM ⟦redis:7.4⟧\n",
     .config = "rules:\n  require-digest: error\n",
     .lock = example_lock,
     .note = "imglint.lock knows its digest, and --fix writes it"},
    {.file = "compose.yaml",
     .text = "services:\n  db:\n    image: ⟦redis:7.4⟧\n",
     .config = "rules:\n  require-digest: error\n"},
    {.file = "Dockerfile",
     .text = "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n",
     .config = "rules:\n  require-digest: error\n"},
    {.file = "Dockerfile",
     .text = "FROM golang:1.23 AS build\nFROM ⟦alpine:3.20⟧\n",
     .config = "rules:\n  require-digest: {severity: error, stages: final}\n"},
};

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject)) return;
  const RuleSettings& settings = report.settings();
  if (settings.text("stages", "all") == "final" && subject.document->file_part().has_stages &&
      !is_in_final_stage(subject))
    return;
  const Reference& parts = subject.parts;
  if (parts.digest) return;
  if (subject.digest == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value may hold the digest");
  const PatternList& only = settings.patterns("images");
  if (!only.empty() && !only.matches_any(subject.name)) return;
  if (settings.patterns("except").matches_any(subject.name)) return;
  const TextRange range{parts.without_suffix().begin, parts.tag ? parts.tag->end : parts.name.end};
  const bool resolved = subject.use->kind != Kind::unresolved;
  const std::string name = resolved ? quoted_range(subject, range) : quoted(subject.use->written.text());
  Finding& finding = report.at(subject, range, "no digest, so what " + name + " names can change");
  if (const LockedImage* locked = locked_image(report.policy(), subject))
    offer_fix(finding, "write the digest of the lock", Safety::safe, digest_edit(subject, locked->digest));
}

}  // namespace

extern const Rule require_digest;
constinit const Rule require_digest = {
    .info =
        {
            .name = "require-digest",
            .summary = "An image without a digest.",
            .why = "A digest names the bytes themselves. It is the only form that cannot be moved, by its "
                   "publisher or "
                   "by somebody who took over the account.",
            .severity = Severity::off,
            .strict_severity = Severity::error,
            .judges_parts = true,
            .fixability = Fixability::safe,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
