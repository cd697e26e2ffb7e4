#include "model/value.hpp"

namespace imglint {

std::string_view to_string(VariableSource source) {
  switch (source) {
    case VariableSource::none:
      return "none";
    case VariableSource::arg_default:
      return "arg-default";
    case VariableSource::default_word:
      return "default";
    case VariableSource::build_args:
      return "build-args";
    case VariableSource::env_file:
      return "env-file";
    case VariableSource::option:
      return "option";
    case VariableSource::parameter:
      return "parameter";
    case VariableSource::built_in:
      return "built-in";
  }
  return {};
}

}  // namespace imglint
