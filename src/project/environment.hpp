// Environment files: the `.env` beside a file, or those that options name, each read once for a run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expansion/template.hpp"
#include "project/project.hpp"

namespace imglint {

/// The path of a file of this name in the folder of another.
[[nodiscard]] std::string beside(std::string_view path, std::string_view name);

/// The last component of the folder of a file; empty if it cannot be told.
std::string folder_name(const std::string& path, FileSystem& files);

/// The assignments of one file, read once for all compose files that use it. One that is not required need
/// not be there. What symbolic links lead to stands under its own name.
const EnvironmentFile& environment_file(const std::string& path, bool required, const LoadOptions& options,
                                        FileSystem& files, Project& project);

/// --env-file in the order given, or the .env beside a file.
[[nodiscard]] std::vector<std::string> environment_paths(std::string_view path, const LoadOptions& options);

/// Adds what is wrong in those files, once they are read, to a document that takes values from them.
void add_environment_troubles(Document& document, const LoadOptions& options, const Project& project);

/// Adds the values of one file; it replaces what earlier ones say.
void add_values(const EnvironmentFile& file, TemplateValues& values);

}  // namespace imglint
