// Document: what a reader found in one file. Image uses, their owners, builds, arguments, and what went
// wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/arena.hpp"
#include "model/image_use.hpp"
#include "model/notice.hpp"
#include "source/source.hpp"

namespace imglint {

/// What a registry is asked with for some references: a secret beside them. No reference, and never edited.
struct Credential {
  Span span;
  std::string_view key;            ///< `imagePullSecrets`
  std::string_view scope;          ///< the path below which it holds
  std::string_view registry = {};  ///< the host that it is for; empty where that is not told
};

/// So many references are read of one file, of which a real one has some hundreds: what a run keeps in memory
/// is bounded by them.
inline constexpr std::size_t most_references_of_file = 50'000;

/// A compose project. Its address tells it from others, which may have the same name.
struct ProjectIdentity {
  ProjectIdentity() = default;
  ProjectIdentity(const ProjectIdentity&) = delete;
  ProjectIdentity& operator=(const ProjectIdentity&) = delete;

  std::string name;               ///< empty if there is no usable one
  bool shares_name = false;       ///< another project of the run has it, too
  std::vector<std::string> read;  ///< all compose files and env files that play a part, once each
};

/// Something wrong in an environment file.
struct EnvironmentTrouble {
  Location place;
  std::string message;
  Location asked = {};  ///< where the file is named, if anywhere: without, it lies beside the compose file
  friend bool operator==(const EnvironmentTrouble&, const EnvironmentTrouble&) = default;
};

/// Pinned. Borrows from its source, which must outlive it.
struct Document {
  Document(const Source& source_, const KindInfo& kind_) : source(&source_), kind(&kind_), parts{{&kind_}} {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const Source* source;
  const KindInfo* kind;
  bool is_compose = true;  ///< compose: false for a YAML file that is no compose file
  /// A variable that nobody sets is empty (compose). In others the server that runs the file may set it.
  bool leaves_unset_empty = false;
  const ProjectIdentity* project = nullptr;  ///< that it is read in, or built in; null: in none
  /// Dockerfile: every build that the run shows gives arguments, and is read by itself.
  bool is_never_built = false;
  /// A template engine makes the file of it, so expressions of one may stand in it.
  bool is_template = false;
  /// Template: the bytes without what is the engine's, as parsed; or null.
  std::unique_ptr<const Source> shape;
  Arena arena;
  std::vector<Part> parts;     ///< the first is the file itself
  std::vector<ImageUse> uses;  ///< by position
  std::vector<Owner> owners;   ///< in file order
  std::vector<Stage> stages;
  std::vector<Argument> arguments;
  std::vector<Build> builds;
  std::vector<std::string_view> includes;  ///< local files that it takes parts of, as written
  /// Helm values: paths of those that are images, unless the chart's templates put names behind them.
  std::vector<std::string_view> may_be_prefixes;
  std::vector<Owner> without_image;  ///< who must say an image and says none
  std::vector<Credential> credentials;
  std::vector<Comment> comments;
  std::vector<Trouble> troubles;
  /// Compose: mistakes in the environment files that give it values, with which docker compose stops.
  std::vector<EnvironmentTrouble> environment_troubles;
  /// Compose: variables that environment files require and no file gives; what stands behind was not read.
  std::vector<EnvironmentTrouble> environment_lacks;
  /// Compose: environment files out of reach may give more.
  bool lacks_variables = false;

  /// Adds a use, unless the file has as many as are read of one. Where that ends is a trouble, told once.
  void add_use(ImageUse use);
  [[nodiscard]] bool is_full() const { return uses.size() >= most_references_of_file; }
  /// Tells that references from a place on are not read.
  void leave_rest(Span from);

  /// What was parsed: the source, or its shape. Offsets are the same.
  [[nodiscard]] const Source& parsed() const { return shape ? *shape : *source; }
  [[nodiscard]] const Part& part_of(const ImageUse& use) const { return parts[use.part]; }
  [[nodiscard]] const Part& part_of(const Comment& comment) const { return parts[comment.part]; }
  [[nodiscard]] const Owner* owner(OwnerIndex index) const {
    return index == no_owner ? nullptr : &owners[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] const Owner& owner_of(const Stage& stage) const { return *owner(stage.owner); }
  [[nodiscard]] const Owner& owner_of(const Build& build) const { return *owner(build.owner); }
  /// Index of the stage that a use stands in; -1 outside of all.
  [[nodiscard]] std::int32_t stage_index_of(const ImageUse& use) const {
    const Owner* of = owner(use.owner);
    return of ? of->stage : -1;
  }
  [[nodiscard]] const Stage* stage_of(const ImageUse& use) const;
  /// The build of the owner itself.
  [[nodiscard]] const Build* build_of(const ImageUse& use) const;
  /// Of the base of a stage with `--platform`: what it amounts to; empty for all others.
  [[nodiscard]] const Value& platform_of(const ImageUse& use) const;
  /// The part that is not inside of another.
  [[nodiscard]] const Part& file_part() const { return parts.front(); }
  [[nodiscard]] bool blocks_edits() const {
    for (const Trouble& trouble : troubles)
      if (trouble.blocks_edits) return true;
    return false;
  }

 private:
  bool rest_is_left_ = false;
};

}  // namespace imglint
