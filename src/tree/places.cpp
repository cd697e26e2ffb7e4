#include "tree/places.hpp"

#include <algorithm>
#include <utility>

namespace imglint {
namespace {

using compose::Entry;
using compose::Path;
using compose::Position;
using compose::View;
using yaml::NodeKind;

/// One step of a pattern.
struct Step {
  enum class Kind : std::uint8_t { end, key, any_key, item, any_depth };
  Kind kind = Kind::end;
  std::string_view key;
};

/// Takes the first step off a pattern.
Step take_step(std::string_view& pattern) {
  if (pattern.empty()) return {};
  if (pattern.front() == '.') pattern.remove_prefix(1);
  if (pattern.starts_with("[]")) {
    pattern.remove_prefix(2);
    return {Step::Kind::item, {}};
  }
  std::string_view key;
  if (pattern.starts_with("[\"")) {
    key = pattern.substr(2, pattern.find("\"]") - 2);
    pattern.remove_prefix(key.size() + 4);
    return {Step::Kind::key, key};
  }
  key = pattern.substr(0, pattern.find_first_of(".["));
  pattern.remove_prefix(key.size());
  if (key == "*") return {Step::Kind::any_key, {}};
  if (key == "**") return {Step::Kind::any_depth, {}};
  return {Step::Kind::key, key};
}

/// A row and what is left of its pattern.
struct OpenRow {
  const PlaceRow* row = nullptr;
  std::string_view rest;
};

/// `on_end(at, path, row)` hears of every value at the end of a row's pattern.
template <class OnEnd>
class Walker {
 public:
  Walker(View& view, Path path, const OnEnd& on_end) : view_(view), path_(std::move(path)), on_end_(on_end) {}

  void walk(Position at, const std::vector<OpenRow>& open) {
    for (const OpenRow& row : open)
      if (row.rest.empty()) on_end_(at, path_, *row.row);
    const std::size_t size = path_.size();
    if (view_.is(at, NodeKind::map)) {
      for (const Entry& entry : view_.entries(at)) {
        const std::vector<OpenRow> next = follow(open, &entry.key);
        if (next.empty()) continue;
        path_.key(entry.key);
        walk(entry.value, next);
        path_.cut(size);
      }
    } else if (view_.is(at, NodeKind::sequence)) {
      const std::vector<OpenRow> next = follow(open, nullptr);
      if (next.empty()) return;
      std::size_t number = 0;
      for (const Position item : view_.items(at)) {
        path_.item(number++);
        walk(item, next);
        path_.cut(size);
      }
    }
  }

 private:
  /// The rows that go on behind a key, or behind an item if there is none.
  static std::vector<OpenRow> follow(const std::vector<OpenRow>& open, const std::string_view* key) {
    std::vector<OpenRow> next;
    for (const OpenRow& row : open) follow(row, key, next);
    return next;
  }

  static void follow(const OpenRow& row, const std::string_view* key, std::vector<OpenRow>& next) {
    std::string_view rest = row.rest;
    const Step step = take_step(rest);
    switch (step.kind) {
      case Step::Kind::end:
        return;
      case Step::Kind::any_depth:
        next.push_back(row);
        return follow({row.row, rest}, key, next);
      case Step::Kind::item:
        if (!key) next.push_back({row.row, rest});
        return;
      case Step::Kind::any_key:
        if (key) next.push_back({row.row, rest});
        return;
      case Step::Kind::key:
        if (key && *key == step.key) next.push_back({row.row, rest});
        return;
    }
  }

  View& view_;
  Path path_;
  const OnEnd& on_end_;
};

}  // namespace

void PlaceCollector::add(Position at, const Path& path, const RoleInfo& role, bool needs_prefix,
                         std::uint32_t context) {
  if (!at || (*tree_)[at.node].kind != NodeKind::scalar || (*tree_)[at.node].value.empty()) return;
  const auto [found, is_new] = numbers_.emplace(at.node, places_.size());
  if (is_new)
    places_.push_back({.scalar = at.node,
                       .path = at.direct ? path.text() : compose::written_path(*tree_, at.node),
                       .uses = {}});
  FoundPlace& place = places_[found->second];
  const auto is_known = [&] { return std::ranges::find(place.uses, path.text()) != place.uses.end(); };
  if (!at.direct && !is_known()) place.uses.push_back(path.text());
  const bool better = is_new || role.certainty < place.role->certainty ||
                      (role.certainty == place.role->certainty && at.direct && !place.direct);
  place.direct = place.direct || at.direct;
  if (!better) return;
  place.role = &role;
  place.needs_prefix = needs_prefix;
  place.context = context;
}

std::vector<FoundPlace> PlaceCollector::finish() && {
  std::ranges::sort(places_, {}, &FoundPlace::scalar);
  return std::move(places_);
}

void walk_places(View& view, Position top, std::span<const PlaceRow> table, Path path,
                 PlaceCollector& found) {
  std::vector<OpenRow> open;
  open.reserve(table.size());
  for (const PlaceRow& row : table) open.push_back({&row, row.path});
  const auto add = [&](Position at, const Path& where, const PlaceRow& row) {
    found.add(at, where, *row.role, row.needs_prefix);
  };
  Walker(view, std::move(path), add).walk(top, open);
}

void for_each_match(View& view, Position top, std::string_view pattern, Path path, const OnMatch& on_match) {
  const PlaceRow row{.path = pattern};
  const auto tell = [&](Position at, const Path& where, const PlaceRow&) { on_match(at, where); };
  Walker(view, std::move(path), tell).walk(top, {{&row, pattern}});
}

std::vector<FoundPlace> find_places(View& view, std::span<const PlaceRow> table) {
  PlaceCollector found(view.tree());
  for (std::size_t document = 0; document < view.tree().documents.size(); ++document)
    walk_places(view, view.top(document), table, {}, found);
  return std::move(found).finish();
}

}  // namespace imglint
