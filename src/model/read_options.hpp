// What a reader may know beside the file itself: values of variables and named contexts. Never the process
// environment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/chart_facts.hpp"
#include "model/mapped_text.hpp"

namespace imglint {

class TemplateValues;

/// A value given from outside the file that is read.
struct GivenValue {
  std::string_view name;
  MappedText value;       ///< pieces say where it stands (.env, a compose file); none for an option
  bool has_value = true;  ///< false for a bare name of `build.args`, whose value only the environment knows
  bool too_long = false;  ///< the value is left out: what it is made of amounts to too much text
};

/// Everything borrowed: the caller keeps it alive while the document lives.
struct ReadOptions {
  std::vector<std::pair<std::string, std::string>> env;         ///< --env NAME=VALUE
  std::vector<std::pair<std::string, std::string>> build_args;  ///< --build-arg NAME=VALUE
  const TemplateValues* environment = nullptr;  ///< from .env or --env-file, shared by files; or null
  std::vector<GivenValue> service_args;  ///< build.args of the compose service that builds this Dockerfile
  std::vector<std::string> contexts;     ///< names of build contexts that are no images
  std::string platform = "linux/amd64";  ///< for BUILDPLATFORM, TARGETPLATFORM and their parts
  std::string target;                    ///< target stage; the last if empty
  std::uint32_t max_bytes = 4u << 20;    ///< larger files are refused
  std::string project_name;  ///< Compose: what COMPOSE_PROJECT_NAME is without `name:`; empty: not known
  /// Compose: what can be read of a file that docker compose refuses is wanted, for judging it. Nothing of
  /// such a file may be edited.
  bool salvage = false;
  const ChartFacts* chart = nullptr;  ///< Helm values: of the chart they are for; null: not known
  /// The user names the file, so what is wrong in it is told whatever it is.
  bool is_named = false;
};

}  // namespace imglint
