// What a compose project is made from: the options of a run, or the configuration, or a folder alone.
#pragma once

#include <string>
#include <vector>

namespace imglint::assembly {

struct ProjectRequest {
  std::string folder;                  ///< in which the command would be run, as a path that can be printed
  std::vector<std::string> files;      ///< `-f`, from where imglint runs; empty: found as docker compose does
  std::string directory;               ///< `--project-directory`; empty: that of the first file
  std::vector<std::string> env_files;  ///< `--env-file`; empty: the `.env`
  std::vector<std::string> profiles;
  bool named = false;  ///< the user names the files, so they may lie anywhere
};

}  // namespace imglint::assembly
