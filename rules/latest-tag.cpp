#include "policy/pattern.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"
#include "rules/support/tags.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view with_digest_choices[] = {"ok", "report"};

constexpr OptionInfo options[] = {
    {.name = "allow", .type = OptionType::pattern_list, .doc = "images that may be used as `latest`"},
    {.name = "with-digest",
     .type = OptionType::choice,
     .doc = "whether `latest` beside a digest is reported",
     .default_value = "ok",
     .choices = with_digest_choices},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM nginx:⟦latest⟧\n"},
    {.file = "Dockerfile", .text = "ARG TAG=⟦latest⟧\nFROM nginx:$TAG\n", .note = "Reported at the default"},
    {.file = "compose.yaml", .text = "services:\n  db:\n    image: redis:${TAG:-⟦latest⟧}\n"},
    {.file = "values.yaml", .text = "image:\n  tag: ⟦latest⟧\n", .note = "The name stands in another file"},
    {.file = "Dockerfile",
     .text = "FROM cgr.dev/chainguard/static:latest\n",
     .note = "Nothing else is published"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: acme/app:latest\n    build: .\n",
     .note = "The name of what is built here"},
};

/// Publishers whose free images have no other tag (docs/spec/rules.md 3, d1 and d2).
const std::vector<std::string>& published_as_latest_only() {
  static const std::vector<std::string> patterns = {"cgr.dev/chainguard/*", "bitnamisecure/*"};
  return patterns;
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject)) return;
  const Reference& parts = subject.parts;
  if (subject.tag == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value holds the tag");
  if (!parts.tag || subject.name.tag != "latest") return;
  if (parts.digest && report.settings().text("with-digest", "ok") == "ok") return;
  if (report.settings().patterns("allow").matches_any(subject.name)) return;
  if (matches_any(published_as_latest_only(), subject.name)) return;
  report.at(subject, *parts.tag, "tag 'latest' is whatever was pushed last");
}

}  // namespace

extern const Rule latest_tag;
constinit const Rule latest_tag = tag_rule(
    TagRank::latest,
    {
        .name = "latest-tag",
        .summary = "The tag `latest` moves with every release.",
        .why = "`latest` is a tag like any other: whoever publishes the image moves it, across major "
               "versions too. Two builds of one commit may use different images.",
        .severity = Severity::warning,
        .strict_severity = Severity::error,
        .options = options,
        .examples = examples,
    },
    check);

}  // namespace imglint::rules
