// ReadValues: the env files that references of a run take text from, with the comments in them that silence
// rules. Such a file is none of the run, but findings stand in it.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "check/check.hpp"

namespace imglint {

struct ReadValues {
  std::unique_ptr<Document> file;  ///< only its comments; never edited
  const Policy* policy = nullptr;  ///< of the first file of the run that reads it
  std::set<std::uint32_t> lines;   ///< that text is taken from
};

/// Those with comments of imglint, in the order of the files that read them.
[[nodiscard]] std::vector<ReadValues> read_values(std::span<const CheckTarget> targets);

}  // namespace imglint
