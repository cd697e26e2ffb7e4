// What may have been meant by a pattern of --map or --from that matched nothing.
#pragma once

#include <span>
#include <string>

#include "retarget/proposal.hpp"

namespace imglint {

/// docker.io/nginx is a namespace here and in registries.conf, but hardly ever meant as one.
[[nodiscard]] bool is_alone_on_docker_hub(const NamePattern& pattern);

/// `; did you mean NAME?`, to be put behind a message; empty if nothing suggests itself. names: canonical, of
/// the run.
[[nodiscard]] std::string did_you_mean(const NamePattern& pattern, std::span<const std::string> names);

/// The same of a name that is written in the files and that the pattern was meant for, but for its spelling.
[[nodiscard]] std::string name_that_fits(const NamePattern& pattern, std::span<const std::string> names);

}  // namespace imglint
