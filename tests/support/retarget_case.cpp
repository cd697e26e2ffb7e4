#include "tests/support/retarget_case.hpp"

#include <nlohmann/json.hpp>

#include "move/map_file.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

using Files = std::map<std::string, std::string>;

RetargetCase read_case(const nlohmann::json& line) {
  RetargetCase result{.name = line.at("name"),
                      .kind = line.at("kind"),
                      .source = line.at("source"),
                      .options = line.at("options"),
                      .files = line.value("files", Files{}),
                      .expected_files = line.value("expected_files", Files{}),
                      .unresolved = line.value("unresolved", std::vector<std::string>{})};
  const nlohmann::json& expected = line.at("expected");
  if (expected.is_string())
    result.expected = expected.get<std::string>();
  else
    result.error = expected.at("error");
  if (line.contains("expected_plan")) result.expected_plan = line.at("expected_plan").get<std::string>();
  return result;
}

}  // namespace

void PrintTo(const RetargetCase& one, std::ostream* out) { *out << one.name; }

std::vector<RetargetCase> retarget_cases(const std::string& path) {
  std::vector<RetargetCase> cases;
  for (const std::string& line : split(read_repository_file(path), '\n'))
    if (!line.empty()) cases.push_back(read_case(nlohmann::json::parse(line)));
  return cases;
}

std::variant<Mapping, RunError> mapping_of(const std::vector<std::string>& options, const Files& files) {
  MappingOptions result;
  std::vector<MapEntry> from_files;
  std::vector<MapEntry> from_options;
  const bool mirrors = std::find(options.begin(), options.end(), "--use-mirrors") != options.end();
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string& option = options[i];
    const std::string value = i + 1 < options.size() ? options[i + 1] : std::string();
    if (option == "--to") result.to = value;
    if (option == "--from") result.from.push_back(value);
    if (option == "--except") result.except.push_back(value);
    if (option == "--paths") result.paths = path_strategy_named(value).value();
    if (option == "--path-template") result.path_template = value;
    if (option == "--separator") result.separator = value;
    if (option == "--library") result.library = value == "keep" ? LibraryRule::keep : LibraryRule::drop;
    if (option == "--target-depth") result.target_depth = static_cast<std::uint32_t>(std::stoul(value));
    if (option == "--no-registry-rules") result.registry_rules = false;
    if (option == "--map") {
      auto entry = read_map_option(value, 1000);
      if (auto* error = std::get_if<RunError>(&entry)) return std::move(*error);
      from_options.push_back(std::get<MapEntry>(std::move(entry)));
    }
    if (option == "--map-file") {
      auto entries =
          read_map_file({.path = value, .text = files.at(value)}, static_cast<std::uint32_t>(i), mirrors);
      if (auto* error = std::get_if<RunError>(&entries)) return std::move(*error);
      for (MapEntry& entry : std::get<0>(entries)) from_files.push_back(std::move(entry));
    }
  }
  result.maps = std::move(from_files);
  for (MapEntry& entry : from_options) result.maps.push_back(std::move(entry));
  return Mapping::make(std::move(result));
}

}  // namespace imglint::test
