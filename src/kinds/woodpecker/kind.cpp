#include "kinds/kind.hpp"

#include "kinds/drone.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo woodpecker;

namespace {

constexpr KindExample examples[] = {
    {"matrix:\n"
     "  IMAGE: [⟦debian:12⟧, ⟦fedora:40⟧]\n"
     "steps:\n"
     "  test: {image: \"${IMAGE}\"}\n"
     "services:\n"
     "  - name: db\n"
     "    image: ⟦postgres:16⟧\n",
     "steps, services and clone steps, as lists or maps"},
};
constexpr std::string_view names[] = {".woodpecker.{yml,yaml}", ".woodpecker/**/*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image};

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document) {
    const compose::Position top = pipeline.view.top(document);
    const Lookup* values = imglint::drone::values(pipeline, top);
    for (const std::string_view key : {"steps", "services", "clone", "pipeline"})
      imglint::drone::walk_steps(pipeline, top, key, values);
  }
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &woodpecker, .language = imglint::drone::language(), .walk = walk});
}

}  // namespace

constinit const KindInfo woodpecker = {
    .name = "woodpecker",
    .title = "Woodpecker workflow",
    .plural = "Woodpecker workflows",
    .summary = "Workflows of Woodpecker.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
