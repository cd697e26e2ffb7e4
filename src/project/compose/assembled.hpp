// A compose project as docker compose assembles it (docs/spec/projects.md): which files it is made of, its
// services with what each file gave them, and what docker compose refuses.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"
#include "project/compose/item.hpp"
#include "project/compose/reading.hpp"
#include "project/compose/request.hpp"
#include "project/compose/sources.hpp"

namespace imglint::assembly {

/// A build of a service. Paths are from where imglint runs.
struct AssembledBuild {
  std::string context;     ///< a folder, or an address
  bool is_remote = false;  ///< the context is no folder here
  std::string dockerfile;  ///< normal path of the Dockerfile; empty if there is none here
  const Item* dockerfile_item = nullptr;
  const Item* inlined = nullptr;  ///< dockerfile_inline
  const Item* target = nullptr;
  struct Argument {
    std::string_view name;
    bool has_value = true;
    MappedText value;
    std::span<const Variable> variables = {};  ///< that it was made of; its pieces point into them
  };
  std::vector<Argument> args;
  std::vector<std::string_view> tags;
  std::vector<std::pair<std::string_view, std::string_view>> contexts;  ///< additional_contexts
};

struct AssembledService {
  std::string_view name;
  const Item* item = nullptr;
  const Item* image = nullptr;  ///< null if it has none
  std::string_view pull_policy;
  std::vector<std::string_view> profiles;
  bool enabled = true;                    ///< its profile is on
  bool may_be_enabled = false;            ///< it is on, or some profile of it is not known
  std::unique_ptr<AssembledBuild> build;  ///< null if it has none, which most have not
  std::string output;                     ///< the name that its build gives; empty if it is not built
};

/// What a place in a file of a project points to, in the same file or in another.
struct Pointer {
  const Item* from = nullptr;        ///< a path of `include`, the file or the service of `extends`
  const SourceFile* file = nullptr;  ///< that is meant
  const Item* service = nullptr;     ///< in it; null: the file as a whole
};

/// Pinned: items and readings point into each other.
struct ComposeProject : ProjectIdentity {
  std::string folder;                ///< the project directory
  std::vector<std::string> files;    ///< in the order of merging; not what they include
  std::vector<std::string> missing;  ///< files that would play a part, env files too, if they were there
  std::vector<std::string> remotes;  ///< addresses that docker compose would fetch
  std::vector<std::string> profiles;
  std::vector<AssembledService> services;
  std::unordered_map<std::string_view, std::uint32_t> numbers;  ///< of the services, by name
  std::shared_ptr<const BuiltNames> built;  ///< what the services build, by name; null if they name nothing
  std::vector<Pointer> pointers;
  bool refused = false;       ///< docker compose stops
  bool is_too_much = false;   ///< it amounts to more than is judged
  std::vector<Error> errors;  ///< what is wrong and stands in no file
  std::vector<Error> remarks;
  std::vector<Error> untold;  ///< errors of a project without a file, if no document can tell its env_faults
  /// What is wrong in env files.
  std::vector<EnvironmentTrouble> env_faults;
  /// Variables that env files require and no file gives.
  std::vector<EnvironmentTrouble> env_lacks;
  bool lacks_variables = false;  ///< env files that includes name are out of reach

  /// What stands for the environment of the process; values of variables are views of it.
  std::vector<std::pair<std::string, std::string>> env;
  Items items;
  Arena arena;
  std::deque<Reading> readings;
  const Scope* scope = nullptr;  ///< of the main files
};

}  // namespace imglint::assembly
