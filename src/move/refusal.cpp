#include "move/refusal.hpp"

namespace imglint {

std::string_view to_string(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::usage:
      return "usage";
    case RefusalKind::bad_target:
      return "bad-target";
    case RefusalKind::bad_map:
      return "bad-map";
    case RefusalKind::conflicting_map:
      return "conflicting-map";
    case RefusalKind::not_idempotent:
      return "not-idempotent";
    case RefusalKind::blocked:
      return "blocked";
    case RefusalKind::collision:
      return "collision";
    case RefusalKind::file_error:
      return "file-error";
    case RefusalKind::invalid_reference:
      return "invalid-reference";
    case RefusalKind::invalid_target:
      return "invalid-target";
    case RefusalKind::target_depth:
      return "target-depth";
    case RefusalKind::target_needs_namespace:
      return "target-needs-namespace";
    case RefusalKind::unknown_variable:
      return "unknown-variable";
    case RefusalKind::variable_boundary:
      return "variable-boundary";
    case RefusalKind::shared_variable:
      return "shared-variable";
    case RefusalKind::conditional_variable:
      return "conditional-variable";
    case RefusalKind::defined_in_env_file:
      return "defined-in-env-file";
    case RefusalKind::defined_by_option:
      return "defined-by-option";
    case RefusalKind::shared_anchor:
      return "shared-anchor";
    case RefusalKind::variable_skipped:
      return "variable-skipped";
    case RefusalKind::moves_again:
      return "moves-again";
    case RefusalKind::not_understood:
      return "not-understood";
    case RefusalKind::kustomize_selector:
      return "kustomize-selector";
    case RefusalKind::kustomize_unmatched:
      return "kustomize-unmatched";
    case RefusalKind::global_registry:
      return "global-registry";
    case RefusalKind::template_:
      return "template";
    case RefusalKind::not_editable:
      return "not-editable";
  }
  return {};
}

bool ends_run(RefusalKind kind) { return kind <= RefusalKind::file_error; }

}  // namespace imglint
