#include "output/html/elsewhere.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "output/elsewhere_output.hpp"
#include "output/html/page.hpp"
#include "output/places.hpp"
#include "output/reports/xml.hpp"

namespace imglint::html {

void write_elsewhere(const Elsewhere& elsewhere, std::string& out) {
  constexpr std::size_t limit = 5;
  std::map<std::string_view, std::vector<const LeftName*>> names;
  for (const LeftName& one : elsewhere.places) names[one.name].push_back(&one);
  out +=
      "<h2 id=\"elsewhere\">Elsewhere</h2>\n<p>Names of these images in comments and in files that are "
      "not read: " +
      xml_text(elsewhere_kinds(elsewhere)) + ".</p>\n";
  constexpr std::array<std::string_view, 3> heads = {"name", "uses", "where"};
  begin_table("Elsewhere", heads, out);
  for (const auto& [name, places] : names) {
    out += "<tr data-row><td>" + xml_text(name) + "</td><td class=\"number\">" +
           std::to_string(places.size()) + "</td><td>";
    for (std::size_t index = 0; index < std::min(places.size(), limit); ++index)
      out += (index > 0 ? "<br>" : "") + xml_text(report_path(places[index]->file)) + ':' +
             std::to_string(places[index]->line);
    if (places.size() > limit) out += "<br>and " + std::to_string(places.size() - limit) + " more";
    out += "</td></tr>\n";
  }
  end_table(out);
}

}  // namespace imglint::html
