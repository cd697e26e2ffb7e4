#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr std::string_view scope_choices[] = {"project", "file"};

constexpr OptionInfo options[] = {
    {.name = "scope",
     .type = OptionType::choice,
     .doc = "whether all files of a run are compared, or each by itself",
     .default_value = "project",
     .choices = scope_choices},
};

constexpr Example examples[] = {
    {.file = "Dockerfile",
     .text =
         "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d AS build\n"
         "FROM alpine:3.20@⟦sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c⟧\n"},
    {.file = "compose.yaml",
     .text = "services:\n"
             "  a:\n    image: "
             "redis:7.2@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n"
             "  b:\n    image: "
             "redis:⟦7.4⟧@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n"},
    {.file = "Dockerfile",
     .text =
         "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d AS build\n"
         "FROM alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d\n"},
    {.file = "Dockerfile",
     .text = "FROM --platform=linux/amd64 "
             "alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d AS a\n"
             "FROM --platform=linux/arm64 "
             "alpine:3.20@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS b\n",
     .note = "Each platform has a digest of its own"},
};

using Group = std::vector<const Subject*>;

bool has_known_tag_and_digest(const Subject& subject) {
  return is_pulled_or_frontend(subject) && subject.parts.tag && subject.parts.digest &&
         std::max({subject.registry, subject.repository, subject.tag, subject.digest}) != Knowledge::unknown;
}

/// The value that most members have; of equals the one that comes first.
template <class Value>
const Subject* most_common(const Group& group, Value value) {
  std::map<std::string, std::size_t> count;
  for (const Subject* subject : group) ++count[value(*subject)];
  return *std::max_element(group.begin(), group.end(), [&](const Subject* a, const Subject* b) {
    return count[value(*a)] < count[value(*b)];
  });
}

template <class Value, class Place>
void report_outliers(const Group& group, Value value, Place place, const std::string& what, Report& report) {
  const Subject* usual = most_common(group, value);
  for (const Subject* subject : group) {
    if (value(*subject) == value(*usual)) continue;
    Finding& finding = report.at(*subject, place(*subject), what);
    finding.related.push_back(
        {{usual->document->source, usual->use->span}, "stands here with " + value(*usual)});
  }
}

/// Which run of files is compared with each other: all, or one by one.
std::string scope_of(const CheckedDocument& file) {
  const RuleSettings& settings = file.policy->settings("digest-conflict");
  return settings.text("scope", "project") == "file" ? file.document->source->path() + "\n" : "";
}

bool is_compared(const Subject& subject) { return subject.use->active && has_known_tag_and_digest(subject); }

bool concerns_project(std::span<const Subject> subjects, const Policy&) {
  return std::any_of(subjects.begin(), subjects.end(), is_compared);
}

void check(std::span<const CheckedDocument> files, Report& report) {
  std::map<std::string, Group> by_tag;
  std::map<std::string, Group> by_digest;
  for (const CheckedDocument& file : files) {
    const std::string scope = scope_of(file);
    for (const Subject& subject : file.subjects) {
      if (!is_compared(subject)) continue;
      const ImageName& name = subject.name;
      const std::string key = scope + name.registry + "/" + name.repository + " " +
                              std::string(file.document->platform_of(*subject.use).text()) + " ";
      by_tag[key + name.tag].push_back(&subject);
      by_digest[key + name.digest].push_back(&subject);
    }
  }
  for (const auto& [key, group] : by_tag)
    report_outliers(
        group, [](const Subject& s) { return s.name.digest; },
        [](const Subject& s) { return *s.parts.digest; },
        "tag " + quoted(group.front()->name.tag) + " stands with another digest elsewhere", report);
  for (const auto& [key, group] : by_digest)
    report_outliers(
        group, [](const Subject& s) { return s.name.tag; }, [](const Subject& s) { return *s.parts.tag; },
        "the same digest stands under another tag elsewhere", report);
}

}  // namespace

extern const Rule digest_conflict;
constinit const Rule digest_conflict = {
    .info =
        {
            .name = "digest-conflict",
            .summary = "One tag with two digests, or one digest under two tags of an image.",
            .why = "Where tag and digest stand together they are moved together. If they disagree between "
                   "two places, "
                   "an update was only half done, and the digest is what counts.",
            .severity = Severity::warning,
            .strict_severity = Severity::warning,
            .options = options,
            .examples = examples,
        },
    .check_project = check,
    .concerns_project = concerns_project,
};

}  // namespace imglint::rules
