#include "check/configured_projects.hpp"

#include "base/quote.hpp"
#include "source/inside.hpp"

namespace imglint {

Result<void> check_inside(const Placed<std::string>& file, FileSystem& files) {
  const std::string beside(folder_of(file.place.file));
  const auto folder = files.resolve(beside.empty() ? std::string(".") : beside);
  const bool there = files.link_status(file.value).has_value();
  const auto resolved = files.resolve(there ? file.value : std::string(folder_of(file.value)));
  if (!folder || (resolved && is_inside(*resolved, *folder))) return {};
  return Error{.message = quote(file.value) +
                          (resolved ? " lies outside of the folder of this file" : " cannot be found"),
               .hint = "name it on the command line, if it is meant",
               .path = file.place.file,
               .line = file.place.line,
               .column = file.place.column};
}

std::vector<MissingFile> missing_files(const RunConfig& run, FileSystem& files) {
  std::vector<MissingFile> missing;
  const auto look = [&](const std::vector<Placed<std::string>>& named) {
    for (const Placed<std::string>& file : named)
      if (const auto status = files.status(file.value); !status && is_absent(status.error()))
        missing.push_back(
            {file.value,
             {.message = quote(file.value) + ": " + file_error("cannot read", "", status.error()).message,
              .path = file.place.file,
              .line = file.place.line,
              .column = file.place.column}});
  };
  look(run.env_files);
  for (const ProjectConfig& project : run.projects) {
    look(project.files);
    look(project.env_files);
  }
  return missing;
}

std::vector<std::string> values_of(const std::vector<Placed<std::string>>& words) {
  std::vector<std::string> values;
  for (const Placed<std::string>& word : words) values.push_back(word.value);
  return values;
}

Result<std::vector<assembly::ProjectRequest>> configured_projects(const RunConfig& run, FileSystem& files) {
  std::vector<assembly::ProjectRequest> requests;
  for (const ProjectConfig& project : run.projects) {
    std::vector<assembly::ProjectRequest::Place> places;
    for (const auto* named : {&project.files, &project.env_files})
      for (const Placed<std::string>& file : *named) {
        if (auto good = check_inside(file, files); !good) return std::move(good).error();
        places.push_back({file.value, file.place.file, file.place.line, file.place.column});
      }
    if (project.files.empty()) continue;
    std::vector<assembly::ProjectRequest::Place> profile_places;
    for (const Placed<std::string>& profile : project.profiles)
      profile_places.push_back({profile.value, profile.place.file, profile.place.line, profile.place.column});
    requests.push_back({.folder = std::string(folder_of(project.files.front().value)),
                        .files = values_of(project.files),
                        .directory = project.directory ? project.directory->value : std::string(),
                        .env_files = values_of(project.env_files),
                        .profiles = values_of(project.profiles),
                        .places = std::move(places),
                        .profile_places = std::move(profile_places)});
  }
  return requests;
}

}  // namespace imglint
