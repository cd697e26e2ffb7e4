// What `imglint pin` and `imglint unpin` print, and what they make of comments.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "check/suppression_index.hpp"
#include "cli/registries/pin_options.hpp"
#include "cli/session.hpp"
#include "config/policy_cache.hpp"
#include "pin/pin.hpp"
#include "project/project.hpp"

namespace imglint {

/// The comments of the files of a run, read when first asked for.
using PinExcuses = std::map<const Document*, std::unique_ptr<SuppressionIndex>>;

/// A use may be without a digest where a comment allows it: `# imglint ignore=require-digest`. Borrows both.
[[nodiscard]] IsExcused pin_excuses(PolicyCache& policies, PinExcuses& excuses);

struct PinPrint {
  PinMode mode = PinMode::write;
  StateFormat format = StateFormat::text;
  const Project* project = nullptr;  ///< standard input was read: its text goes to standard output
  bool lists_all = false;            ///< nothing is edited, so every image is listed
  bool unpins = false;
  std::string hides_digest = {};  ///< a digest that stands for one that is not known
};
void print_pins(const RetargetPlan& plan, const PinPrint& how, const Session& session);

/// 2 where nobody could say what a tag means, 1 where a reference is left or a check finds something to do.
[[nodiscard]] ExitCode pin_exit_code(const RetargetPlan& plan, PinMode mode);

}  // namespace imglint
