// A tree of files for benchmarks, the same on every machine: half Dockerfiles, half compose files, of the
// sizes that real ones have (median 0.8 kB, one in a hundred above 48 kB).
#pragma once

#include <cstddef>
#include <string>

namespace imglint::bench {

/// Makes the tree in an empty folder: 100 files to a folder. Gives the bytes written. `scale` multiplies the
/// size of each file.
std::size_t make_tree(const std::string& folder, std::size_t files, double scale = 1);

}  // namespace imglint::bench
