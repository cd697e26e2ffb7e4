// What a reader may know beside the file itself: values of variables and named contexts. Never the process
// environment.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/chart_facts.hpp"
#include "model/mapped_text.hpp"
#include "model/value.hpp"

namespace imglint {

class TemplateValues;
struct ComposePart;   // kinds/compose/part.hpp
struct IncludedFile;  // kinds/included_file.hpp

/// A value given from outside the file that is read.
struct GivenValue {
  std::string_view name;
  MappedText value;       ///< pieces say where it stands (.env, a compose file); none for an option
  bool has_value = true;  ///< false for a bare name of `build.args`, whose value only the environment knows
  bool too_long = false;  ///< the value is left out: what it is made of amounts to too much text
  std::span<const Variable> variables = {};  ///< that the value was made of; its pieces point into them
};

/// Canonical names, with tag or digest, of what the services of one file build.
using BuiltNames = std::unordered_set<std::string>;

/// Compose: what is read of a file that docker compose refuses. Nothing of such a file may be edited.
enum class Salvage : std::uint8_t {
  nothing,
  around_faults,  ///< what stands beside text that is no YAML
  all,            ///< what is refused for its meaning, too: for judging it
};

/// A place that the configuration says references stand at: `$.app.workers[*].image`.
struct OwnPlace {
  std::string path;
  std::string registry = {};  ///< keys below the path, of a reference that is written in parts
  std::string repository = {};
  std::string tag = {};
  friend bool operator==(const OwnPlace&, const OwnPlace&) = default;
};

/// Everything borrowed: the caller keeps it alive while the document lives.
struct ReadOptions {
  std::vector<std::pair<std::string, std::string>> env;         ///< --env NAME=VALUE
  std::vector<std::pair<std::string, std::string>> build_args;  ///< --build-arg NAME=VALUE
  const TemplateValues* environment = nullptr;  ///< from .env or --env-file, shared by files; or null
  std::vector<GivenValue> service_args;  ///< build.args of the compose service that builds this Dockerfile
  std::vector<std::string> contexts;     ///< names of build contexts that are no images
  /// What services build in the files that build this Dockerfile.
  std::vector<std::shared_ptr<const BuiltNames>> built;
  std::string platform = "linux/amd64";  ///< for BUILDPLATFORM, TARGETPLATFORM and their parts
  std::string target;                    ///< target stage; the last if empty
  std::uint32_t max_bytes = 4u << 20;    ///< larger files are refused
  const ComposePart* part = nullptr;  ///< Compose: what the project says of the file; null: it is read alone
  std::string project_name;  ///< Compose: what COMPOSE_PROJECT_NAME is without `name:`; empty: not known
  Salvage salvage = Salvage::nothing;
  /// Statements of a template engine are passed over: the file is made into one of its kind.
  bool is_template = false;
  bool scripts = false;          ///< command lines in pipelines are wanted, too
  std::vector<OwnPlace> places;  ///< of a file that the configuration has places for
  /// The file itself, if it is parsed already for those that include it; else null.
  const IncludedFile* shared = nullptr;
  std::vector<const IncludedFile*> included;  ///< files that this one includes, those that win first
  const ChartFacts* chart = nullptr;          ///< Helm values: of the chart they are for; null: not known
  /// The same: paths of values that the chart's templates only put names behind (Document::may_be_prefixes).
  std::vector<std::string> prefixes;
  /// The user names the file, so what is wrong in it is told whatever it is.
  bool is_named = false;
};

}  // namespace imglint
