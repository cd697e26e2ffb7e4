#include "policy/kustomize_unlisted.hpp"

#include <algorithm>

#include "base/arena.hpp"
#include "base/ascii.hpp"
#include "kinds/manifest/objects.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"
#include "yaml/scalar.hpp"

namespace imglint {
namespace {

using manifest::At;
using yaml::NodeKind;

/// Calls with the top of each document of a text that parses.
template <class Use>
void on_documents(const Source& source, const Use& use) {
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, static_cast<std::uint32_t>(source.bytes().size()), arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return;
  manifest::Layer layer(source, parsed.tree, nullptr, arena);
  for (std::size_t index = 0; index < parsed.tree.documents.size(); ++index) {
    At top;
    top.layer = &layer;
    top.position = layer.view.top(index);
    use(top);
  }
}

SeenImage image_at(const At& scalar, bool in_container) {
  return {.span = scalar.layer->locate(scalar.position.node).content,
          .text = std::string(scalar.string()),
          .in_container = in_container};
}

/// Looks through one object.
class Searcher {
 public:
  Searcher(bool anywhere, std::vector<SeenImage>& found) : anywhere_(anywhere), found_(found) {}

  void visit(const At& at, std::string_view list) {
    if (at.is(NodeKind::sequence))
      for (const manifest::Position item : at.view().items(at.position)) visit(at.at(item, at.path), list);
    if (!at.is(NodeKind::map)) return;
    const bool is_container = list == "containers" || list == "initContainers";
    for (const manifest::Entry& entry : at.view().entries(at.position)) {
      const At value = at.at(entry.value, at.path);
      if (value.is(NodeKind::scalar))
        look_at(entry.key, value, is_container);
      else
        visit(value, value.is(NodeKind::sequence) ? entry.key : std::string_view());
    }
  }

 private:
  void look_at(std::string_view key, const At& value, bool is_container) {
    const bool in_container = is_container && key == "image";
    if (!in_container && !(anywhere_ && lower_case(key).ends_with("image"))) return;
    if (!value.string().empty()) found_.push_back(image_at(value, in_container));
  }

  bool anywhere_;
  std::vector<SeenImage>& found_;
};

/// Every image in the value of an operation.
void add_tested(const At& value, bool is_image, std::vector<SeenImage>& found) {
  if (value.is(NodeKind::scalar)) {
    if (is_image && !value.string().empty()) found.push_back(image_at(value, true));
    return;
  }
  for (const manifest::Position item : value.view().items(value.position))
    add_tested(value.at(item, value.path), false, found);
  for (const manifest::Entry& entry : value.view().entries(value.position))
    add_tested(value.at(entry.value, value.path), entry.key == "image", found);
}

}  // namespace

bool may_hold_images(std::string_view bytes, std::size_t listed) {
  std::size_t count = 0;
  for (auto at = bytes.find("image"); at != bytes.npos; at = bytes.find("image", at + 1)) {
    const std::string_view behind = bytes.substr(at + 5, 3);
    if (behind.substr(0, std::min(behind.find(':'), behind.size())).find_first_not_of("\"' ") == behind.npos)
      ++count;
  }
  return count > listed;
}

std::vector<SeenImage> seen_images(const Source& source, bool anywhere) {
  std::vector<SeenImage> found;
  on_documents(source, [&](const At& top) {
    const auto object = manifest::object_kind(top);
    if (object && object->kind != "CustomResourceDefinition") Searcher(anywhere, found).visit(top, {});
  });
  return found;
}

std::vector<SeenTransformer> seen_transformers(const Source& source) {
  std::vector<SeenTransformer> found;
  on_documents(source, [&](const At& top) {
    if (top.key("apiVersion").string() != "builtin" || top.key("kind").string() != "ImageTagTransformer")
      return;
    const At entry = top.key("imageTag");
    const At name = entry.key("name");
    if (name.string().empty()) return;
    found.push_back({.span = image_at(name, false).span,
                     .name = std::string(name.string()),
                     .new_name = std::string(entry.key("newName").string()),
                     .has_tag = entry.key("newTag").position || entry.key("digest").position});
  });
  return found;
}

std::vector<SeenImage> tested_images(const Source& source) {
  std::vector<SeenImage> found;
  on_documents(source, [&](const At& top) {
    for (const manifest::Position item : top.view().items(top.position)) {
      const At operation = top.at(item, top.path);
      if (operation.key("op").string() != "test") continue;
      add_tested(operation.key("value"), operation.key("path").string().ends_with("/image"), found);
    }
  });
  return found;
}

}  // namespace imglint
