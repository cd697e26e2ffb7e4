// Which references a place of a document belongs to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lsp/view.hpp"
#include "model/document.hpp"

namespace imglint::lsp {

/// A use together with the document that it was read in: the file's own reading, or one with build arguments.
struct FoundUse {
  const Document* document = nullptr;
  const ImageUse* use = nullptr;
};

/// The use that is written at an offset, in each reading of the file; the file's own reading comes first.
[[nodiscard]] std::vector<FoundUse> uses_written_at(const View& view, std::uint32_t offset);
/// The uses of this file that take a variable's value from an offset.
[[nodiscard]] std::vector<FoundUse> uses_fed_from(const View& view, std::uint32_t offset);

/// What is pulled, in full: `docker.io/library/nginx:1.27`; empty where that is not known.
[[nodiscard]] std::string full_name(const ImageUse& use);
/// A person's words for where a variable's text comes from: `default of ARG TAG, line 1`.
[[nodiscard]] std::string origin_of(const Variable& variable, const View& view);

/// Whether it names an image that a registry serves.
[[nodiscard]] bool is_pulled(const ImageUse& use);

}  // namespace imglint::lsp
