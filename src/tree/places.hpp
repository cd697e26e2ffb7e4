// Place tables: where references stand in a tree, as patterns of paths, and the walk that finds them. Most
// kinds of YAML and JSON files are such a table; those that need more walk by themselves and collect what
// they find the same way.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/role.hpp"
#include "tree/view.hpp"

namespace imglint {

/// A row of a kind's table. Of the role come how sure the place is, and the prefix before the reference.
///
///     spec.template.spec.containers[].image    keys with dots between, `[]` for each item of a list
///     jobs.*.container.image                   any key
///     metadata.annotations["a.b/c"]            a key with other characters than letters, digits, - and _
///     **.image                                 behind keys and items, none or many
struct PlaceRow {
  std::string_view path;
  const RoleInfo* role = &plain_image;
  bool needs_prefix = false;  ///< a text without the role's prefix is no reference
};

/// A scalar that a row or a walk has named, once, with all the paths that reach it.
struct FoundPlace {
  yaml::NodeIndex scalar = yaml::no_node;
  const RoleInfo* role = &plain_image;
  bool needs_prefix = false;
  bool direct = false;            ///< reached where it is written, without alias or merge
  std::uint32_t context = 0;      ///< what the walk says of it: a number of its own
  std::string path;               ///< where it is written
  std::vector<std::string> uses;  ///< further paths that reach it by alias or merge
};

/// Puts together what walks find.
class PlaceCollector {
 public:
  explicit PlaceCollector(const yaml::Tree& tree) : tree_(&tree) {}

  /// Notes a scalar with text; anything else is passed over. Of a scalar that is reached in several ways the
  /// surest certainty counts, then the way without an alias, then the first.
  void add(compose::Position at, const compose::Path& path, const RoleInfo& role, bool needs_prefix = false,
           std::uint32_t context = 0);
  /// Whether a scalar was noted.
  [[nodiscard]] bool has(yaml::NodeIndex scalar) const { return numbers_.contains(scalar); }
  /// In the order in which the scalars stand in the file.
  [[nodiscard]] std::vector<FoundPlace> finish() &&;

 private:
  const yaml::Tree* tree_;
  std::vector<FoundPlace> places_;
  std::unordered_map<yaml::NodeIndex, std::size_t> numbers_;
};

/// Walks the part of a tree below a position (a document, or any value in it) by a table. `path` is that of
/// the position. Aliases and merge keys are followed as in compose files.
void walk_places(compose::View& view, compose::Position top, std::span<const PlaceRow> table,
                 compose::Path path, PlaceCollector& found);

/// Hears of each value, of any kind, that a pattern names, with its path.
using OnMatch = std::function<void(compose::Position at, const compose::Path& path)>;

/// The same walk for one pattern by itself: for places that need a closer look than a row can say.
void for_each_match(compose::View& view, compose::Position top, std::string_view pattern, compose::Path path,
                    const OnMatch& on_match);

/// All rows at once, over every document of a tree.
[[nodiscard]] std::vector<FoundPlace> find_places(compose::View& view, std::span<const PlaceRow> table);

}  // namespace imglint
