// Mapping: where an image lives after a move. A function of the canonical name and its suffix only, checked
// so that a second run changes nothing (docs/spec/retarget.md 6.1 to 6.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "move/refusal.hpp"
#include "policy/facts/moves.hpp"
#include "reference/name_pattern.hpp"

namespace imglint {

/// What becomes of the old path under --to (docs/spec/retarget.md 6.3).
enum class PathStrategy : std::uint8_t { keep, last, flat, source, source_short, source_flat };
[[nodiscard]] std::optional<PathStrategy> path_strategy_named(std::string_view name);

enum class LibraryRule : std::uint8_t { by_strategy, keep, drop };

/// How a name on Docker Hub is written.
enum class Spelling : std::uint8_t {
  keep,       ///< without the host where it had none
  shortened,  ///< always without
  full,       ///< always with it
};
[[nodiscard]] std::optional<Spelling> spelling_named(std::string_view name);

/// One FROM = TO as given by an option or a map file.
struct MapEntry {
  std::string from;
  std::string to;                  ///< empty: leave alone
  std::string origin;              ///< `--map`, or the path of the map file
  std::uint32_t line = 0;          ///< 1-based; 0 for an option
  std::uint32_t column = 0;        ///< 1-based, in bytes; 0 for an option
  std::uint32_t layer = 0;         ///< a later layer wins over an earlier one
  bool blocked = false;            ///< the registry must not be used
  bool exact = false;              ///< FROM is a whole reference: no tag means latest
  bool configured = false;         ///< by the configuration, for this run as an option is
  const MoveFact* fact = nullptr;  ///< holds only for what this concerns; null: for all that FROM matches
};

/// Where a configuration says what an option may say; without a path: an option says it.
struct OptionPlace {
  std::string path;
  std::uint32_t line = 0;    ///< 1-based
  std::uint32_t column = 0;  ///< 1-based, in bytes

  [[nodiscard]] bool is_configured() const { return !path.empty(); }
};

/// The options that say where images go, as written.
struct MappingOptions {
  std::string to;                   ///< empty: maps only
  std::vector<std::string> from;    ///< nothing but these moves
  std::vector<std::string> except;  ///< these never move
  OptionPlace to_place = {};
  std::vector<OptionPlace> from_places = {};    ///< of each; empty where options say them
  std::vector<OptionPlace> except_places = {};  ///< the same
  std::vector<MapEntry> maps;                   ///< files in the order given, then the command line
  PathStrategy paths = PathStrategy::keep;
  std::string path_template;    ///< instead of a strategy; empty without
  std::string separator = "-";  ///< between the parts a flat strategy joins
  LibraryRule library = LibraryRule::by_strategy;
  /// Not given: names that a map moves keep theirs, those that --to moves are written as it is.
  std::optional<Spelling> spelling = {};
  std::optional<std::uint32_t> target_depth;  ///< most components below the target
  bool registry_rules = true;                 ///< refuse names the known registries cannot hold
};

/// A reference to be mapped. Where a variable has no value the name holds a placeholder.
struct NameToMap {
  std::string name;                       ///< canonical `host/path`
  std::string tag;                        ///< empty without
  std::string digest;                     ///< empty without
  std::size_t known = std::string::npos;  ///< bytes of the name before the first placeholder
  bool suffix_known = true;               ///< false: a variable without a value stands in tag or digest
  bool suffix_may_grow = false;           ///< a variable without a value would add to tag or digest
};
[[nodiscard]] NameToMap name_to_map(const CanonicalReference& reference);

struct MappedName {
  enum class Outcome : std::uint8_t { unchanged, moved, refused };
  /// Why a name stays.
  enum class Reason : std::uint8_t {
    none,
    excepted,       ///< --except
    not_selected,   ///< no --from matches
    no_rule,        ///< no map matches and there is no --to
    left_alone,     ///< a map with an empty TO
    already_there,  ///< under the target
    same_registry,  ///< on the registry of --to, and not named by --from
  };
  Outcome outcome = Outcome::unchanged;
  Reason reason = Reason::none;
  std::string name;                   ///< moved: the new `host/path`, written in full
  std::optional<std::string> suffix;  ///< moved: what replaces tag and digest; nothing: kept as written
  Refusal refusal;                    ///< refused
  std::int32_t entry = -1;            ///< index of the map that applied; -1: --to, or none
  std::int32_t from = -1;             ///< index of the --from that matched
  std::int32_t except = -1;           ///< index of the --except that matched
};

/// Validated. Immutable after make().
class Mapping {
 public:
  /// Reads and checks the options. Errors: usage, bad-target, bad-map, conflicting-map, not-idempotent.
  [[nodiscard]] static std::variant<Mapping, RunError> make(MappingOptions options);

  [[nodiscard]] MappedName map(const NameToMap& name) const;

  [[nodiscard]] const MappingOptions& options() const { return options_; }
  [[nodiscard]] const MapTarget& to() const { return to_; }
  /// Patterns of --from and --except, in the order given.
  [[nodiscard]] const std::vector<NamePattern>& from() const { return from_; }
  [[nodiscard]] const std::vector<NamePattern>& except() const { return except_; }

  struct Entry {
    NamePattern from;
    MapTarget to;
    std::uint32_t written = 0;  ///< index into options().maps
    bool blocked = false;
    /// FROM is the name of one image, whatever its tag: TO has a tag.
    [[nodiscard]] bool is_whole() const {
      return from.kind == NamePattern::Kind::prefix && !to.suffix.empty();
    }
  };
  /// The maps in force, each FROM once.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  /// Who says where everything goes, for people: `--to ghcr.io/org`, or `'to: ghcr.io/org'
  /// (.imglint.yaml:2)`.
  [[nodiscard]] std::string target_text() const;
  /// What to give a name that should go elsewhere. Where the configuration says where images go, an option
  /// would take the place of all of that: an entry there.
  [[nodiscard]] std::string map_to_give() const;
  /// What helps a name that came to lie too deep: --paths shortens what --to moves, and no map does.
  [[nodiscard]] std::string depth_cure(const NameToMap& name, const MappedName& moved) const;
  /// Who says a pattern of --from or --except: `--from a/b`, or `.imglint.yaml:3 from a/b`.
  [[nodiscard]] std::string from_text(std::size_t index) const;
  [[nodiscard]] std::string except_text(std::size_t index) const;
  /// The rule behind a result, for people: `--to ghcr.io/org`, `--map a=b`, `maps.txt:3`.
  [[nodiscard]] std::string rule_text(const MappedName& mapped) const;

 private:
  Mapping() = default;
  [[nodiscard]] std::optional<RunError> read_patterns();
  [[nodiscard]] std::optional<RunError> read_entries();
  [[nodiscard]] std::optional<RunError> read_target();
  [[nodiscard]] std::optional<RunError> check_idempotent() const;
  void index_entries();
  [[nodiscard]] std::int32_t entry_for(const NameToMap& name) const;
  [[nodiscard]] bool holds(std::int32_t index, const NameToMap& name) const;
  [[nodiscard]] std::optional<Refusal> undecided(const NameToMap& name) const;
  [[nodiscard]] std::optional<Refusal> undecided_suffix(const NameToMap& name, std::int32_t index) const;
  /// The new name before it is checked against the grammar and the registry's shape.
  [[nodiscard]] MappedName decide(const NameToMap& name) const;
  [[nodiscard]] MappedName by_entry(const NameToMap& name, std::int32_t index) const;
  [[nodiscard]] MappedName by_target(const NameToMap& name, std::int32_t from) const;
  [[nodiscard]] std::optional<Refusal> second_move(const NameToMap& name, const MappedName& moved) const;
  [[nodiscard]] std::optional<Refusal> target_refusal(const NameToMap& name, const MappedName& moved) const;
  [[nodiscard]] bool keeps_unknown(const NameToMap& name, PathStrategy paths) const;
  [[nodiscard]] std::string path_by(PathStrategy paths, std::string_view name) const;
  [[nodiscard]] std::string unknown_cure(const NameToMap& name) const;
  [[nodiscard]] std::string example_of_map(const NameToMap& name, const MappedName& moved) const;
  [[nodiscard]] bool below_any_target(std::string_view name) const;
  /// The map that moves a name which another rule has just produced.
  [[nodiscard]] std::optional<std::int32_t> moved_again(const NameToMap& name) const;
  [[nodiscard]] std::optional<RunError> check_target_settles() const;
  [[nodiscard]] std::optional<RunError> check_entry_settles(std::int32_t index) const;
  [[nodiscard]] std::vector<NameToMap> points_under(std::string_view prefix) const;

  MappingOptions options_;
  MapTarget to_;
  std::vector<NamePattern> from_;
  std::vector<NamePattern> except_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::int32_t> prefixes_;
  std::unordered_map<std::string, std::int32_t> wildcards_;
  std::unordered_map<std::string, std::vector<std::int32_t>> exact_;
  std::unordered_map<std::string, std::int32_t> targets_;  ///< every TO, to some entry of it
  std::vector<std::int32_t> by_name_;  ///< prefix and exact entries, sorted by the name of FROM
};

/// The path below --to for a canonical name, by strategy or template (docs/spec/retarget.md 6.3).
[[nodiscard]] std::string path_below_target(std::string_view name, const MappingOptions& options);
/// What is wrong with a template, or nothing.
[[nodiscard]] std::optional<std::string> template_error(std::string_view path_template);
/// The path without `library/` of an official image, or as it is (docs/spec/retarget.md 6.3).
[[nodiscard]] std::string_view without_library(std::string_view name);

/// A name as one component that no other name becomes.
[[nodiscard]] std::string one_level_of(std::string_view name);

/// Shapes that the known registries cannot hold (docs/spec/rules.md d1). below: components under the target.
[[nodiscard]] std::optional<Refusal> registry_shape_refusal(std::string_view name, std::size_t below,
                                                            bool under_target_option);

}  // namespace imglint
