#include "project/git_warnings.hpp"

namespace imglint {

GitPaths unopened_folders(std::string_view errors) {
  constexpr std::string_view begin = "warning: could not open directory '";
  constexpr std::string_view end = "/': ";
  GitPaths folders;
  for (auto at = errors.find(begin); at != errors.npos; at = errors.find(begin, at)) {
    at += begin.size();
    const auto behind = errors.find(end, at);
    if (behind == errors.npos) break;
    folders.emplace_back(errors.substr(at, behind - at));
  }
  return folders;
}

}  // namespace imglint
