#include "lsp/requests/definition.hpp"

#include <algorithm>

#include "lsp/project_places.hpp"
#include "lsp/uses_at.hpp"

namespace imglint::lsp {
namespace {

class Found {
 public:
  explicit Found(const View& view) : view_(view) {}

  void add(const Location& place) {
    if (place.source && std::find(places_.begin(), places_.end(), place) == places_.end())
      places_.push_back(place);
  }

  /// The variable at the offset; without one, all that the value is made of.
  void add_variables(const ImageUse& use, std::uint32_t offset) {
    const auto is_here = [&](const Variable& variable) {
      return variable.written.source == &view_.source() && variable.written.span.touches(offset);
    };
    const auto& variables = use.value.variables;
    const bool any_here = std::any_of(variables.begin(), variables.end(), is_here);
    for (const Variable& variable : variables) {
      const bool is_meant = any_here ? is_here(variable) : variable.needed;
      // A default word stands where the reader is already.
      if (is_meant && variable.source != VariableSource::default_word) add(variable.place);
    }
  }

  void add_stage(const FoundUse& found) {
    const ImageUse& use = *found.use;
    if ((use.kind != Kind::stage && use.kind != Kind::stage_index) || use.stage < 0) return;
    const Stage& stage = found.document->stages[static_cast<std::size_t>(use.stage)];
    add({found.document->source, stage.name.empty() ? stage.instruction : stage.name_span});
  }

  /// What counts in place of a value that does not.
  void add_winner(const FoundUse& found) {
    if (found.use->active || !found.use->role->main) return;
    if (const auto in = service_of(view_, *found.document, *found.use); in.service)
      add(place_of(in.service->image));
  }

  [[nodiscard]] std::vector<Location> finish() && { return std::move(places_); }

 private:
  const View& view_;
  std::vector<Location> places_;
};

}  // namespace

std::vector<Location> definitions(const View& view, Position position) {
  const std::uint32_t offset = view.places.map(view.source()).offset(position);
  if (auto places = pointed_to(view, offset); !places.empty()) return places;
  Found places(view);
  for (const FoundUse& found : uses_written_at(view, offset)) {
    places.add_stage(found);
    places.add_winner(found);
    places.add_variables(*found.use, offset);
  }
  for (const auto& [project, service] : services_named_at(view, offset)) {
    places.add(place_of(service->image));
    if (!service->image && service->build) places.add(place_of(find(service->item, "build")));
  }
  return std::move(places).finish();
}

}  // namespace imglint::lsp
