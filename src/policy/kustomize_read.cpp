// How the graph of kustomizations is read from documents: edges, entries, and what nobody lists.
#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/path.hpp"
#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/objects.hpp"
#include "policy/kustomize.hpp"
#include "policy/kustomize_unlisted.hpp"
#include "source/file_system.hpp"
#include "tree/places.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {
namespace {

/// `…containers[0].image` or `…initContainers[0].image`.
bool is_container_path(std::string_view path) {
  constexpr std::string_view end = "].image";
  if (!path.ends_with(end)) return false;
  path.remove_suffix(end.size());
  while (!path.empty() && is_digit(path.back())) path.remove_suffix(1);
  for (const std::string_view list : {"containers[", "initContainers["}) {
    if (!path.ends_with(list)) continue;
    const std::size_t before = path.size() - list.size();
    if (before == 0 || path[before - 1] == '.' || path[before - 1] == '#') return true;
  }
  return false;
}

bool is_in_container(const ImageUse& use) {
  return is_container_path(use.path) ||
         std::ranges::any_of(use.aliases, [](const Alias& alias) { return is_container_path(alias.path); });
}

bool is_patch(const ImageUse& use) { return is_in_container(use) || use.role->name == "patch-image"; }
bool is_value(const ImageUse& use) { return use.role->name == "values-image"; }
bool is_in_text(const ImageUse& use) { return use.path.find('#') != use.path.npos; }

bool is_remote(std::string_view path) {
  return path.find("://") != path.npos || path.starts_with("git@") || path.starts_with("github.com/");
}

bool is_one_of(const KindInfo& kind, std::initializer_list<const KindInfo*> kinds) {
  return std::ranges::find(kinds, &kind) != kinds.end();
}

}  // namespace

std::string KustomizeGraph::joined(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return normal_path(path);
  return normal_path(folder.empty() || folder == "." ? std::string(path)
                                                     : std::string(folder) + "/" + std::string(path));
}

/// Reads the edges and entries of one document's trees.
class KustomizeGraph::Reader {
 public:
  Reader(KustomizeGraph& graph, const Document& document)
      : graph_(graph), document_(document), folder_(folder_of(graph.key_of(document.source->path()))) {}

  void run() {
    Arena arena;
    const Source& source = *document_.source;
    const auto size = static_cast<std::uint32_t>(source.bytes().size());
    const yaml::Parsed parsed = yaml::parse(source, size, arena);
    if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return;
    manifest::Layer layer(source, parsed.tree, nullptr, arena);
    const auto& tops = parsed.tree.documents;
    for (std::size_t index = 0; index < tops.size(); ++index) {
      const std::uint32_t end = index + 1 < tops.size() ? parsed.tree[tops[index + 1]].mark : size;
      manifest::At top;
      top.layer = &layer;
      top.position = layer.view.top(index);
      read_document(top, {parsed.tree[tops[index]].mark, end});
    }
  }

 private:
  void read_document(const manifest::At& top, Span span) {
    const auto object = manifest::object_kind(top);
    const KindInfo& dialect = object ? manifest::dialect_of(*object) : kinds::kustomization;
    if (&dialect == &kinds::helm_release) return read_release(top, span);
    if (&dialect == &kinds::argo_application) return read_application(top, span);
    if (&dialect == &kinds::flux_kustomization) return read_flux(top, span);
    if (&dialect != &kinds::kustomization) return;
    Node node{.folder = folder_, .is_component = top.key("kind").string() == "Component"};
    for (const std::string_view generator : {"helmCharts", "helmChartInflationGenerator", "generators"})
      if (top.key(generator).position) node.has_remote = true;
    read_edges(top, node);
    add_entries(span, {}, node);
    read_texts(top, span, node);
    graph_.by_folder_.emplace(folder_, graph_.nodes_.size());
    graph_.nodes_.push_back(std::move(node));
  }

  /// What Flux puts behind a chart sees the images that the values give it.
  void read_release(const manifest::At& top, Span span) {
    Node node{.folder = folder_, .has_remote = true};
    add_entries(span, {}, node);
    manifest::on_each(top, "spec.postRenderers[].kustomize",
                      [&](const manifest::At& kustomize) { read_texts(kustomize, span, node); });
    graph_.nodes_.push_back(std::move(node));
  }

  void read_application(const manifest::At& top, Span span) {
    for (const std::string_view where :
         {"spec.source", "spec.sources[]", "spec.template.spec.source", "spec.template.spec.sources[]"})
      manifest::on_each(top, where, [&](const manifest::At& source) {
        Node node{.folder = folder_, .has_remote = true};
        if (const std::string_view path = source.key("path").string(); !path.empty())
          node.roots = roots_of(path);
        add_entries(span, source.path.text() + ".", node);
        graph_.nodes_.push_back(std::move(node));
      });
  }

  void read_flux(const manifest::At& top, Span span) {
    const manifest::At spec = top.key("spec");
    Node node{.folder = folder_, .roots = roots_of(spec.key("path").string()), .has_remote = true};
    manifest::on_each(spec, "components[]", [&](const manifest::At& component) {
      if (!component.string().empty()) node.root_components.emplace_back(component.string());
    });
    add_entries(span, {}, node);
    read_texts(spec, span, node);
    graph_.nodes_.push_back(std::move(node));
  }

  void read_edges(const manifest::At& top, Node& node) const {
    const auto strings = [&](std::string_view pattern, std::vector<std::string>& into) {
      manifest::on_each(top, pattern, [&](const manifest::At& item) {
        const std::string_view text = item.string();
        if (is_remote(text)) node.has_remote = true;
        if (!text.empty() && text.find('\n') == text.npos) into.push_back(joined(folder_, text));
      });
    };
    strings("resources[]", node.resources);
    strings("bases[]", node.resources);
    strings("components[]", node.components);
    strings("patchesStrategicMerge[]", node.patch_files);
    strings("patches[].path", node.patch_files);
    strings("patchesJson6902[].path", node.patch_files);
    strings("helmCharts[].valuesFile", node.value_files);
    strings("helmCharts[].additionalValuesFiles[]", node.value_files);
    strings("transformers[]", node.transformers);
    node.has_configurations = static_cast<bool>(top.key("configurations").position);
  }

  /// What stands in the document itself: patches as text, values of charts, transformers.
  void read_texts(const manifest::At& holder, Span span, Node& node) {
    for (const ImageUse& use : document_.uses)
      if (span.contains(use.span) && ((is_in_text(use) && is_patch(use)) || is_value(use)))
        node.patches.push_back({&document_, &use});
    for (const std::string_view pattern : {"patches[].patch", "patchesJson6902[].patch"})
      on_texts(holder, pattern, [&](Span where, const Source& text) {
        for (const SeenImage& tested : tested_images(text))
          graph_.add_test(document_, where, tested.text, node);
      });
    on_texts(holder, "transformers[]", [&](Span where, const Source& text) {
      for (const SeenTransformer& one : seen_transformers(text))
        graph_.add_transformer(document_, where, one.name, one.new_name, one.has_tag, node);
    });
  }

  /// Calls with each text of several lines, or in flow style, and where it stands.
  template <class Use>
  void on_texts(const manifest::At& holder, std::string_view pattern, const Use& use) {
    manifest::on_each(holder, pattern, [&](const manifest::At& scalar) {
      const std::string_view text = scalar.string();
      if (text.find_first_of("\n[{") == text.npos) return;
      const Source source(document_.source->path(), std::string(text));
      use(scalar.layer->locate(scalar.position.node).content, source);
    });
  }

  /// From the root of the repository, which is one of the folders above. A slash before it says no more.
  [[nodiscard]] std::vector<std::string> roots_of(std::string_view path) const {
    std::vector<std::string> all;
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    if (path.empty()) path = ".";
    for (std::string above = folder_;; above = std::string(folder_of(above))) {
      all.push_back(joined(above, path));
      if (above.empty() || above == "." || above == "/") break;
    }
    std::ranges::reverse(all);
    return all;
  }

  /// The entries in a document, of those below a path.
  void add_entries(Span span, std::string_view below, Node& node) {
    const std::size_t first = graph_.entries_.size();
    const auto is_meant = [&](const ImageUse& use) {
      return span.contains(use.span) && use.path.starts_with(below);
    };
    for (const ImageUse& use : document_.uses) {
      if (!is_meant(use) || use.role->function != Function::selector) continue;
      node.entries.push_back(graph_.entries_.size());
      graph_.entries_.push_back({.selector = {&document_, &use}, .image = {}});
    }
    for (const ImageUse& use : document_.uses)
      if (is_meant(use) && use.role->name == "kustomize-image") add_image(use, first, node);
  }

  /// To the entry whose name stands beside it; a string without one is an entry by itself.
  void add_image(const ImageUse& use, std::size_t first, Node& node) {
    for (std::size_t index = first; index < graph_.entries_.size(); ++index) {
      KustomizeEntry& entry = graph_.entries_[index];
      if (!entry.selector.use || entry.image.use) continue;
      const std::string_view path = entry.selector.use->path;
      if (path != use.path && path != std::string(use.path) + ".name") continue;
      entry.image = {&document_, &use};
      entry.has_name = !use.follows_selector;
      return;
    }
    if (use.follows_selector) return;
    node.entries.push_back(graph_.entries_.size());
    graph_.entries_.push_back({.selector = {}, .image = {&document_, &use}});
  }

  KustomizeGraph& graph_;
  const Document& document_;
  std::string folder_;
};

void KustomizeGraph::add_document(const Document& document) {
  if (!document.kind->is_yaml || document.kind->reads_env_files) return;
  const std::string path = key_of(document.source->path());
  documents_.emplace(path, &document);
  std::vector<UseRef>& uses = by_file_[path];
  for (const ImageUse& use : document.uses) {
    if (is_in_text(use)) continue;
    if (is_patch(use)) uses.push_back({&document, &use});
    if (is_value(use)) values_[path].push_back({&document, &use});
  }
  const bool concerned = std::ranges::any_of(document.parts, [](const Part& part) {
    return is_one_of(*part.kind, {&kinds::kustomization, &kinds::flux_kustomization, &kinds::helm_release,
                                  &kinds::argo_application});
  });
  if (concerned) Reader(*this, document).run();
}

UseRef KustomizeGraph::unlisted_use(const Document& document, Span span, std::string_view text) {
  ImageUse& use = held_.emplace_back();
  use.span = span;
  const Piece piece{.text = {0, static_cast<std::uint32_t>(text.size())}, .exact = false};
  use.written = MappedText(arena_.copy(text), arena_.copy(std::span<const Piece>(&piece, 1)));
  unlisted_.push_back({&document, &use});
  return unlisted_.back();
}

/// What stands in files that kustomizations name, all of which are known now.
void KustomizeGraph::add_named_by_nodes() {
  for (Node& node : nodes_) {
    for (const std::string& path : node.patch_files) add_tests(path, node);
    for (const std::string& path : node.transformers) add_transformers(path, node);
  }
  if (!entries_.empty()) add_unlisted_images();
}

void KustomizeGraph::add_tests(const std::string& path, Node& node) {
  const auto document = documents_.find(path);
  if (document == documents_.end() ||
      document->second->source->bytes().find("test") == std::string_view::npos)
    return;
  for (const SeenImage& tested : tested_images(*document->second->source))
    add_test(*document->second, tested.span, tested.text, node);
}

void KustomizeGraph::add_transformers(const std::string& path, Node& node) {
  if (const auto folder = by_folder_.find(path); folder != by_folder_.end()) {
    for (const std::string& resource : std::vector<std::string>(nodes_[folder->second].resources))
      if (!by_folder_.contains(resource)) add_transformers(resource, node);
    return;
  }
  const auto document = documents_.find(path);
  if (document == documents_.end()) return;
  for (const SeenTransformer& one : seen_transformers(*document->second->source))
    add_transformer(*document->second, one.span, one.name, one.new_name, one.has_tag, node);
}

void KustomizeGraph::add_test(const Document& document, Span span, const std::string& text, Node& node) {
  node.tests.push_back(entries_.size());
  entries_.push_back({.selector = unlisted_use(document, span, text),
                      .image = {},
                      .is_here = false,
                      .form = KustomizeEntry::Form::test});
}

void KustomizeGraph::add_transformer(const Document& document, Span span, const std::string& name,
                                     const std::string& new_name, bool has_tag, Node& node) {
  const UseRef selector = unlisted_use(document, span, name);
  const UseRef image = unlisted_use(document, span, new_name.empty() ? name : new_name);
  if (has_tag)
    held_.back().parts.push_back({.name = PartName::tag, .span = span, .text = {}, .not_editable = {}});
  node.entries.push_back(entries_.size());
  entries_.push_back({.selector = selector,
                      .image = image,
                      .has_name = !new_name.empty(),
                      .is_here = false,
                      .form = KustomizeEntry::Form::transformer});
}

void KustomizeGraph::add_unlisted_images() {
  const bool anywhere = std::ranges::any_of(nodes_, &Node::has_configurations);
  for (const auto& [path, document] : documents_)
    if (std::ranges::any_of(document->parts, [](const Part& part) { return part.kind->is_coupled; }))
      add_unlisted_images_of(*document, anywhere, by_file_[path]);
}

void KustomizeGraph::add_unlisted_images_of(const Document& document, bool anywhere,
                                            std::vector<UseRef>& uses) {
  const Source& source = *document.source;
  if (!anywhere && !may_hold_images(source.bytes(), uses.size())) return;
  std::map<std::uint32_t, const ImageUse*> listed;
  for (const ImageUse& use : document.uses) listed.emplace(use.span.begin, &use);
  for (const SeenImage& seen : seen_images(source, anywhere)) {
    const auto known = listed.find(seen.span.begin);
    if (known != listed.end() && is_in_container(*known->second)) continue;
    const UseRef use = known != listed.end() ? UseRef{&document, known->second}
                                             : unlisted_use(document, seen.span, seen.text);
    if (!seen.in_container) configured_.insert(use);
    uses.push_back(use);
  }
}

}  // namespace imglint
