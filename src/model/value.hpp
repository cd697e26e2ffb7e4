// Value: what a text with variables amounts to, and which variables made it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/mapped_text.hpp"

namespace imglint {

/// Who supplied the value of a variable.
enum class VariableSource : std::uint8_t {
  none,          ///< unset: the text is empty
  arg_default,   ///< Dockerfile: the default of an ARG
  default_word,  ///< the word of `${NAME:-word}` and its like, also `${NAME:+word}`
  build_args,    ///< `build.args` of the compose service that builds this Dockerfile
  env_file,      ///< `.env` or `--env-file`
  option,        ///< `--env`, `--build-arg`
  parameter,     ///< what a workflow, a task or a run gives to its parameter
  built_in,      ///< TARGETARCH, COMPOSE_PROJECT_NAME, …
};
[[nodiscard]] std::string_view to_string(VariableSource source);

/// One variable that was looked up on the way to a value, in the order met.
struct Variable {
  std::string_view name;
  /// As written: empty, `:-`, `-`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, `/`, `//`.
  std::string_view op;
  VariableSource source = VariableSource::none;
  Location place;        ///< the bytes that supplied the text; source is null where there are none
  Location written;      ///< the whole `$NAME` or `${…}`
  bool needed = true;    ///< its value, or its absence, shows in the result
  bool declared = true;  ///< Dockerfile: a global ARG or a built-in of this name exists
  VariableIndex within = no_variable;  ///< Dockerfile: the variable whose default it stands in; none if it
                                       ///< stands in the use itself
  /// It is an expression of a template engine, `{{ tag }}`: what the engine gives is not known.
  bool is_engine = false;
  /// It has none in any file: a command prints it or a script reads it.
  bool is_output = false;

  [[nodiscard]] bool is_unset() const { return source == VariableSource::none; }
  /// `${NAME:?message}` of one that is unset: nothing is done without a value, and nobody knows which.
  [[nodiscard]] bool is_open() const { return is_unset() && op.ends_with('?'); }
};

/// How many of them have an index.
[[nodiscard]] inline VariableIndex count(const std::vector<Variable>& variables) {
  return variables.size() < no_variable ? static_cast<VariableIndex>(variables.size()) : no_variable;
}

/// What a text amounts to: mapped text whose pieces name the variables they came from. Unset variables give
/// nothing.
struct Value : MappedText {
  std::vector<Variable> variables;  ///< in the order met; pieces hold indices into it
  std::string_view fault;           ///< message, if there is no such text; else empty

  [[nodiscard]] bool is_known() const { return fault.empty(); }
  /// Another text for the same variables.
  void set(const MappedText& text) { static_cast<MappedText&>(*this) = text; }
};

}  // namespace imglint
