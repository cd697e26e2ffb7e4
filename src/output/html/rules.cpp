#include "output/html/rules.hpp"

#include <algorithm>

#include "output/pages/marked_text.hpp"
#include "output/pages/rules.hpp"
#include "output/reports/xml.hpp"

namespace imglint::html {
namespace {

std::string anchor(std::string_view rule) { return "rule-" + std::string(rule); }

/// An example as it stands in a file, with what would be reported marked.
void write_example(const Example& example, std::string& out) {
  const MarkedText marked = without_marks(example.text);
  out += "<p class=\"soft\">" + xml_text(example.file) + (marked.marks.empty() ? ", passes" : ", reported") +
         (example.note.empty() ? "" : ": " + xml_text(example.note)) + "</p>\n<pre>";
  std::size_t at = 0;
  const std::string_view text = marked.text;
  const auto add_lines = [&](std::string_view part) {
    for (std::size_t begin = 0; begin <= part.size();) {
      const std::size_t end = std::min(part.find('\n', begin), part.size());
      out += xml_text(part.substr(begin, end - begin));
      if (end < part.size()) out += '\n';
      begin = end + 1;
    }
  };
  for (const MarkedText::Mark& mark : marked.marks) {
    add_lines(text.substr(at, mark.begin - at));
    out += "<mark>";
    add_lines(text.substr(mark.begin, mark.end - mark.begin));
    out += "</mark>";
    at = mark.end;
  }
  add_lines(text.substr(at));
  out += "</pre>\n";
}

}  // namespace

void write_rules(const std::vector<std::string_view>& names, std::span<const RuleInfo* const> catalogue,
                 std::string& out) {
  out += "<h2 id=\"rules\">Rules</h2>\n";
  for (const RuleInfo* rule : catalogue) {
    if (std::ranges::find(names, rule->name) == names.end()) continue;
    out += "<section><h3";
    append_attribute(out, "id", anchor(rule->name));
    out += '>' + xml_text(rule->name) + "</h3>\n<p>" + xml_text(rule->summary) + "</p>\n<p>" +
           xml_text(rule->why) + "</p>\n<p class=\"soft\">Fix: " + xml_text(fix_text(rule->fixability)) +
           "</p>\n";
    for (const Example& example : rule->examples) write_example(example, out);
    out += "</section>\n";
  }
}

void write_rule_link(std::string_view rule, std::string& out) {
  out += "<a";
  append_attribute(out, "href", '#' + anchor(rule));
  out += '>' + xml_text(rule) + "</a>";
}

}  // namespace imglint::html
