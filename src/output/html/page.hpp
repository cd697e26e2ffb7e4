// What is around the content of a page: head, title, search box, end.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace imglint::html {

struct Section {
  std::string_view id;  ///< of its heading
  std::string_view name;
};

struct PageHead {
  std::string_view title;
  std::string_view date;     ///< as 2027-01-31; may be empty
  std::string_view summary;  ///< one line
  std::span<const Section> sections;
};

void begin_page(const PageHead& head, std::string& out);
/// Behind the content.
void end_page(std::string_view version, std::string& out);

/// The search box, and the line that tells what is shown.
void write_search(std::string_view label, std::string& out);

/// The beginning and the end of a table that can be sorted; its rows come between.
void begin_table(std::string_view name, std::span<const std::string_view> heads, std::string& out);
void end_table(std::string& out);

}  // namespace imglint::html
