// Interpolation as docker compose does it (docs/spec/compose.md 2.5), of YAML scalars and of values in a .env
// file: variables, defaults inside of defaults, required variables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.hpp"
#include "expansion/budget.hpp"
#include "model/document.hpp"
#include "model/mapped_text.hpp"

namespace imglint {

/// What variables stand for. Names and texts are borrowed.
class TemplateValues {
 public:
  TemplateValues() = default;
  /// What is not set here is looked up in the other, if there is one.
  explicit TemplateValues(const TemplateValues* behind) : behind_(behind) {}

  struct Value {
    VariableSource source = VariableSource::none;
    MappedText text;
    bool too_long = false;  ///< the text is left out: nothing can be said of what uses it
  };
  void set(std::string_view name, Value value) { values_.insert_or_assign(name, value); }
  /// Null where the variable is unset.
  [[nodiscard]] const Value* find(std::string_view name) const;

 private:
  const TemplateValues* behind_ = nullptr;
  std::unordered_map<std::string_view, Value> values_;
};

/// Why a template has no value.
struct TemplateFault {
  Trouble::Kind kind = Trouble::Kind::template_;  ///< or required_variable, or unjudged
  std::string message;                            ///< as compose puts it: lower-case start, no final stop
  TextRange range;                                ///< the variable, in the template's text
};

/// A template's value, and how it came about.
struct Interpolation {
  MappedText value;  ///< empty if there is a fault
  /// Every variable that was looked up, in order, but for those of an error message. Pieces point into it.
  std::vector<Variable> variables;
  std::optional<TemplateFault> fault;
  /// If required variables without a value are all that is wrong: what it would be with nothing in their
  /// places. Else empty.
  MappedText open_value;
  std::vector<Variable> open_variables;
};

/// Interpolates. Linear time but for a logarithm, no recursion. Text of the template itself keeps its pieces;
/// the innermost default's bytes stay exact; an unset variable leaves an empty piece without a source, an
/// empty default an exact empty one at its place; `$$` gives a piece that is not exact. What variables add is
/// taken from the file's budget; without one the text has its own.
[[nodiscard]] Interpolation interpolate(const MappedText& text, const TemplateValues& values, Arena& arena,
                                        ExpansionBudget* budget = nullptr);

}  // namespace imglint
