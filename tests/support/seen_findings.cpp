#include "tests/support/seen_findings.hpp"

#include <map>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using nlohmann::literals::operator""_json_pointer;

constexpr std::string_view failure_rule = "not-judged";

class Reader {
 public:
  void add(const std::string& rule, const std::string& file, std::uint64_t line) {
    if (rule == failure_rule)
      report.failures.push_back(file);
    else
      report.findings.push_back({rule, file, line});
  }
  SeenReport report;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

void read_text(const std::string& text, Reader& reader) {
  static const std::regex finding(R"(^(\S.*?):(\d+):\d+: (error|warning|info): .* \[([a-z-]+)\]$)");
  static const std::regex failure(R"(^(\S.*?): error: .*[^\]]$)");
  for (const std::string& line : lines_of(text)) {
    std::smatch found;
    if (std::regex_match(line, found, finding))
      reader.add(found[4], found[1], std::stoul(found[2]));
    else if (std::regex_match(line, found, failure))
      reader.add(std::string(failure_rule), found[1], 0);
  }
}

void read_json(const Json& all, Reader& reader) {
  for (const Json& item : all.at("findings")) reader.add(item.at("rule"), item.at("file"), item.at("line"));
  for (const Json& item : all.at("failures"))
    reader.add(std::string(failure_rule), item.at("file"), item.at("line"));
}

void read_jsonl(const std::string& text, Reader& reader) {
  for (const std::string& line : lines_of(text)) {
    const Json item = Json::parse(line);
    const bool failed = item.at("rule").is_null();
    reader.add(failed ? std::string(failure_rule) : item.at("rule").get<std::string>(), item.at("file"),
               item.at("line"));
  }
}

void read_sarif(const Json& all, Reader& reader) {
  const Json& run = all.at("runs").at(0);
  for (const Json& item : run.at("results")) {
    const Json& place = item.at("/locations/0/physicalLocation"_json_pointer);
    reader.add(item.at("ruleId"), place.at("/artifactLocation/uri"_json_pointer),
               place.value("/region/startLine"_json_pointer, 1u));
  }
  for (const Json& item : run.at("/invocations/0/toolExecutionNotifications"_json_pointer))
    reader.add(std::string(failure_rule),
               item.at("/locations/0/physicalLocation/artifactLocation/uri"_json_pointer), 0);
}

void read_gitlab(const Json& all, Reader& reader) {
  for (const Json& item : all)
    reader.add(item.at("check_name"), item.at("location").at("path"),
               item.at("location").at("lines").at("begin"));
}

void read_rdjson(const Json& all, Reader& reader) {
  for (const Json& item : all.at("diagnostics"))
    reader.add(item.at("code").at("value"), item.at("location").at("path"),
               item.value("/location/range/start/line"_json_pointer, 1u));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// As the runner of GitHub Actions takes a property: the percent sign last.
std::string property_value(std::string text) {
  for (const auto& [from, to] : {std::pair{"%0D", "\r"}, {"%0A", "\n"}, {"%3A", ":"}, {"%2C", ","}})
    text = replaced(std::move(text), from, to);
  return replaced(std::move(text), "%25", "%");
}

/// `::command name=value,name=value::message`, one a line: the runner ends the command at the first `::` and
/// splits at every comma and the first `=`.
void read_github(const std::string& text, Reader& reader) {
  for (const std::string& line : lines_of(text)) {
    EXPECT_TRUE(line.starts_with("::")) << line;
    const std::size_t end = line.find("::", 2);
    ASSERT_NE(end, std::string::npos) << line;
    const std::string command = line.substr(2, end - 2);
    std::map<std::string, std::string> properties;
    std::istringstream words(command.substr(command.find(' ') + 1));
    for (std::string word; std::getline(words, word, ',');)
      properties[word.substr(0, word.find('='))] = property_value(word.substr(word.find('=') + 1));
    const std::string kind = command.substr(0, command.find(' '));
    EXPECT_TRUE(kind == "error" || kind == "warning" || kind == "notice") << line;
    const std::string number = properties.count("line") ? properties["line"] : "0";
    const std::string title = properties["title"];
    reader.add(title == "not judged" ? std::string(failure_rule) : title, properties["file"],
               std::stoul(number));
  }
}

std::string xml_value(std::string text) {
  for (const auto& [from, to] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}})
    text = replaced(std::move(text), from, to);
  return replaced(std::move(text), "&amp;", "&");
}

void read_checkstyle(const std::string& text, Reader& reader) {
  static const std::regex file(R"re(<file name="([^"]*)")re");
  static const std::regex error(R"re(<error line="(\d+)".* source="imglint\.([a-z-]+)")re");
  std::string name;
  for (const std::string& line : lines_of(text)) {
    std::smatch found;
    if (std::regex_search(line, found, file)) name = xml_value(found[1]);
    if (std::regex_search(line, found, error)) reader.add(found[2], name, std::stoul(found[1]));
  }
}

void read_junit(const std::string& text, Reader& reader) {
  static const std::regex finding(
      R"re(<testcase classname="[^"]*" name="([a-z-]+) \d+:\d+" file="([^"]*)" line="(\d+)")re");
  static const std::regex failure(R"re(<testcase classname="([^"]*)" name="not judged")re");
  for (const std::string& line : lines_of(text)) {
    std::smatch found;
    if (std::regex_search(line, found, finding))
      reader.add(found[1], xml_value(found[2]), std::stoul(found[3]));
    else if (std::regex_search(line, found, failure))
      reader.add(std::string(failure_rule), xml_value(found[1]), 0);
  }
}

void read_html(const std::string& text, Reader& reader) {
  static const std::regex file(R"re(<details open data-file="([^"]*)">)re");
  static const std::regex row(R"re(<li data-row data-rule="([a-z-]+)")re");
  static const std::regex line_number(R"re(<span class="soft">line (\d+), column \d+ · )re");
  static const std::regex failure(R"re(<b class="error">not judged</b> <code>([^<]*)</code>)re");
  std::string path;
  for (const std::string& line : lines_of(text)) {
    std::smatch found;
    std::smatch said;
    if (std::regex_search(line, found, file)) path = xml_value(found[1]);
    if (std::regex_search(line, found, row))
      reader.add(found[1], path, std::regex_search(line, said, line_number) ? std::stoul(said[1]) : 1);
    if (std::regex_search(line, found, failure)) reader.report.failures.push_back(xml_value(found[1]));
  }
}

}  // namespace

SeenReport read_report(std::string_view format, const std::string& text) {
  Reader reader;
  if (format == "text" || format == "compact") read_text(text, reader);
  if (format == "json") read_json(Json::parse(text), reader);
  if (format == "jsonl") read_jsonl(text, reader);
  if (format == "sarif") read_sarif(Json::parse(text), reader);
  if (format == "github") read_github(text, reader);
  if (format == "gitlab") read_gitlab(Json::parse(text), reader);
  if (format == "checkstyle") read_checkstyle(text, reader);
  if (format == "junit") read_junit(text, reader);
  if (format == "html") read_html(text, reader);
  if (format == "rdjson") read_rdjson(Json::parse(text), reader);
  return std::move(reader.report);
}

}  // namespace imglint::test
