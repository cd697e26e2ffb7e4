// The cases of fixtures/conformance/retarget.jsonl and fixtures/retarget/cases.jsonl, and the options of
// `imglint retarget` that say where images go, for tests that call the engine without a process.
#pragma once

#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "move/mapping.hpp"
#include "move/refusal.hpp"

namespace imglint::test {

struct RetargetCase {
  std::string name;
  std::string kind;  ///< reference, dockerfile, compose
  std::string source;
  std::vector<std::string> options;
  std::optional<std::string> expected;  ///< nothing if an error is expected
  std::string error;                    ///< kind; empty if text is expected
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> expected_files;
  std::vector<std::string> unresolved;
  std::optional<std::string> expected_plan;
};
/// For GoogleTest's messages.
void PrintTo(const RetargetCase& one, std::ostream* out);

inline const std::string given_retarget_cases = "fixtures/conformance/retarget.jsonl";
inline const std::string own_retarget_cases = "fixtures/retarget/cases.jsonl";
[[nodiscard]] std::vector<RetargetCase> retarget_cases(const std::string& path = given_retarget_cases);

/// The mapping of a case's options; options that are none of the mapping's are passed over.
[[nodiscard]] std::variant<Mapping, RunError> mapping_of(
    const std::vector<std::string>& options, const std::map<std::string, std::string>& files = {});

}  // namespace imglint::test
