// What is found in a text, as tests of comments that silence rules write it, and cases of such texts.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/check_run.hpp"

namespace imglint::test {

/// `line:rule` for each finding, and the messages about comments.
inline std::string silenced_findings(std::string_view file, std::string_view text,
                                     std::string_view config = {}) {
  const auto run = check_texts({{std::string(file), std::string(text)}}, policy_of(config));
  std::string lines;
  for (const Finding& finding : run->result.findings) {
    lines += std::to_string(finding.place.source->position(finding.place.span.begin).line) + ":" +
             std::string(finding.rule);
    if (finding.rule.ends_with("-suppression")) lines += " " + finding.message;
    lines += '\n';
  }
  return lines;
}

struct FormCase {
  std::string_view about;
  std::string_view file;
  std::string_view text;
  std::string_view findings;
};

/// `findings_of(file, text)` gives the findings as the cases write them.
template <class FindingsOf>
void expect_all(std::span<const FormCase> cases, const FindingsOf& findings_of) {
  for (const FormCase& test : cases)
    EXPECT_EQ(findings_of(test.file, test.text), test.findings) << test.about << "\n" << test.text;
}

}  // namespace imglint::test
