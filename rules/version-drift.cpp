#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "policy/pattern.hpp"
#include "policy/tag_version.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view level_choices[] = {"tag", "minor", "major"};

constexpr OptionInfo options[] = {
    {.name = "images", .type = OptionType::pattern_list, .doc = "judge only these images"},
    {.name = "level",
     .type = OptionType::choice,
     .doc = "which part of a version must agree",
     .default_value = "tag",
     .choices = level_choices},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text = "FROM node:⟦20.11⟧-alpine AS build\nFROM node:22.3-alpine\n",
     .config = "rules:\n  version-drift: warning\n"},
    {.file = "compose.yaml",
     .text = "services:\n  a:\n    image: postgres:⟦15⟧\n  b:\n    image: postgres:16\n",
     .config = "rules:\n  version-drift: {severity: warning, level: major}\n"},
    {.file = "Dockerfile",
     .text = "FROM node:22.3 AS build\nFROM node:22.3-alpine\n",
     .config = "rules:\n  version-drift: warning\n",
     .note = "Variants of one version"},
};

struct Use {
  const Subject* subject;
  const Policy* policy;
  TagVersion version;
};

std::vector<std::uint64_t> compared_parts(const TagVersion& version, std::string_view level) {
  std::vector<std::uint64_t> parts = version.parts;
  const std::size_t count = level == "major" ? 1 : level == "minor" ? 2 : parts.size();
  parts.resize(std::min(parts.size(), count));
  return parts;
}

/// A group is compared as its first file has it.
std::string_view level_of(const std::vector<Use>& group) {
  return group.front().policy->settings("version-drift").text("level", "tag");
}

TextRange version_range(const Use& use) {
  const std::string_view tag = use.subject->text(*use.subject->parts.tag);
  const auto begin =
      use.subject->parts.tag->begin + static_cast<std::uint32_t>(use.version.text.data() - tag.data());
  return {begin, begin + static_cast<std::uint32_t>(use.version.text.size())};
}

void report_group(const std::vector<Use>& group, std::string_view level, Report& report) {
  const Use& newest = *std::max_element(group.begin(), group.end(), [](const Use& a, const Use& b) {
    return a.version.parts < b.version.parts;
  });
  const auto wanted = compared_parts(newest.version, level);
  for (const Use& use : group) {
    if (compared_parts(use.version, level) == wanted) continue;
    const TextRange range = version_range(use);
    Finding& finding =
        report.at(*use.subject, range,
                  "version " + quoted(use.version.text) + " of " + quoted(use.subject->name.repository) +
                      " stands beside version " + quoted(newest.version.text));
    offer_fix(finding, "write version " + quoted(newest.version.text), Safety::suggestion,
              edit_of(*use.subject, range, std::string(newest.version.text)));
    finding.related.push_back(
        {{newest.subject->document->source, newest.subject->use->span}, "the newest version stands here"});
  }
}

bool is_compared(const Subject& subject) {
  return subject.use->active && is_pulled_image(subject) && subject.parts.tag;
}

bool concerns_project(std::span<const Subject> subjects, const Policy&) {
  return std::any_of(subjects.begin(), subjects.end(), is_compared);
}

void check(std::span<const CheckedDocument> files, Report& report) {
  std::map<std::string, std::vector<Use>> groups;
  for (const CheckedDocument& file : files) {
    const PatternList& only = file.policy->settings("version-drift").patterns("images");
    for (const Subject& subject : file.subjects) {
      if (!is_compared(subject)) continue;
      if (std::max({subject.registry, subject.repository, subject.tag}) == Knowledge::unknown) continue;
      if (!only.empty() && !only.matches_any(subject.name)) continue;
      const auto version = tag_version(subject.text(*subject.parts.tag));
      if (!version || version->is_date()) continue;
      const std::string key =
          subject.name.registry + "/" + subject.name.repository + " " + std::string(version->variant);
      groups[key].push_back({&subject, file.policy, *version});
    }
  }
  for (const auto& [key, group] : groups) report_group(group, level_of(group), report);
}

}  // namespace

extern const Rule version_drift;
constinit const Rule version_drift = {
    .info =
        {
            .name = "version-drift",
            .summary = "One image at several versions in one project.",
            .why = "What is built with one version and run with another fails in ways that are hard to find. "
                   "Variants "
                   "of one version (`22.3` and `22.3-alpine`) are no drift.",
            .severity = Severity::off,
            .strict_severity = Severity::off,
            .fixability = Fixability::suggestion,
            .options = options,
            .examples = examples,
        },
    .check_project = check,
    .concerns_project = concerns_project,
};

}  // namespace imglint::rules
