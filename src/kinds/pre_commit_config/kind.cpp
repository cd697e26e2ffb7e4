#include "kinds/kind.hpp"

#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo pre_commit_config;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"repos:\n"
     "  - repo: local\n"
     "    hooks:\n"
     "      - id: lint\n"
     "        language: docker_image\n"
     "        entry: --entrypoint /bin/lint ⟦ghcr.io/acme/lint:2⟧ --all\n",
     "hooks that run an image"},
};
constexpr std::string_view names[] = {".pre-commit-{config,hooks}.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image};

void walk_hooks(Pipeline& pipeline, Position hooks) {
  pipeline.each_item(hooks, [&](Position hook) {
    if (pipeline.text(hook, "language") != "docker_image") return;
    pipeline.field(hook, "entry",
                   [&](Position entry) { pipeline.image(entry, nullptr, role::image, Entry::run_words); });
  });
}

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document) {
    const Position top = pipeline.view.top(document);
    walk_hooks(pipeline, top);
    pipeline.field(top, "repos", [&](Position repositories) {
      pipeline.each_item(repositories, [&](Position repository) {
        pipeline.field(repository, "hooks", [&](Position hooks) { walk_hooks(pipeline, hooks); });
      });
    });
  }
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options, {.kind = &pre_commit_config, .walk = walk});
}

}  // namespace

constinit const KindInfo pre_commit_config = {
    .name = "pre-commit-config",
    .title = "pre-commit configuration",
    .plural = "pre-commit configurations",
    .summary = "Hooks of pre-commit with `language: docker_image`.",
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
