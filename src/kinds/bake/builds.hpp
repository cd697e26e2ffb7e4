// What the targets of a bake file build: Dockerfiles, with the arguments and contexts that they give them.
#pragma once

#include <functional>

#include "kinds/pipeline.hpp"

namespace imglint::bake {

/// What gives values to the expressions of a target.
using ValuesOf = std::function<const Lookup*(compose::Position target)>;

/// Notes the builds of all targets but those that others only inherit from. What a target inherits counts as
/// its own where it does not say it itself.
void add_builds(Pipeline& pipeline, compose::Position top, const ValuesOf& values_of);

}  // namespace imglint::bake
