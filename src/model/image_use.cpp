#include "model/image_use.hpp"

#include <algorithm>

namespace imglint {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::image:
      return "image";
    case Kind::built:
      return "built";
    case Kind::stage:
      return "stage";
    case Kind::stage_index:
      return "stage-index";
    case Kind::scratch:
      return "scratch";
    case Kind::context:
      return "context";
    case Kind::service:
      return "service";
    case Kind::unresolved:
      return "unresolved";
    case Kind::invalid:
      return "invalid";
    case Kind::mirrored:
      return "mirrored";
  }
  return {};
}

std::string_view to_string(UseError error) {
  switch (error) {
    case UseError::none:
      return "none";
    case UseError::expansion_failed:
      return "expansion-failed";
    case UseError::blank:
      return "blank";
    case UseError::variable_not_allowed:
      return "variable-not-allowed";
    case UseError::no_such_stage:
      return "no-such-stage";
  }
  return {};
}

std::string_view to_string(TagSource source) {
  switch (source) {
    case TagSource::written:
      return {};
    case TagSource::app_version:
      return "app-version";
    case TagSource::elsewhere:
      return "elsewhere";
  }
  return {};
}

TagSource ImageUse::tag_source() const {
  const Reference* name = parsed();
  if (!tag_is_elsewhere || !name || name->digest) return TagSource::written;
  if (!name->tag) return TagSource::elsewhere;
  const bool is_guess = !parts.empty() && std::ranges::none_of(parts, [](const UsePart& each) {
    return each.name == PartName::tag;
  });
  return is_guess ? TagSource::app_version : TagSource::written;
}

}  // namespace imglint
