// `imglint list --projects`: what each compose project of the run was put together from.
#pragma once

#include <string>

#include "output/list_output.hpp"
#include "project/project.hpp"

namespace imglint {

/// Each project with its files in order, its services, and who supplied each image.
[[nodiscard]] std::string list_projects(ListFormat format, const Project& project);

}  // namespace imglint
