#include "config/check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "base/printable.hpp"
#include "base/quote.hpp"
#include "config/value.hpp"

namespace imglint {
namespace {

using yaml::NodeIndex;
using yaml::NodeKind;

/// A file whose aliases stand for more nodes than this would take too long.
constexpr std::uint64_t most_nodes = 1'000'000;
/// Each may take a megabyte when it is compiled (policy/regular_expression.cpp).
constexpr std::size_t most_expressions = 500;

class Checker {
 public:
  Checker(const ConfigFile& file, const std::vector<ConfigKey>& keys) : file_(file), all_keys_(&keys) {
    for (const ConfigKey& key : keys)
      if (key.name == "rules")
        for (const ConfigKey& rule : key.keys) rule_names_.emplace_back(rule.name);
  }

  std::vector<Error> run(const std::vector<ConfigKey>& keys) && {
    const yaml::Tree& tree = *file_.tree;
    if (tree.cycle != yaml::no_node) {
      fault(tree.cycle, "an alias inside of what it stands for");
    } else if (tree.written_out > most_nodes) {
      fault(tree.largest_alias, "aliases stand for too much");
    } else if (tree.documents.size() > 1) {
      fault(tree.documents[1], "a second document", "everything belongs into the first");
    } else if (!tree.documents.empty() && kind(tree.documents[0]) != NodeKind::null) {
      if (kind(tree.documents[0]) == NodeKind::map)
        check_mapping(tree.documents[0], ConfigKey{.name = {}, .keys = keys}, {});
      else
        fault(tree.documents[0], "the file must be a mapping of keys");
    }
    sort_errors();
    return std::move(errors_);
  }

 private:
  [[nodiscard]] const yaml::Node& node(NodeIndex index) const {
    return (*file_.tree)[file_.tree->resolve(index)];
  }
  [[nodiscard]] NodeKind kind(NodeIndex index) const { return node(index).kind; }
  /// In the order of the file; what is wrong behind an anchor is found again by each alias.
  void sort_errors() {
    std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) {
      return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> seen;
    std::erase_if(errors_, [&](const Error& error) {
      return !seen.emplace(error.line, error.column, error.message).second;
    });
  }
  void fault(NodeIndex index, std::string message, std::string hint = {}) {
    if (errors_.size() < most_config_errors)
      errors_.push_back(config_error(file_, index, std::move(message), std::move(hint)));
  }

  /// `path` names the mapping in messages, empty for the whole file.
  void check_mapping(NodeIndex mapping, const ConfigKey& group, const std::string& path) {
    const std::size_t unknown_before = unknown_keys_;
    std::map<std::string_view, NodeIndex> seen;
    for (NodeIndex at = node(mapping).first_child; at != yaml::no_node;) {
      const NodeIndex value = (*file_.tree)[at].next;
      check_entry(at, value, group.keys, path, seen);
      at = (*file_.tree)[value].next;
    }
    // What is missing is probably what has been misspelt.
    if (unknown_keys_ != unknown_before) return;
    for (const ConfigKey& key : group.keys)
      if (key.required && !seen.contains(key.name))
        fault(mapping, "an entry of " + quote(path) + " needs " + quote(key.name));
    const auto is_seen = [&](std::string_view name) { return seen.contains(name); };
    if (group.any_of.empty() || std::any_of(group.any_of.begin(), group.any_of.end(), is_seen)) return;
    std::vector<std::string> names;
    for (const std::string_view name : group.any_of) names.push_back(quote(name));
    fault(mapping, "an entry of " + quote(path) + " needs " + one_of({names.begin(), names.end()}));
  }

  void check_entry(NodeIndex name, NodeIndex value, const std::vector<ConfigKey>& keys,
                   const std::string& path, std::map<std::string_view, NodeIndex>& seen) {
    if (kind(name) != NodeKind::scalar) return fault(name, "a key must be a word");
    const std::string_view word = node(name).value;
    const ConfigKey* key = find_key(keys, word);
    if (key == nullptr) return unknown_key(name, word, keys, path);
    if (!seen.emplace(key->name, name).second)
      return fault(name, "key " + quote(word) + " stands here twice");
    check_value(value, *key, path.empty() ? std::string(word) : path + "." + std::string(word));
  }

  void unknown_key(NodeIndex name, std::string_view word, const std::vector<ConfigKey>& keys,
                   const std::string& path) {
    ++unknown_keys_;
    if (errors_.size() >= most_config_errors) return;
    const bool rule = path == "rules" || path.ends_with(".rules");
    const std::string where = path.empty() || rule ? "" : " in " + quote(path);
    if (word == "<<")
      return fault(name, "mappings cannot be merged" + where, "an alias may stand for a whole value");
    fault(name, (rule ? "unknown rule " : "unknown key ") + quote(word) + where,
          rule ? rule_suggestion(word, rule_names_, home_of(word)) : key_suggestion(word, keys, path));
  }

  std::string key_suggestion(std::string_view word, const std::vector<ConfigKey>& keys,
                             const std::string& path) const {
    std::vector<std::string> words;
    std::string list;
    for (const ConfigKey& key : keys) {
      words.emplace_back(key.name);
      list += (list.empty() ? "" : ", ") + words.back();
    }
    if (path.empty())
      if (std::string home = home_of(word); !home.empty()) return home;
    return suggestion(word, words, "the keys are " + list);
  }

  /// Where in the file a key of this name has its place: at the top, or one level below.
  [[nodiscard]] std::string home_of(std::string_view word) const {
    const auto has = [&](const std::vector<ConfigKey>& keys) { return find_key(keys, word) != nullptr; };
    if (has(*all_keys_)) return "it belongs at the top of the file";
    for (const ConfigKey& key : *all_keys_)
      if (key.type == ConfigType::group && has(key.keys)) return "it belongs into " + quote(key.name);
    return {};
  }

  void check_value(NodeIndex value, const ConfigKey& key, const std::string& path) {
    switch (kind(value)) {
      case NodeKind::null:
        // Nothing stands there: the mark is that of whatever comes next.
        return fault((*file_.tree)[value].place, quote(path) + " has no value",
                     "it must be " + std::string(describe(key.type)));
      case NodeKind::scalar:
        if (takes_word(key.type)) return check_word(value, key);
        return wrong_type(value, key, path, " " + quote(node(value).value));
      case NodeKind::sequence:
        if (takes_list(key.type)) return check_list(value, key, path);
        return wrong_type(value, key, path, " a list");
      case NodeKind::map:
        if (key.type == ConfigType::group || key.type == ConfigType::rule)
          return check_mapping(value, key, path);
        return wrong_type(value, key, path, " a mapping");
      case NodeKind::alias:
        return;
    }
  }

  /// As it can stand in a list: what YAML might take for something else in quotes.
  static std::string as_item(std::string_view word) {
    constexpr std::string_view harmless =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-";
    const bool is_plain = !word.starts_with('-') && word.find_first_not_of(harmless) == word.npos;
    return is_plain ? std::string(word) : quote(word);
  }

  /// `write [A=1]` for `{A: "1"}`, which is how compose files may say it.
  std::string as_assignment(NodeIndex mapping) const {
    const NodeIndex name = node(mapping).first_child;
    if (name == yaml::no_node || kind(name) != NodeKind::scalar) return {};
    const NodeIndex value = (*file_.tree)[name].next;
    if (value == yaml::no_node || kind(value) != NodeKind::scalar) return {};
    const bool is_plain =
        as_item(node(name).value) == node(name).value && as_item(node(value).value) == node(value).value;
    const std::string item = std::string(node(name).value) + "=" + std::string(node(value).value);
    return "write [" + (is_plain ? item : quote(item)) + "]";
  }

  /// What to write in place of a word where a list must stand.
  std::string as_list(std::string_view word, const ConfigKey& key) const {
    const bool has_entries = key.type == ConfigType::groups;
    const auto short_form = std::ranges::find(key.keys, key.short_form, &ConfigKey::name);
    const bool is_mapping = has_entries && short_form == key.keys.end();
    if (!is_mapping && !fault_of_value(has_entries ? *short_form : key, word, rule_names_))
      return "write [" + as_item(word) + "]";
    std::string keys;
    for (const ConfigKey& each : key.keys) keys += (keys.empty() ? "" : ", ") + quote(each.name);
    return is_mapping ? "an entry is a mapping with the keys " + keys : std::string();
  }

  /// `missing-tag:off`, where keys and values are meant.
  static bool lacks_blank(ConfigType type, std::string_view word) {
    const std::size_t colon = word.find(':');
    return type == ConfigType::group && colon != word.npos && colon > 0 && colon + 1 < word.size();
  }

  void wrong_type(NodeIndex value, const ConfigKey& key, const std::string& path, const std::string& found) {
    std::string hint;
    if (takes_list(key.type) && kind(value) == NodeKind::scalar) hint = as_list(node(value).value, key);
    if (kind(value) == NodeKind::scalar && lacks_blank(key.type, node(value).value))
      hint = "a blank must stand behind the ':'";
    if (key.type == ConfigType::assignments && kind(value) == NodeKind::map) hint = as_assignment(value);
    fault(value, quote(path) + " must be " + std::string(describe(key.type)) + ", not" + found,
          std::move(hint));
  }

  void check_word(NodeIndex value, const ConfigKey& key) {
    const bool is_expression = key.type == ConfigType::regex || key.type == ConfigType::regexes;
    if (is_expression && ++expressions_ > most_expressions)
      return fault(value, "more than " + std::to_string(most_expressions) + " regular expressions");
    const auto found = fault_of_value(key, node(value).value, rule_names_);
    if (found) return fault(value, printable(found->message), printable(found->hint));
    const bool is_text = key.type != ConfigType::boolean && key.type != ConfigType::integer;
    if (is_text || node(value).plain) return;
    fault(value, quote(key.name) + " must be " + std::string(describe(key.type)) + ", not a text",
          "leave out the quotes");
  }

  /// Of NAME=VALUE.
  static std::string_view name_of(std::string_view assignment) {
    return assignment.substr(0, assignment.find('='));
  }

  void check_list(NodeIndex list, const ConfigKey& key, const std::string& path) {
    if (node(list).first_child == yaml::no_node && !key.may_be_empty)
      return fault(list, quote(path) + " is an empty list", "leave it out");
    std::set<std::string_view> seen, names;
    for (NodeIndex item = node(list).first_child; item != yaml::no_node; item = (*file_.tree)[item].next) {
      if (key.type == ConfigType::groups) {
        check_group_item(item, key, path);
      } else if (kind(item) != NodeKind::scalar) {
        // An empty item has the mark of whatever comes next.
        fault(kind(item) == NodeKind::null ? list : item,
              quote(path) + " must be " + std::string(describe(key.type)));
      } else if (!seen.insert(node(item).value).second) {
        fault(item, quote(node(item).value) + " stands in " + quote(path) + " twice");
      } else if (key.type == ConfigType::assignments && !names.insert(name_of(node(item).value)).second) {
        fault(item, quote(name_of(node(item).value)) + " has two values in " + quote(path),
              "keep one of them");
      } else {
        check_word(item, key);
      }
    }
  }

  void check_group_item(NodeIndex item, const ConfigKey& key, const std::string& path) {
    if (kind(item) == NodeKind::map) {
      if (node(item).first_child == yaml::no_node)
        return fault(item, "an entry of " + quote(path) + " is empty");
      return check_mapping(item, key, path);
    }
    const auto short_form = std::find_if(key.keys.begin(), key.keys.end(),
                                         [&](const ConfigKey& k) { return k.name == key.short_form; });
    if (kind(item) == NodeKind::scalar && short_form != key.keys.end()) return check_word(item, *short_form);
    fault(item, "an entry of " + quote(path) + " must be a mapping");
  }

  ConfigFile file_;
  const std::vector<ConfigKey>* all_keys_;
  std::vector<std::string> rule_names_;
  std::vector<Error> errors_;
  std::size_t unknown_keys_ = 0;
  std::size_t expressions_ = 0;
};

}  // namespace

std::vector<Error> check_config(const ConfigFile& file, const std::vector<ConfigKey>& keys) {
  return Checker(file, keys).run(keys);
}

Error config_error(const ConfigFile& file, NodeIndex node, std::string message, std::string hint) {
  const Position place = file.source->position((*file.tree)[node].mark);
  return {.message = std::move(message),
          .hint = std::move(hint),
          .path = file.source->path(),
          .line = place.line,
          .column = place.column};
}

}  // namespace imglint
