#include <algorithm>
#include <string>

#include "kinds/compose/uses.hpp"
#include "kinds/dockerfile/read.hpp"

namespace imglint::compose {
namespace {

/// What the Dockerfile's reader is told: the service's arguments and the names that are no images.
ReadOptions inner_options(const ReadOptions& options, const Service& service) {
  ReadOptions inner{.build_args = options.build_args,
                    .platform = options.platform,
                    .target = std::string(service.target),
                    .max_bytes = options.max_bytes};
  inner.contexts = options.contexts;
  inner.contexts.insert(inner.contexts.end(), service.contexts.begin(), service.contexts.end());
  for (const Service::BuildArg& arg : service.args)
    inner.service_args.push_back({.name = arg.name, .value = arg.value, .has_value = arg.has_value});
  return inner;
}

bool is_unset(const Variable& variable) { return variable.source == VariableSource::none; }

/// What a use in the Dockerfile has of the scalar it stands in.
void complete(ImageUse& use, const Place& place, const ScalarValue& scalar, Arena& arena) {
  use.style = scalar.place.style;
  use.path = arena.copy(place.path);
  for (const std::string& path : place.uses) use.uses.push_back(arena.copy(path));
  use.service = place.service;
  if (!scalar.place.not_editable.empty()) use.not_editable = scalar.place.not_editable;
  const bool is_image = use.kind == Kind::image || use.kind == Kind::invalid;
  if (is_image && std::ranges::any_of(use.value.variables, is_unset)) use.kind = Kind::unresolved;
}

}  // namespace

void add_inline_dockerfile(const Place& place, const Values& values, const ReadOptions& options,
                           Document& document) {
  const ScalarValue scalar = values.read(place.scalar);
  if (scalar.interpolation.fault) return add_required_variable(scalar, document);
  const auto first_use = document.uses.size();
  const auto first_stage = document.stages.size();
  const Service& service = document.services[static_cast<std::size_t>(place.service)];
  read_dockerfile(scalar.interpolation.value, scalar.interpolation.variables, inner_options(options, service),
                  document);
  for (auto index = first_use; index < document.uses.size(); ++index)
    complete(document.uses[index], place, scalar, document.arena);
  for (auto index = first_stage; index < document.stages.size(); ++index)
    document.stages[index].parent = place.service;
}

}  // namespace imglint::compose
