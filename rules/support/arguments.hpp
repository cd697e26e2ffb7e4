// The ARGs behind the variables of FROM (docs/spec/dockerfile.md 2.7).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/subject.hpp"

namespace imglint {

/// The ARGs of one document by name. Borrows from the document.
class ArgumentIndex {
 public:
  explicit ArgumentIndex(const Document& document);

  /// The last global ARG of a name that stands before the use; null if there is none.
  [[nodiscard]] const Argument* global_before(const ImageUse& use, std::string_view name) const;
  /// The first ARG of a name inside a stage, if it stands before the use; null otherwise.
  [[nodiscard]] const Argument* in_stage_before(const ImageUse& use, std::string_view name) const;
  /// Names of global ARGs, for suggestions: as many as a person would look through.
  [[nodiscard]] const std::vector<std::string>& global_names() const { return names_; }

 private:
  std::map<std::string_view, std::vector<const Argument*>> global_;  ///< by name, in file order
  std::map<std::string_view, const Argument*> in_stage_;
  std::vector<std::string> names_;
};

/// Calls `visit(use, variable)` for each variable that makes up the base of a stage, as FROM sees it.
template <class Visit>
void for_each_base_variable(const Document& document, Visit visit) {
  for (const ImageUse& use : document.uses) {
    if (!is_stage_base(*use.role)) continue;
    for (const Variable& variable : use.value.variables) visit(use, variable);
  }
}

/// The same of all variables of FROM: of the base and of `--platform`.
template <class Visit>
void for_each_from_variable(const Document& document, Visit visit) {
  for (const ImageUse& use : document.uses) {
    if (!is_stage_base(*use.role)) continue;
    for (const auto* variables : {&use.value.variables, &document.platform_of(use).variables})
      for (const Variable& variable : *variables) visit(use, variable);
  }
}

/// `$$NAME` in a Dockerfile inside of a compose file: compose leaves it to the builder.
[[nodiscard]] bool is_left_to_builder(const Variable& variable);

/// Where a variable's name is written, without what stands around it.
[[nodiscard]] Location name_of(const Variable& variable);

}  // namespace imglint
