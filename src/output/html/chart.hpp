// Charts of counts. Their bars are buttons that show only what they count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"

namespace imglint::html {

/// A name and how often it occurred.
struct Bar {
  std::string name;
  std::uint64_t count = 0;
  std::string_view shade = "info";  ///< a class of the style sheet
  std::string value = {};           ///< what rows have that it counts; empty: it chooses no rows
};

/// Bars that are known by their number alone.
struct FurtherBars {
  std::uint64_t bars = 0;
  std::uint64_t count = 0;  ///< of all of them
};

/// Most frequent first; those beyond the limit become one, with those that are known to be no more frequent.
[[nodiscard]] std::vector<Bar> ranked(std::vector<Bar> bars, std::size_t limit, FurtherBars further = {});

/// `key`: of the data of rows that the bars choose by, as `rule` of `data-rule`.
void write_bars(std::string_view caption, std::string_view key, const std::vector<Bar>& bars,
                std::string& out);

/// The same as parts of a ring, with what is in it below.
void write_ring(std::string_view caption, std::string_view key, const std::vector<Bar>& bars,
                std::string& out);

/// A number with the word for what it counts. `many` for a word that does not end in an s.
[[nodiscard]] Bar number_of(std::uint64_t count, std::string_view one, std::string_view many = {});

/// A number of the row at the top; a button if `value` is not empty.
void write_number(const Bar& shown, std::string_view key, std::string& out);

/// How many findings there are of a severity, as such a button if there are any.
void write_severity(Severity severity, std::uint64_t count, std::string& out);

}  // namespace imglint::html
