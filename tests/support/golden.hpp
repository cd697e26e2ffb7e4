// Golden files: expected output that is kept as users see it.
#pragma once

#include <string>
#include <string_view>

namespace imglint::test {

/// Expects the text to equal the file at `path` below the source folder. With IMGLINT_UPDATE_GOLDEN set in
/// the environment the file is written instead; the failure says so.
void expect_golden(std::string_view actual, const std::string& path);

}  // namespace imglint::test
