// Reading: a compose file as one part of a project reads it, with the values that variables have there.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/arena.hpp"
#include "expansion/budget.hpp"
#include "kinds/compose/part.hpp"
#include "model/document.hpp"
#include "project/compose/item.hpp"
#include "project/compose/sources.hpp"

namespace imglint::assembly {

struct Reading {
  Reading(SourceFile& file_, const Scope& scope_, bool is_base_)
      : file(&file_),
        scope(&scope_),
        is_base(is_base_),
        view(file_.parsed->tree),
        budget(file_.source->bytes().size()) {}
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  SourceFile* file;
  const Scope* scope;
  bool is_base;  ///< read only for services that others extend: it is not validated as a whole
  compose::View view;
  ExpansionBudget budget;
  Arena arena;
  std::vector<Trouble> troubles;  ///< with which docker compose stops
  /// Where values begin that are nothing, and are put over others.
  std::unordered_set<std::uint32_t> harmless;
  EffectiveScalars effective;

  /// The interpolated text of a scalar; empty where there is a fault.
  [[nodiscard]] MappedText text(compose::NodeIndex scalar) {
    return has_variables(scalar) ? read(scalar).text : written(scalar);
  }
  /// The same without its map, which few of the scalars are asked for.
  [[nodiscard]] std::string_view value(compose::NodeIndex scalar) {
    return has_variables(scalar) ? read(scalar).text.text() : view.tree()[scalar].value;
  }
  /// Whether it has a text. Nobody knows that of a template whose required variables have no value.
  [[nodiscard]] bool is_known(compose::NodeIndex scalar) {
    return !has_variables(scalar) || read(scalar).is_known;
  }
  /// The same with the variables that it was made of, into which its pieces point. Where required ones have
  /// no value it is not empty: what stands around them is there.
  struct Made {
    MappedText text;
    std::span<const Variable> variables;
    bool too_long = false;  ///< it is left out: it amounts to too much text
  };
  [[nodiscard]] Made made(compose::NodeIndex scalar) {
    if (!has_variables(scalar)) return {written(scalar), {}};
    const Text& text = read(scalar);
    return {text.made, text.variables, text.too_long};
  }
  /// Adds to the troubles, once, that a scalar amounts to too much text if it does.
  void tell_if_too_long(compose::NodeIndex scalar);

 private:
  struct Text {
    MappedText text;  ///< its pieces point into nothing
    MappedText made;
    std::span<const Variable> variables;
    bool too_long = false;
    bool is_known = true;
    std::unique_ptr<Trouble> untold = {};
  };
  [[nodiscard]] bool has_variables(compose::NodeIndex scalar) const {
    return view.tree()[scalar].value.find('$') != std::string_view::npos;
  }
  [[nodiscard]] MappedText written(compose::NodeIndex scalar);
  /// Of a scalar that has variables.
  [[nodiscard]] Text& read(compose::NodeIndex scalar);

  std::unordered_map<compose::NodeIndex, Text> texts_;
};

}  // namespace imglint::assembly
