// Argo CD's applications: Helm's values as an object, as text and as parameters, Kustomize's images as
// strings (docs/spec/kubernetes.md 5.1, 6.5).
#include <map>
#include <string>
#include <vector>

#include "kinds/manifest/objects.hpp"
#include "reference/parse.hpp"

namespace imglint::manifest {
namespace {

void read_values_text(Reading& reading, At text) {
  if (text.string().empty()) return;
  Layer* layer = reading.layer_in(text);
  if (!layer || layer->tree().documents.empty()) return;
  text.layer = layer;
  text.path.enter();
  text.position = layer->view.top(0);
  read_values(reading, text, nullptr);
}

bool ends_in_image(std::string_view name) {
  constexpr std::string_view words[] = {"image", "Image"};
  return name.ends_with(words[0]) || name.ends_with(words[1]);
}

/// Items whose names are paths into the values.
void read_parameters(Reading& reading, const At& list) {
  struct Group {
    SplitScalars scalars;
    At at;  ///< of the repository, else of the first
  };
  std::map<std::string, Group, std::less<>> groups;
  std::vector<std::string> order;
  on_each(list, "[]", [&](const At& item) {
    const std::string_view name = item.key("name").string();
    const At value = item.key("value");
    if (name.empty() || value.string().empty()) return;
    const auto dot = name.rfind('.');
    const std::string_view last = dot == name.npos ? name : name.substr(dot + 1);
    if (last == "image") return reading.note(value, Place::values_image);
    if (last.ends_with("Image")) {
      const ReferenceParse parsed = parse_reference(value.string());
      const auto* reference = std::get_if<Reference>(&parsed);
      if (reference && (reference->tag || reference->digest || reference->registry))
        reading.note(value, Place::values_image);
      return;
    }
    if (dot == name.npos || !ends_in_image(name.substr(0, dot))) return;
    Position SplitScalars::*part = last == "registry"     ? &SplitScalars::registry
                                   : last == "repository" ? &SplitScalars::repository
                                   : last == "tag"        ? &SplitScalars::tag
                                   : last == "digest"     ? &SplitScalars::digest
                                                          : nullptr;
    if (!part) return;
    const auto [group, is_new] = groups.try_emplace(std::string(name.substr(0, dot)));
    if (is_new) order.emplace_back(name.substr(0, dot));
    group->second.scalars.*part = value.position;
    if (is_new || last == "repository") group->second.at = value;
  });
  for (const std::string& name : order) {
    Group& group = groups.find(name)->second;
    group.scalars.tag_is_elsewhere = true;  // the chart's templates say it
    reading.note_split(group.at, group.scalars.repository ? Place::values_image : Place::values_partial,
                       group.scalars);
  }
}

/// `[NAME=]REFERENCE`
void read_image_string(Reading& reading, const At& at) {
  const std::string_view text = at.string();
  if (text.empty()) return;
  const auto equals = text.find('=');
  const auto size = static_cast<std::uint32_t>(text.size());
  if (equals == text.npos) return reading.note(at, Place::kustomize_image);
  const auto end = static_cast<std::uint32_t>(equals);
  reading.note_part(at, Place::kustomize_selector, {0, end});
  reading.note_part(at, Place::kustomize_image, {end + 1, size});
}

}  // namespace

void read_argo_application(Reading& reading, const At& object) {
  for (const std::string_view where :
       {"spec.source", "spec.sources[]", "spec.template.spec.source", "spec.template.spec.sources[]"})
    on_each(object, where, [&](const At& source) {
      const At helm = source.key("helm");
      on_each(helm, "valuesObject", [&](const At& values) { read_values(reading, values, nullptr); });
      read_values_text(reading, helm.key("values"));
      read_parameters(reading, helm.key("parameters"));
      on_each(source, "kustomize.images[]", [&](const At& image) { read_image_string(reading, image); });
    });
}

}  // namespace imglint::manifest
