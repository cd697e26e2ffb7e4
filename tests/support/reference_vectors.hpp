// The reference vectors of fixtures/conformance/references.jsonl, for tests.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace imglint::test {

struct ReferenceVector {
  std::string input;      ///< decoded
  nlohmann::json fields;  ///< the line as it stands
};

/// All lines of the file, in order.
[[nodiscard]] std::vector<ReferenceVector> read_reference_vectors();

}  // namespace imglint::test
