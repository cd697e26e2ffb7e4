// ImageUse: one place in a file where a reference stands, and what it means there.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "model/owner.hpp"
#include "model/quoting.hpp"
#include "model/role.hpp"
#include "model/split.hpp"
#include "model/value.hpp"
#include "reference/reference.hpp"

namespace imglint {

/// What a reference turned out to be.
enum class Kind : std::uint8_t {
  image,        ///< pulled from a registry
  built,        ///< compose: the name of what a build produces
  stage,        ///< a stage of the same Dockerfile, by name
  stage_index,  ///< the same, by number
  scratch,      ///< the empty base
  context,      ///< a named build context
  service,      ///< compose: another service of the project
  unresolved,   ///< needs a variable that has no value
  invalid,      ///< no legal reference, or a variable where none is allowed
  mirrored,     ///< Docker Hub behind a cache of the runner's
};
[[nodiscard]] std::string_view to_string(Kind kind);

/// Why a use has no meaning, where it is not the grammar of references. to_string() gives the kinds of
/// `imglint list`.
enum class UseError : std::uint8_t {
  none,
  expansion_failed,      ///< an operator that is none, an open quote, a required variable without a value
  blank,                 ///< nothing is left after expansion
  variable_not_allowed,  ///< a variable, a quote or an escape where nothing is expanded
                         ///< (dockerfile.md 2.9, 2.10)
  no_such_stage,         ///< an index past the last stage
};
[[nodiscard]] std::string_view to_string(UseError error);

/// A place that reaches a reference written elsewhere.
struct Alias {
  std::string_view path;
  const RoleInfo* role = &plain_image;  ///< what it is there
  OwnerIndex owner = no_owner;
};

/// Where the tag of a reference stands.
enum class TagSource : std::uint8_t {
  written,      ///< in the reference, or nowhere
  app_version,  ///< it is a guess: the version that the chart gives
  elsewhere,    ///< in a place that is not known: a chart's template, the object that is selected
};
/// As `imglint list` gives it; empty for one that is written.
[[nodiscard]] std::string_view to_string(TagSource source);

/// One place in a file where a reference stands.
struct ImageUse {
  const RoleInfo* role = &plain_image;
  Kind kind = Kind::invalid;
  Style style = Style::dockerfile;
  bool active = true;  ///< false where YAML merging hides the value, or nobody uses it

  Span span;           ///< the reference alone, as written, in the document's source
  MappedText written;  ///< decoded (joined lines, YAML escapes), before expansion
  Value value;         ///< after expansion with defaults
  /// If all that stops the expansion are required variables without a value (`${NAME:?}`): the value with
  /// nothing in their places. Else empty. A move needs no tag.
  Value open_value;

  /// The parts, in ranges of value.text(); or where it breaks. Meaningful for kinds image, built, and invalid
  /// or unresolved where it did parse.
  std::variant<Reference, ReferenceError> reference = ReferenceError{};
  UseError error_kind = UseError::none;
  std::string_view lookup_error;  ///< message, if the value is known and names nothing; else empty

  /// Why the bytes cannot be changed; empty if they can.
  std::string_view not_editable;

  bool alternative = false;  ///< another thing that the use before it may be: one place, several values
  bool refused = false;      ///< compose refuses the value, a number for text; a trouble says so

  std::string_view path;       ///< where it is written, `services.web.image`; empty without
  std::vector<Alias> aliases;  ///< further places that reach it by alias or merge

  OwnerIndex owner =
      no_owner;               ///< index into Document::owners; none before the first stage, or outside of all
  std::int32_t stage = -1;    ///< for kinds stage and stage_index: the stage meant; may be later, or its own
  bool may_be_stage = false;  ///< a bare word that may name a stage which this reading does not know: of the
                              ///< build that uses the image (ONBUILD), or of a line that was not understood
  std::string_view mount_type;  ///< RUN --mount: lower-case, `bind` if not given
  std::uint32_t part = 0;       ///< index into Document::parts

  std::vector<UsePart> parts;  ///< of a reference written in several scalars; empty of all others
  MoveLock lock = MoveLock::none;
  bool tag_is_elsewhere = false;    ///< the tag is no matter of this place: a chart's appVersion, a scanner's
  std::string_view pull_policy;     ///< as written beside it; empty without
  bool registry_is_shared = false;  ///< the registry is that of all references of the file
  bool follows_selector = false;    ///< its name is that of the selector beside it, and moves with it

  /// Message, if expansion or lookup failed rather than the grammar; else empty.
  [[nodiscard]] std::string_view error() const { return value.is_known() ? lookup_error : value.fault; }
  [[nodiscard]] const Reference* parsed() const { return std::get_if<Reference>(&reference); }
  [[nodiscard]] TagSource tag_source() const;
  /// It is the name of what a build makes, or of an image that is built here.
  [[nodiscard]] bool is_of_build() const { return kind == Kind::built || names_output(*role); }
  /// What it is for people: a word that may be a stage of which nothing is known here is `unresolved`.
  [[nodiscard]] Kind known_kind() const {
    return may_be_stage && kind == Kind::image ? Kind::unresolved : kind;
  }
};

}  // namespace imglint
