// Looking up the ARG behind a variable of a FROM (docs/spec/dockerfile.md 2.7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/subject.hpp"

namespace imglint {

/// The last global ARG of a name that stands before the use, in the same Dockerfile; null if there is none.
[[nodiscard]] const Argument* global_argument(const Subject& subject, std::string_view name);
/// An ARG of a name that stands inside a stage before the use; null if there is none.
[[nodiscard]] const Argument* stage_argument(const Subject& subject, std::string_view name);
/// Names of all global ARGs before the use.
[[nodiscard]] std::vector<std::string> global_argument_names(const Subject& subject);
/// Where a variable is written, `${NAME}` or `$NAME`, without what stands around its name.
[[nodiscard]] Location name_of(const Variable& variable);

}  // namespace imglint
