// Files that say what is read and how it is judged: which they are, and whether they are others by now.
#include <algorithm>
#include <iterator>

#include "lsp/workspace.hpp"
#include "project/ignore_files.hpp"

namespace imglint::lsp {
namespace {

/// In every folder these may say what is read, and how it is judged.
constexpr std::string_view configuring_names[] = {config_names[0], config_names[1], imglintignore_name,
                                                  gitignore_name};

}  // namespace

void Workspace::note_configuration(const std::string& path) {
  const auto status = configuration_files_->status(path);
  configuration_[path] = status ? std::optional(*status) : std::nullopt;
}

/// The configuration of a file may stand in any folder above it.
void Workspace::note_folders_of(std::string_view path) {
  for (std::string_view folder = folder_of(path); noted_folders_.emplace(folder).second;
       folder = folder_of(folder))
    for (const std::string_view name : configuring_names)
      note_configuration(join_path(std::string(folder), name));
}

/// Those that others extend may have any name.
void Workspace::note_read_configuration() {
  for (const std::string& path : policies_->files_read())
    if (!configuration_.contains(path)) note_configuration(path);
}

bool Workspace::is_another(const std::string& path, const std::optional<FileStatus>& before) {
  const auto now = configuration_files_->status(path);
  return now.has_value() != before.has_value() || (now && !same_version(*now, *before));
}

void Workspace::look_at_configuration() {
  if (std::ranges::any_of(configuration_,
                          [this](const auto& known) { return is_another(known.first, known.second); }))
    configure_again();
}

/// A configuration also says which files there are.
void Workspace::configure_again() {
  configure(settings_, today_);
  discovered_ = false;
}

}  // namespace imglint::lsp
