// What a configuration says that has no effect, and is no mistake for all that: a remark each.
#pragma once

#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace imglint {

struct IdleRequest {
  /// Of a run over everything, what note_chosen() has marked; else null.
  const std::vector<bool>* chosen = nullptr;
  std::string_view as_of = {};  ///< the day of the run
};

/// Globs of `files`, `places`, `exceptions` and `overrides` that begin with a folder or a file that is not
/// there, those of `files` and `places` that fit nothing, exceptions whose day is over, directories of
/// projects that are not there, and rules that are turned on without what they go by. Of the file itself
/// alone: what it extends may be written for others.
[[nodiscard]] std::vector<Error> idle_settings(const Config& config, FileSystem& files,
                                               const IdleRequest& request);

/// Marks which entries of `files`, and behind them of `places`, fit a file of the run, by its absolute path.
void note_chosen(const Config& config, std::string_view path, std::vector<bool>& chosen);

}  // namespace imglint
