#include "kinds/compose/places.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/ascii.hpp"
#include "kinds/dockerfile/roles.hpp"

namespace imglint::compose {
namespace {

/// The roles and spellings of build and of its `x-bake`, whose keys differ.
struct BuildRoles {
  std::string_view tags, cache_from, cache_to, contexts;
  const RoleInfo &tag, &from, &to, &context;
  bool strings;  ///< a string may stand in place of a list, split at blanks
};
constexpr BuildRoles build_roles = {
    "tags",         "cache_from",        "cache_to", "additional_contexts", role::build_tag, role::cache_from,
    role::cache_to, role::build_context, false};
constexpr BuildRoles bake_roles = {"tags",
                                   "cache-from",
                                   "cache-to",
                                   "contexts",
                                   role::bake_build_tag,
                                   role::bake_cache_from,
                                   role::bake_cache_to,
                                   role::bake_build_context,
                                   true};

/// Walks a file, a path in hand.
class Walker {
 public:
  explicit Walker(ComposeFile& file) : file_(file), view_(file.view) {}

  std::vector<Place> run() {
    for (std::size_t index = 0; index < file_.documents.size(); ++index) walk_document(index);
    add_all_mounted_over();
    find_dormant();
    std::ranges::sort(places_, {}, &Place::scalar);
    return std::move(places_);
  }

 private:
  /// Goes one step down the path for as long as it lives.
  class Step {
   public:
    Step(Path& path, std::string_view key) : path_(path), size_(path.size()) { path.key(key); }
    Step(Path& path, std::size_t item) : path_(path), size_(path.size()) { path.item(item); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { path_.cut(size_); }

   private:
    Path& path_;
    std::size_t size_;
  };

  void walk_document(std::size_t index) {
    const ComposeDocument& document = file_.documents[index];
    if (document.form == Form::services) {
      walk_include(view_.find(document.top, "include"));
      walk_models(view_.find(document.top, "models"));
    }
    const auto entries = file_.service_entries(document);
    const auto walk_all = [&] {
      for (const Entry& entry : entries) {
        const Step step(path_, entry.key);
        walk_service(file_.find_service(entry.key), entry.value);
      }
    };
    if (document.form == Form::version_1) return walk_all();
    const Step step(path_, "services");
    walk_all();
  }

  void walk_service(std::int32_t number, Position service) {
    service_ = number;
    const auto merged_before = static_cast<std::ptrdiff_t>(view_.merged_maps().size());
    const auto entries = view_.entries(service);
    const auto& merged = view_.merged_maps();
    merged_services_.insert(merged_services_.end(), merged.begin() + merged_before, merged.end());
    for (const Entry& entry : entries) {
      const Step step(path_, entry.key);
      if (entry.key == "image") {
        add(entry.value,
            file_.services[static_cast<std::size_t>(number)].built ? role::built_image : role::image);
      } else if (entry.key == "build") {
        walk_build(entry.value);
      } else if (entry.key == "pre_start") {
        walk_pre_start(entry.value);
      } else if (entry.key == "volumes") {
        walk_volumes(entry.value);
      } else if (entry.key == "provider") {
        walk_provider(entry.value);
      } else if (entry.key == "extends") {
        walk_key(entry.value, "file", role::extends, Spelling::oci);
      }
    }
    service_ = -1;
  }

  void walk_build(Position build) {
    walk_build_keys(build, build_roles);
    for (const Entry& entry : view_.entries(build)) {
      const Step step(path_, entry.key);
      if (entry.key == "dockerfile_inline") {
        add(entry.value, dockerfile::role::from, Spelling::dockerfile);
      } else if (entry.key == "sbom") {
        add(entry.value, role::sbom, Spelling::sbom);
      } else if (entry.key == "x-bake") {
        walk_build_keys(entry.value, bake_roles);
      }
    }
  }

  void walk_build_keys(Position build, const BuildRoles& roles) {
    for (const Entry& entry : view_.entries(build)) {
      const Step step(path_, entry.key);
      if (entry.key == roles.tags) {
        walk_list(entry.value, roles.tag, Spelling::whole,
                  roles.strings ? Spelling::whole_words : Spelling::whole, roles.strings);
      } else if (entry.key == roles.cache_from || entry.key == roles.cache_to) {
        walk_list(entry.value, entry.key == roles.cache_from ? roles.from : roles.to, Spelling::cache,
                  Spelling::cache_words, roles.strings);
      } else if (entry.key == roles.contexts) {
        walk_list(entry.value, roles.context, Spelling::named_context, Spelling::context_words,
                  roles.strings);
        for (const Entry& context : view_.entries(entry.value)) {
          const Step inner(path_, context.key);
          add(context.value, roles.context, Spelling::context);
        }
      }
    }
  }

  void walk_list(Position list, const RoleInfo& role, Spelling item, Spelling string, bool strings) {
    if (strings && view_.is(list, NodeKind::scalar)) return add(list, role, string);
    std::size_t number = 0;
    for (const Position value : view_.items(list)) {
      const Step step(path_, number++);
      add(value, role, item);
    }
  }

  void walk_pre_start(Position list) {
    std::size_t number = 0;
    for (const Position hook : view_.items(list)) {
      const Step step(path_, number++);
      walk_key(hook, "image", role::pre_start, Spelling::whole);
    }
  }

  void walk_volumes(Position list) {
    const auto volumes = view_.items(list);
    if (std::ranges::none_of(volumes, [&](Position volume) { return is_image_volume(volume); })) return;
    std::unordered_map<std::string_view, std::size_t> last;  // of several at one place it holds
    for (std::size_t number = 0; number < volumes.size(); ++number) last[target_of(volumes[number])] = number;
    for (std::size_t number = 0; number < volumes.size(); ++number) {
      const Step step(path_, number);
      if (!is_image_volume(volumes[number])) continue;
      const std::string_view target = target_of(volumes[number]);
      if (target.empty() || last[target] == number)
        walk_key(volumes[number], "source", role::volume_image, Spelling::whole);
      else
        add_mounted_over(view_.find(volumes[number], "source"));
    }
  }

  bool is_image_volume(Position volume) { return view_.text(view_.find(volume, "type")) == "image"; }

  /// Empty where it is not known: a variable may hold a part of the short form.
  std::string_view target_of(Position volume) {
    const std::string_view text = view_.text(volume);
    if (text.empty()) return view_.text(view_.find(volume, "target"));
    return text.find('$') == text.npos ? target_of_volume(text) : std::string_view();
  }

  void add_mounted_over(Position source) {
    const Step step(path_, "source");
    if (!view_.text(source).empty() && source.direct) mounted_over_.emplace_back(source.node, path_.text());
  }

  /// Once all others are known, which may use the same text.
  void add_all_mounted_over() {
    for (auto& [scalar, path] : mounted_over_)
      if (numbers_.emplace(scalar, places_.size()).second)
        places_.push_back({.scalar = scalar,
                           .role = &role::volume_image,
                           .active = false,
                           .path = std::move(path),
                           .aliases = {}});
  }

  /// Another file of the project may say of which type it is.
  void walk_provider(Position provider) {
    const std::string_view type = view_.text(view_.find(provider, "type"));
    if (!type.empty() && type != "model") return;
    const Step options(path_, "options");
    const Step model(path_, "model");
    const Position value = view_.find(view_.find(provider, "options"), "model");
    const std::size_t before = places_.size();
    add(value, role::provider_model);
    walk_list(value, role::provider_model, Spelling::whole, Spelling::whole, false);
    for (std::size_t i = before; i < places_.size(); ++i) places_[i].lacks_type = type.empty();
  }

  void walk_models(Position models) {
    const Step step(path_, "models");
    for (const Entry& entry : view_.entries(models)) {
      const Step name(path_, entry.key);
      walk_key(entry.value, "model", role::model, Spelling::whole);
    }
  }

  void walk_include(Position list) {
    const Step step(path_, "include");
    std::size_t number = 0;
    for (const Position item : view_.items(list)) {
      const Step at(path_, number++);
      add(item, role::include, Spelling::oci);
      const Position value = view_.find(item, "path");
      const Step inner(path_, "path");
      add(value, role::include, Spelling::oci);
      walk_list(value, role::include, Spelling::oci, Spelling::oci, false);
    }
  }

  void walk_key(Position map, std::string_view key, const RoleInfo& role, Spelling spelling) {
    const Position value = view_.find(map, key);
    const Step step(path_, key);
    add(value, role, spelling);
  }

  /// An `image` under `x-`, or in a map merged into a service, that no service uses (compose.md 2.2, row 17).
  void find_dormant() {
    for (const ComposeDocument& document : file_.documents)
      if (document.form == Form::services || document.form == Form::version_1) find_dormant(document.top);
    for (const NodeIndex merged : merged_services_)
      for (NodeIndex key = view_.tree()[merged].first_child; key != no_node;) {
        const NodeIndex value = view_.tree()[key].next;
        if (view_.tree()[key].value == "image") add_dormant(value);
        key = view_.tree()[value].next;
      }
  }

  void find_dormant(Position top) {
    const Tree& tree = view_.tree();
    for (NodeIndex key = tree[top.node].first_child; key != no_node;) {
      const NodeIndex value = tree[key].next;
      const NodeIndex next = tree[value].next;
      if (is_extension(tree[key].value)) {
        const NodeIndex end = end_of(tree, value);
        for (NodeIndex at = value + 1; at < end; ++at) {
          const Node& node = tree[at];
          const Node& parent = tree[node.parent];
          if (parent.kind == NodeKind::map && !node.key && tree[node.place].value == "image") add_dormant(at);
        }
      }
      key = next;
    }
  }

  void add_dormant(NodeIndex node) {
    const NodeIndex scalar = view_.tree().resolve(node);
    if (view_.text({scalar, true}).empty() || !dormant_.insert(node).second) return;
    const auto [found, is_new] = numbers_.emplace(scalar, places_.size());
    if (is_new) {
      places_.push_back(
          {.scalar = scalar, .active = false, .path = written_path(view_.tree(), scalar), .aliases = {}});
    }
    Place& place = places_[found->second];
    if (!place.active && scalar != node) place.aliases.push_back({.path = written_path(view_.tree(), node)});
  }

  void add(Position at, const RoleInfo& role, Spelling spelling = Spelling::whole) {
    if (view_.text(at).empty()) return;
    const auto [found, is_new] = numbers_.emplace(at.node, places_.size());
    if (is_new) {
      places_.push_back({.scalar = at.node, .path = {}, .aliases = {}});
      places_.back().path = at.direct ? path_.text() : written_path(view_.tree(), at.node);
    }
    Place& place = places_[found->second];
    if (!at.direct) place.aliases.push_back({path_.text(), &role, service_});
    // Its own place decides what it is, else the first use, where a service that builds it comes first.
    const bool first_build = &role == &role::built_image && place.role == &role::image && !place.direct;
    if (!is_new && !at.direct && !first_build) return;
    place.role = &role;
    place.spelling = spelling;
    place.service = service_;
    place.direct = at.direct;
  }

  ComposeFile& file_;
  View& view_;
  Path path_;
  std::int32_t service_ = -1;
  std::vector<Place> places_;
  std::unordered_map<NodeIndex, std::size_t> numbers_;
  std::vector<NodeIndex> merged_services_;
  std::vector<std::pair<NodeIndex, std::string>> mounted_over_;  ///< image volumes, with their paths
  std::unordered_set<NodeIndex> dormant_;                        ///< nodes seen by add_dormant()
};

/// Where a part of a short volume ends that begins there. One letter in front of a ':' is a drive of Windows.
std::size_t end_of_volume_part(std::string_view text, std::size_t begin) {
  const std::size_t colon = text.find(':', begin);
  const bool is_drive = colon == begin + 1 && lower(text[begin]) >= 'a' && lower(text[begin]) <= 'z';
  return is_drive ? text.find(':', colon + 1) : colon;
}

}  // namespace

NodeIndex end_of(const Tree& tree, NodeIndex node) {
  for (; tree[node].parent != no_node; node = tree[node].parent)
    if (tree[node].next != no_node) return tree[node].next;
  const auto next = std::ranges::upper_bound(tree.documents, node);
  return next == tree.documents.end() ? static_cast<NodeIndex>(tree.nodes.size()) : *next;
}

std::string_view target_of_volume(std::string_view text) {
  const auto first = end_of_volume_part(text, 0);
  const auto second = first == text.npos ? first : end_of_volume_part(text, first + 1);
  std::string_view target = first == text.npos ? text : text.substr(first + 1, second - first - 1);
  // A short form is cleaned when it becomes a long one.
  while (target.size() > 1 && target.ends_with('/')) target.remove_suffix(1);
  return target;
}

std::vector<Place> find_places(ComposeFile& file) { return Walker(file).run(); }

}  // namespace imglint::compose
