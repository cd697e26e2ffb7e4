// Which reports `imglint merge` reads, and which repository each is of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "output/merged/merge.hpp"

namespace imglint {

/// The reports of words like `REPORT`, `NAME=REPORT` and `-`. A folder stands for the reports in it and
/// below, in order of their paths. An error for a folder without any, and for one that cannot be read.
[[nodiscard]] Result<std::vector<NamedReport>> named_reports(const std::vector<std::string>& words,
                                                             FileSystem& files);

/// Names of repositories that were made of the names of several files in different places: are they of one?
[[nodiscard]] std::optional<Error> doubtful_names(const std::vector<NamedReport>& reports);

/// Reads a report, or standard input, block by block.
[[nodiscard]] Result<NextBlock> open_report(const NamedReport& report, const Session& session);

}  // namespace imglint
