#include "kinds/kind.hpp"

#include <array>
#include <map>

#include "kinds/github.hpp"
#include "kinds/login_host.hpp"
#include "kinds/references.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo github_workflow;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"on: push\n"
     "jobs:\n"
     "  test:\n"
     "    strategy: {matrix: {image: [⟦debian:12⟧, ⟦ubuntu:24.04⟧]}}\n"
     "    container: ${{ matrix.image }}\n"
     "    services:\n"
     "      db: {image: ⟦postgres:16⟧}\n"
     "    steps:\n"
     "      - uses: actions/checkout@v4\n"
     "      - uses: docker://⟦ghcr.io/acme/lint:2⟧\n"
     "      - uses: docker/build-push-action@v6\n"
     "        with: {tags: ⟦ghcr.io/acme/app:1⟧}\n",
     "containers, services, steps that run an image, and what known actions take"},
};
constexpr std::string_view names[] = {"{.github,.gitea,.forgejo}/workflows/*.{yml,yaml}",
                                      "workflow-templates/*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image,      &role::docker_image, &role::build_tag,
                                     &role::cache_from, &role::cache_to,     &role::build_context,
                                     &role::build_arg};

/// `matrix.K` of the job, `inputs.K` of the workflow.
class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, Position workflow, Position job)
      : pipeline_(pipeline), workflow_(workflow), job_(job) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& /*text*/) const override {
    const auto dot = part.name.find('.');
    if (dot == part.name.npos) return {};
    const std::string_view context = part.name.substr(0, dot);
    const std::string_view name = part.name.substr(dot + 1);
    if (context == "matrix") return of_matrix(name);
    return context == "inputs" ? of_input(name) : Meaning{};
  }

 private:
  [[nodiscard]] Meaning of_matrix(std::string_view name) const {
    compose::View& view = pipeline_.view;
    const Position matrix = view.find(view.find(job_, "strategy"), "matrix");
    const auto dot = name.find('.');
    const std::string_view key = name.substr(0, dot);
    const std::string_view field = dot == name.npos ? std::string_view() : name.substr(dot + 1);
    const Position list = view.find(matrix, key);
    const Position include = view.find(matrix, "include");
    Meaning meaning;
    const auto add = [&](Position item) {
      const Position value = field.empty() ? item : view.find(item, field);
      const Position scalar = pipeline_.is_map(value) ? view.find(value, "image") : value;
      if (pipeline_.is_scalar(scalar) && meaning.supplies.size() <= Pipeline::most_items)
        meaning.supplies.push_back(pipeline_.item(scalar, this));
    };
    for (const Position item : view.items(list)) add(item);
    for (const Position item : view.items(include))
      if (const Position value = view.find(item, key)) add(value);
    // What an expression gives may be more.
    for (const Position computed : {list, include})
      if (pipeline_.is_scalar(computed)) meaning.supplies.push_back(pipeline_.unknown(computed));
    return meaning;
  }
  [[nodiscard]] Meaning of_input(std::string_view name) const {
    compose::View& view = pipeline_.view;
    const Position on = view.find(workflow_, "on");
    Meaning meaning;
    std::string_view known;
    for (const std::string_view trigger : {"workflow_call", "workflow_dispatch"}) {
      const Position inputs = view.find(view.find(on, trigger), "inputs");
      const Position value = view.find(view.find(inputs, name), "default");
      if (!pipeline_.is_scalar(value)) continue;
      if (!meaning.supplies.empty() && view.text(value) != known) return {};
      known = view.text(value);
      if (meaning.supplies.empty()) meaning.supplies.push_back(pipeline_.fallback(value, this));
    }
    return meaning;
  }

  Pipeline& pipeline_;
  Position workflow_;
  Position job_;
};

/// A service that says much and no image; an empty image means that it is not wanted.
void note_missing_image(Pipeline& pipeline, const compose::Entry& service) {
  if (!pipeline.is_map(service.value) || pipeline.view.find(service.value, "image")) return;
  const Span name = pipeline.span_of({service.key_node, true});
  pipeline.document().without_image.push_back(
      {.label = "service", .name = service.key, .name_span = name, .span = name});
}

/// The variables of an `env`, which are looked up by name once somebody asks.
class Environment {
 public:
  Environment(compose::View& view, Position place) : view_(&view), place_(place) {}

  [[nodiscard]] Position find(std::string_view name) {
    if (!is_listed_)
      for (const compose::Entry& entry : view_->entries(place_)) variables_.emplace(entry.key, entry.value);
    is_listed_ = true;
    const auto found = variables_.find(name);
    return found == variables_.end() ? Position() : found->second;
  }

 private:
  compose::View* view_;
  Position place_;
  bool is_listed_ = false;
  std::map<std::string_view, Position> variables_;
};

/// What `${{ env.NAME }}` stands for in a step; any other text as it is.
std::string_view with_environment(Pipeline& pipeline, std::string_view text,
                                  const std::array<Environment*, 3>& environments) {
  constexpr std::string_view begin = "${{";
  constexpr std::string_view end = "}}";
  if (!text.starts_with(begin) || !text.ends_with(end)) return text;
  std::string_view name = text.substr(begin.size(), text.size() - begin.size() - end.size());
  name = trimmed(name, {0, static_cast<std::uint32_t>(name.size())}).of(name);
  constexpr std::string_view context = "env.";
  if (!name.starts_with(context)) return text;
  for (Environment* environment : environments)
    if (const Position value = environment->find(name.substr(context.size())))
      return pipeline.view.text(value);
  return text;
}

/// Steps that log in, to Docker Hub where they say nothing.
void note_logins(Pipeline& pipeline, Environment& of_workflow, Position job) {
  compose::View& view = pipeline.view;
  Environment of_job(view, view.find(job, "env"));
  for (const Position step : view.items(view.find(job, "steps"))) {
    if (!pipeline.text(step, "uses").starts_with("docker/login-action@")) continue;
    Environment of_step(view, view.find(step, "env"));
    const std::string_view registry = with_environment(
        pipeline, pipeline.text(view.find(step, "with"), "registry"), {&of_step, &of_job, &of_workflow});
    const bool is_known = registry.find("${{") == registry.npos;
    pipeline.credential(view.find(step, "uses"), "docker/login-action", pipeline.path.text() + ".",
                        is_known ? login_host(registry) : std::string_view());
  }
}

void walk_job(Pipeline& pipeline, Position workflow, Environment& environment, Position job) {
  const Lookup* values = pipeline.keep<Values>(pipeline, workflow, job);
  pipeline.field(job, "container", [&](Position at) {
    pipeline.image_or(at, "image", values, Entry::runner);
    pipeline.credential_of(at, "credentials");
  });
  pipeline.field(job, "services", [&](Position services) {
    pipeline.each_entry(services, [&](const compose::Entry& service) {
      pipeline.image_or(service.value, "image", values, Entry::runner);
      pipeline.credential_of(service.value, "credentials");
      note_missing_image(pipeline, service);
    });
  });
  note_logins(pipeline, environment, job);
  pipeline.field(job, "steps", [&](Position steps) {
    github::walk_steps(pipeline, steps, values,
                       {pipeline.view.find(workflow, "env"), pipeline.view.find(job, "env")});
  });
}

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document) {
    const Position workflow = pipeline.view.top(document);
    Environment environment(pipeline.view, pipeline.view.find(workflow, "env"));
    pipeline.field(workflow, "jobs", [&](Position jobs) {
      pipeline.each_value(jobs, [&](Position job) { walk_job(pipeline, workflow, environment, job); });
    });
  }
}

bool looks_like(std::string_view bytes) {
  return any_document(bytes, {"on", "jobs"}, [](compose::View& view, Position top) {
    return view.find(top, "on") && view.is(view.find(top, "jobs"), yaml::NodeKind::map);
  });
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &github_workflow, .language = github::language(), .walk = walk});
}

}  // namespace

constinit const KindInfo github_workflow = {
    .name = "github-workflow",
    .title = "workflow",
    .plural = "workflows",
    .summary = "Workflows of GitHub, Gitea and Forgejo Actions.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .has_whole_folders = true,
    .looks_like = looks_like,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
