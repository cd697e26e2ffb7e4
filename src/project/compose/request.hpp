// What a compose project is made from: the options of a run, or the configuration, or a folder alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace imglint::assembly {

struct ProjectRequest {
  /// Where a configuration names a file.
  struct Place {
    std::string path;  ///< as in files or env_files
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };

  std::string folder;                  ///< in which the command would be run, as a path that can be printed
  std::vector<std::string> files;      ///< `-f`, from where imglint runs; empty: found as docker compose does
  std::string directory;               ///< `--project-directory`; empty: that of the first file
  std::vector<std::string> env_files;  ///< `--env-file`; empty: the `.env`
  std::vector<std::string> profiles;
  bool named = false;                      ///< the user names the files, so they may lie anywhere
  bool is_here = false;                    ///< of the folder in which imglint runs, or of its command line
  std::vector<Place> places = {};          ///< of files and env_files that a configuration names
  std::vector<Place> profile_places = {};  ///< of its profiles, each in place of a path
};

}  // namespace imglint::assembly
