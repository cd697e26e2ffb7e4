// Document: what a reader found in one file. Image uses, stages, arguments, services, and what went wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/arena.hpp"
#include "model/role.hpp"
#include "model/value.hpp"
#include "reference/reference.hpp"
#include "source/source.hpp"

namespace imglint {

struct KindInfo;  // kinds/kind.hpp

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

/// How the bytes are quoted where a reference stands; decides what an edit may insert.
enum class Style : std::uint8_t {
  dockerfile,  ///< a word or flag value of a Dockerfile
  plain,       ///< YAML, plain in block context
  flow_plain,  ///< YAML, plain inside [] or {}
  single,      ///< YAML '…'
  double_,     ///< YAML "…"
  literal,     ///< YAML |
  folded,      ///< YAML >
};
[[nodiscard]] std::string_view to_string(Style style);

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

  bool refused = false;  ///< compose refuses the value, a number for text; a trouble says so

  std::string_view path;               ///< compose: where it is written, `services.web.image`
  std::vector<std::string_view> uses;  ///< compose: further paths that reach it by alias or merge

  std::int32_t in_stage = -1;  ///< Dockerfile: index into Document::stages; -1 before the first
  std::int32_t stage = -1;     ///< for kinds stage and stage_index: the stage meant; may be later, or its own
  bool may_be_stage = false;   ///< a bare word that may name a stage which this reading does not know: of the
                               ///< build that uses the image (ONBUILD), or of a line that was not understood
  std::string_view mount_type;  ///< RUN --mount: lower-case, `bind` if not given
  MappedText platform_written;  ///< FROM --platform, before expansion; empty without
  Value platform;               ///< the same after it; a blank one and one of no known form are faults, too
  std::int32_t service = -1;    ///< compose: index into Document::services; -1 outside of services
  std::uint32_t part = 0;       ///< index into Document::parts

  /// Message, if expansion or lookup failed rather than the grammar; else empty.
  [[nodiscard]] std::string_view error() const { return value.is_known() ? lookup_error : value.fault; }
  [[nodiscard]] const Reference* parsed() const { return std::get_if<Reference>(&reference); }
};

/// A stage of a Dockerfile, in file order.
struct Stage {
  std::string_view name;     ///< lower-cased; empty without AS
  Span name_span;            ///< as written; empty without AS
  Span instruction;          ///< from FROM to the end of its logical line
  std::int32_t parent = -1;  ///< compose: index of the service whose dockerfile_inline holds it
};

/// An ARG word, global or in a stage.
struct Argument {
  std::string_view name;
  Span name_span;
  bool has_default = false;
  MappedText default_value;  ///< as written, before expansion, quotes included
  std::int32_t stage = -1;   ///< -1: global, before the first FROM

  /// Of a global one with a default: what the default amounts to, whether or not an option overrides it.
  Value value;
};

/// A compose service, as far as its build goes.
struct Service {
  std::string_view name;
  Span name_span;
  bool built = false;            ///< has `build`, own, merged or by extends
  std::string_view pull_policy;  ///< empty if not given
  std::string_view context;      ///< build.context, interpolated; "." if not given
  std::string_view dockerfile;   ///< build.dockerfile, interpolated; empty if not given
  std::string_view target;       ///< build.target; empty if not given
  MappedText target_text;        ///< the same, with its place
  bool inlined = false;          ///< the Dockerfile is in dockerfile_inline
  struct BuildArg {
    std::string_view name;
    bool has_value = false;  ///< a bare name takes its value from the environment
    MappedText value;        ///< interpolated
  };
  std::vector<BuildArg> args;
  std::vector<std::string_view> contexts;  ///< names of additional_contexts
};

/// Something a reader could not understand. Becomes a finding; the rest of the file is still read.
struct Trouble {
  enum class Kind : std::uint8_t {
    syntax,             ///< YAML or Dockerfile syntax
    encoding,           ///< not UTF-8, UTF-16, control characters
    too_large,          ///< over the size limit
    duplicate_key,      ///< compose refuses it, yaml-cpp does not
    template_,          ///< an invalid interpolation
    required_variable,  ///< `${X:?message}` without a value
    remark,             ///< worth saying, nothing is wrong: a version 1 file
  };
  Kind kind = Kind::syntax;
  Span span;
  std::string message;            ///< lower-case start, no final stop
  bool blocks_edits = false;      ///< the file must not be edited
  bool unread = false;            ///< nothing of the file could be read
  bool hides_references = false;  ///< references may stand there that were not read
};

/// A comment that names a linter, for suppressions.
struct Comment {
  Span span;               ///< from the hash to the end of the text
  bool own_line = true;    ///< nothing but blanks before it
  std::uint32_t part = 0;  ///< index into Document::parts
};

/// A stretch of a file that one kind reads: the file itself, or a Dockerfile inside of a YAML scalar.
struct Part {
  const KindInfo* kind = nullptr;
  bool has_stages = false;  ///< it is built in stages, and variables are arguments that it declares
  bool nested = false;      ///< it stands in a scalar of another part
  char escape = '\\';       ///< Dockerfile: the escape character, a backslash or a backtick
};

/// Pinned. Borrows from its source, which must outlive it.
struct Document {
  Document(const Source& source_, const KindInfo& kind_) : source(&source_), kind(&kind_), parts{{&kind_}} {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const Source* source;
  const KindInfo* kind;
  bool is_compose = true;  ///< compose: false for a YAML file that is no compose file
  /// Dockerfile: every build that the run shows gives arguments, and is read by itself.
  bool is_never_built = false;
  Arena arena;
  std::vector<Part> parts;     ///< the first is the file itself
  std::vector<ImageUse> uses;  ///< by position
  std::vector<Stage> stages;
  std::vector<Argument> arguments;
  std::vector<Service> services;
  std::vector<Comment> comments;
  std::vector<Trouble> troubles;
  /// Compose: mistakes in the environment files that give it values, with which docker compose stops.
  std::vector<std::pair<Location, std::string>> environment_troubles;

  [[nodiscard]] const Part& part_of(const ImageUse& use) const { return parts[use.part]; }
  [[nodiscard]] const Part& part_of(const Comment& comment) const { return parts[comment.part]; }
  /// The part that is not inside of another.
  [[nodiscard]] const Part& file_part() const { return parts.front(); }
  [[nodiscard]] bool blocks_edits() const {
    for (const Trouble& trouble : troubles)
      if (trouble.blocks_edits) return true;
    return false;
  }
};

}  // namespace imglint
