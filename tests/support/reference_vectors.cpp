#include "tests/support/reference_vectors.hpp"

#include <cstdint>
#include <sstream>
#include <string_view>

#include "tests/support/repository.hpp"

namespace imglint::test {

namespace {

std::string decode_base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<std::uint32_t>(digits.find(c));
    count += 6;
    if (count >= 8) bytes.push_back(static_cast<char>(bits >> (count -= 8) & 0xff));
  }
  return bytes;
}

}  // namespace

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
