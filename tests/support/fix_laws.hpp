// The laws that hold for every fix (docs/design.md 6), checked over any files and policy.
#pragma once

#include <vector>

#include "tests/support/check_run.hpp"

namespace imglint::test {

/// Fixing twice is fixing once; what is read again has the same references with the intended images and no
/// new trouble; safe fixes keep the image; nothing but reported edits is made; checking writes nothing.
void expect_fix_laws(const std::vector<NamedText>& files, const Policy& policy);

/// The same for the text as it is, with CRLF, with a byte order mark, and without its last newline.
void expect_fix_laws_in_all_forms(const std::vector<NamedText>& files, const Policy& policy);

}  // namespace imglint::test
