// Argo Workflows and Tekton: images of steps, with the parameters that they are made of
// (docs/spec/kubernetes.md 3.4, 3.5).
#include "kinds/manifest/objects.hpp"

namespace imglint::manifest {
namespace {

/// Adds what a list of `{name, value}` says; what is there already stays. Text with a variable in it is no
/// literal.
void add_parameters(const At& list, std::string_view prefix, std::string_view key, Parameters& into) {
  on_each(list, "[]", [&](const At& item) {
    const std::string_view name = item.key("name").string();
    const At value = item.key(key);
    if (name.empty() || !value.position) return;
    const std::string_view text = value.string();
    const bool literal = !text.empty() && text.find("$(") == text.npos && text.find("{{") == text.npos;
    into.emplace(std::string(prefix) + std::string(name),
                 literal ? std::optional(value.position) : std::nullopt);
  });
}

class WorkflowReader {
 public:
  WorkflowReader(Reading& reading, const At& spec) : reading_(reading), spec_(spec) {
    const At arguments = spec.key("arguments").key("parameters");
    add_parameters(arguments, "workflow.parameters.", "value", outer_);
    add_parameters(arguments, "workflow.parameters.", "default", outer_);
  }

  void read() {
    on_each(spec_, "templates[]", [&](const At& each) { read_template(each); });
    on_each(spec_, "templateDefaults", [&](const At& each) { read_template(each); });
  }

 private:
  void read_template(const At& at) {
    Parameters parameters = outer_;
    const At inputs = at.key("inputs").key("parameters");
    add_parameters(inputs, "inputs.parameters.", "value", parameters);
    add_parameters(inputs, "inputs.parameters.", "default", parameters);
    const Parameters* known = reading_.keep(std::move(parameters));
    constexpr std::pair<std::string_view, Place> places[] = {
        {"container.image", Place::container},
        {"script.image", Place::script},
        {"containerSet.containers[].image", Place::container},
        {"initContainers[].image", Place::init_container},
        {"sidecars[].image", Place::sidecar}};
    for (const auto& [path, place] : places)
      on_each(at, path,
              [&, place = place](const At& image) { reading_.note(image, place, Certainty::exact, known); });
    on_each(at, "steps[][].inline", [&](const At& each) { read_template(each); });
    on_each(at, "dag.tasks[].inline", [&](const At& each) { read_template(each); });
  }

  Reading& reading_;
  At spec_;
  Parameters outer_;
};

class TektonReader {
 public:
  explicit TektonReader(Reading& reading) : reading_(reading) {}

  /// `given`: what runs and pipelines say, which comes before defaults. `outer`: what comes behind them.
  void read_task(const At& task, Parameters given, const Parameters& outer) {
    add_parameters(task.key("params"), "params.", "default", given);
    add_parameters(task.key("inputs").key("params"), "params.", "default", given);
    for (const auto& [name, value] : outer) given.emplace(name, value);
    const Parameters* known = reading_.keep(std::move(given));
    constexpr std::pair<std::string_view, Place> places[] = {{"steps[].image", Place::step},
                                                             {"sidecars[].image", Place::sidecar},
                                                             {"stepTemplate.image", Place::step_template}};
    for (const auto& [path, place] : places)
      on_each(task, path,
              [&, place = place](const At& image) { reading_.note(image, place, Certainty::exact, known); });
    on_each(task, "steps[].ref", [&](const At& ref) { read_reference(ref); });
  }

  void read_pipeline(const At& pipeline, Parameters given, const Parameters& outer) {
    add_parameters(pipeline.key("params"), "params.", "default", given);
    for (const auto& [name, value] : outer) given.emplace(name, value);
    for (const std::string_view list : {"tasks[]", "finally[]"})
      on_each(pipeline, list, [&](const At& task) {
        Parameters own;
        add_parameters(task.key("params"), "params.", "value", own);
        on_each(task, "taskSpec", [&](const At& spec) { read_task(spec, own, given); });
        on_each(task, "pipelineSpec", [&](const At& spec) { read_pipeline(spec, own, given); });
        on_each(task, "taskRef", [&](const At& ref) { read_reference(ref); });
        on_each(task, "pipelineRef", [&](const At& ref) { read_reference(ref); });
      });
  }

  /// A bundle: in the old field, or for the resolver of that name.
  void read_reference(const At& ref) {
    reading_.note(ref.key("bundle"), Place::bundle);
    if (ref.key("resolver").string() != "bundles") return;
    on_each(ref, "params[]", [&](const At& parameter) {
      if (parameter.key("name").string() == "bundle") reading_.note(parameter.key("value"), Place::bundle);
    });
  }

 private:
  Reading& reading_;
};

}  // namespace

void read_workflow(Reading& reading, const At& object, const ObjectKind& kind) {
  on_each(object, kind.kind == "CronWorkflow" ? "spec.workflowSpec" : "spec",
          [&](const At& spec) { WorkflowReader(reading, spec).read(); });
}

void read_tekton(Reading& reading, const At& object, const ObjectKind& kind) {
  TektonReader reader(reading);
  const auto at_spec = [&](const auto& use) { on_each(object, "spec", use); };
  Parameters given;
  add_parameters(object.key("spec").key("params"), "params.", "value", given);
  if (kind.kind == "Task" || kind.kind == "ClusterTask") {
    at_spec([&](const At& spec) { reader.read_task(spec, {}, {}); });
  } else if (kind.kind == "TaskRun") {
    on_each(object, "spec.taskSpec", [&](const At& spec) { reader.read_task(spec, given, {}); });
    on_each(object, "spec.taskRef", [&](const At& ref) { reader.read_reference(ref); });
  } else if (kind.kind == "Pipeline") {
    at_spec([&](const At& spec) { reader.read_pipeline(spec, {}, {}); });
  } else if (kind.kind == "PipelineRun") {
    on_each(object, "spec.pipelineSpec", [&](const At& spec) { reader.read_pipeline(spec, given, {}); });
    on_each(object, "spec.pipelineRef", [&](const At& ref) { reader.read_reference(ref); });
  } else if (kind.kind == "StepAction") {
    at_spec([&](const At& spec) {
      Parameters parameters;
      add_parameters(spec.key("params"), "params.", "default", parameters);
      reading.note(spec.key("image"), Place::step, Certainty::exact, reading.keep(std::move(parameters)));
    });
  }
}

}  // namespace imglint::manifest
