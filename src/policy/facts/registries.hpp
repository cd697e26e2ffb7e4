// Facts about known registries: their hosts, and which names each can hold (docs/spec/rules.md 3, d1).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace imglint {

/// One pattern of hosts. `*` stands for any text inside a label.
struct RegistryFact {
  std::string_view host;  ///< lower-case, without a port
  std::string_view name;  ///< for people
  /// How a name reads there, for people: `OWNER/IMAGE`.
  std::string_view shape;
  std::uint8_t min_components = 1;  ///< of the path after the host; on Docker Hub with `library/`
  std::uint8_t max_components = 0;  ///< 0: no limit known
  bool single_separators = false;   ///< neither `__` nor `--`
  bool no_port = false;             ///< the host never has a port
  std::string_view source;          ///< page the shape was read from
};

/// Sorted by host. Read on facts_date.
[[nodiscard]] std::span<const RegistryFact> known_registries();
inline constexpr std::string_view registry_facts_date = "2026-08-21";

/// The fact for a host in lower case, a port included or not; null if it is unknown. A literal host goes
/// before a pattern.
[[nodiscard]] const RegistryFact* find_registry(std::string_view host);

}  // namespace imglint
