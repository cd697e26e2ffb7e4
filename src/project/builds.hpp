// Which Dockerfiles the services of compose files build, and with what: build.args override ARG defaults,
// additional_contexts are named contexts (docs/spec/compose.md 2.2, 2.4).
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/document.hpp"
#include "model/read_options.hpp"
#include "project/compose/assembled.hpp"

namespace imglint {

/// What the services of a run say about one Dockerfile.
struct DockerfileBuild {
  std::vector<std::string> contexts;                   ///< named contexts of any service that builds it
  std::vector<std::vector<GivenValue>> argument_sets;  ///< distinct, non-empty sets of build.args
  bool without_arguments = false;                      ///< a service gives none

  std::unordered_set<std::string> known_contexts;                     ///< the same as contexts, to look up
  std::unordered_multimap<std::size_t, std::size_t> known_sets = {};  ///< indices of argument_sets by hash
};

/// By normal path of the Dockerfile.
using Builds = std::map<std::string, DockerfileBuild, std::less<>>;

/// The Dockerfile that a build reads, as a normal path; empty if it builds none from a file here (an URL
/// as context, a dockerfile_inline, an unresolved variable).
[[nodiscard]] std::string dockerfile_of(const Document& compose, const Build& build);

/// Adds what the services of one compose document say, by normal path of the Dockerfile. The argument sets
/// borrow from the document; without them nothing does.
void collect_builds(const Document& compose, Builds& builds, bool with_arguments = true);

namespace assembly {

/// The same for a project that is put together.
void collect_builds(const ComposeProject& project, Builds& builds, bool with_arguments = true);

}  // namespace assembly

}  // namespace imglint
