#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"
#include "rules/support/tags.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "images that may stand without a tag"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦nginx⟧\n"},
    {.file = "Dockerfile",
     .text = "ARG REGISTRY\nFROM ${REGISTRY}/⟦app⟧\n",
     .note = "An unknown registry does not hide it"},
    {.file = "Dockerfile", .text = "ARG BASE=⟦alpine⟧\nFROM $BASE\n", .note = "Reported at the default"},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: ⟦redis⟧\n"},
    {.file = "Dockerfile", .text = "FROM nginx:1.27 AS web\nFROM web\n"},
    {.file = "Dockerfile",
     .text = "ARG TAG\nFROM nginx:$TAG\n",
     .note = "An unknown tag is not a missing one"},
    {.file = "compose.yaml", .text = "services:\n  app:\n    image: app\n    build: .\n"},
};

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject)) return;
  const Reference& parts = subject.parts;
  if (parts.tag || parts.digest) return;
  if (subject.tag == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value may hold the tag");
  if (report.settings().patterns("allow").matches_any(subject.name)) return;
  report.at(subject, parts.name,
            "no tag, so " + quoted(display_name(subject)) + " means whatever 'latest' is today");
}

}  // namespace

extern const Rule missing_tag;
constinit const Rule missing_tag = tag_rule(
    TagRank::missing,
    {
        .name = "missing-tag",
        .summary = "A name with neither tag nor digest silently means `latest`.",
        .why = "Without a tag the engine pulls `latest`, so two builds of one commit may use different "
               "images, and a reader cannot tell which one was meant.",
        .severity = Severity::warning,
        .strict_severity = Severity::error,
        .options = options,
        .examples = examples,
    },
    check);

}  // namespace imglint::rules
