// Reading: what is found in a Kubernetes-like file, on its way to the uses of a Document. One instance for a
// file; its layers are the file's tree and those of YAML text in scalars.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "kinds/kind.hpp"
#include "kinds/manifest/layer.hpp"
#include "kinds/manifest/roles.hpp"
#include "kinds/place_uses.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "tree/places.hpp"

namespace imglint::manifest {

/// Parameters of a workflow or a task, by how they are named in a text (`params.x`, `inputs.parameters.x`).
/// Without a position: given, but not by a literal.
using Parameters = std::map<std::string, std::optional<Position>, std::less<>>;

/// What a place needs to be known to become a use.
struct Context {
  const KindInfo* dialect = nullptr;
  const Parameters* parameters = nullptr;  ///< null: none are expanded
  std::string_view pull_policy = {};
  bool tag_is_elsewhere = false;

  friend bool operator==(const Context&, const Context&) = default;
};

/// Where an object, or any part of one, is being read.
struct At {
  Layer* layer = nullptr;
  Position position;
  Path path;
  const KindInfo* dialect = nullptr;
  Certainty certainty = Certainty::exact;  ///< of what is exact there

  [[nodiscard]] View& view() const { return layer->view; }
  [[nodiscard]] At at(Position other, const Path& where) const {
    At result = *this;
    result.position = other;
    result.path = where;
    return result;
  }
  [[nodiscard]] At key(std::string_view name) const {
    Path where = path;
    where.key(name);
    return at(view().find(position, name), where);
  }
  [[nodiscard]] bool is(NodeKind kind) const { return view().is(position, kind); }
  [[nodiscard]] std::string_view string() const { return string_at(view(), position); }
};

/// Calls with each place that a pattern of keys leads to (tree/places.hpp).
template <class Use>
void on_each(const At& at, std::string_view pattern, const Use& use) {
  for_each_match(at.view(), at.position, pattern, at.path,
                 [&](Position position, const Path& path) { use(at.at(position, path)); });
}

/// The scalars of a split reference; those that are missing have no position.
struct SplitScalars {
  Position registry;
  Position repository;
  Position tag;
  Position digest;
  bool is_sha = false;            ///< the digest has no algorithm
  bool name_is_selector = false;  ///< the repository is the `name` of an entry, which selects by it
  bool shared_registry = false;   ///< the registry is the global one
  Position other_registry;        ///< the global one, where there is one and an own one
  bool registry_clashes = false;  ///< and the two differ
  Position empty_registry;        ///< `registry: ""`, where a host goes that the repository does not have
  std::string_view pull_policy;
  std::string_view guessed_tag;   ///< of the chart, where the tag is empty
  bool tag_is_elsewhere = false;  ///< where it has none, another place says it: a chart, a selected image
};

class Reading {
 public:
  Reading(Document& document, const ReadOptions& options) : document_(document), options_(options) {}
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  [[nodiscard]] Document& document() const { return document_; }
  [[nodiscard]] const ReadOptions& options() const { return options_; }

  /// The layer of a whole file, or of its bytes with the templates masked.
  Layer& add_layer(const Source& source, const Tree& tree, const MappedText* outer);
  /// The layer of the YAML text in a scalar; null if it does not parse.
  Layer* layer_in(const At& scalar);
  [[nodiscard]] const Parameters* keep(Parameters parameters);

  /// A document of a kind is in the file, whether it has references or not.
  void declare(const KindInfo& dialect) { (void)part_of(dialect); }

  /// A scalar that may be a reference by itself. A place that is exact there is as sure as its object.
  void note(const At& at, Place place, Certainty certainty = Certainty::exact,
            const Parameters* parameters = nullptr);
  void note(const At& at, Place place, Certainty certainty, const Context& context);
  /// The part of a scalar's text that is one.
  void note_part(const At& at, Place place, TextRange range, Certainty certainty = Certainty::exact);
  /// A reference of several scalars. Those that are reached twice count once.
  void note_split(const At& at, Place place, const SplitScalars& scalars,
                  Certainty certainty = Certainty::exact);
  /// A scalar behind which a chart's templates put `/` and a name.
  void note_prefix(const At& map, Position scalar, Certainty certainty);

  /// A secret or an account that the images below `scope` are pulled with.
  void note_credential(const At& scope, std::string_view key);

  /// Makes the uses, in order of position. To be called once.
  void finish();

 private:
  struct HeldText {
    std::string bytes;
    std::unique_ptr<Source> source;
    Tree tree;
    MappedText outer;
  };
  struct Collected {
    Layer* layer = nullptr;
    PlaceCollector places;
  };

  [[nodiscard]] std::uint32_t context_number(const Context& context);
  [[nodiscard]] std::uint32_t part_of(const KindInfo& dialect);
  [[nodiscard]] std::vector<TextVariable> variables_in(std::string_view text, const Layer& layer,
                                                       const Context& context) const;
  void make_use(const Layer& layer, const FoundPlace& place);
  [[nodiscard]] ImageUse start(const At& at, const RoleInfo& role, const yaml::ScalarPlace& scalar);
  [[nodiscard]] bool complete(ImageUse& use, const MappedText& text, const Layer& layer,
                              const Context& context) const;

  Document& document_;
  const ReadOptions& options_;
  std::deque<Layer> layers_;
  std::deque<HeldText> texts_;
  std::deque<Parameters> parameters_;
  std::vector<Context> contexts_;
  std::deque<Collected> collected_;
  std::set<std::tuple<const Layer*, NodeIndex, std::uint32_t>> parts_;  ///< of scalars, that were noted
  std::vector<std::array<NodeIndex, 4>> splits_;  ///< those that were noted, with their layers
  std::vector<const Layer*> split_layers_;
};

/// Whether a template stands in the name of an image, and whether the name is nothing else.
struct TemplateInName {
  bool any = false;
  bool only = false;
};
[[nodiscard]] TemplateInName template_in_name(std::string_view text);

/// The end of a template action that begins at an offset with `{{`: behind its `}}`, which quotes and
/// comments hide; npos if it has none.
[[nodiscard]] std::size_t action_end(std::string_view text, std::size_t begin);

}  // namespace imglint::manifest
