#include "policy/compat.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace imglint {
namespace {

constexpr std::string_view missing_tag[] = {"missing-tag"};
constexpr std::string_view latest_tag[] = {"latest-tag"};
constexpr std::string_view missing_or_latest[] = {"missing-tag", "latest-tag"};
constexpr std::string_view moving_tags[] = {"missing-tag", "latest-tag", "floating-tag"};
constexpr std::string_view unknown_stage[] = {"unknown-stage"};
constexpr std::string_view self_copy[] = {"self-copy"};
constexpr std::string_view duplicate_stage[] = {"duplicate-stage"};
constexpr std::string_view registry_not_allowed[] = {"registry-not-allowed"};
constexpr std::string_view constant_platform[] = {"constant-platform"};
constexpr std::string_view reserved_stage_name[] = {"reserved-stage-name"};
constexpr std::string_view require_digest[] = {"require-digest"};
constexpr std::string_view tag_with_digest[] = {"tag-with-digest"};

constexpr ForeignRule table[] = {
    {"CKV_DOCKER_11", duplicate_stage},
    {"CKV_DOCKER_7", missing_or_latest},
    {"CL-0004", moving_tags},
    {"CL-0019", require_digest},
    {"DL3006", missing_tag},
    {"DL3007", latest_tag},
    {"DL3022", unknown_stage},
    {"DL3023", self_copy},
    {"DL3024", duplicate_stage},
    {"DL3026", registry_not_allowed},
    {"DL3029", constant_platform},
    {"DL3063", reserved_stage_name},
    {"DS-0001", missing_or_latest},
    {"DS-0006", self_copy},
    {"DS-0012", duplicate_stage},
    {"S6596", missing_or_latest},
    {"S7023", require_digest},
    {"S8431", tag_with_digest},
    {"service-image-require-explicit-tag", moving_tags},
};

/// `DS-0001` of `AVD-DS-0001`, `DS001` and `DS-0001`.
std::string normal_name(std::string_view name) {
  if (name.starts_with("AVD-")) name.remove_prefix(4);
  if (name.size() == 5 && name.starts_with("DS0")) return "DS-0" + std::string(name.substr(2));
  return std::string(name);
}

}  // namespace

std::span<const ForeignRule> foreign_rules() { return table; }

std::span<const std::string_view> rules_for_foreign(std::string_view name) {
  const std::string normal = normal_name(name);
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [&](const ForeignRule& rule) { return rule.name == normal; });
  return found == std::end(table) ? std::span<const std::string_view>() : found->rules;
}

std::span<const std::string_view> rules_for_dclint() { return moving_tags; }

}  // namespace imglint
