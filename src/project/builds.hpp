// Which Dockerfiles the services of compose files build, and with what: build.args override ARG defaults,
// additional_contexts are named contexts (docs/spec/compose.md 2.2, 2.4).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/document.hpp"
#include "model/read_options.hpp"
#include "project/compose/assembled.hpp"

namespace imglint {

struct ProjectFile;  // project/project.hpp

/// A project, or another file, that builds a Dockerfile.
struct Builder {
  const ProjectIdentity* project = nullptr;  ///< null if it is none
  std::shared_ptr<const BuiltNames> built;   ///< what it builds beside; null if nothing

  [[nodiscard]] bool builds(const std::string& name) const { return built && built->contains(name); }
};

/// One way in which a Dockerfile is built.
struct BuildWay {
  std::vector<GivenValue> arguments;
  std::vector<std::string> contexts;  ///< named contexts, sorted
  std::vector<Builder> builders;
};

/// What the services of a run say about one Dockerfile.
struct DockerfileBuild {
  std::vector<BuildWay> ways;                            ///< distinct, with arguments or contexts or both
  bool is_built_plainly = false;                         ///< a service gives neither
  bool is_built = false;                                 ///< by any service
  std::vector<std::string> contexts;                     ///< those that all its builds have, sorted
  std::vector<Builder> plain_builders;                   ///< who gives neither
  std::vector<std::shared_ptr<const BuiltNames>> built;  ///< by the files that build this one

  std::unordered_multimap<std::size_t, std::size_t> known_ways = {};  ///< indices of ways by hash
};

/// By normal path of the Dockerfile.
using Builds = std::map<std::string, DockerfileBuild, std::less<>>;

/// The Dockerfile that a build reads, as a normal path; empty if it builds none from a file here (an URL
/// as context, a dockerfile_inline, an unresolved variable). In a run it goes by the name that it has there.
[[nodiscard]] std::string dockerfile_of(const Document& compose, const Build& build);

/// Adds what the services of one compose document say, by Dockerfile. The arguments borrow from the document;
/// without ways nothing does.
void collect_builds(const Document& compose, Builds& builds, bool with_ways = true);

/// How much work the readings of each Dockerfile may be: less where many are built in many ways.
[[nodiscard]] std::size_t most_work_of_each(const Builds& builds);

/// Adds to a Dockerfile, which has been read by itself, how it is read in each way to build it; and if those
/// who build it do not agree on what is built here or a context, how each reads it. `options` are those of
/// the file alone.
void read_as_built(const DockerfileBuild& build, std::size_t most_work, const KindInfo& kind,
                   ReadOptions options, ProjectFile& file);

namespace assembly {

/// What the services of a project build, by name; null if they name nothing.
[[nodiscard]] std::shared_ptr<const BuiltNames> built_names(const ComposeProject& project);

/// The same as collect_builds() for a project that is put together.
void collect_builds(const ComposeProject& project, Builds& builds, bool with_ways = true);

}  // namespace assembly

}  // namespace imglint
