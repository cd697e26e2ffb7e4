#include "kinds/kind.hpp"

#include "kinds/languages.hpp"
#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo cloud_build;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"substitutions: {_REGISTRY: us-docker.pkg.dev/acme/ci}\n"
     "steps:\n"
     "  - name: ⟦$_REGISTRY/tool:3⟧\n"
     "  - name: ⟦golang:1.22⟧\n"
     "images: [⟦gcr.io/acme/app:1⟧]\n",
     "builders, and images that are pushed"},
};
constexpr std::string_view names[] = {"*cloudbuild*.{yml,yaml,json}", ".cloudbuild/**/*.{yml,yaml,json}"};
constexpr const RoleInfo* roles[] = {&role::image, &role::build_tag};

class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, Position top) : pipeline_(pipeline), top_(top) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& /*text*/) const override {
    if (!part.name.starts_with('_')) return {};
    const Position value = pipeline_.view.find(pipeline_.view.find(top_, "substitutions"), part.name);
    if (!pipeline_.is_scalar(value)) return {};
    return {.supplies = {pipeline_.fallback(value, this)}};
  }

 private:
  Pipeline& pipeline_;
  Position top_;
};

/// The last component, without tag and digest.
std::string_view program_of(std::string_view image) {
  image = image.substr(image.rfind('/') + 1);
  return image.substr(0, image.find_first_of(":@"));
}

void walk_arguments(Pipeline& pipeline, Position step, const Lookup* values) {
  const std::string_view entrypoint = pipeline.text(step, "entrypoint");
  const std::string_view program =
      entrypoint.empty() ? program_of(pipeline.text(step, "name")) : program_of(entrypoint);
  pipeline.field(step, "args", [&](Position arguments) {
    if (shell::is_program(program)) return pipeline.command({std::string(program)}, arguments, values);
    if (program != "sh" && program != "bash") return;
    bool is_script = false;
    pipeline.each_item(arguments, [&](Position argument) {
      if (is_script) pipeline.script(argument, pipeline.new_script(values, languages::cloud_build));
      is_script = pipeline.view.text(argument) == "-c";
    });
  });
}

void walk_document(Pipeline& pipeline, Position top) {
  if (!pipeline.is_list(pipeline.view.find(top, "steps"))) return;
  const Lookup* values = pipeline.keep<Values>(pipeline, top);
  pipeline.credential_of(top, "availableSecrets");
  pipeline.field(top, "steps", [&](Position steps) {
    pipeline.each_item(steps, [&](Position step) {
      pipeline.field(step, "name", [&](Position name) { pipeline.image(name, values); });
      pipeline.field(step, "script", [&](Position script) {
        pipeline.script(script, pipeline.new_script(nullptr, nullptr));
      });
      walk_arguments(pipeline, step, values);
    });
  });
  const auto tags = [&](Position images) {
    pipeline.each_item(images, [&](Position image) { pipeline.image(image, values, role::build_tag); });
  };
  pipeline.field(top, "images", tags);
  pipeline.field(top, "artifacts", [&](Position artifacts) { pipeline.field(artifacts, "images", tags); });
}

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document)
    walk_document(pipeline, pipeline.view.top(document));
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &cloud_build, .language = {.cut = languages::cloud_build}, .walk = walk});
}

}  // namespace

constinit const KindInfo cloud_build = {
    .name = "cloud-build",
    .title = "Cloud Build configuration",
    .plural = "Cloud Build configurations",
    .summary = "Builds of Google Cloud Build, in YAML or JSON.",
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
