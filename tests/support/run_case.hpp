// One run of the program over a few files: what it says, what it writes and with which code it ends.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace imglint::test {

using Files = std::map<std::string, std::string>;

struct RunCase {
  const char* name;
  Files files;
  std::vector<std::string> words;
  int code;
  Files changed;                      ///< what differs afterwards
  std::vector<std::string> said;      ///< parts of the two outputs
  std::vector<std::string> not_said;  ///< what neither has
};

inline void PrintTo(const RunCase& one, std::ostream* out) { *out << one.name; }
[[nodiscard]] std::string name_of_case(const testing::TestParamInfo<RunCase>& one);

/// Runs it and looks.
void check_run_case(const RunCase& one);

/// A Deployment with one container.
[[nodiscard]] std::string deployment(const std::string& image);
/// A kustomization of `d.yaml` with a patch in `p.yaml`.
[[nodiscard]] std::string patching();
/// Helm values with one image.
[[nodiscard]] std::string values(const std::string& tag);

}  // namespace imglint::test
