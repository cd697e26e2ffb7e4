// RegistryPolicy: the allow and deny lists of a policy, ready to judge names
// (docs/spec/rules.md 1, "Patterns").
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/pattern.hpp"
#include "policy/policy.hpp"
#include "policy/subject.hpp"

namespace imglint {

struct RegistryVerdict {
  enum class Outcome {
    allowed,     ///< an allow entry is the narrowest that matches, or there is no allow list
    denied,      ///< a deny entry is at least as narrow as any allow entry that matches
    not_listed,  ///< there is an allow list, and nothing matches
    unknown,     ///< depends on a variable without a value
  };
  Outcome outcome = Outcome::allowed;
  const DenyEntry* entry = nullptr;  ///< for denied
};

/// Borrows from the policy.
class RegistryPolicy {
 public:
  /// `more_allowed` are patterns that count as if they stood in registries.allow.
  RegistryPolicy(const Policy& policy, const std::vector<std::string>& more_allowed);

  [[nodiscard]] RegistryVerdict judge(const Subject& subject) const;
  [[nodiscard]] bool has_allow_list() const { return !allow_.all.empty(); }
  [[nodiscard]] std::size_t allowed_count() const { return allow_.all.size(); }
  [[nodiscard]] bool has_deny_list() const { return !deny_.all.empty(); }
  /// Whether some allow entry could match an image of this registry.
  [[nodiscard]] bool allows_registry(std::string_view registry) const;
  /// The allow entries that are spelled most like the name, at most three, as configured.
  [[nodiscard]] std::vector<std::string> closest_allowed(const ImageName& name) const;

 private:
  struct Entry {
    Pattern pattern;
    std::string text;
    const DenyEntry* deny = nullptr;
  };
  /// Entries, and which of them could match a registry: those of its name, and those with wildcards in the
  /// host.
  struct Entries {
    std::vector<Entry> all;
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_host;  ///< names without wildcards
    std::vector<std::size_t> by_pattern;

    void index();
    [[nodiscard]] std::vector<std::size_t> near(const std::string& registry) const;
    /// Calls for each entry that could match, until a call gives true. Whether one has.
    template <class Call>
    bool any_for(std::string_view registry, const Call& call) const;
  };
  void add(Entries& entries, const std::string& text, const DenyEntry* deny);

  Entries allow_;
  Entries deny_;
};

}  // namespace imglint
