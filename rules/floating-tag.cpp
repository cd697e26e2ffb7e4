#include <algorithm>
#include <string>
#include <vector>

#include "policy/pattern.hpp"
#include "policy/tag_version.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"
#include "rules/support/tags.hpp"

namespace imglint::rules {
namespace {

constexpr ColumnInfo columns[] = {
    {.name = "images",
     .type = OptionType::pattern_list,
     .doc = "what images have the channels",
     .required = true},
    {.name = "tags", .type = OptionType::word_list, .doc = "the channels", .required = true},
};

constexpr OptionInfo options[] = {
    {.name = "tags",
     .type = OptionType::text_list,
     .doc = "further channels; `!name` takes one off the list"},
    {.name = "per-image",
     .type = OptionType::table_list,
     .doc = "channels that only images of a pattern have",
     .columns = columns},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM nginx:⟦mainline-alpine⟧\n"},
    {.file = "compose.yaml", .text = "services:\n  web:\n    image: ghcr.io/acme/web:⟦main⟧\n"},
    {.file = "Dockerfile", .text = "FROM debian:bookworm\n", .note = "A codename is a release"},
    {.file = "Dockerfile", .text = "FROM rust:nightly-2024-07-22\n", .note = "A dated build does not move"},
    {.file = "compose.yaml",
     .text = "services:\n  web:\n    image: ghcr.io/acme/web:⟦weekly⟧\n",
     .config = "rules:\n  floating-tag:\n    tags: [weekly]\n"},
};

constexpr std::string_view channels[] = {"beta",    "canary",   "dev",    "edge", "lts",
                                         "main",    "mainline", "master", "next", "nightly",
                                         "rolling", "snapshot", "stable", "test", "unstable"};

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == text.npos; }

/// A part that names one build: a date, a commit, a whole version.
bool pins_a_build(std::string_view part) {
  const auto version = tag_version(part);
  if (version && (version->is_date() || version->parts.size() >= 3)) return true;
  return part.size() >= 7 && part.size() <= 40 && is_hex(part) &&
         part.find_first_of("0123456789") != part.npos;
}

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_channel(std::string_view word, const ImageName& image, const RuleSettings& settings) {
  const std::vector<std::string>& configured = settings.list("tags");
  if (has(configured, "!" + std::string(word))) return false;
  if (has(configured, word)) return true;
  for (const OptionTable* table : settings.tables_for("per-image", "images", image))
    if (has(items(*table, "tags"), word)) return true;
  return std::binary_search(std::begin(channels), std::end(channels), word);
}

bool floats(std::string_view tag, const ImageName& image, const RuleSettings& settings) {
  if (is_channel(tag, image, settings)) return true;
  const std::size_t dash = tag.find('-');
  if (dash == tag.npos || !is_channel(tag.substr(0, dash), image, settings)) return false;
  for (std::size_t begin = dash + 1; begin <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', begin), tag.size());
    if (pins_a_build(tag.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

void check(const Subject& subject, Report& report) {
  const auto tag = deciding_tag(subject, report);
  if (!tag || !floats(subject.name.tag, subject.name, report.settings())) return;
  report.at(subject, *tag, "tag " + quoted(subject.name.tag) + " is a channel that its publisher moves");
}

}  // namespace

extern const Rule floating_tag;
constinit const Rule floating_tag =
    tag_rule(TagRank::floating,
             {
                 .name = "floating-tag",
                 .summary = "The tag is a moving channel: `stable`, `edge`, `nightly`.",
                 .why = "A channel names what is newest of its kind today. Two builds of one commit may use "
                        "different "
                        "images. Codenames such as `bookworm` or `noble` are releases and no channels.",
                 .severity = Severity::warning,
                 .strict_severity = Severity::error,
                 .options = options,
                 .examples = examples,
             },
             check);

}  // namespace imglint::rules
