// Expected references of a compose file, as the vectors and the corpus give them, compared with what the
// reader found. The same expectation serves the file with CRLF line ends and with a byte order mark.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace imglint::test {

/// How a file is spelled beside its own spelling.
struct Spelling {
  bool crlf = false;
  bool mark = false;
};
inline constexpr Spelling spellings[] = {{false, false}, {true, false}, {false, true}, {true, true}};
[[nodiscard]] std::string to_string(Spelling spelling);

/// The bytes in another spelling, and where each byte went.
class Respelled {
 public:
  Respelled(const std::string& bytes, Spelling spelling);
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::uint32_t offset(std::uint32_t original) const { return offsets_.at(original); }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> offsets_;
};

/// A file together with what is expected of it.
struct ComposeCase {
  std::string name;
  std::string bytes;
  std::vector<std::pair<std::string, std::string>> env;
  std::string dotenv;
  nlohmann::json line;  ///< with `yaml`, and `expected` or `refs`
};

/// Reads the file in a spelling and compares field by field; gtest failures name the case.
void expect_case(const ComposeCase& compose_case, Spelling spelling);

[[nodiscard]] std::vector<nlohmann::json> read_json_lines(const std::string& path);

}  // namespace imglint::test
