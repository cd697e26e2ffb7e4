// Diagnostics: the findings of `check` as the protocol shows them.
#pragma once

#include <string>
#include <vector>

#include "config/policy_cache.hpp"
#include "lsp/places.hpp"
#include "lsp/protocol.hpp"
#include "lsp/view.hpp"
#include "lsp/workspace.hpp"

namespace imglint::lsp {

[[nodiscard]] Diagnostic diagnostic_of(const Finding& finding, const Settings& settings, Places& places);

/// Of one file: what was found in it, or why it could not be read.
[[nodiscard]] std::vector<Diagnostic> diagnostics_of(const std::string& path, const Workspace& workspace,
                                                     Places& places);

/// The findings of a document that a range touches. Where it is no more than a cursor and touches none: those
/// of its line, so that it need not stand on what is underlined.
[[nodiscard]] std::vector<const Finding*> findings_at(const View& view, const Range& range);

/// Whether the finding is shown in this file.
[[nodiscard]] bool is_in(const Finding& finding, std::string_view path);

/// A mistake in a configuration, in the file it is about.
[[nodiscard]] Diagnostic diagnostic_of(const Error& error);

}  // namespace imglint::lsp
