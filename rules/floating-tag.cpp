#include <string>
#include <vector>

#include "base/word_list.hpp"
#include "policy/channel_tag.hpp"
#include "policy/pattern.hpp"
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

bool is_channel(std::string_view word, const ImageName& image, const RuleSettings& settings) {
  const std::vector<std::string>& configured = settings.list("tags");
  if (has_word(configured, "!" + std::string(word))) return false;
  if (has_word(configured, word)) return true;
  for (const OptionTable* table : settings.tables_for("per-image", "images", image))
    if (has_word(items(*table, "tags"), word)) return true;
  return is_common_channel(word);
}

bool floats(std::string_view tag, const ImageName& image, const RuleSettings& settings) {
  return is_channel_tag(tag, [&](std::string_view word) { return is_channel(word, image, settings); });
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
