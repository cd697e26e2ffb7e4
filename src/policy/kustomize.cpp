#include "policy/kustomize.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/ascii.hpp"
#include "base/path.hpp"
#include "policy/regular_expression.hpp"
#include "reference/parse.hpp"
#include "source/file_system.hpp"

namespace imglint {
namespace {

/// What stands in the file, without what is not known.
std::string written_name(const ImageUse& use) {
  return std::string(use.written.text().empty() ? use.value.text() : use.written.text());
}

}  // namespace

bool is_plain_kustomize_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return is_letter_or_digit(c) || std::string_view("/:._-").find(c) != std::string_view::npos;
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

KustomizeGraph::KustomizeGraph(std::span<const Document* const> documents, std::string here)
    : here_(std::move(here)) {
  for (const Document* document : documents) add_document(*document);
  add_named_by_nodes();
  find_incomplete();
}

std::string KustomizeGraph::key_of(std::string_view path) const {
  return here_.empty() ? normal_path(path) : joined(here_, path);
}

/// What is not read is not here: of the files that kustomizations name all are read that are there.
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
      if (folder == by_folder_.end() && !documents_.contains(path)) return false;
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
    for (const std::string& root : node.roots) {
      if (!add_folder(root, items)) continue;
      for (const std::string& component : node.root_components) add_component(joined(root, component), items);
      break;
    }
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

  void add_component(const std::string& path, Items& items) {
    const auto found = graph_.by_folder_.find(path);
    if (found == graph_.by_folder_.end() || !open_.insert(found->second).second) return;
    const Node& component = graph_.nodes_[found->second];
    for (const std::string& resource : component.resources) add_resource(resource, items);
    apply(component, items);
    open_.erase(found->second);
  }

  /// Components, patches, then the entries in their order.
  void apply(const Node& node, Items& items) {
    for (const std::string& path : node.components) add_component(path, items);
    const auto add_from = [&items](const auto& files, const std::vector<std::string>& paths) {
      for (const std::string& path : paths)
        if (const auto file = files.find(path); file != files.end())
          items.insert(items.end(), file->second.begin(), file->second.end());
    };
    add_from(graph_.values_, node.value_files);
    add_from(graph_.by_file_, node.patch_files);
    items.insert(items.end(), node.patches.begin(), node.patches.end());
    leave_one_of_each(items);
    for (const std::size_t index : node.tests) apply_entry(node, index, items);
    for (const std::size_t index : node.entries) apply_entry(node, index, items);
  }

  void apply_entry(const Node& node, std::size_t index, Items& items) {
    const KustomizeEntry& entry = graph_.entries_[index];
    const std::string name = entry.selector.use ? spelled(entry.selector) : name_in(spelled(entry.image));
    for (UseRef& item : items) {
      if (!node.has_configurations && graph_.configured_.contains(item)) continue;
      if (!meets(entry, name, item)) continue;
      selected_[index].insert(item);
      if (entry.has_name) item = entry.image;
    }
  }

  [[nodiscard]] bool meets(const KustomizeEntry& entry, const std::string& name, const UseRef& item) {
    const std::string spelling = spelled(item);
    if (entry.form == KustomizeEntry::Form::test) return spelling == name;
    if (selector_.selects(name, spelling)) return true;
    // A chart may put the host before what its values say.
    return item.use->role->name == "values-image" && is_plain_kustomize_name(name) &&
           may_become(name_in(spelling), name_in(name));
  }

  static bool may_become(const std::string& value, const std::string& name) {
    if (value.empty() || name.ends_with("/" + value)) return !value.empty();
    const ReferenceParse one = parse_reference(value), other = parse_reference(name);
    if (!std::holds_alternative<Reference>(one) || !std::holds_alternative<Reference>(other)) return false;
    return canonical(std::get<Reference>(one), value) == canonical(std::get<Reference>(other), name);
  }

  /// Without tag and digest.
  static std::string name_in(const std::string& spelling) {
    const std::string text = spelling.substr(0, spelling.find('@'));
    const auto slash = text.rfind('/');
    return text.substr(0, text.find(':', slash == text.npos ? 0 : slash));
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
