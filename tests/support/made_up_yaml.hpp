// YAML put together at random from what it is made of: mostly right, often wrong in one place. For holding
// two readers against each other.
#pragma once

#include <random>
#include <string>

namespace imglint::test {

[[nodiscard]] std::string made_up_yaml(std::mt19937& random);

/// A compose file with some made-up lines among its own.
[[nodiscard]] std::string damaged_compose_file(std::mt19937& random);

}  // namespace imglint::test
