#include "output/html/page.hpp"

#include "base/own_files.hpp"
#include "output/html/assets.hpp"
#include "output/reports/xml.hpp"

namespace imglint::html {

void begin_page(const PageHead& head, std::string& out) {
  out += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += page_mark;
  out +=
      "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'\">\n<title>";
  out += xml_text(head.title) + "</title>\n<style>";
  out += style;
  out += "</style>\n</head>\n<body>\n<header><h1>" + xml_text(head.title) + "</h1>\n<p class=\"soft\">";
  if (!head.date.empty()) {
    out += "<time";
    append_attribute(out, "datetime", head.date);
    out += '>' + xml_text(head.date) + "</time> · ";
  }
  out += xml_text(head.summary) + "</p>\n<nav>";
  for (const Section& section : head.sections) {
    out += "<a";
    append_attribute(out, "href", '#' + std::string(section.id));
    out += '>' + xml_text(section.name) + "</a>";
  }
  out += "</nav></header>\n<main>\n";
}

void end_page(std::string_view version, std::string& out) {
  out += "</main>\n<footer><p class=\"soft\">imglint " + xml_text(version) + "</p></footer>\n<script>";
  out += script;
  out += "</script>\n</body>\n</html>\n";
}

void write_search(std::string_view label, std::string& out) {
  out += "<div class=\"find\"><label for=\"search\">" + xml_text(label) +
         "</label>\n<input id=\"search\" type=\"search\" autocomplete=\"off\">\n"
         "<p class=\"soft\"><span id=\"told\" role=\"status\"></span> <button type=\"button\" id=\"all\" "
         "hidden>Show all</button></p></div>\n";
}

void begin_table(std::string_view name, std::span<const std::string_view> heads, std::string& out) {
  out += "<div class=\"scroll\" tabindex=\"0\" role=\"region\"";
  append_attribute(out, "aria-label", name);
  out += "><table>\n<thead><tr>";
  for (const std::string_view head : heads) out += "<th scope=\"col\">" + xml_text(head) + "</th>";
  out += "</tr></thead>\n<tbody>\n";
}

void end_table(std::string& out) { out += "</tbody></table></div>\n"; }

}  // namespace imglint::html
