#include <algorithm>
#include <string>

#include "kinds/compose/uses.hpp"
#include "kinds/dockerfile/read.hpp"

namespace imglint::compose {
namespace {

/// What the Dockerfile's reader is told: the service's arguments and the names that are no images.
ReadOptions inner_options(const ReadOptions& options, const Build& build) {
  ReadOptions inner{.build_args = options.build_args,
                    .platform = options.platform,
                    .target = std::string(build.target),
                    .max_bytes = options.max_bytes};
  inner.contexts = options.contexts;
  inner.contexts.insert(inner.contexts.end(), build.contexts.begin(), build.contexts.end());
  for (const Build::Argument& argument : build.arguments)
    inner.service_args.push_back({.name = argument.name,
                                  .value = argument.value,
                                  .has_value = argument.has_value,
                                  .variables = argument.variables});
  return inner;
}

/// An invalid template, behind which the whole Dockerfile is not read.
void add_template_fault(const ScalarValue& scalar, Document& document) {
  const TemplateFault& fault = *scalar.interpolation.fault;
  if (fault.kind != Trouble::Kind::template_) return;
  document.troubles.push_back(
      {.kind = fault.kind,
       .span = scalar.place.text.cover_of(fault.range).value_or(Location{nullptr, scalar.place.content}).span,
       .message = fault.message,
       .hides_references = true});
}

/// What a use in the Dockerfile has of the scalar it stands in.
void complete(ImageUse& use, const Place& place, const ScalarValue& scalar, Arena& arena) {
  use.style = scalar.place.style;
  use.active = use.active && place.active;
  use.path = arena.copy(place.path);
  use.aliases = aliases_of(place, arena);
  if (!scalar.place.not_editable.empty()) use.not_editable = scalar.place.not_editable;
  const bool is_image = use.kind == Kind::image || use.kind == Kind::invalid;
  if (is_image && std::ranges::any_of(use.value.variables, &Variable::is_unset)) use.kind = Kind::unresolved;
}

}  // namespace

void add_inline_dockerfile(const Place& place, const Values& values, const ReadOptions& options,
                           Document& document) {
  const ScalarValue scalar = values.read(place.scalar);
  const Interpolation& whole = scalar.interpolation;
  if (whole.fault) add_required_variable(scalar, document);
  // What a required variable lacks leaves the rest of the text as it is.
  if (whole.fault && whole.open_value.pieces().empty()) return add_template_fault(scalar, document);
  const auto first_trouble = document.troubles.size();
  const auto first_use = document.uses.size();
  if (place.service < 0) return;  // nobody builds it
  const Owner& service = document.owners[static_cast<std::size_t>(place.service)];
  const Build build = service.build < 0 ? Build{} : document.builds[static_cast<std::size_t>(service.build)];
  read_dockerfile(whole.fault ? whole.open_value : whole.value,
                  whole.fault ? whole.open_variables : whole.variables, inner_options(options, build),
                  place.service, document);
  // A text of which nothing is left has no place of its own.
  for (auto index = first_trouble; index < document.troubles.size(); ++index)
    if (Span& span = document.troubles[index].span; span.end == 0) span = scalar.place.content;
  for (auto index = first_use; index < document.uses.size(); ++index)
    complete(document.uses[index], place, scalar, document.arena);
}

}  // namespace imglint::compose
