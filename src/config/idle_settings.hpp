// What a configuration says that has no effect, and is no mistake for all that: a remark each.
#pragma once

#include <vector>

#include "config/config.hpp"

namespace imglint {

/// Globs of `files`, `places`, `exceptions` and `overrides` that begin with a folder or a file that is not
/// there, and rules that are turned on without what they go by. Of the file itself alone: what it extends may
/// be written for others.
[[nodiscard]] std::vector<Error> idle_settings(const Config& config, FileSystem& files);

}  // namespace imglint
