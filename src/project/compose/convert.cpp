#include "project/compose/convert.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <utility>

#include "expansion/template.hpp"
#include "project/compose/merge.hpp"
#include "yaml/scalar.hpp"

namespace imglint::assembly {
namespace {

using compose::Entry;
using compose::no_node;
using compose::NodeIndex;
using compose::NodeKind;
using compose::Position;

constexpr std::string_view override_tag = "!override";

/// Keys of a service whose values say something of images, builds, or what must be there.
constexpr std::array<std::string_view, 19> telling_keys = {
    "image",  "build",    "extends",    "pull_policy",  "profiles",     "pre_start", "volumes",
    "models", "provider", "depends_on", "env_file",     "network_mode", "ipc",       "pid",
    "uts",    "cgroup",   "links",      "volumes_from", "tmpfs"};

class Converter {
 public:
  Converter(Reading& reading, Items& items)
      : reading_(reading), view_(reading.view), tree_(reading.view.tree()), items_(items) {}

  ConvertedDocument run(std::size_t document, bool is_version_1) {
    ConvertedDocument result;
    const Position top = view_.top(document);
    if (!view_.is(top, NodeKind::map)) return result;
    result.top = start(ItemKind::map, top.node, no_node);
    const std::vector<Entry> keys = entries(top, result.resets);
    result.top->entries.reserve(keys.size());
    for (const Entry& entry : keys) {
      Resets inner;
      const bool is_service = is_version_1 && !compose::is_extension(entry.key);
      result.top->entries.emplace_back(entry.key,
                                       is_service ? service(entry, inner) : top_level(entry, inner));
      keep(result.resets, entry, std::move(inner));
    }
    return result;
  }

 private:
  Item* start(ItemKind kind, NodeIndex node, NodeIndex key) {
    return items_.add({.kind = kind, .reading = &reading_, .node = node, .key = key});
  }

  /// The entries of a map; notes those that are reset. What one overrides is noted by keep().
  std::vector<Entry> entries(Position map, Resets& resets) {
    const auto before = static_cast<std::ptrdiff_t>(view_.merged_maps().size());
    std::vector<Entry> result = view_.entries(map);
    note_resets(map.node, resets);
    const std::vector<NodeIndex> merged(view_.merged_maps().begin() + before, view_.merged_maps().end());
    for (const NodeIndex node : merged) note_resets(node, resets);
    return result;
  }

  void note_resets(NodeIndex map, Resets& resets) {
    if (tree_[map].kind != NodeKind::map) return;
    for (NodeIndex key = tree_[map].first_child; key != no_node;) {
      const NodeIndex value = tree_[key].next;
      if (tree_.tag_of(tree_[tree_.resolve(value)]) == compose::reset_tag)
        resets.at(tree_[tree_.resolve(key)].value).here = true;
      key = tree_[value].next;
    }
  }

  void keep(Resets& resets, const Entry& entry, Resets inner) {
    if (tree_.tag_of(tree_[entry.value.node]) == override_tag)
      resets.at(entry.key).here = true;
    else if (!inner.empty())
      resets.at(entry.key) = std::move(inner);
  }

  Item* top_level(const Entry& entry, Resets& resets) {
    if (entry.key == "services") return services(entry, resets);
    if (entry.key == "include" || entry.key == "models" || entry.key == "name")
      return plain(entry.value, entry.key_node, resets);
    // Nothing changes nothing of what an earlier file says; a version counts for its own document only.
    if (view_.is(entry.value, NodeKind::null) && entry.key != "version")
      return plain(entry.value, entry.key_node, resets);
    return other(entry);
  }

  Item* other(const Entry& entry) { return start(ItemKind::other, entry.value.node, entry.key_node); }

  Item* services(const Entry& entry, Resets& resets) {
    if (!view_.is(entry.value, NodeKind::map)) return plain(entry.value, entry.key_node, resets);
    Item* map = start(ItemKind::map, entry.value.node, entry.key_node);
    const std::vector<Entry> services = entries(entry.value, resets);
    map->entries.reserve(services.size());
    for (const Entry& service : services) {
      Resets inner;
      map->entries.emplace_back(service.key, this->service(service, inner));
      keep(resets, service, std::move(inner));
    }
    return map;
  }

  Item* service(const Entry& entry, Resets& resets) {
    if (!view_.is(entry.value, NodeKind::map)) return plain(entry.value, entry.key_node, resets);
    Item* map = start(ItemKind::map, entry.value.node, entry.key_node);
    const std::vector<Entry> keys = entries(entry.value, resets);
    map->entries.reserve(keys.size());
    for (const Entry& each : keys) {
      Resets inner;
      map->entries.emplace_back(each.key, service_value(each, inner));
      keep(resets, each, std::move(inner));
    }
    return map;
  }

  Item* service_value(const Entry& entry, Resets& resets) {
    if (entry.key == "build") return build(entry, resets);
    if (entry.key == "depends_on") return names(entry, resets, true);
    if (entry.key == "models") return names(entry, resets, false);
    if (std::find(telling_keys.begin(), telling_keys.end(), entry.key) == telling_keys.end())
      return other(entry);
    Item* value = plain(entry.value, entry.key_node, resets);
    if (entry.key == "volumes") keep_last_of_target(*value);
    return value;
  }

  Item* build(const Entry& entry, Resets& resets) {
    if (view_.is(entry.value, NodeKind::scalar)) {
      Item* map = start(ItemKind::map, entry.value.node, entry.key_node);
      map->shorthand = true;
      map->entries.emplace_back("context", scalar(entry.value.node, entry.key_node));
      return map;
    }
    if (!view_.is(entry.value, NodeKind::map)) return plain(entry.value, entry.key_node, resets);
    Item* map = start(ItemKind::map, entry.value.node, entry.key_node);
    const std::vector<Entry> keys = entries(entry.value, resets);
    map->entries.reserve(keys.size());
    for (const Entry& each : keys) {
      Resets inner;
      const bool keyed = each.key == "args" || each.key == "additional_contexts";
      map->entries.emplace_back(each.key,
                                keyed ? assignments(each, inner) : plain(each.value, each.key_node, inner));
      keep(resets, each, std::move(inner));
    }
    return map;
  }

  /// A mapping, or a list of `NAME=value`.
  Item* assignments(const Entry& entry, Resets& resets) {
    if (!view_.is(entry.value, NodeKind::sequence)) return plain(entry.value, entry.key_node, resets);
    Item* map = start(ItemKind::map, entry.value.node, entry.key_node);
    map->shorthand = true;
    Places places;
    for (const Position item : view_.items(entry.value)) {
      if (!view_.is(item, NodeKind::scalar)) continue;
      Item* value = start(ItemKind::scalar, item.node, item.node);
      value->is_known = reading_.is_known(item.node);
      // The name may be known where the value is not.
      const std::string_view whole =
          value->is_known ? reading_.value(item.node) : reading_.made(item.node).text.text();
      const std::size_t equals = std::min(whole.find('='), whole.size());
      value->has_value = equals < whole.size();
      if (value->has_value && value->is_known) value->text = whole.substr(equals + 1);
      put(*map, places, whole.substr(0, equals), value);
    }
    return map;
  }

  /// A mapping, or a list of names.
  Item* names(const Entry& entry, Resets& resets, bool required) {
    if (!view_.is(entry.value, NodeKind::sequence)) return plain(entry.value, entry.key_node, resets);
    Item* map = start(ItemKind::map, entry.value.node, entry.key_node);
    map->shorthand = true;
    Places places;
    for (const Position item : view_.items(entry.value)) {
      if (!view_.is(item, NodeKind::scalar) || !reading_.is_known(item.node)) continue;
      Item* value = start(required ? ItemKind::map : ItemKind::null, item.node, item.node);
      if (required) {
        Item* word = start(ItemKind::scalar, item.node, item.node);
        word->text = "true";
        value->entries.emplace_back("required", word);
      }
      put(*map, places, reading_.value(item.node), value);
    }
    return map;
  }

  using Places = std::unordered_map<std::string_view, std::size_t>;

  /// Of two of one name the later one holds, at the place of the first.
  static void put(Item& map, Places& places, std::string_view name, Item* value) {
    const auto [found, is_new] = places.emplace(name, map.entries.size());
    if (is_new)
      map.entries.emplace_back(name, value);
    else
      map.entries[found->second].second = value;
  }

  Item* scalar(NodeIndex node, NodeIndex key) {
    Item* item = start(ItemKind::scalar, node, key);
    item->text = reading_.value(node);
    item->is_known = reading_.is_known(node);
    return item;
  }

  Item* plain(Position value, NodeIndex key, Resets& resets) {
    switch (view_[value].kind) {
      case NodeKind::scalar:
        return scalar(value.node, key);
      case NodeKind::map: {
        Item* map = start(ItemKind::map, value.node, key);
        for (const Entry& entry : entries(value, resets)) {
          Resets inner;
          map->entries.emplace_back(entry.key, plain(entry.value, entry.key_node, inner));
          keep(resets, entry, std::move(inner));
        }
        return map;
      }
      case NodeKind::sequence: {
        Item* list = start(ItemKind::sequence, value.node, key);
        for (const Position item : view_.items(value)) {
          Resets ignored;  // nothing is taken out of lists
          if (tree_.tag_of(view_[item]) != compose::reset_tag)
            list->items.push_back(plain(item, item.node, ignored));
        }
        return list;
      }
      case NodeKind::null:
      case NodeKind::alias:
        break;
    }
    Item* nothing = start(ItemKind::null, value.node, key);
    nothing->has_value = false;
    return nothing;
  }

  Reading& reading_;
  compose::View& view_;
  const compose::Tree& tree_;
  Items& items_;
};

}  // namespace

ConvertedDocument convert(Reading& reading, std::size_t document, bool is_version_1, Items& items) {
  return Converter(reading, items).run(document, is_version_1);
}

MappedText Reading::written(compose::NodeIndex scalar) {
  return yaml::locate(*file->source, view.tree()[scalar], arena).text;
}

Reading::Text& Reading::read(compose::NodeIndex scalar) {
  const auto [found, is_new] = texts_.try_emplace(scalar);
  Text& text = found->second;
  if (!is_new) return text;
  text.text = written(scalar);
  const Interpolation interpolation = interpolate(text.text, scope->values, arena, &budget);
  const auto& fault = interpolation.fault;
  if (fault && fault->kind == Trouble::Kind::unjudged) {
    const auto place = text.text.cover_of(fault->range);
    text.too_long = true;
    text.untold = std::make_unique<Trouble>(
        Trouble{.kind = fault->kind, .span = place ? place->span : Span{}, .message = fault->message});
  }
  const bool is_open = fault && fault->kind == Trouble::Kind::required_variable;
  text.is_known = !fault;
  text.made = is_open ? interpolation.open_value : interpolation.value;
  text.variables =
      arena.copy(std::span<const Variable>(is_open ? interpolation.open_variables : interpolation.variables));
  text.text = interpolation.value.without_variables(arena);
  return text;
}

void Reading::tell_if_too_long(compose::NodeIndex scalar) {
  if (!has_variables(scalar)) return;
  Text& text = read(scalar);
  if (text.untold) troubles.push_back(std::move(*std::exchange(text.untold, nullptr)));
}

}  // namespace imglint::assembly
