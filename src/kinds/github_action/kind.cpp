#include "kinds/kind.hpp"

#include "kinds/github.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo github_action;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"name: lint\n"
     "runs:\n"
     "  using: docker\n"
     "  image: docker://⟦ghcr.io/acme/lint:2⟧\n",
     "a Docker action with a published image"},
    {"name: all\n"
     "runs:\n"
     "  using: composite\n"
     "  steps:\n"
     "    - uses: docker://⟦alpine:3.20⟧\n",
     "steps of a composite action"},
};
constexpr std::string_view names[] = {"action.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image,      &role::docker_image, &role::build_tag,
                                     &role::cache_from, &role::cache_to,     &role::build_context,
                                     &role::build_arg};

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document)
    pipeline.field(pipeline.view.top(document), "runs", [&](Position runs) {
      const std::string_view runner = pipeline.text(runs, "using");
      if (runner == "docker")
        pipeline.field(runs, "image", [&](Position image) {
          pipeline.image(image, nullptr, role::docker_image, Entry::prefixed);
        });
      if (runner == "composite")
        pipeline.field(runs, "steps",
                       [&](Position steps) { github::walk_steps(pipeline, steps, nullptr, {}); });
    });
}

bool looks_like(std::string_view bytes) {
  return any_document(bytes, {"runs", "using"}, [](compose::View& view, Position top) {
    return !view.text(view.find(view.find(top, "runs"), "using")).empty();
  });
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &github_action, .language = github::language(), .walk = walk});
}

}  // namespace

constinit const KindInfo github_action = {
    .name = "github-action",
    .title = "action",
    .plural = "actions",
    .summary = "Actions for GitHub, Gitea and Forgejo, in action.yml.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .looks_like = looks_like,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
