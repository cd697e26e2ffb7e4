// Reading a run again with other bytes in some files, to look at a change before it is made. The disk is not
// asked a second time: whatever happens there meanwhile, the run is the same but for the change.
#pragma once

#include <map>
#include <string>

#include "project/project.hpp"

namespace imglint {

/// Reads the files that `project` holds, from the bytes it holds or those in `changed` (by path), into
/// `into`, in the same order. `is_text` for a project of load_text().
void reload_project(const Project& project, const std::map<std::string, std::string>& changed, bool is_text,
                    LoadOptions options, FileSystem& files, Project& into);

}  // namespace imglint
