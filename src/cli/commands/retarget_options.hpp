// The options of `imglint retarget` (docs/spec/retarget.md 6), as written and as what the engine takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/registries/registries.hpp"
#include "cli/session.hpp"
#include "config/config.hpp"
#include "move/mapping.hpp"
#include "move/refusal.hpp"
#include "output/copy_plan.hpp"
#include "output/retarget_emit.hpp"
#include "retarget/retarget.hpp"

namespace imglint {

/// As CLI11 fills them.
struct RetargetWords {
  CommonOptions common;
  std::optional<std::string> to;
  std::vector<std::string> from;
  std::vector<std::string> except;
  std::vector<std::string> maps;
  /// Where the configuration says these; empty for what options say.
  std::vector<ConfigPlace> to_place, from_places, except_places, map_places;
  std::vector<std::string> map_files;
  bool known = false;
  std::string spelling;
  std::string paths;
  std::string path_template;
  std::string separator = "-";
  std::string library;
  std::string variables = "edit";
  bool edit_env = false;
  std::vector<std::string> equivalent;
  std::optional<std::uint32_t> target_depth;
  bool no_registry_rules = false;
  bool use_mirrors = false;
  bool strict = false;
  bool verify = false;
  RegistryOptions registries;
  bool dry_run = false;
  bool diff = false;
  bool check = false;
  bool json = false;
  std::string plan;
  std::string lock;
  std::string revert;
  std::string emit;
  std::optional<std::string> reference;
};

void add_retarget_options(CLI::App& command, RetargetWords& words);

/// Where a plan goes.
struct PlanOutput {
  PlanForm form = PlanForm::list;
  std::string file;  ///< empty: standard output
};

enum class RetargetMode : std::uint8_t { write, dry_run, diff, check };

/// The same, checked. Nothing here depends on the files of the run.
struct RetargetSettings {
  RetargetMode mode = RetargetMode::write;
  bool json = false;
  RetargetOptions options;
  std::optional<PlanOutput> plan;
  std::optional<EmitForm> emit;
  std::string lock;
};
[[nodiscard]] std::variant<RetargetSettings, RunError> settings_of(const RetargetWords& words);

/// The mapping the words ask for. Reads the map files.
[[nodiscard]] std::variant<Mapping, RunError> mapping_of(const RetargetWords& words, FileSystem& files);

}  // namespace imglint
