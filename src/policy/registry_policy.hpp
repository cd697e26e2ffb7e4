// RegistryPolicy: the allow and deny lists of a policy, ready to judge names
// (docs/spec/rules.md 1, "Patterns").
#pragma once

#include <cstddef>
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
  bool is_listed = true;             ///< an allow entry matches, or there is no allow list
};

/// Borrows from the policy, and costs nothing to make.
class RegistryPolicy {
 public:
  explicit RegistryPolicy(const Policy& policy) : policy_(&policy) {}
  /// `more_allowed` are patterns that count as if they stood in registries.allow.
  RegistryPolicy(const Policy& policy, const PatternList& more_allowed)
      : policy_(&policy), more_allowed_(&more_allowed) {}

  [[nodiscard]] RegistryVerdict judge(const Subject& subject) const;
  /// The same of a name that is known in full, its host without capitals.
  [[nodiscard]] RegistryVerdict judge(const ImageName& name) const;
  [[nodiscard]] bool has_allow_list() const { return allowed_count() > 0; }
  [[nodiscard]] std::size_t allowed_count() const {
    return policy_->allowed.entries().size() + (more_allowed_ ? more_allowed_->entries().size() : 0);
  }
  [[nodiscard]] bool has_deny_list() const { return !policy_->denied.empty(); }
  /// Whether some allow entry could match an image of this registry.
  [[nodiscard]] bool allows_registry(std::string_view registry) const;
  /// The allow entries that are spelled most like the name, at most three, as configured.
  [[nodiscard]] std::vector<std::string> closest_allowed(const ImageName& name) const;

 private:
  const Policy* policy_;
  const PatternList* more_allowed_ = nullptr;
};

/// Why the rules registry-not-allowed, registry-denied or image-not-allowed of a policy would find a name
/// that an image gets in place of its own: `'a.io/b' is not among 'registries.allow'`. Empty if they would
/// not, or approve the old one no more. Without `knows_suffix` tag and digest are open, and images are not
/// asked about.
[[nodiscard]] std::string why_refused(const Policy& policy, const ImageName& before, const ImageName& after,
                                      bool knows_suffix = true);

}  // namespace imglint
