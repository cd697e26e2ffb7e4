// Beside: which of the names that compose projects ask for stand in a folder, as a walk has listed it, so
// that the disk is not asked for each of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "base/ascii.hpp"

namespace imglint {

namespace assembly {
/// What docker compose takes in a folder, in the order in which it looks.
inline constexpr std::string_view default_files[] = {"compose.yaml", "compose.yml", "docker-compose.yml",
                                                     "docker-compose.yaml"};
inline constexpr std::string_view override_files[] = {"compose.override.yml", "compose.override.yaml",
                                                      "docker-compose.override.yml",
                                                      "docker-compose.override.yaml"};
inline constexpr std::string_view environment_file = ".env";
/// By which the top of a work tree is known.
inline constexpr std::string_view repository_name = ".git";
}  // namespace assembly

/// A set of those names. Where nobody has listed the folder it may have all of them.
class Beside {
 public:
  Beside() = default;
  static Beside nothing() {
    Beside made;
    made.bits_ = 0;
    return made;
  }

  /// A name that was listed; any other than those is nothing. A file system may take capitals for the same.
  void add(std::string_view name) {
    if (!name.empty() && std::string_view(".cdCD").find(name[0]) != name.npos)
      bits_ |= bit_of(lower_case(name));
  }
  /// What was listed in a folder around.
  void add_above(Beside above) {
    if (above.may_begin_project()) bits_ |= begins_above;
  }
  /// False only if no project begins there or, of folders of a walk, above.
  [[nodiscard]] bool may_begin_project() const {
    const auto has = [&](std::string_view name) { return may_have(name); };
    return (bits_ & begins_above) != 0 || has(assembly::environment_file) ||
           std::any_of(std::begin(assembly::default_files), std::end(assembly::default_files), has);
  }
  /// False only if it is not there.
  [[nodiscard]] bool may_have(std::string_view name) const {
    const std::uint16_t bit = bit_of(name);
    return bit == 0 || (bits_ & bit) != 0;
  }

 private:
  /// None for most names, which their first letter tells.
  static constexpr std::uint16_t bit_of(std::string_view name) {
    if (name.empty() || (name[0] != '.' && name[0] != 'c' && name[0] != 'd')) return 0;
    if (name == assembly::environment_file) return 1;
    if (name == assembly::repository_name) return 2;
    std::uint16_t bit = 4;
    for (const auto* names : {&assembly::default_files, &assembly::override_files})
      for (const std::string_view each : *names) {
        if (each == name) return bit;
        bit = static_cast<std::uint16_t>(bit << 1);
      }
    return 0;
  }
  static constexpr std::uint16_t begins_above = 1u << 15u;
  std::uint16_t bits_ = UINT16_MAX;
};

}  // namespace imglint
