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
#include "model/mapped_text.hpp"
#include "reference/reference.hpp"
#include "source/source.hpp"

namespace imglint {

struct KindInfo;  // kinds/kind.hpp

enum class Dialect : std::uint8_t { dockerfile, compose };

/// Where a reference stands. to_string() gives the names of `imglint list`.
enum class Role : std::uint8_t {
  syntax,
  from,
  copy_from,
  mount_from,
  onbuild_copy_from,
  onbuild_mount_from,
  image,
  built_image,
  pre_start,
  volume_image,
  build_context,
  cache_from,
  cache_to,
  build_tag,
  sbom,
  model,
  provider_model,
  include,
  extends,
  bake_build_tag,
  bake_cache_from,
  bake_cache_to,
  bake_build_context,
};
[[nodiscard]] std::string_view to_string(Role role);

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

/// Who supplied the value of a variable.
enum class VariableSource : std::uint8_t {
  none,          ///< unset: the text is empty
  arg_default,   ///< Dockerfile: the default of an ARG
  default_word,  ///< the word of `${NAME:-word}` and its like, also `${NAME:+word}`
  build_args,    ///< `build.args` of the compose service that builds this Dockerfile
  env_file,      ///< `.env` or `--env-file`
  option,        ///< `--env`, `--build-arg`
  built_in,      ///< TARGETARCH, COMPOSE_PROJECT_NAME, …
};
[[nodiscard]] std::string_view to_string(VariableSource source);

/// One variable that was looked up on the way to a value, in the order met.
struct Variable {
  std::string_view name;
  std::string_view
      op;  ///< as written: empty, `:-`, `-`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, `/`, `//`
  VariableSource source = VariableSource::none;
  Location place;        ///< the bytes that supplied the text; source is null where there are none
  Location written;      ///< the whole `$NAME` or `${…}`
  bool needed = true;    ///< its value, or its absence, shows in the result
  bool declared = true;  ///< Dockerfile: a global ARG or a built-in of this name exists
  VariableIndex within = no_variable;  ///< Dockerfile: the variable whose default it stands in; none if it
                                       ///< stands in the use itself
};

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

/// How many of them have an index.
[[nodiscard]] inline VariableIndex count(const std::vector<Variable>& variables) {
  return variables.size() < no_variable ? static_cast<VariableIndex>(variables.size()) : no_variable;
}

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
  Role role = Role::from;
  Kind kind = Kind::invalid;
  Style style = Style::dockerfile;
  bool active = true;  ///< false where YAML merging hides the value, or nobody uses it

  Span span;              ///< the reference alone, as written, in the document's source
  MappedText written;     ///< decoded (joined lines, YAML escapes), before expansion
  MappedText value;       ///< after expansion with defaults; unset variables are empty
  bool has_value = true;  ///< false if expansion is an error
  std::vector<Variable> variables;
  /// If all that stops the expansion are required variables without a value (`${NAME:?}`): the value with
  /// nothing in their places, and its variables. Else empty. A move needs no tag.
  MappedText open_value;
  std::vector<Variable> open_variables;

  /// The parts, in ranges of value.text(); or where it breaks. Meaningful for kinds image, built, and invalid
  /// or unresolved where it did parse.
  std::variant<Reference, ReferenceError> reference = ReferenceError{};
  UseError error_kind = UseError::none;
  std::string_view error;  ///< message, if expansion or lookup failed rather than the grammar; else empty

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
  std::string_view platform;    ///< FROM --platform, expanded; empty without
  MappedText platform_written;  ///< the same before expansion
  std::vector<Variable> platform_variables;
  std::string_view platform_error;  ///< message, if the platform is blank or cannot be read; else empty
  std::int32_t service = -1;        ///< compose: index into Document::services; -1 outside of services
  bool inlined = false;             ///< stands in a dockerfile_inline

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

  // Of a global one with a default: what the default amounts to, whether or not an option overrides it.
  MappedText value;
  bool has_value = false;  ///< false if its expansion is an error
  std::string_view error;  ///< message, if it is; else empty
  std::vector<Variable> variables;
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
  Span span;             ///< from the hash to the end of the text
  bool own_line = true;  ///< nothing but blanks before it
  bool inlined = false;  ///< compose: of a dockerfile_inline, not of the YAML file
};

/// Pinned. Borrows from its source, which must outlive it.
struct Document {
  Document(const Source& source_, const KindInfo& kind_, Dialect dialect_)
      : source(&source_), kind(&kind_), dialect(dialect_) {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  const Source* source;
  const KindInfo* kind;
  Dialect dialect;
  bool is_compose = true;  ///< compose: false for a YAML file that is no compose file
  /// Dockerfile: every build that the run shows gives arguments, and is read by itself.
  bool is_never_built = false;
  char escape = '\\';  ///< Dockerfile: the escape character, a backslash or a backtick
  Arena arena;
  std::vector<ImageUse> uses;  ///< by position
  std::vector<Stage> stages;
  std::vector<Argument> arguments;
  std::vector<Service> services;
  std::vector<Comment> comments;
  std::vector<Trouble> troubles;
  /// Compose: mistakes in the environment files that give it values, with which docker compose stops.
  std::vector<std::pair<Location, std::string>> environment_troubles;

  [[nodiscard]] bool blocks_edits() const {
    for (const Trouble& trouble : troubles)
      if (trouble.blocks_edits) return true;
    return false;
  }
};

}  // namespace imglint
