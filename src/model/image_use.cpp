#include "model/image_use.hpp"

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

}  // namespace imglint
