// A tree of files for benchmarks, the same on every machine: half Dockerfiles, half compose files, of the
// sizes that real ones have (median 0.8 kB, one in a hundred above 48 kB).
#pragma once

#include <cstddef>
#include <string>

namespace imglint::bench {

/// Makes the tree in an empty folder: 100 files to a folder. Gives the bytes written. `scale` multiplies the
/// size of each file.
std::size_t make_tree(const std::string& folder, std::size_t files, double scale = 1);

/// Dockerfiles of these sizes, each in a folder of its own. Gives the bytes written.
std::size_t make_dockerfiles(const std::string& folder, std::size_t files);

/// YAML as repositories have it beside compose files: `known` manifests and workflows, and `unknown` files of
/// no kind, which are translations, lock files and some dashboards of 400 kB. Gives the bytes written.
std::size_t make_other_yaml(const std::string& folder, std::size_t known, std::size_t unknown);

/// Makes compose projects in an empty folder, each in a folder of its own: a main file that includes two
/// others, one with an env file, and extends a service of a fourth; an override file; an `.env`. Or, for
/// comparison, the same files alone: with names that docker compose does not look for, and remarks where they
/// name each other. Gives the number of compose files.
std::size_t make_projects(const std::string& folder, std::size_t projects, bool together);

}  // namespace imglint::bench
