// How docker compose merges values: files, documents, included projects and services that extend others
// (docs/spec/projects.md 6). Nothing is changed in place.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "project/compose/item.hpp"

namespace imglint::assembly {

/// Where in a project a value stands, as far as merging asks.
enum class Where : std::uint8_t {
  top,
  services,
  service,
  build,
  keyed,     ///< merged by name: build.args, additional_contexts, models of a service
  joined,    ///< a list, whatever its two sides are: env_file
  volumes,   ///< by target
  extends,   ///< of an earlier document of its file: a text is a mapping since that was read
  replaced,  ///< the later one holds, whatever it is
  plain,
};
[[nodiscard]] Where inner(Where place, std::string_view key);

/// How short forms stand. Once a file is read they are what they mean, mappings with keys that a reset can
/// name (`transform.Canonical`); what services of one document take over from each other is as it is written,
/// or was merged.
enum class Form : std::uint8_t { written, canonical };

/// Whether one of the volumes is an image.
[[nodiscard]] bool has_image_volume(const Item& volumes);

/// The path inside of a container at which a volume is mounted; empty if it is not known.
[[nodiscard]] std::string_view target_of(const Item& volume);

/// Of two volumes of a list at one target the later one stays, at the place of the first.
void keep_last_of_target(Item& volumes);

class Merger {
 public:
  /// Called for a value that cannot be put over another, with its path.
  using Refuse = std::function<void(const Item& value, const std::string& path)>;

  /// Called for a value that is nothing, put over one that is something.
  using ChangesNothing = std::function<void(const Item& value)>;

  Merger(Items& items, Refuse refuse, ChangesNothing changes_nothing)
      : items_(items), refuse_(std::move(refuse)), changes_nothing_(std::move(changes_nothing)) {}

  /// `over` put over `under`. Either may be null.
  [[nodiscard]] Item* merge(Item* under, Item* over, Where place, const std::string& path);
  /// Without what resets take away.
  [[nodiscard]] Item* without(Item* item, const Resets& resets, Form form = Form::canonical);
  /// The map without a key.
  [[nodiscard]] Item* without(Item* map, std::string_view key);
  /// A list became so long that it was cut.
  [[nodiscard]] bool has_overflowed() const { return has_overflowed_; }
  /// How many entries have been copied since the last call.
  [[nodiscard]] std::size_t take_copied() { return std::exchange(copied_, 0); }

 private:
  [[nodiscard]] Item* merge_maps(Item* under, Item* over, Where place, const std::string& path);
  [[nodiscard]] Item* merge_extends(Item* under, Item* over, const std::string& path);
  [[nodiscard]] Item* append(Item* under, Item* over, bool by_target);

  Items& items_;
  Refuse refuse_;
  ChangesNothing changes_nothing_;
  bool has_overflowed_ = false;
  std::size_t copied_ = 0;
};

}  // namespace imglint::assembly
