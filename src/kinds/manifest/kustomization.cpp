// Kustomizations, and the lists of theirs that Flux and Argo CD have (docs/spec/kubernetes.md 5.1).
#include "kinds/manifest/objects.hpp"

namespace imglint::manifest {
namespace {

/// Kustomize does not read a file in which a number or a truth value stands for a text.
void refuse_number(Reading& reading, const At& at, std::string_view key) {
  if (!at.is(NodeKind::scalar) || at.view()[at.position].value.empty()) return;
  if (is_string(at.view(), at.position)) return;
  const std::string_view value = at.view()[at.position].value;
  reading.document().troubles.push_back(
      {.span = at.layer->locate(at.position.node).content,
       .message = std::string(key) + " must be text for kustomize: write '\"" + std::string(value) + "\"'"});
}

void read_image_entry(Reading& reading, const At& entry) {
  const At name = entry.key("name");
  if (name.string().empty()) return;
  reading.note(name, Place::kustomize_selector);
  const auto scalar = [&](std::string_view key) {
    const At at = entry.key(key);
    return at.string().empty() ? Position{} : at.position;
  };
  for (const std::string_view key : {"newName", "newTag", "digest"})
    refuse_number(reading, entry.key(key), key);
  SplitScalars scalars{.repository = scalar("newName"), .tag = scalar("newTag"), .digest = scalar("digest")};
  if (!scalars.repository && !scalars.tag && !scalars.digest) return;
  scalars.tag_is_elsewhere = true;  // the selected image's stays
  if (!scalars.repository) {
    scalars.repository = name.position;
    scalars.name_is_selector = true;
  }
  reading.note_split(entry, Place::kustomize_image, scalars);
}

/// The text of a patch: an object, or a list of operations.
void read_patch_text(Reading& reading, const At& text) {
  if (text.string().empty()) return;
  Layer* layer = reading.layer_in(text);
  if (!layer || layer->tree().documents.empty()) return;
  for (std::size_t document = 0; document < layer->tree().documents.size(); ++document) {
    At top = text;
    top.layer = layer;
    top.path.enter();
    top.position = layer->view.top(document);
    if (top.is(NodeKind::sequence))
      read_json_patch(reading, top);
    else if (const auto object = object_kind(top))
      read_object(reading, top, *object, true);
  }
}

}  // namespace

void read_kustomize_images(Reading& reading, const At& list) {
  on_each(list, "[]", [&](const At& entry) { read_image_entry(reading, entry); });
}

void read_patches(Reading& reading, const At& holder) {
  on_each(holder, "patches[].patch", [&](const At& text) { read_patch_text(reading, text); });
  on_each(holder, "patchesJson6902[].patch", [&](const At& text) { read_patch_text(reading, text); });
  on_each(holder, "patchesStrategicMerge[]", [&](const At& text) {
    if (text.string().find('\n') != std::string_view::npos) read_patch_text(reading, text);
  });
}

void read_json_patch(Reading& reading, const At& list) {
  const auto ends_in_index = [](std::string_view path, std::string_view name) {
    const auto slash = path.rfind('/');
    if (slash == path.npos || !path.substr(0, slash).ends_with("/" + std::string(name))) return false;
    const std::string_view last = path.substr(slash + 1);
    return last == "-" || (!last.empty() && last.find_first_not_of("0123456789") == last.npos);
  };
  on_each(list, "[]", [&](const At& operation) {
    const std::string_view op = operation.key("op").string();
    if (op != "add" && op != "replace") return;
    const std::string_view path = operation.key("path").string();
    const At value = operation.key("value");
    if (path.ends_with("/image")) return reading.note(value, Place::patch_image);
    for (const std::string_view name : {"containers", "initContainers", "ephemeralContainers"}) {
      if (ends_in_index(path, name)) return reading.note(value.key("image"), Place::patch_image);
      if (path.ends_with("/" + std::string(name)))
        on_each(value, "[].image", [&](const At& image) { reading.note(image, Place::patch_image); });
    }
  });
}

void read_kustomization(Reading& reading, const At& top) {
  read_kustomize_images(reading, top.key("images"));
  read_patches(reading, top);
  on_each(top, "helmCharts[].valuesInline", [&](const At& values) { read_values(reading, values, nullptr); });
}

void read_flux_kustomization(Reading& reading, const At& object) {
  const At spec = object.key("spec");
  read_kustomize_images(reading, spec.key("images"));
  read_patches(reading, spec);
}

}  // namespace imglint::manifest
