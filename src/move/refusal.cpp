#include "move/refusal.hpp"

#include <algorithm>
#include <iterator>

namespace imglint {

namespace {

struct Name {
  RefusalKind kind;
  std::string_view name;
};
constexpr Name kind_names[] = {
    {RefusalKind::usage, "usage"},
    {RefusalKind::bad_target, "bad-target"},
    {RefusalKind::bad_map, "bad-map"},
    {RefusalKind::conflicting_map, "conflicting-map"},
    {RefusalKind::not_idempotent, "not-idempotent"},
    {RefusalKind::blocked, "blocked"},
    {RefusalKind::collision, "collision"},
    {RefusalKind::file_error, "file-error"},
    {RefusalKind::invalid_reference, "invalid-reference"},
    {RefusalKind::invalid_target, "invalid-target"},
    {RefusalKind::target_depth, "target-depth"},
    {RefusalKind::target_needs_namespace, "target-needs-namespace"},
    {RefusalKind::unknown_variable, "unknown-variable"},
    {RefusalKind::variable_boundary, "variable-boundary"},
    {RefusalKind::shared_variable, "shared-variable"},
    {RefusalKind::conditional_variable, "conditional-variable"},
    {RefusalKind::defined_in_env_file, "defined-in-env-file"},
    {RefusalKind::defined_by_option, "defined-by-option"},
    {RefusalKind::shared_anchor, "shared-anchor"},
    {RefusalKind::variable_skipped, "variable-skipped"},
    {RefusalKind::moves_again, "moves-again"},
    {RefusalKind::not_understood, "not-understood"},
    {RefusalKind::kustomize_selector, "kustomize-selector"},
    {RefusalKind::kustomize_unmatched, "kustomize-unmatched"},
    {RefusalKind::global_registry, "global-registry"},
    {RefusalKind::template_, "template"},
    {RefusalKind::variable_tag, "variable-tag"},
    {RefusalKind::no_tag, "no-tag"},
    {RefusalKind::not_locked, "not-in-lock"},
    {RefusalKind::not_there, "missing"},
    {RefusalKind::denied, "denied"},
    {RefusalKind::not_asked, "not-asked"},
    {RefusalKind::no_answer, "no-answer"},
    {RefusalKind::rate_limited, "rate-limited"},
    {RefusalKind::host_unreachable, "host-unreachable"},
    {RefusalKind::too_young, "too-young"},
    {RefusalKind::no_platform, "no-platform"},
    {RefusalKind::unknown_platform, "unknown-platform"},
    {RefusalKind::not_editable, "not-editable"},
};

}  // namespace

std::string_view to_string(RefusalKind kind) {
  const auto* found = std::find_if(std::begin(kind_names), std::end(kind_names),
                                   [kind](const Name& each) { return each.kind == kind; });
  return found == std::end(kind_names) ? std::string_view() : found->name;
}

bool ends_run(RefusalKind kind) { return kind <= RefusalKind::file_error; }

}  // namespace imglint
