#include "tests/support/reference_vectors.hpp"

#include <sstream>
#include <string_view>

#include "tests/support/base64.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {

std::vector<ReferenceVector> read_reference_vectors() {
  std::istringstream file(read_repository_file("fixtures/conformance/references.jsonl"));
  std::vector<ReferenceVector> vectors;
  for (std::string text; std::getline(file, text);) {
    nlohmann::json fields = nlohmann::json::parse(text);
    const auto input = fields.find("input");
    vectors.push_back({input != fields.end() ? input->get<std::string>()
                                             : decode_base64(fields.at("input_b64").get<std::string>()),
                       fields});
  }
  return vectors;
}

}  // namespace imglint::test
