#include "kinds/kind.hpp"

#include <algorithm>
#include <array>

#include "kinds/drone.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo drone;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"kind: pipeline\n"
     "type: docker\n"
     "steps:\n"
     "  - name: test\n"
     "    image: ⟦golang:1.22⟧\n"
     "services:\n"
     "  - name: db\n"
     "    image: ⟦${DATABASE:-postgres:16}⟧\n",
     "steps and services of pipelines that run in containers"},
};
constexpr std::string_view names[] = {".drone.{yml,yaml}", ".drone.*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image};

/// Types of pipelines that run on a machine.
bool has_no_images(std::string_view type) {
  constexpr std::array<std::string_view, 5> types = {"exec", "ssh", "digitalocean", "macstadium",
                                                     "powershell"};
  return std::ranges::find(types, type) != types.end();
}

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document) {
    const Position top = pipeline.view.top(document);
    const Lookup* values = imglint::drone::values(pipeline, top);
    pipeline.credential_of(top, "image_pull_secrets");
    if (pipeline.text(top, "kind") == "pipeline") {
      if (has_no_images(pipeline.text(top, "type"))) continue;
      for (const std::string_view key : {"steps", "services"})
        imglint::drone::walk_steps(pipeline, top, key, values);
    } else if (!pipeline.view.find(top, "kind") && !pipeline.view.find(top, "steps")) {
      // Before 1.0.
      for (const std::string_view key : {"pipeline", "services", "clone"})
        if (!pipeline.is_list(pipeline.view.find(top, key)))
          imglint::drone::walk_steps(pipeline, top, key, values);
    }
  }
}

bool looks_like(std::string_view bytes) {
  return any_document(bytes, {"kind", "pipeline", "steps"}, [](compose::View& view, Position top) {
    return view.text(view.find(top, "kind")) == "pipeline" && view.find(top, "steps");
  });
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &drone, .language = imglint::drone::language(), .walk = walk});
}

}  // namespace

constinit const KindInfo drone = {
    .name = "drone",
    .title = "Drone pipeline",
    .plural = "Drone pipelines",
    .summary = "Pipelines of Drone, also those from before 1.0.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .looks_like = looks_like,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .has_objects = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
