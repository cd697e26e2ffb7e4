// Made-up files that are right by construction: Dockerfiles and compose files with everything in which an
// image can be named, in the spellings that their grammars allow.
#pragma once

#include <string>

#include "tests/support/choices.hpp"

namespace imglint::test {

/// A Dockerfile that BuildKit would take. Readers must find no trouble in it.
[[nodiscard]] std::string made_up_dockerfile(Choices& choices);

/// A compose file that compose would take.
[[nodiscard]] std::string made_up_compose(Choices& choices);

}  // namespace imglint::test
