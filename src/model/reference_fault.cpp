#include "model/reference.hpp"
#include "model/reference_states.hpp"

namespace imglint {

ReferenceFault explain(const ReferenceError& error, std::string_view) {
  return {{error.offset, error.offset},
          "not a legal image reference (" + std::string(to_string(error.kind)) + ")"};
}

std::string message(const ReferenceError& error, std::string_view text) {
  return explain(error, text).message;
}

}  // namespace imglint
