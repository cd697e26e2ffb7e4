#include <string>

#include "base/edit_distance.hpp"
#include "policy/tag_version.hpp"
#include "reference/frontend.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view require_choices[] = {"major", "minor", "digest"};

constexpr OptionInfo options[] = {
    {.name = "require",
     .type = OptionType::choice,
     .doc = "how exactly Docker's own frontend must be named",
     .default_value = "major",
     .choices = require_choices},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "# syntax=⟦docker/dokcerfile⟧:1\nFROM alpine:3.20\n"},
    {.file = "Dockerfile",
     .text = "# syntax=docker/dockerfile:⟦labs⟧\nFROM alpine:3.20\n",
     .note = "No major version"},
    {.file = "Dockerfile",
     .text = "# syntax=⟦acme/frontend:2⟧\nFROM alpine:3.20\n",
     .note = "A third party's, and not pinned"},
    {.file = "Dockerfile", .text = "# syntax=docker/dockerfile:1\nFROM alpine:3.20\n"},
    {.file = "Dockerfile",
     .text = "# syntax=mirror.example/docker/dockerfile:1\nFROM alpine:3.20\n",
     .note = "Docker's own, by a mirror"},
};

constexpr std::string_view own_frontends[] = {"docker/dockerfile", "docker/dockerfile-upstream"};

/// The frontend that was probably meant; empty if none is near.
std::string_view nearest_own(const ImageName& name) {
  if (name.registry != "docker.io") return {};
  for (const std::string_view own : own_frontends)
    if (edit_distance(name.repository, own) <= 2) return own;
  return {};
}

void check_own(const Subject& subject, Report& report) {
  const std::string_view wanted = report.settings().text("require", "major");
  const Reference& parts = subject.parts;
  if (parts.digest) return;
  if (subject.tag == Knowledge::unknown || subject.digest == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value may hold the tag");
  if (wanted == "digest") {
    report.at(subject, parts.without_suffix(), "the frontend has no digest");
    return;
  }
  // No tag at all is missing-tag's, `latest` latest-tag's.
  if (!parts.tag || subject.name.tag == "latest") return;
  const auto version = tag_version(subject.name.tag);
  const std::size_t least = wanted == "minor" ? 2 : 1;
  if (version && version->parts.size() >= least) return;
  report.at(subject, *parts.tag,
            "tag " + quoted(subject.name.tag) + " has no " + std::string(wanted) + " version");
}

void check(const Subject& subject, Report& report) {
  if (subject.use->role->function != Function::frontend || !subject.has_parts) return;
  if (subject.registry == Knowledge::unknown || subject.repository == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value decides which image it is");
  if (is_dockers_frontend(subject.name.repository)) return check_own(subject, report);
  const Reference& parts = subject.parts;
  const std::string_view meant = nearest_own(subject.name);
  if (!meant.empty()) {
    Finding& finding = report.at(subject, parts.repository(),
                                 "there is no frontend " + quoted(subject.text(parts.repository())) + "; " +
                                     quoted(meant) + " is one or two letters away");
    offer_fix(finding, "write " + quoted(meant), Safety::suggestion,
              edit_of(subject, parts.repository(), std::string(meant)));
    return;
  }
  if (parts.digest) return;
  if (subject.digest == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value may hold the digest");
  const TextRange range{parts.without_suffix().begin, parts.tag ? parts.tag->end : parts.name.end};
  report.at(subject, range, "a third party's frontend without a digest runs in every build");
}

}  // namespace

extern const Rule frontend_image;
constinit const Rule frontend_image = {
    .info =
        {
            .name = "frontend-image",
            .summary =
                "A `# syntax` image that is misspelt, not Docker's and not pinned, or without a version.",
            .why = "The frontend is an image that reads the Dockerfile and decides what is built. It is "
                   "pulled first "
                   "of all, and trusted with everything.",
            .severity = Severity::info,
            .strict_severity = Severity::info,
            .fixability = Fixability::suggestion,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
};

}  // namespace imglint::rules
