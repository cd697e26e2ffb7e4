// Reading: a compose file as one part of a project reads it, with the values that variables have there.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/arena.hpp"
#include "expansion/budget.hpp"
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
  /// The scalars that the assembled project has of it, and the services that they reach.
  std::unordered_map<compose::NodeIndex, std::vector<std::uint32_t>> effective;

  /// The interpolated text of a scalar; empty where there is a fault.
  [[nodiscard]] MappedText text(compose::NodeIndex scalar);

 private:
  std::unordered_map<compose::NodeIndex, MappedText> texts_;
};

}  // namespace imglint::assembly
