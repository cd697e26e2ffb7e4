// Compose projects that an open file belongs to: what its places point to, and what its services came to be.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lsp/view.hpp"
#include "model/document.hpp"
#include "project/compose/projects.hpp"

namespace imglint::lsp {

/// How a project reads the file; null if the document was read in none.
[[nodiscard]] const assembly::ComposeProjects::FileReading* reading_of(const View& view,
                                                                       const Document& document);

/// A service of a project, put together.
struct ServiceInProject {
  const assembly::RunProject* project = nullptr;
  const assembly::AssembledService* service = nullptr;
};

/// The service whose name is written at an offset, in each project that has it of this file.
[[nodiscard]] std::vector<ServiceInProject> services_named_at(const View& view, std::uint32_t offset);
/// The service that a use belongs to, in the project of its document; without a service if there is none.
[[nodiscard]] ServiceInProject service_of(const View& view, const Document& document, const ImageUse& use);

/// What `include` and `extends` mean at an offset; an empty span at the beginning for a whole file.
[[nodiscard]] std::vector<Location> pointed_to(const View& view, std::uint32_t offset);

/// Where a value of a project is written; no source if it is written nowhere.
[[nodiscard]] Location place_of(const assembly::Item* item);
/// A path as it looks from the folder of the open file.
[[nodiscard]] std::string path_from(const View& view, const std::string& path);
/// A person's words for a place: `line 3`, or `../base.yaml line 3`.
[[nodiscard]] std::string words_for(const Location& place, const View& view);

}  // namespace imglint::lsp
