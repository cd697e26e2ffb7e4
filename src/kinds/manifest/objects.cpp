#include "kinds/manifest/objects.hpp"

#include <algorithm>
#include <array>

#include "kinds/manifest/dialects.hpp"

namespace imglint::manifest {
namespace {

/// Kinds, the groups they are of, and where the pod spec stands. Groups are set between blanks, `-` is core.
struct PodKind {
  std::string_view kind;
  std::string_view groups;
  std::string_view spec;
};
constexpr PodKind pod_kinds[] = {
    {"Pod", " - ", "spec"},
    {"Deployment", " apps extensions ", "spec.template.spec"},
    {"ReplicaSet", " apps extensions ", "spec.template.spec"},
    {"DaemonSet", " apps extensions ", "spec.template.spec"},
    {"StatefulSet", " apps extensions ", "spec.template.spec"},
    {"ReplicationController", " - ", "spec.template.spec"},
    {"Job", " batch ", "spec.template.spec"},
    {"DeploymentConfig", " apps.openshift.io - ", "spec.template.spec"},
    {"CronJob", " batch ", "spec.jobTemplate.spec.template.spec"},
    {"PodTemplate", " - ", "template.spec"},
    {"Rollout", " argoproj.io ", "spec.template.spec"},
    {"Service", " serving.knative.dev ", "spec.template.spec"},
    {"Configuration", " serving.knative.dev ", "spec.template.spec"},
    {"Revision", " serving.knative.dev ", "spec"},
    {"Prometheus", " monitoring.coreos.com ", "spec"},
    {"PrometheusAgent", " monitoring.coreos.com ", "spec"},
    {"Alertmanager", " monitoring.coreos.com ", "spec"},
    {"ThanosRuler", " monitoring.coreos.com ", "spec"},
    {"ClusterServiceVersion", " operators.coreos.com ", "spec.install.spec.deployments[].spec.template.spec"},
};

/// Single places in custom resources.
struct SinglePlace {
  std::string_view kind;
  std::string_view groups;
  std::string_view path;
  Place place = Place::custom_resource;
  bool docker_image = false;  ///< only where the `kind` beside it is DockerImage
  bool without_tag = false;   ///< a repository whose tags are looked through
};
constexpr SinglePlace single_places[] = {
    {"Prometheus", " monitoring.coreos.com ", "spec.image"},
    {"Prometheus", " monitoring.coreos.com ", "spec.thanos.image"},
    {"PrometheusAgent", " monitoring.coreos.com ", "spec.image"},
    {"PrometheusAgent", " monitoring.coreos.com ", "spec.thanos.image"},
    {"Alertmanager", " monitoring.coreos.com ", "spec.image"},
    {"Alertmanager", " monitoring.coreos.com ", "spec.thanos.image"},
    {"ThanosRuler", " monitoring.coreos.com ", "spec.image"},
    {"ThanosRuler", " monitoring.coreos.com ", "spec.thanos.image"},
    {"VirtualMachine", " kubevirt.io ", "spec.template.spec.volumes[].containerDisk.image"},
    {"VirtualMachine", " kubevirt.io ", "spec.volumes[].containerDisk.image"},
    {"VirtualMachineInstance", " kubevirt.io ", "spec.template.spec.volumes[].containerDisk.image"},
    {"VirtualMachineInstance", " kubevirt.io ", "spec.volumes[].containerDisk.image"},
    {"Cluster", " kind.x-k8s.io ", "nodes[].image"},
    {"ImageRepository", " image.toolkit.fluxcd.io ", "spec.image", Place::custom_resource, false, true},
    {"CatalogSource", " operators.coreos.com ", "spec.image"},
    {"ClusterServiceVersion", " operators.coreos.com ", "spec.relatedImages[].image", Place::related_image},
    {"ClusterServiceVersion", " operators.coreos.com ", "metadata.annotations.containerImage",
     Place::related_image},
    {"Provider", " pkg.crossplane.io ", "spec.package", Place::package},
    {"Configuration", " pkg.crossplane.io ", "spec.package", Place::package},
    {"Function", " pkg.crossplane.io ", "spec.package", Place::package},
    {"ImageStream", " image.openshift.io - ", "spec.tags[].from", Place::custom_resource, true},
    {"BuildConfig", " build.openshift.io - ", "spec.strategy.*.from", Place::custom_resource, true},
    {"BuildConfig", " build.openshift.io - ", "spec.output.to", Place::output, true},
};

bool has_group(std::string_view groups, const ObjectKind& object) {
  if (object.any_group) return true;
  const std::string word = " " + (object.group.empty() ? "-" : std::string(object.group)) + " ";
  return groups.find(word) != groups.npos;
}

bool is_pod_kind(const ObjectKind& object) {
  return std::ranges::any_of(pod_kinds, [&](const PodKind& row) {
    return row.kind == object.kind && has_group(row.groups, object);
  });
}

/// Keys below which neither the shape of a pod nor an image is looked for.
bool is_passed_over(std::string_view key) {
  constexpr std::array<std::string_view, 7> keys = {
      "status", "metadata", "labels", "matchLabels", "annotations", "nodeSelector", "openAPIV3Schema"};
  return std::ranges::find(keys, key) != keys.end();
}

std::optional<Place> list_place(std::string_view key) {
  if (key == "containers") return Place::container;
  if (key == "initContainers") return Place::init_container;
  if (key == "ephemeralContainers") return Place::ephemeral_container;
  return std::nullopt;
}

/// Looks at all of an object for what its table does not say: containers by their shape, objects inside of
/// it, images that are probable.
class Searcher {
 public:
  /// `done`: a list of objects that was read.
  Searcher(Reading& reading, const ObjectKind& object, bool keep_dialect, Position done)
      : reading_(reading), keep_dialect_(keep_dialect), done_(done.node) {
    const bool is_data = object.kind == "Secret" || object.kind == "ConfigMap";
    const KindInfo& dialect = dialect_of(object);
    const bool is_release = &dialect == &kinds::helm_release || &dialect == &kinds::argo_application ||
                            &dialect == &kinds::flux_kustomization;
    shape_ = !is_data && !is_release;
    probable_ = !is_release && object.group.find('.') != object.group.npos &&
                object.group != "build.openshift.io" && !is_pod_kind(object);
    embedded_ = !is_data;
  }

  void search(const At& object) {
    if (!shape_ && !embedded_) return;
    probable_ = probable_ && !object.layer->is_template;
    for (const Entry& entry : object.view().entries(object.position))
      visit(below(object, entry), entry.key, {});
  }

 private:
  static At below(const At& map, const Entry& entry) {
    Path path = map.path;
    path.key(entry.key);
    return map.at(entry.value, path);
  }

  void visit(const At& at, std::string_view key, std::string_view parent) {
    if (is_passed_over(key) || at.position.node == done_) return;
    if (at.is(NodeKind::scalar)) {
      if (probable_ && key == "image" && parent != "output")
        reading_.note(at, Place::custom_resource, Certainty::probable);
      return;
    }
    if (at.is(NodeKind::map)) return visit_map(at, key);
    if (!at.is(NodeKind::sequence)) return;
    const auto place = list_place(key);
    std::size_t number = 0;
    for (const Position item : at.view().items(at.position)) {
      Path path = at.path;
      path.item(number++);
      const At each = at.at(item, path);
      if (place && shape_) look_at_container(each, *place);
      if (each.is(NodeKind::map))
        visit_map(each, key);
      else if (each.is(NodeKind::sequence))
        visit(each, {}, key);
    }
  }

  void visit_map(const At& map, std::string_view key) {
    if (embedded_)
      if (const auto object = object_kind(map)) {
        At inner = map;
        inner.certainty = std::max(inner.certainty, Certainty::shape);
        return read_object(reading_, inner, *object, keep_dialect_);
      }
    for (const Entry& entry : map.view().entries(map.position)) visit(below(map, entry), entry.key, key);
  }

  void look_at_container(const At& item, Place place) {
    const At name = item.key("name");
    if (!name.is(NodeKind::scalar)) return;
    const At image = item.key("image");
    if (image.string().empty()) return;
    reading_.note(image, place, Certainty::shape);
    read_probable_of_container(reading_, item);
  }

  Reading& reading_;
  bool keep_dialect_ = false;
  NodeIndex done_ = yaml::no_node;
  bool shape_ = false;
  bool probable_ = false;
  bool embedded_ = false;
};

void read_by_tables(Reading& reading, const At& at, const ObjectKind& object) {
  const auto on_each = [&](std::string_view path, const auto& use) {
    for_each_match(at.view(), at.position, path, at.path,
                   [&](Position position, const Path& where) { use(at.at(position, where)); });
  };
  for (const PodKind& row : pod_kinds)
    if (row.kind == object.kind && has_group(row.groups, object))
      on_each(row.spec, [&](const At& spec) { read_pod_spec(reading, spec); });
  for (const SinglePlace& row : single_places)
    if (row.kind == object.kind && has_group(row.groups, object))
      on_each(row.path, [&](const At& place) {
        if (!row.docker_image)
          reading.note(place, row.place, Certainty::exact,
                       Context{.dialect = place.dialect, .tag_is_elsewhere = row.without_tag});
        else if (place.key("kind").string() == "DockerImage")
          reading.note(place.key("name"), row.place);
      });
}

void read_config_map(Reading& reading, const At& at) {
  const At data = at.key("data");
  if (!data.is(NodeKind::map)) return;
  for (const Entry& entry : data.view().entries(data.position)) {
    if (!is_image_name(entry.key)) continue;
    Path path = data.path;
    path.key(entry.key);
    reading.note(data.at(entry.value, path), Place::config_value, Certainty::probable);
  }
}

/// Objects in a list that is made for them, and where that stands. Items of a typed list may leave out what
/// the list says.
Position read_items(Reading& reading, const At& at, const ObjectKind& object, bool keep_dialect) {
  const bool is_list = object.kind.ends_with("List");
  At list;
  if (is_list)
    list = at.key("items");
  else if (object.kind == "Template" && (object.group == "template.openshift.io" || object.group.empty()))
    list = at.key("objects");
  else if (object.kind == "TriggerTemplate" && object.group == "triggers.tekton.dev")
    list = at.key("spec").key("resourcetemplates");
  if (!list.layer || !list.is(NodeKind::sequence)) return {};
  std::size_t number = 0;
  for (const Position position : list.view().items(list.position)) {
    Path path = list.path;
    path.item(number++);
    const At item = list.at(position, path);
    if (!item.is(NodeKind::map)) continue;
    auto inner = object_kind(item);
    if (!inner && is_list && object.kind != "List")
      inner = ObjectKind{object.group, object.kind.substr(0, object.kind.size() - 4)};
    if (inner) read_object(reading, item, *inner, keep_dialect);
  }
  return list.position;
}

}  // namespace

std::optional<ObjectKind> object_kind(const At& at) {
  if (!at.is(NodeKind::map)) return std::nullopt;
  View& view = at.view();
  const Position version = view.find(at.position, "apiVersion");
  const Position kind = view.find(at.position, "kind");
  ObjectKind object{.kind = string_at(view, kind)};
  const std::string_view text = string_at(view, version);
  if (at.layer->is_template) {
    // What a template gives is not known: a blank, or a filler in a text.
    if (!version || !kind) return std::nullopt;
    object.any_group = text.empty() || text.find(template_filler) != text.npos;
    if (object.kind.find(template_filler) != object.kind.npos) object.kind = {};
  } else if (text.empty() || object.kind.empty()) {
    return std::nullopt;
  }
  const auto slash = text.find('/');
  object.group = slash == text.npos ? std::string_view{} : text.substr(0, slash);
  return object;
}

const KindInfo& dialect_of(const ObjectKind& object) {
  const std::string_view kind = object.kind;
  const auto is_one = [&](std::initializer_list<std::string_view> kinds) {
    return std::ranges::find(kinds, kind) != kinds.end();
  };
  if (object.group == "kustomize.config.k8s.io" && is_one({"Kustomization", "Component"}))
    return kinds::kustomization;
  if (object.group == "kustomize.toolkit.fluxcd.io" && kind == "Kustomization")
    return kinds::flux_kustomization;
  if (object.group == "helm.toolkit.fluxcd.io" && kind == "HelmRelease") return kinds::helm_release;
  if (object.group == "argoproj.io") {
    if (is_one({"Application", "ApplicationSet"})) return kinds::argo_application;
    if (is_one({"Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"}))
      return kinds::argo_workflow;
  }
  if (object.group == "tekton.dev" &&
      is_one({"Task", "ClusterTask", "TaskRun", "Pipeline", "PipelineRun", "StepAction"}))
    return kinds::tekton;
  if (object.group == "serving.knative.dev" && is_one({"Service", "Configuration", "Revision"}))
    return kinds::knative;
  return kinds::kubernetes;
}

bool talks_about_images(const ObjectKind& object) {
  return object.kind == "CustomResourceDefinition" || object.group == "kyverno.io" ||
         object.group.ends_with(".gatekeeper.sh") || object.group == "kbld.k14s.io" ||
         object.group == "skaffold";
}

void read_object(Reading& reading, At at, const ObjectKind& object, bool keep_dialect) {
  const KindInfo& dialect = dialect_of(object);
  if (!keep_dialect) at.dialect = &dialect;
  if (&dialect == &kinds::kustomization) return read_kustomization(reading, at);
  if (talks_about_images(object)) return;
  read_by_tables(reading, at, object);
  if (object.kind == "ImageRepository") reading.note_credential(at.key("spec"), "secretRef");
  if (object.kind == "ConfigMap" && object.group.empty()) read_config_map(reading, at);
  if (&dialect == &kinds::argo_workflow) read_workflow(reading, at, object);
  if (&dialect == &kinds::tekton) read_tekton(reading, at, object);
  if (&dialect == &kinds::flux_kustomization) read_flux_kustomization(reading, at);
  if (&dialect == &kinds::helm_release) read_helm_release(reading, at);
  if (&dialect == &kinds::argo_application) read_argo_application(reading, at);
  const Position done = read_items(reading, at, object, keep_dialect);
  Searcher(reading, object, keep_dialect, done).search(at);
}

void read_pod_spec(Reading& reading, const At& spec) {
  const auto on_each = [&](std::string_view path, const auto& use) {
    for_each_match(spec.view(), spec.position, path, spec.path,
                   [&](Position position, const Path& where) { use(spec.at(position, where)); });
  };
  constexpr std::pair<std::string_view, Place> lists[] = {
      {"containers[]", Place::container},
      {"initContainers[]", Place::init_container},
      {"ephemeralContainers[]", Place::ephemeral_container}};
  for (const auto& [path, place] : lists)
    on_each(path, [&, place = place](const At& container) {
      const Context context{.dialect = container.dialect,
                            .pull_policy = container.key("imagePullPolicy").string()};
      for_each_match(container.view(), container.position, "image", container.path,
                     [&](Position position, const Path& where) {
                       reading.note(container.at(position, where), place, Certainty::exact, context);
                     });
      read_probable_of_container(reading, container);
    });
  reading.note_credential(spec, "imagePullSecrets");
  reading.note_credential(spec, "serviceAccountName");
  on_each("volumes[].image.reference", [&](const At& at) { reading.note(at, Place::image_volume); });
}

}  // namespace imglint::manifest
