// What Drone and Woodpecker share (docs/spec/pipelines.md 2.5).
#pragma once

#include <string_view>

#include "kinds/pipeline.hpp"

namespace imglint::drone {

[[nodiscard]] PipelineLanguage language();

/// A variable by the matrix of the document, or its default.
[[nodiscard]] const Lookup* values(Pipeline& pipeline, compose::Position top);

/// Steps by a key of the document, as a list or a map.
void walk_steps(Pipeline& pipeline, compose::Position top, std::string_view key, const Lookup* values);

}  // namespace imglint::drone
