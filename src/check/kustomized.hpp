// What kustomizations of the run replace: the rules do not judge it where it stands, and no fix may change a
// name that an entry selects by (docs/spec/kubernetes.md 5.5).
#pragma once

#include <set>
#include <span>
#include <vector>

#include "policy/kustomize.hpp"
#include "rules/rule.hpp"

namespace imglint {

class Kustomized {
 public:
  /// Of nothing.
  Kustomized() = default;
  explicit Kustomized(std::span<const CheckedDocument> checked);

  /// Whether an entry gives the use another tag or digest, or another name, so that rules about these are
  /// silent.
  [[nodiscard]] bool is_silent(const Rule& rule, const Subject& subject) const;
  /// Takes back fixes of names that entries select by.
  void withhold_fixes(std::vector<Finding>& findings) const;

 private:
  std::set<const ImageUse*> other_tag_;
  std::set<const ImageUse*> other_name_;
  std::vector<Location> names_;  ///< of selected uses and of the entries
};

}  // namespace imglint
