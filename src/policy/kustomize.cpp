#include "policy/kustomize.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/ascii.hpp"
#include "base/path.hpp"
#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/objects.hpp"
#include "policy/regular_expression.hpp"
#include "source/file_system.hpp"
#include "tree/places.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"
#include "yaml/scalar.hpp"

namespace imglint {
namespace {

using compose::View;

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

std::string joined(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return normal_path(path);
  return normal_path(folder.empty() || folder == "." ? std::string(path)
                                                     : std::string(folder) + "/" + std::string(path));
}

bool is_remote(std::string_view path) {
  return path.find("://") != path.npos || path.starts_with("git@") || path.starts_with("github.com/");
}

/// What stands in the file, without what is not known.
std::string written_name(const ImageUse& use) {
  return std::string(use.written.text().empty() ? use.value.text() : use.written.text());
}

}  // namespace

bool is_plain_kustomize_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("/:._-").find(c) != std::string_view::npos;
  });
}

bool NameSelector::selects(std::string_view name, std::string_view spelling) {
  if (is_plain_kustomize_name(name)) {
    if (spelling.size() < name.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i)
      if (name[i] != '.' && name[i] != spelling[i]) return false;
    const std::string_view rest = spelling.substr(name.size());
    if (rest.empty() || rest.front() == '@') return true;
    return rest.front() == ':' && rest.find('/') == rest.npos;
  }
  const std::string expression =
      "^" + std::string(name) + "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$";
  if (seen_.insert(expression).second) compiled_.add(expression);
  return compiled_.contains_match(spelling, expression).value_or(false);
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
    if (&dialect == &kinds::helm_release || &dialect == &kinds::argo_application)
      return add_entries(span, nullptr);
    const bool is_flux = &dialect == &kinds::flux_kustomization;
    if (!is_flux && &dialect != &kinds::kustomization) return;
    View& view = top.view();
    Node node{
        .folder = folder_, .is_component = top.key("kind").string() == "Component", .has_remote = is_flux};
    for (const std::string_view generator : {"helmCharts", "helmChartInflationGenerator", "generators"})
      if (view.find(top.position, generator)) node.has_remote = true;
    if (is_flux)
      node.roots = flux_roots(top.key("spec").key("path").string());
    else
      read_edges(view, top.position, node);
    for (const ImageUse& use : document_.uses)
      if (span.contains(use.span) && use.path.find('#') != use.path.npos && is_patch(use))
        node.patches.push_back({&document_, &use});
    add_entries(span, &node);
    if (!is_flux) graph_.by_folder_.emplace(folder_, graph_.nodes_.size());
    graph_.nodes_.push_back(std::move(node));
  }

  void read_edges(View& view, compose::Position top, Node& node) const {
    const auto strings = [&](std::string_view key, std::vector<std::string>& into) {
      for (const compose::Position item : view.items(view.find(top, key)))
        if (const std::string_view text = view.text(item); !text.empty() && text.find('\n') == text.npos)
          into.push_back(joined(folder_, text));
      for (const compose::Position item : view.items(view.find(top, key)))
        if (is_remote(view.text(item))) node.has_remote = true;
    };
    strings("resources", node.resources);
    strings("bases", node.resources);
    strings("components", node.components);
    strings("patchesStrategicMerge", node.patch_files);
    for (const std::string_view key : {"patches", "patchesJson6902"})
      for (const compose::Position item : view.items(view.find(top, key)))
        if (const std::string_view path = view.text(view.find(item, "path")); !path.empty())
          node.patch_files.push_back(joined(folder_, path));
  }

  /// From the root of the repository, which is one of the folders above.
  [[nodiscard]] std::vector<std::string> flux_roots(std::string_view path) const {
    std::vector<std::string> all;
    if (path.empty()) path = ".";
    for (std::string above = folder_;; above = std::string(folder_of(above))) {
      all.push_back(joined(above, path));
      if (above.empty() || above == "." || above == "/") break;
    }
    std::ranges::reverse(all);
    return all;
  }

  /// The entries in a document; without a node what they select is not here.
  void add_entries(Span span, Node* node) {
    const std::size_t first = graph_.entries_.size();
    for (const ImageUse& use : document_.uses) {
      if (!span.contains(use.span) || use.role->function != Function::selector) continue;
      if (node) node->entries.push_back(graph_.entries_.size());
      graph_.entries_.push_back({.selector = {&document_, &use}, .image = {}, .is_here = node != nullptr});
    }
    for (const ImageUse& use : document_.uses)
      if (span.contains(use.span) && use.role->name == "kustomize-image") add_image(use, first);
  }

  /// To the entry whose name stands beside it; a string without one is an entry by itself.
  void add_image(const ImageUse& use, std::size_t first) {
    for (std::size_t index = first; index < graph_.entries_.size(); ++index) {
      KustomizeEntry& entry = graph_.entries_[index];
      if (!entry.selector.use || entry.image.use) continue;
      const std::string_view path = entry.selector.use->path;
      if (path != use.path && path != std::string(use.path) + ".name") continue;
      entry.image = {&document_, &use};
      entry.has_name = !use.follows_selector;
      return;
    }
    if (!use.follows_selector)
      graph_.entries_.push_back({.selector = {}, .image = {&document_, &use}, .is_here = false});
  }

  KustomizeGraph& graph_;
  const Document& document_;
  std::string folder_;
};

KustomizeGraph::KustomizeGraph(std::span<const Document* const> documents, std::string here)
    : here_(std::move(here)) {
  for (const Document* document : documents) add_document(*document);
  find_incomplete();
}

std::string KustomizeGraph::key_of(std::string_view path) const {
  return here_.empty() ? normal_path(path) : joined(here_, path);
}

/// A file that is not read has no references; a folder without a kustomization is one that is not here.
bool KustomizeGraph::is_complete(std::size_t index, std::size_t depth,
                                 std::vector<Completeness>& known) const {
  constexpr std::size_t most_depth = 64;
  const Node& node = nodes_[index];
  Completeness& result = known[index];
  if (result != Completeness::unknown) return result == Completeness::complete;
  result = Completeness::incomplete;  // also of a circle, which kustomize refuses
  if (node.has_remote || depth > most_depth) return false;
  for (const auto* paths : {&node.resources, &node.components})
    for (const std::string& path : *paths) {
      const auto folder = by_folder_.find(path);
      const std::string_view name = name_of(path);
      if (folder == by_folder_.end() && name.find('.', 1) == name.npos) return false;
      if (folder != by_folder_.end() && !is_complete(folder->second, depth + 1, known)) return false;
    }
  result = Completeness::complete;
  return true;
}

void KustomizeGraph::find_incomplete() {
  std::vector<Completeness> known(nodes_.size(), Completeness::unknown);
  for (std::size_t index = 0; index < nodes_.size(); ++index) {
    const bool complete = !nodes_[index].is_component && is_complete(index, 0, known);
    for (const std::size_t entry : nodes_[index].entries) entries_[entry].is_complete = complete;
  }
}

void KustomizeGraph::add_document(const Document& document) {
  if (!document.kind->is_yaml || document.kind->reads_env_files) return;
  std::vector<UseRef>& uses = by_file_[key_of(document.source->path())];
  for (const ImageUse& use : document.uses)
    if (is_in_container(use) || use.role->name == "patch-image")
      if (use.path.find('#') == use.path.npos) uses.push_back({&document, &use});
  static constexpr const KindInfo* holders[] = {&kinds::kustomization, &kinds::flux_kustomization,
                                                &kinds::helm_release, &kinds::argo_application};
  const bool concerned = std::ranges::any_of(document.parts, [](const Part& part) {
    return std::ranges::find(holders, part.kind) != std::end(holders);
  });
  if (concerned) Reader(*this, document).run();
}

/// Builds kustomizations, noting what each entry meets.
class KustomizeGraph::Builder {
 public:
  Builder(const KustomizeGraph& graph, const Spellings& spelling)
      : graph_(graph), spelling_(spelling), selected_(graph.entries_.size()) {}

  std::vector<std::vector<UseRef>> run() {
    for (std::size_t node = 0; node < graph_.nodes_.size(); ++node)
      if (!graph_.nodes_[node].is_component) (void)build(node);
    std::vector<std::vector<UseRef>> result;
    for (const std::set<UseRef>& one : selected_) result.emplace_back(one.begin(), one.end());
    return result;
  }

 private:
  using Items = std::vector<UseRef>;  ///< what supplies the name of each image

  Items build(std::size_t index) {
    if (const auto known = built_.find(index); known != built_.end()) return known->second;
    if (!open_.insert(index).second) return {};  // a circle, which kustomize refuses
    const Node& node = graph_.nodes_[index];
    Items items;
    for (const std::string& path : node.resources) add_resource(path, items);
    for (const std::string& root : node.roots)
      if (add_folder(root, items)) break;
    leave_one_of_each(items);
    apply(node, items);
    open_.erase(index);
    built_.emplace(index, items);
    return items;
  }

  /// What is reached in two ways would be met twice as often with each level.
  static void leave_one_of_each(Items& items) {
    std::ranges::sort(items);
    items.erase(std::unique(items.begin(), items.end()), items.end());
  }

  void add_resource(const std::string& path, Items& items) {
    if (const auto folder = graph_.by_folder_.find(path); folder != graph_.by_folder_.end()) {
      if (graph_.nodes_[folder->second].is_component) return;
      const Items inner = build(folder->second);
      items.insert(items.end(), inner.begin(), inner.end());
    } else if (const auto file = graph_.by_file_.find(path); file != graph_.by_file_.end()) {
      items.insert(items.end(), file->second.begin(), file->second.end());
    }
  }

  /// What Flux builds of a folder: its kustomization, or all that is below it, where folders with one are
  /// built by that. False if nothing of it is here.
  bool add_folder(const std::string& folder, Items& items) {
    if (graph_.by_folder_.contains(folder)) {
      add_resource(folder, items);
      return true;
    }
    const std::string begin = folder == "." ? "" : folder.ends_with('/') ? folder : folder + "/";
    bool any = false;
    for (auto node = graph_.by_folder_.lower_bound(begin);
         node != graph_.by_folder_.end() && node->first.starts_with(begin); ++node) {
      any = true;
      if (!is_in_kustomization(node->first, begin)) add_resource(node->first, items);
    }
    for (auto file = graph_.by_file_.lower_bound(begin);
         file != graph_.by_file_.end() && file->first.starts_with(begin); ++file) {
      any = true;
      if (!is_in_kustomization(file->first, begin))
        items.insert(items.end(), file->second.begin(), file->second.end());
    }
    return any;
  }

  /// Whether a folder between a path and the one it is taken from has a kustomization.
  [[nodiscard]] bool is_in_kustomization(std::string_view path, std::string_view begin) const {
    for (auto slash = path.rfind('/'); slash != path.npos && slash >= begin.size() && slash > 0;
         slash = path.rfind('/', slash - 1))
      if (graph_.by_folder_.contains(path.substr(0, slash))) return true;
    return false;
  }

  /// Components, patches, then the entries in their order.
  void apply(const Node& node, Items& items) {
    for (const std::string& path : node.components) {
      const auto found = graph_.by_folder_.find(path);
      if (found == graph_.by_folder_.end() || !open_.insert(found->second).second) continue;
      const Node& component = graph_.nodes_[found->second];
      for (const std::string& resource : component.resources) add_resource(resource, items);
      apply(component, items);
      open_.erase(found->second);
    }
    for (const std::string& path : node.patch_files)
      if (const auto file = graph_.by_file_.find(path); file != graph_.by_file_.end())
        items.insert(items.end(), file->second.begin(), file->second.end());
    items.insert(items.end(), node.patches.begin(), node.patches.end());
    leave_one_of_each(items);
    for (const std::size_t index : node.entries) {
      const KustomizeEntry& entry = graph_.entries_[index];
      const std::string name = spelled(entry.selector);
      for (UseRef& item : items) {
        if (!selector_.selects(name, spelled(item))) continue;
        selected_[index].insert(item);
        if (entry.has_name) item = entry.image;
      }
    }
  }

  [[nodiscard]] std::string spelled(const UseRef& use) const {
    const auto known = spelling_.find(use);
    return known == spelling_.end() ? written_name(*use.use) : known->second;
  }

  const KustomizeGraph& graph_;
  const Spellings& spelling_;
  std::vector<std::set<UseRef>> selected_;
  std::map<std::size_t, Items> built_;
  std::set<std::size_t> open_;
  NameSelector selector_;
};

std::vector<std::vector<UseRef>> KustomizeGraph::selected(const Spellings& spelling) const {
  return Builder(*this, spelling).run();
}

}  // namespace imglint
