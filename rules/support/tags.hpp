// What the rules about tags share. They are one group: what a tag says is reported once, by the rule of
// lowest rank.
#pragma once

#include <optional>
#include <string_view>

#include "rules/rule.hpp"

namespace imglint {

/// Which of them speaks, where several would. A word that was meant for a stage has no tag to judge.
enum class TagRank : std::uint8_t { stage, missing, latest, floating, partial, pattern };

/// The name of the group.
inline constexpr std::string_view tag_group = "tag";

/// A rule about tags, of which all can end in "cannot judge".
constexpr Rule tag_rule(TagRank rank, RuleInfo info, void (*check)(const Subject&, Report&)) {
  info.judges_parts = true;
  return {.info = info, .check_use = check, .group = tag_group, .rank = static_cast<int>(rank)};
}

/// The tag of a pulled image that decides what is pulled: there is no digest beside it. Nothing if there is
/// no tag, or if a variable without a value holds it, which is said.
[[nodiscard]] std::optional<TextRange> deciding_tag(const Subject& subject, Report& report);

}  // namespace imglint
