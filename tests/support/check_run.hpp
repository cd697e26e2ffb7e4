// Runs the rules over texts, as `imglint check` does over files.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.hpp"
#include "check/fix.hpp"
#include "project/project.hpp"

namespace imglint::test {

struct NamedText {
  std::string path;
  std::string text;
};

/// Everything that the findings borrow from.
struct CheckRun {
  Project project;
  Policy policy;
  CheckResult result;
  std::vector<std::string> writes;  ///< what was asked of the file system that changes something

  /// `rule begin-end message`, a line a finding.
  [[nodiscard]] std::string dump() const;
};

/// A policy from the text of an .imglint.yaml, and of an imglint.lock; fails the test if one is faulty.
[[nodiscard]] Policy policy_of(std::string_view config, std::string_view lock = {});

/// Reads the files together and checks them. Below templates/ they are templates of a chart; any other name
/// that ends in .yaml or .yml is compose, and else it is a Dockerfile, unless name or text say more.
[[nodiscard]] std::unique_ptr<CheckRun> check_texts(const std::vector<NamedText>& files,
                                                    const Policy& policy);

/// The texts after all fixes that are at most as daring.
[[nodiscard]] std::vector<NamedText> fix_texts(const std::vector<NamedText>& files, const Policy& policy,
                                               Safety most);

}  // namespace imglint::test
