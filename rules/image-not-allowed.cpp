#include <string>

#include "policy/registry_policy.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view stage_choices[] = {"all", "final", "external"};

constexpr OptionInfo options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "approved images, with tags where wanted"},
    {.name = "stages",
     .type = OptionType::choice,
     .doc = "`final` judges only what stands in a Dockerfile's last stage, `external` only what "
            "`registries.allow` "
            "does not cover",
     .default_value = "all",
     .choices = stage_choices},
};

constexpr std::string_view allow_node =
    "rules:\n  image-not-allowed:\n    allow: [\"docker.io/library/node:22*\"]\n";

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦node:20-alpine⟧\n", .config = allow_node},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: ⟦redis:7.4⟧\n", .config = allow_node},
    {.file = "Dockerfile", .text = "FROM node:22-alpine\n", .config = allow_node},
};

enum class Verdict { allowed, not_allowed, unknown };

Verdict judge(const Subject& subject, const PatternList& allow) {
  if (subject.registry == Knowledge::unknown || subject.repository == Knowledge::unknown)
    return Verdict::unknown;
  bool unsure = false;
  const bool suffix_unknown = subject.tag == Knowledge::unknown || subject.digest == Knowledge::unknown;
  const bool allowed = allow.any_for(subject.name, [&](const PatternList::Entry& entry) {
    if (!entry.pattern.has_suffix() || !suffix_unknown) return entry.pattern.matches(subject.name);
    unsure = unsure || entry.pattern.matches_repository(subject.name);
    return false;
  });
  if (allowed) return Verdict::allowed;
  return unsure ? Verdict::unknown : Verdict::not_allowed;
}

bool is_selected(const Subject& subject, const Report& report) {
  const std::string_view stages = report.settings().text("stages", "all");
  if (stages == "final") return !subject.document->file_part().has_stages || is_in_final_stage(subject);
  if (stages != "external") return true;
  const RegistryPolicy registries(report.policy());
  return !registries.has_allow_list() ||
         registries.judge(subject).outcome != RegistryVerdict::Outcome::allowed;
}

void check(const Subject& subject, Report& report) {
  const PatternList& allow = report.settings().patterns("allow");
  if (allow.empty() || !is_pulled_image(subject) || !is_selected(subject, report)) return;
  const Verdict verdict = judge(subject, allow);
  if (verdict == Verdict::unknown)
    return report.cannot_judge(subject, "a variable without a value decides which image it is");
  if (verdict == Verdict::allowed) return;
  const Reference& parts = subject.parts;
  const TextRange range{parts.without_suffix().begin, parts.tag ? parts.tag->end : parts.name.end};
  report.at(subject, range, quoted_range(subject, range) + " is not among the approved images");
}

}  // namespace

extern const Rule image_not_allowed;
constinit const Rule image_not_allowed = {
    .info =
        {
            .name = "image-not-allowed",
            .summary = "An image that is not among the approved ones.",
            .why = "Some teams approve base images one by one, down to the tag, because somebody looks after "
                   "them.",
            .severity = Severity::error,
            .strict_severity = Severity::error,
            .needs_configuration = true,
            .judges_parts = true,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
