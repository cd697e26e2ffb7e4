#include "kinds/compose/shape.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/printable.hpp"
#include "kinds/compose/timestamp.hpp"
#include "yaml/scalar.hpp"

namespace imglint::compose {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

enum class Want : std::uint8_t { text, list, mapping, text_or_mapping, list_or_mapping };

/// Whether docker compose knows a policy: it looks for one of these words anywhere in the text.
bool is_pull_policy(std::string_view text) {
  constexpr std::string_view words[] = {"always",  "never",   "build", "if_not_present",
                                        "missing", "refresh", "daily", "weekly"};
  if (std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; }))
    return true;
  constexpr std::string_view every = "every_";
  for (auto at = text.find(every); at != text.npos; at = text.find(every, at + 1)) {
    const std::string_view rest = text.substr(at + every.size());
    const auto unit = rest.find_first_not_of("0123456789");
    if (unit != rest.npos && unit > 0 && std::string_view("wdhms").find(rest[unit]) != rest.npos) return true;
  }
  return false;
}

bool is_volume_type(std::string_view text) {
  return is_one_of(text, {"bind", "volume", "tmpfs", "cluster", "npipe", "image"});
}

/// Whether variables may give another text.
bool has_variables(std::string_view text) { return text.find('$') != text.npos; }

std::string_view words_for(Want want) {
  switch (want) {
    case Want::text:
      return "text";
    case Want::list:
      return "a list";
    case Want::mapping:
      return "a mapping";
    case Want::text_or_mapping:
      return "text or a mapping";
    case Want::list_or_mapping:
      return "a list or a mapping";
  }
  return {};
}

/// Where the next text stands behind a key: behind its colon, blanks and comments.
std::uint32_t next_text(std::string_view bytes, std::uint32_t from) {
  std::size_t at = bytes.find_first_not_of(": \t\r\n", from);
  while (at < bytes.size() && bytes[at] == '#')
    at = bytes.find_first_not_of(" \t\r\n", std::min(bytes.find('\n', at), bytes.size()));
  return static_cast<std::uint32_t>(std::min(at, bytes.size()));
}

class Checker {
 public:
  Checker(ComposeFile& file, Document& document) : file_(file), view_(file.view), document_(document) {}

  void run() {
    for (const ComposeDocument& part : file_.documents) {
      if (part.form == Form::malformed) check_malformed(part.top);
      if (part.form == Form::services || part.form == Form::malformed) check_top(part.top);
      if (part.form != Form::services) continue;
      for (const Entry& entry : view_.entries(view_.find(part.top, "services"))) {
        if (!is_extension(entry.key)) check_service(entry);
      }
    }
  }

 private:
  [[nodiscard]] bool fits(Position value, Want want) const {
    switch (view_[value].kind) {
      case NodeKind::map:
        return want != Want::text && want != Want::list;
      case NodeKind::sequence:
        return want == Want::list || want == Want::list_or_mapping;
      case NodeKind::scalar:
        return (want == Want::text || want == Want::text_or_mapping) &&
               other_than_text(view_.tree(), view_[value]).empty();
      case NodeKind::null:
      case NodeKind::alias:
        return false;
    }
    return false;
  }

  /// `!reset` and `!override` are for the merge with other files.
  [[nodiscard]] bool is_tagged_away(Position value) const {
    return view_.tree().tag_of(view_[value]) == reset_tag;
  }

  [[nodiscard]] Span place_of(const Entry& entry) const {
    const Node& value = view_[entry.value];
    if (value.kind == NodeKind::scalar && !value.value.empty())
      return yaml::locate_token(document_.parsed(), value).token;
    return key_place(entry.key_node, value.mark);
  }

  [[nodiscard]] Span key_place(NodeIndex key_node, std::uint32_t otherwise) const {
    if (key_node == no_node || view_.tree()[key_node].kind != NodeKind::scalar) return {otherwise, otherwise};
    return yaml::locate_token(document_.parsed(), view_.tree()[key_node]).token;
  }

  /// A scalar is a reference all the same, which is not edited.
  void report(NodeIndex node, Span place, std::string message) {
    report(node, place, std::move(message), !is_reference(view_.tree()[node]));
  }

  void report(NodeIndex node, Span place, std::string message, bool hides_references) {
    if (!reported_.insert(node).second) return;
    const bool is_unknown = may_be_another(node, place);
    if (is_unknown && !hides_references) return;
    if (is_unknown) message = "what a template engine puts here is not known";
    document_.troubles.push_back({.kind = is_unknown ? Trouble::Kind::remark : Trouble::Kind::syntax,
                                  .span = place,
                                  .message = std::move(message),
                                  .hides_references = hides_references});
  }

  /// Whether a template engine makes something else of a value: of its text, or of the lines below a key that
  /// has none.
  [[nodiscard]] bool may_be_another(NodeIndex node, Span place) const {
    const Node& value = view_.tree()[node];
    if (!document_.shape || (value.kind != NodeKind::scalar && value.kind != NodeKind::null)) return false;
    if (value.kind == NodeKind::scalar)
      place.end = std::max(place.end, yaml::locate_token(*document_.shape, value).token.end);
    else
      place.end = next_text(document_.shape->bytes(), place.end);
    return document_.source->text(place) != document_.shape->text(place);
  }

  [[nodiscard]] bool is_reference(const Node& node) const {
    return node.kind == NodeKind::scalar && !node.value.empty() && !node.key &&
           !other_than_text(view_.tree(), node).empty();
  }

  [[nodiscard]] std::string what_it_is(Position value) const {
    const Node& node = view_[value];
    switch (node.kind) {
      case NodeKind::map:
        return "a mapping";
      case NodeKind::sequence:
        return "a list";
      case NodeKind::scalar: {
        const std::string_view other = other_than_text(view_.tree(), node);
        return other.empty() ? "text" : std::string(other);
      }
      case NodeKind::null:
      case NodeKind::alias:
        break;
    }
    return "nothing";
  }

  /// Whether a value has the shape; reports it if not.
  bool check(const Entry& entry, Want want) {
    if (is_tagged_away(entry.value)) return false;
    if (fits(entry.value, want)) return true;
    report(entry.value.node, place_of(entry), wrong_shape(entry, want));
    return false;
  }

  [[nodiscard]] std::string wrong_shape(const Entry& entry, Want want) const {
    std::string message = "'" + printable(entry.key) + "' must be " + std::string(words_for(want)) +
                          ", not " + what_it_is(entry.value);
    if (view_.is(entry.value, NodeKind::scalar) &&
        !other_than_text(view_.tree(), view_[entry.value]).empty() &&
        (want == Want::text || want == Want::text_or_mapping))
      message += "; put it in quotes";
    return message;
  }

  /// What stands beside the services. No image is there but those of models.
  void check_top(Position top) {
    for (const Entry& entry : view_.entries(top)) {
      const bool is_text = is_one_of(entry.key, {"version", "name"});
      if (!is_text && !is_one_of(entry.key, {"networks", "volumes", "configs", "secrets", "models"}))
        continue;
      const Want want = is_text ? Want::text : Want::mapping;
      if (is_tagged_away(entry.value) || fits(entry.value, want) || (is_text && is_date(entry.value)))
        continue;
      report(entry.value.node, place_of(entry), wrong_shape(entry, want), entry.key == "models");
    }
  }

  /// A date is text for the schema, and nothing reads these values behind it.
  [[nodiscard]] bool is_date(Position value) const {
    return view_.is(value, NodeKind::scalar) && other_by_core_schema(view_.tree(), view_[value]).empty();
  }

  void check_service(const Entry& service) {
    if (is_tagged_away(service.value)) return;
    if (!view_.is(service.value, NodeKind::map)) {
      const bool is_misplaced = service.key == "image" || service.key == "build";
      report(service.value.node, place_of(service),
             is_misplaced ? "'" + std::string(service.key) +
                                "' stands directly under 'services', where the name of a service must be"
                          : "service '" + printable(service.key) + "' must be a mapping, not " +
                                what_it_is(service.value));
      return;
    }
    for (const Entry& entry : view_.entries(service.value)) {
      if (entry.key == "image") {
        if (check(entry, Want::text)) check_empty_image(service, entry);
      } else if (entry.key == "build") {
        if (check(entry, Want::text_or_mapping)) check_build(entry.value);
      } else if (entry.key == "pre_start") {
        if (check(entry, Want::list)) check_images_of(entry.value);
      } else if (entry.key == "volumes") {
        if (check(entry, Want::list)) check_volumes(entry);
      } else if (entry.key == "platform") {
        check(entry, Want::text);
      } else if (entry.key == "pull_policy") {
        if (check(entry, Want::text)) check_words(entry, is_pull_policy, "is no pull policy");
      }
    }
  }

  void check_empty_image(const Entry& service, const Entry& image) {
    if (!view_[image.value].value.empty() || view_.find(service.value, "extends")) return;
    const std::int32_t number = file_.find_service(service.key);
    if (number >= 0 && file_.services[static_cast<std::size_t>(number)].built) return;
    report(image.value.node, key_place(image.key_node, view_[image.value].mark),
           "the image is empty, and service '" + printable(service.key) + "' builds none");
  }

  void check_images_of(Position list) {
    for (const Position item : view_.items(list))
      for (const Entry& entry : view_.entries(item))
        if (entry.key == "image") check(entry, Want::text);
  }

  void check_build(Position build) {
    for (const Entry& entry : view_.entries(build)) {
      if (is_one_of(entry.key, {"tags", "cache_from", "cache_to"})) {
        if (check(entry, Want::list)) check_items(entry);
      } else if (is_one_of(entry.key, {"args", "additional_contexts"})) {
        if (check(entry, Want::list_or_mapping)) check_assignments(entry);
      } else if (is_one_of(entry.key, {"dockerfile_inline", "dockerfile", "context", "target"})) {
        check(entry, Want::text);
      }
    }
  }

  void check_items(const Entry& list, Want want = Want::text) {
    for (const Position item : view_.items(list.value)) {
      const Entry entry{.key = list.key, .key_node = list.key_node, .value = item};
      if (is_tagged_away(item) || fits(item, want)) continue;
      const Span place =
          view_.is(item, NodeKind::scalar) ? place_of(entry) : Span{view_[item].mark, view_[item].mark};
      report(item.node, place,
             "an item of '" + printable(list.key) + "' must be " + std::string(words_for(want)) + ", not " +
                 what_it_is(item));
    }
  }

  /// `NAME: value`, which may be a number or nothing, or a list of `NAME=value`.
  void check_assignments(const Entry& entry) {
    check_items(entry);
    for (const Entry& each : view_.entries(entry.value))
      if (view_.is(each.value, NodeKind::map) || view_.is(each.value, NodeKind::sequence))
        check(each, Want::text);
  }

  void check_volumes(const Entry& volumes) {
    check_items(volumes, Want::text_or_mapping);
    for (const Position item : view_.items(volumes.value)) {
      for (const Entry& entry : view_.entries(item)) {
        if (!is_one_of(entry.key, {"type", "source", "target"}) || !check(entry, Want::text)) continue;
        if (entry.key == "type") check_words(entry, is_volume_type, "is no type of a volume");
      }
    }
  }

  /// A text that must be one of some words.
  void check_words(const Entry& entry, bool (*is_known)(std::string_view), std::string_view otherwise) {
    const std::string_view text = view_[entry.value].value;
    if (has_variables(text) || is_known(text)) return;
    report(entry.value.node, place_of(entry), "'" + printable(text) + "' " + std::string(otherwise));
  }

  /// `services` that are none.
  void check_malformed(Position top) {
    for (const Entry& entry : view_.entries(top)) {
      if (entry.key != "services") continue;
      const bool is_empty = view_.is(entry.value, NodeKind::null);
      report(entry.value.node, key_place(entry.key_node, view_[entry.value].mark),
             is_empty ? "'services' is empty, and services stand beside it; indent them"
                      : "'services' must be a mapping of names to services, not " + what_it_is(entry.value));
    }
  }

  ComposeFile& file_;
  View& view_;
  Document& document_;
  std::unordered_set<NodeIndex> reported_;
};

}  // namespace

std::string_view other_by_core_schema(const Tree& tree, const Node& scalar) {
  const std::string_view tag = tree.tag_of(scalar);
  if (!tag.empty()) {
    if (is_one_of(tag, {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})) return "a number";
    if (tag == "tag:yaml.org,2002:bool") return "a truth value";
  }
  if (!scalar.plain || scalar.value.empty()) return {};
  const std::string_view text = scalar.value;
  // Nearly all words are told by their first letter.
  if (std::string_view("0123456789+-.tTfF~nN").find(text.front()) == text.npos) return {};
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return "a truth value";
  if (is_one_of(text, {"~", "null", "Null", "NULL"})) return "nothing";
  return is_number(text) ? "a number" : std::string_view();
}

std::string_view other_than_text(const Tree& tree, const Node& scalar) {
  if (tree.tag_of(scalar) == "tag:yaml.org,2002:timestamp" || (scalar.plain && is_timestamp(scalar.value)))
    return "a date";
  return other_by_core_schema(tree, scalar);
}

void check_shape(ComposeFile& file, Document& document) { Checker(file, document).run(); }

/// Whether a key has to be looked at: most are words that begin as nothing else does.
static bool may_be_no_text(const Node& key) {
  constexpr std::string_view first_letters = "tTfFnN";  // of true, false and null
  if (key.kind != NodeKind::scalar || key.properties != 0 || key.value.empty()) return true;
  if (!key.plain) return false;
  const char first = key.value.front();
  const bool is_letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  return !is_letter || first_letters.find(first) != first_letters.npos;
}

std::vector<NodeIndex> check_keys(const Tree& tree, Document& document) {
  std::vector<NodeIndex> refused;
  for (NodeIndex index = 0; index < tree.nodes.size(); ++index) {
    const Node& key = tree[index];
    if (!key.key || !may_be_no_text(key) || is_merge_key(tree, key)) continue;
    const bool is_nothing = key.kind == NodeKind::null;
    const std::string_view other =
        key.kind == NodeKind::scalar ? other_than_text(tree, key) : std::string_view();
    if (!is_nothing && other.empty()) continue;
    const Span place = key.kind == NodeKind::scalar ? yaml::locate_token(document.parsed(), key).token
                                                    : Span{key.mark, key.mark};
    document.troubles.push_back(
        {.span = place,
         .message = is_nothing ? "a key must be text, not nothing"
                               : "the key '" + printable(key.value) + "' is " + std::string(other) +
                                     ", and docker compose takes text only; put it in quotes",
         .hides_references = is_nothing});
    refused.push_back(index);
  }
  return refused;
}

bool stands_below(const Tree& tree, NodeIndex node, const std::vector<NodeIndex>& keys) {
  for (; tree[node].parent != no_node; node = tree[node].parent)
    if (tree[tree[node].parent].kind == NodeKind::map && std::ranges::binary_search(keys, tree[node].place))
      return true;
  return false;
}

}  // namespace imglint::compose
