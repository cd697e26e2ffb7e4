#include "lsp/uses_at.hpp"

#include <algorithm>

#include "lsp/project_places.hpp"
#include "move/use_name.hpp"
#include "policy/subject.hpp"
#include "reference/parse.hpp"

namespace imglint::lsp {
namespace {

template <class Wanted>
std::vector<FoundUse> uses_that(const View& view, const Wanted& wanted) {
  std::vector<FoundUse> found;
  const auto look = [&](const Document& document) {
    for (const ImageUse& use : document.uses)
      if (wanted(use)) found.push_back({&document, &use});
  };
  look(view.document());
  for (const auto& variant : view.file.variants) look(*variant);
  return found;
}

}  // namespace

std::vector<FoundUse> uses_written_at(const View& view, std::uint32_t offset) {
  return uses_that(view, [&](const ImageUse& use) {
    const auto touches = [&](const UsePart& part) { return part.span.touches(offset); };
    return use.span.touches(offset) || std::ranges::any_of(use.parts, touches);
  });
}

std::vector<FoundUse> uses_fed_from(const View& view, std::uint32_t offset) {
  return uses_that(view, [&](const ImageUse& use) {
    for (const Variable& variable : use.value.variables)
      if (variable.needed && variable.place.source == &view.source() && variable.place.span.touches(offset))
        return true;
    return false;
  });
}

std::string full_name(const ImageUse& use) {
  const Reference* parts = use.parsed();
  if (!parts || !use.value.is_known() || (use.kind != Kind::image && use.kind != Kind::built)) return {};
  return canonical(*parts, use.value.text()).pulled().to_string();
}

bool is_pulled(const ImageUse& use) {
  return use.active && use.kind == Kind::image &&
         (is_pulled(*use.role) || use.role->function == Function::frontend);
}

std::string origin_of(const Variable& variable, const View& view) {
  const auto place = [&] {
    return variable.place.source ? ", " + words_for(variable.place, view) : std::string();
  };
  std::string name(variable.name);
  switch (variable.source) {
    case VariableSource::none:
      return "has no value";
    case VariableSource::arg_default:
      return "default of ARG " + name + place();
    case VariableSource::default_word:
      return "default in " + written_text(variable) + place();
    case VariableSource::parameter:
      return "parameter " + name + place();
    case VariableSource::build_args:
      return "build.args " + name + place();
    case VariableSource::env_file:
      return name + place();
    case VariableSource::option:
      return name + " of the settings";
    case VariableSource::built_in:
      return "built-in " + name;
  }
  return name;
}

}  // namespace imglint::lsp
