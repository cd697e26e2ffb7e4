// The options of `imglint pin` and `imglint unpin` (docs/spec/online.md 5.1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/registries/registries.hpp"
#include "move/refusal.hpp"
#include "output/reference_states.hpp"
#include "pin/pin.hpp"

namespace imglint {

enum class PinMode : std::uint8_t { write, dry_run, diff, check };

/// As CLI11 fills them.
struct PinWords {
  CommonOptions common;
  RegistryOptions registries;
  bool update = false;
  bool check = false;
  bool diff = false;
  bool dry_run = false;
  bool strict = false;
  bool prove = false;
  bool edit_env = false;
  bool lock_only = false;
  bool from_lock = false;
  std::string platform;
  std::string tag = "keep";
  std::string variables = "default";
  std::vector<std::string> include;
  std::vector<std::string> only;
  std::vector<std::string> except;
  std::string min_age;
  std::string lock;  ///< empty: none was asked for
  std::string override_file;
  std::string format = "text";
};

void add_pin_options(CLI::App& command, PinWords& words);

/// The same, checked.
struct PinSettings {
  PinMode mode = PinMode::write;
  StateFormat format = StateFormat::text;
  PinOptions options;
  std::optional<long> min_age;  ///< days
  std::string lock;             ///< the lock's file
  bool makes_lock = false;      ///< it is written even if it was not there
};
[[nodiscard]] Result<PinSettings> pin_settings(const PinWords& words);

struct UnpinWords {
  CommonOptions common;
  bool check = false;
  bool diff = false;
  bool dry_run = false;
  bool strict = false;
  std::vector<std::string> only;
  std::vector<std::string> except;
  std::string lock;
  std::string format = "text";
};
void add_unpin_options(CLI::App& command, UnpinWords& words);

}  // namespace imglint
