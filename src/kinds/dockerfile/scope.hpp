// The variables a FROM sees: global arguments, what options say of them, and the built-ins of the platform
// (docs/spec/dockerfile.md 2.7).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>

#include "expansion/budget.hpp"
#include "model/document.hpp"
#include "model/read_options.hpp"

namespace imglint::dockerfile {

/// A variable's value.
struct Given {
  MappedText text;  ///< without pieces where it comes from an option or is built in
  VariableSource source = VariableSource::none;  ///< none: declared, but not set
  Location place;                       ///< of the default as written, or of the value in a compose file
  std::span<const Variable> variables;  ///< that the value was made of; its pieces point into them
};

/// Whether each build has a value for an argument, TARGETARCH say, that holds without any ARG in a FROM.
[[nodiscard]] bool is_built_in(std::string_view name);

class Scope {
 public:
  /// `size` is that of the file; it bounds how much text its variables may amount to.
  Scope(const ReadOptions& options, std::size_t size, Arena& arena);

  /// A global ARG. An option's value comes before its default; without either, an earlier value stays.
  void declare(std::string_view name, const Given* default_value);

  /// The value, or nothing if the variable is not set.
  [[nodiscard]] const Given* find(std::string_view name) const;
  /// Whether a global ARG so far has the name, or it is built in.
  [[nodiscard]] bool is_declared(std::string_view name) const;

  [[nodiscard]] ExpansionBudget& budget() { return budget_; }

 private:
  struct BuiltIn {
    std::string_view name;
    Given value;
  };
  [[nodiscard]] const BuiltIn* find_built_in(std::string_view name) const;
  void add_built_ins(const ReadOptions& options);

  ExpansionBudget budget_;
  std::array<BuiltIn, 11> built_ins_;
  std::unordered_map<std::string_view, Given> options_;  ///< values from outside the file
  std::unordered_map<std::string_view, Given> arguments_;
};

}  // namespace imglint::dockerfile
