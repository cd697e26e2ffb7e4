#include "config/read.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/arena.hpp"
#include "kinds/index.hpp"
#include "yaml/events.hpp"

namespace imglint {
namespace {

using yaml::NodeIndex;
using yaml::NodeKind;

Severity severity_of(std::string_view word) {
  const auto* found = std::find(std::begin(severity_names), std::end(severity_names), word);
  return static_cast<Severity>(found - std::begin(severity_names));
}

/// Reads nodes that check_config() has found right.
class Reader {
 public:
  explicit Reader(const ConfigFile& file) : file_(file) {}

  ConfigLayer layer(const std::vector<ConfigKey>& keys, std::string folder) {
    ConfigLayer layer{.file = file_.source->path(), .folder = std::move(folder)};
    const NodeIndex top = file_.tree->documents.empty() ? yaml::no_node : file_.tree->documents[0];
    if (top == yaml::no_node || node(top).kind != NodeKind::map) return layer;
    for_each_entry(top, [&](std::string_view key, NodeIndex, NodeIndex value) {
      if (key == "extends") layer.extends = words(value);
      if (key == "files") layer.files = files(value);
      if (key == "exclude") layer.exclude = words(value);
      if (key == "places") layer.places = places(value);
      if (key == "preset") layer.strict = {text(value) == "strict", place(value)};
      if (key == "registries") layer.registries = registries(value);
      if (key == "rules") layer.rules = rules(value, *find_key(keys, "rules"));
      if (key == "contexts") layer.contexts = words(value);
      if (key == "exceptions") layer.exceptions = exceptions(value);
      if (key == "overrides") layer.overrides = overrides(value, *find_key(keys, "overrides"));
      if (key == "compat") layer.compat = {text(value) == "true", place(value)};
      if (const ConfigKey* known = find_key(keys, key); known && known->is_of_runs)
        read_run_key(layer, key, value);
    });
    return layer;
  }

 private:
  [[nodiscard]] const yaml::Node& node(NodeIndex index) const {
    return (*file_.tree)[file_.tree->resolve(index)];
  }
  [[nodiscard]] std::string text(NodeIndex index) const { return std::string(node(index).value); }
  [[nodiscard]] ConfigPlace place(NodeIndex index) const {
    const Position position = file_.source->position((*file_.tree)[index].mark);
    return {file_.source->path(), position.line, position.column};
  }

  template <class Function>
  void for_each_entry(NodeIndex mapping, const Function& function) const {
    for (NodeIndex name = node(mapping).first_child; name != yaml::no_node;) {
      const NodeIndex value = (*file_.tree)[name].next;
      function(node(name).value, name, value);
      name = (*file_.tree)[value].next;
    }
  }
  template <class Function>
  void for_each_item(NodeIndex list, const Function& function) const {
    for (NodeIndex item = node(list).first_child; item != yaml::no_node; item = (*file_.tree)[item].next)
      function(item);
  }

  [[nodiscard]] Placed<std::string> word(NodeIndex value) const { return {text(value), place(value)}; }
  /// The words of a list, or the one word that stands for it.
  [[nodiscard]] std::vector<Placed<std::string>> words(NodeIndex value) const {
    if (node(value).kind == NodeKind::scalar) return {{text(value), place(value)}};
    std::vector<Placed<std::string>> result;
    for_each_item(value, [&](NodeIndex item) { result.push_back({text(item), place(item)}); });
    return result;
  }
  [[nodiscard]] std::vector<std::string> plain_words(NodeIndex value) const {
    std::vector<std::string> result;
    for (Placed<std::string>& word : words(value)) result.push_back(std::move(word.value));
    return result;
  }

  /// The first scalar of a value, however deep; none of an empty one.
  [[nodiscard]] NodeIndex first_word(NodeIndex value) const {
    while (value != yaml::no_node && node(value).kind != NodeKind::scalar) {
      const NodeIndex child = node(value).first_child;
      const bool is_key = child != yaml::no_node && node(value).kind == NodeKind::map;
      value = is_key ? (*file_.tree)[child].next : child;
    }
    return value;
  }

  void read_run_key(ConfigLayer& layer, std::string_view key, NodeIndex value) const {
    if (const NodeIndex first = first_word(value); first != yaml::no_node)
      layer.run_keys.push_back({std::string(key), place(first)});
    if (key == "baseline") layer.baseline = word(value);
    if (key == "fail-on") layer.fail_on = word(value);
    if (key == "format") layer.format = word(value);
    if (key == "env-files") layer.env_files = words(value);
    if (key == "env") layer.env = words(value);
    if (key == "build-args") layer.build_args = words(value);
    if (key == "projects")
      for_each_item(value, [&](NodeIndex item) { layer.projects.push_back(project(item)); });
    if (key == "include") layer.include = words(value);
    if (key == "retarget") layer.retarget = retarget(value);
  }

  [[nodiscard]] ProjectConfig project(NodeIndex mapping) const {
    ProjectConfig result;
    for_each_entry(mapping, [&](std::string_view key, NodeIndex, NodeIndex value) {
      if (key == "files") result.files = words(value);
      if (key == "env-files") result.env_files = words(value);
      if (key == "profiles") result.profiles = words(value);
      if (key == "directory") result.directory = word(value);
    });
    return result;
  }

  [[nodiscard]] RetargetConfig retarget(NodeIndex mapping) const {
    RetargetConfig result;
    for_each_entry(mapping, [&](std::string_view key, NodeIndex, NodeIndex value) {
      if (key == "to") result.to = word(value);
      if (key == "paths") result.paths = word(value);
      if (key == "from") result.from = words(value);
      if (key == "except") result.except = words(value);
      if (key == "map") result.map = words(value);
      if (key == "include") result.include = words(value);
    });
    return result;
  }

  [[nodiscard]] std::vector<Placed<FileEntry>> files(NodeIndex list) const {
    std::vector<Placed<FileEntry>> result;
    for_each_item(list, [&](NodeIndex item) {
      FileEntry entry;
      for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
        if (key == "paths") entry.paths = plain_words(value);
        if (key == "kind") entry.kind = find_kind(node(value).value);
      });
      result.push_back({std::move(entry), place(item)});
    });
    return result;
  }

  [[nodiscard]] std::vector<Placed<PlaceEntry>> places(NodeIndex list) const {
    std::vector<Placed<PlaceEntry>> result;
    for_each_item(list, [&](NodeIndex item) {
      PlaceEntry entry;
      for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
        if (key == "files") entry.files = plain_words(value);
        if (key == "path") entry.place.path = text(value);
        if (key == "parts")
          for_each_entry(value, [&](std::string_view part, NodeIndex, NodeIndex name) {
            if (part == "registry") entry.place.registry = text(name);
            if (part == "repository") entry.place.repository = text(name);
            if (part == "tag") entry.place.tag = text(name);
          });
      });
      result.push_back({std::move(entry), place(item)});
    });
    return result;
  }

  [[nodiscard]] ConfigRegistries registries(NodeIndex mapping) const {
    ConfigRegistries result;
    for_each_entry(mapping, [&](std::string_view key, NodeIndex, NodeIndex value) {
      if (key == "allow") result.allow = words(value);
      if (key == "deny")
        for_each_item(value, [&](NodeIndex item) { result.deny.push_back({deny_entry(item), place(item)}); });
      if (key == "mirrors")
        for_each_item(value, [&](NodeIndex item) { result.mirrors.push_back({mirror(item), place(item)}); });
    });
    return result;
  }

  [[nodiscard]] DenyEntry deny_entry(NodeIndex item) const {
    DenyEntry entry;
    if (node(item).kind == NodeKind::scalar) return {.pattern = text(item), .message = {}, .use = {}};
    for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
      if (key == "pattern") entry.pattern = text(value);
      if (key == "message") entry.message = text(value);
      if (key == "use") entry.use = text(value);
    });
    return entry;
  }

  [[nodiscard]] MirrorEntry mirror(NodeIndex item) const {
    MirrorEntry entry;
    for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
      if (key == "from") entry.from = text(value);
      if (key == "to") entry.to = text(value);
    });
    return entry;
  }

  [[nodiscard]] RuleConfigs rules(NodeIndex mapping, const ConfigKey& rules_key) const {
    RuleConfigs result;
    for_each_entry(mapping, [&](std::string_view name, NodeIndex at, NodeIndex value) {
      RuleConfig& rule = result[std::string(name)];
      rule.place = place(at);
      if (node(value).kind == NodeKind::scalar)
        rule.severity = {severity_of(node(value).value), place(value)};
      else
        read_rule(rule, value, *find_key(rules_key.keys, name));
    });
    return result;
  }

  void read_rule(RuleConfig& rule, NodeIndex mapping, const ConfigKey& rule_key) const {
    for_each_entry(mapping, [&](std::string_view key, NodeIndex at, NodeIndex value) {
      if (key == "severity")
        rule.severity = {severity_of(node(value).value), place(value)};
      else if (key == "unresolved")
        rule.unresolved = {severity_of(node(value).value), place(value)};
      else if (key == "locked")
        rule.locked = {text(value) == "true", place(value)};
      else
        rule.options[std::string(key)] = {option(value, *find_key(rule_key.keys, key)), place(at)};
    });
  }

  [[nodiscard]] OptionValue option(NodeIndex value, const ConfigKey& key) const {
    switch (key.type) {
      case ConfigType::boolean:
        return text(value) == "true";
      case ConfigType::integer: {
        const std::string_view digits = node(value).value;
        std::int64_t number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return number;
      }
      case ConfigType::groups:
        return tables(value);
      case ConfigType::names:
      case ConfigType::assignments:
      case ConfigType::patterns:
        return plain_words(value);
      default:
        return text(value);
    }
  }

  [[nodiscard]] std::vector<OptionTable> tables(NodeIndex list) const {
    std::vector<OptionTable> result;
    for_each_item(list, [&](NodeIndex item) {
      OptionTable& table = result.emplace_back();
      for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
        table[std::string(key)] = plain_words(value);
      });
    });
    return result;
  }

  [[nodiscard]] std::vector<Placed<Exception>> exceptions(NodeIndex list) const {
    std::vector<Placed<Exception>> result;
    for_each_item(list, [&](NodeIndex item) {
      Exception exception;
      for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
        if (key == "rules") exception.rules = plain_words(value);
        if (key == "images") exception.images = plain_words(value);
        if (key == "paths") exception.paths = plain_words(value);
        if (key == "reason") exception.reason = text(value);
        if (key == "until") exception.until = text(value);
      });
      result.push_back({std::move(exception), place(item)});
    });
    return result;
  }

  [[nodiscard]] std::vector<Placed<ConfigOverride>> overrides(NodeIndex list,
                                                              const ConfigKey& overrides_key) const {
    std::vector<Placed<ConfigOverride>> result;
    for_each_item(list, [&](NodeIndex item) {
      ConfigOverride entry;
      for_each_entry(item, [&](std::string_view key, NodeIndex, NodeIndex value) {
        if (key == "paths") entry.paths = plain_words(value);
        if (key == "rules") entry.rules = rules(value, *find_key(overrides_key.keys, "rules"));
        if (key == "registries") entry.registries = registries(value);
      });
      result.push_back({std::move(entry), place(item)});
    });
    return result;
  }

  ConfigFile file_;
};

Error from_trouble(const Source& source, const Trouble& trouble) {
  const Position place = source.position(trouble.span.begin);
  return {.message = trouble.message, .path = source.path(), .line = place.line, .column = place.column};
}

}  // namespace

Result<ConfigLayer, ConfigErrors> read_config_layer(const Source& source, std::string folder,
                                                    const std::vector<ConfigKey>& keys) {
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, most_config_bytes, arena);
  if (parsed.trouble) return ConfigErrors{from_trouble(source, *parsed.trouble)};
  const ConfigFile file{.source = &source, .tree = &parsed.tree};
  if (ConfigErrors errors = check_config(file, keys); !errors.empty()) return errors;
  return Reader(file).layer(keys, std::move(folder));
}

}  // namespace imglint
