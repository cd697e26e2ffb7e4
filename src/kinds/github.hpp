// What workflows and actions of GitHub, Gitea and Forgejo share (docs/spec/pipelines.md 2.1).
#pragma once

#include "kinds/pipeline.hpp"

namespace imglint::github {

[[nodiscard]] PipelineLanguage language();

/// The steps of a job, or of an action: `job` without a node. `environments` hold `env`, the outermost first.
void walk_steps(Pipeline& pipeline, compose::Position steps, const Lookup* lookup,
                const std::vector<compose::Position>& environments);

}  // namespace imglint::github
