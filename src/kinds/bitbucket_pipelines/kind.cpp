#include "kinds/kind.hpp"

#include "kinds/languages.hpp"
#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo bitbucket_pipelines;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"image: ⟦node:20⟧\n"
     "definitions:\n"
     "  services:\n"
     "    db: {image: ⟦postgres:16⟧}\n"
     "pipelines:\n"
     "  default:\n"
     "    - step:\n"
     "        image: {name: ⟦python:3.12⟧}\n"
     "        script:\n"
     "          - pipe: docker://⟦acme/deploy:1⟧\n",
     "images of steps and services, and pipes that are images"},
};
constexpr std::string_view names[] = {"bitbucket-pipelines.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image, &role::docker_image};

/// What nobody gives a value: all variables come from outside.
class NoValues final : public Lookup {
 public:
  [[nodiscard]] Meaning find(const TextPart& /*part*/, const MappedText& /*text*/) const override {
    return {};
  }
};

class Walk {
 public:
  explicit Walk(Pipeline& pipeline) : pipeline_(pipeline), values_(pipeline.keep<NoValues>()) {}

  void run(Position top) {
    image(top);
    pipeline_.field(top, "definitions", [&](Position definitions) {
      pipeline_.field(definitions, "services", [&](Position services) {
        pipeline_.each_value(services, [&](Position service) { image(service); });
      });
      pipeline_.field(definitions, "steps", [&](Position steps) { items(steps); });
    });
    pipeline_.field(top, "pipelines", [&](Position pipelines) {
      pipeline_.each_value(pipelines, [&](Position of_kind) {
        if (pipeline_.is_list(of_kind)) return items(of_kind);
        pipeline_.each_value(of_kind, [&](Position one) { list_or_steps(one); });
      });
    });
  }

 private:
  void image(Position owner) {
    pipeline_.field(owner, "image", [&](Position at) {
      pipeline_.image_or(at, "name", values_);
      for (const std::string_view key : {"username", "password", "aws"}) pipeline_.credential_of(at, key);
    });
  }
  void list_or_steps(Position at) {
    if (pipeline_.is_list(at)) return items(at);
    pipeline_.field(at, "steps", [&](Position steps) { items(steps); });
  }
  void items(Position list) {
    if (pipeline_.path.is_full()) return;
    pipeline_.each_item(list, [&](Position item) {
      pipeline_.field(item, "step", [&](Position one) { step(one); });
      pipeline_.field(item, "parallel", [&](Position parallel) { list_or_steps(parallel); });
      pipeline_.field(item, "stage", [&](Position stage) { list_or_steps(stage); });
    });
  }
  void step(Position at) {
    image(at);
    const ScriptNumber number = pipeline_.new_script(nullptr);
    for (const std::string_view key : {"script", "after-script"})
      pipeline_.field(at, key, [&](Position list) {
        pipeline_.each_item(list, [&](Position item) {
          if (pipeline_.is_scalar(item)) return pipeline_.script(item, number);
          pipeline_.field(item, "pipe", [&](Position pipe) {
            pipeline_.image(pipe, values_, role::docker_image, Entry::prefixed);
          });
        });
      });
  }

  Pipeline& pipeline_;
  const Lookup* values_;
};

void walk(Pipeline& pipeline) {
  Walk walk(pipeline);
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document)
    walk.run(pipeline.view.top(document));
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &bitbucket_pipelines, .language = {.cut = languages::dollar}, .walk = walk});
}

}  // namespace

constinit const KindInfo bitbucket_pipelines = {
    .name = "bitbucket-pipelines",
    .title = "Bitbucket pipeline",
    .plural = "Bitbucket pipelines",
    .summary = "Pipelines of Bitbucket.",
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
