// The runs of `imglint retarget` over files: plan, prove, write; and the way back.
#pragma once

#include "cli/commands/retarget_options.hpp"
#include "cli/configured_contexts.hpp"
#include "cli/session.hpp"

namespace imglint {

[[nodiscard]] ExitCode run_retarget(const RetargetWords& words, const RetargetSettings& settings,
                                    const Mapping& mapping, ConfiguredContexts& contexts,
                                    const Session& session);
[[nodiscard]] ExitCode run_revert(const RetargetWords& words, const RetargetSettings& settings,
                                  ConfiguredContexts& contexts, const Session& session);

/// Prints the error of a whole run, as JSON on standard output too if that was asked for.
[[nodiscard]] ExitCode report_error(const RunError& error, bool json, const Session& session);

/// Prints what could not be done to a file, as JSON too if that was asked for.
[[nodiscard]] ExitCode failed(const Error& error, bool json, const Session& session);

struct WriteResult {
  std::optional<Error> error;
  bool any = false;  ///< at least one file holds the new bytes
};

/// Writes the files of the edits, all or none, if they are still those that the project read, from git's
/// index if they are staged. Remarks are printed.
[[nodiscard]] WriteResult write_edits(const std::vector<EditSet>& edits, const Project& project,
                                      const Session& session, bool is_staged = false);

}  // namespace imglint
