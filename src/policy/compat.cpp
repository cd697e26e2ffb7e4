#include "policy/compat.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace imglint {
namespace {

/// A rule of another linter and those that find the same here.
struct ForeignRule {
  std::string_view name;  ///< as that linter writes it: `DL3006`
  std::span<const std::string_view> rules;
};

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
constexpr std::string_view undefined_arg[] = {"undefined-arg"};
constexpr std::string_view empty_arg[] = {"empty-arg"};

constexpr std::string_view all_of_buildkit[] = {"constant-platform", "duplicate-stage", "empty-arg",
                                                "reserved-stage-name", "undefined-arg"};
constexpr std::string_view all_of_tally[] = {
    "constant-platform", "duplicate-stage",      "empty-arg",           "latest-tag",    "missing-tag",
    "self-copy",         "registry-not-allowed", "reserved-stage-name", "unknown-stage", "undefined-arg"};
constexpr std::string_view all_of_kics[] = {"constant-platform", "duplicate-stage", "latest-tag",
                                            "missing-tag", "self-copy"};
constexpr std::string_view all_of_semgrep[] = {"constant-platform", "latest-tag", "missing-tag",
                                               "require-digest"};

constexpr ForeignRule foreign_table[] = {
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
    {"DuplicateStageName", duplicate_stage},
    {"FromPlatformFlagConstDisallowed", constant_platform},
    {"InvalidDefaultArgInFrom", empty_arg},
    {"ReservedStageName", reserved_stage_name},
    {"S6596", missing_or_latest},
    {"S7023", require_digest},
    {"S8431", tag_with_digest},
    {"UndefinedArgInFrom", undefined_arg},
    {"avoid-latest-version", latest_tag},
    {"avoid-platform-with-from", constant_platform},
    {"dockerfile-source-not-pinned", require_digest},
    {"missing-image-version", missing_tag},
    {"service-image-require-explicit-tag", moving_tags},
};

/// `DS-0001` of `AVD-DS-0001`, `DS001` and `DS-0001`.
std::string normal_name(std::string_view name) {
  if (name.starts_with("AVD-")) name.remove_prefix(4);
  if (name.size() == 5 && name.starts_with("DS0")) return "DS-0" + std::string(name.substr(2));
  return std::string(name);
}

}  // namespace

std::span<const std::string_view> rules_for_foreign(std::string_view name) {
  const std::string normal = normal_name(name);
  const auto* found = std::find_if(std::begin(foreign_table), std::end(foreign_table),
                                   [&](const ForeignRule& rule) { return rule.name == normal; });
  return found == std::end(foreign_table) ? std::span<const std::string_view>() : found->rules;
}

std::span<const std::string_view> rules_for_linter(std::string_view linter) {
  if (linter == "dclint") return moving_tags;
  if (linter == "buildkit") return all_of_buildkit;
  if (linter == "tally") return all_of_tally;
  if (linter == "kics") return all_of_kics;
  if (linter == "semgrep") return all_of_semgrep;
  return {};
}

}  // namespace imglint
