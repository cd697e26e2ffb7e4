// Refusals: why a reference was not moved, or a whole run was not made. The kinds are an interface
// (docs/spec/retarget.md 6.6): scripts read their spelling.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace imglint {

enum class RefusalKind : std::uint8_t {
  // The whole run: nothing is written but before a file_error, exit code 2.
  usage,
  bad_target,
  bad_map,
  conflicting_map,
  not_idempotent,
  blocked,
  collision,
  file_error,  ///< a file cannot be read or written; others may have been written before it
  // One reference: the others are still moved, exit code 1.
  invalid_reference,
  invalid_target,
  target_depth,
  target_needs_namespace,
  unknown_variable,
  variable_boundary,
  shared_variable,
  conditional_variable,
  defined_in_env_file,
  defined_by_option,
  shared_anchor,
  variable_skipped,
  moves_again,          ///< the new name would be moved once more by a second run
  not_understood,       ///< a line could not be read, so that it is not known what it, or a name, stands for
  kustomize_selector,   ///< what an entry of a kustomization selects cannot all move with it
  kustomize_unmatched,  ///< an entry selects something that is not here
  global_registry,      ///< a registry for all references of a values file, which others do not agree with
  template_,            ///< a chart's template stands in the name
  // Only of pin and verify (docs/spec/online.md 5).
  variable_tag,      ///< a variable supplies the tag: a digest behind it would outlive every other value
  no_tag,            ///< a digest alone: nobody knows which tag to ask for
  not_locked,        ///< the lock does not know it
  not_there,         ///< the registry has no such image
  denied,            ///< the registry wants other credentials
  not_asked,         ///< its host may not be asked
  no_answer,         ///< nobody can say; the run has failed
  rate_limited,      ///< the same: the registry was asked too often
  host_unreachable,  ///< the same: its registry is not asked any more
  too_young,         ///< its digest has not been known for long enough
  no_platform,       ///< the image is not there for the platform
  unknown_platform,  ///< its digest is that of one platform, nobody knows of which
  not_editable,      ///< the bytes cannot carry the new name: an escape, a fold, a file with a syntax error
};
/// As printed: `unknown-variable`.
[[nodiscard]] std::string_view to_string(RefusalKind kind);
/// Whether this kind ends the whole run.
[[nodiscard]] bool ends_run(RefusalKind kind);

/// Why one reference stays as it is. The message says what is in the way and what to change.
struct Refusal {
  RefusalKind kind = RefusalKind::usage;
  std::string message;  ///< lower-case start, no final stop
};

/// What is wrong at several places: a line that says it, and one for each.
struct RunCause {
  std::string message;
  std::vector<std::string> places;
};

/// Why a run was not made.
struct RunError {
  RefusalKind kind = RefusalKind::usage;
  Error error;
  std::vector<RunCause> causes = {};  ///< for people, in place of a message that would be one long line
};

}  // namespace imglint
