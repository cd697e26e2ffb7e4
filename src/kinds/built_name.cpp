#include "kinds/built_name.hpp"

#include "reference/parse.hpp"

namespace imglint {

std::string pulled_name(const Reference& reference, std::string_view text) {
  return canonical(reference, text).pulled().to_string();
}

std::optional<std::string> built_name(const ImageUse& use) {
  const bool names_build = use.role->function == Function::output && use.active;
  if (!names_build || use.kind != Kind::built || !use.parsed()) return std::nullopt;
  return pulled_name(*use.parsed(), use.value.text());
}

}  // namespace imglint
