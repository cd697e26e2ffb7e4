#include "cli/commands/surroundings.hpp"

#include <string>
#include <utility>

#include "project/coupled.hpp"

namespace imglint {

const std::vector<FoundFile>& Surroundings::files(const char* what) {
  if (files_) return *files_;
  files_.emplace();
  const std::vector<std::string> here{"."};
  const std::vector<std::string> trees =
      trees_around(session_->files, options_->paths.empty() ? here : options_->paths);
  if (trees.empty()) return *files_;
  if (session_->progress) session_->progress(what, 0, 0);
  files_ =
      discover(
          session_->files, trees,
          {.no_ignore = options_->no_ignore, .choose = contexts_->hooks().choose, .jobs = options_->jobs})
          .files;
  return *files_;
}

}  // namespace imglint
