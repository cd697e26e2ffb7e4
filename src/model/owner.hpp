// What references belong to: the parts of a file, their owners (a stage, a service), and what has images
// built.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.hpp"
#include "model/value.hpp"

namespace imglint {

struct KindInfo;  // kinds/kind.hpp

/// A stretch of a file that one kind reads: the file itself, or a Dockerfile inside of a YAML scalar.
struct Part {
  const KindInfo* kind = nullptr;
  bool has_stages = false;  ///< it is built in stages, and variables are arguments that it declares
  bool nested = false;      ///< it stands in a scalar of another part
  bool is_foreign = false;  ///< another program than Docker's own frontend reads it, by rules not known here
  char escape = '\\';       ///< Dockerfile: the escape character, a backslash or a backtick
};

/// Index into Document::owners.
using OwnerIndex = std::int32_t;
inline constexpr OwnerIndex no_owner = -1;

/// Who has references: a stage, a service, a job, a workload. Rules and editors ask for it by what it is
/// called, never by the kind of file.
struct Owner {
  std::string_view label;        ///< what it is, for a sentence: `stage`, `service`
  std::string_view name;         ///< as written, decoded; empty if it has none
  Span name_span;                ///< where its name stands; where it begins, if it has none
  Span span;                     ///< where it begins, as far as known
  OwnerIndex parent = no_owner;  ///< the service whose dockerfile_inline holds a stage
  std::int32_t stage = -1;       ///< index into Document::stages, of a stage
  std::int32_t build = -1;       ///< index into Document::builds, of one that has its image built
};

/// A stage of a Dockerfile, in file order.
struct Stage {
  std::string_view name;  ///< lower-cased; empty without AS
  Span name_span;         ///< as written; empty without AS
  Span instruction;       ///< from FROM to the end of its logical line
  OwnerIndex owner = no_owner;
  MappedText platform_written;  ///< FROM --platform, before expansion; empty without
  Value platform;               ///< the same after it; a blank one and one of no known form are faults, too
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

/// Whoever has an image built: a service with `build`.
struct Build {
  OwnerIndex owner = no_owner;
  std::string_view pull_policy;  ///< empty if not given
  std::string_view context;      ///< interpolated; "." if not given
  std::string_view dockerfile;   ///< interpolated; empty if not given
  std::string_view target;       ///< a stage; empty if not given
  MappedText target_text;        ///< the same, with its place
  bool inlined = false;          ///< the Dockerfile stands in the file itself
  /// This is the normal path of the Dockerfile, whatever the context; empty if it is none here.
  bool is_located = false;
  std::string_view dockerfile_path;
  struct Argument {
    std::string_view name;
    bool has_value = false;                    ///< a bare name takes its value from the environment
    MappedText value;                          ///< interpolated
    std::span<const Variable> variables = {};  ///< that it was made of; its pieces point into them
  };
  std::vector<Argument> arguments;
  /// It gives a Dockerfile of the run some, which the builds of its project hold.
  bool has_arguments_elsewhere = false;
  std::vector<std::string_view> contexts;  ///< names of further contexts

  /// Whether the Dockerfile is read in another way for it.
  [[nodiscard]] bool gives_anything() const {
    return !arguments.empty() || has_arguments_elsewhere || !contexts.empty();
  }
};

}  // namespace imglint
