#include "move/map_file.hpp"

#include <optional>
#include <utility>

#include "base/ascii.hpp"

namespace imglint {
namespace {

/// The line without its comment.
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i)
    if (line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) return line.substr(0, i);
  return line;
}

std::optional<std::pair<std::string_view, std::string_view>> split_pair(std::string_view text) {
  const auto equals = text.find('=');
  // `a => b` has another sign.
  if (equals == std::string_view::npos || text.substr(equals).starts_with("=>")) return std::nullopt;
  return std::pair{trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))};
}

Error no_pair(std::string_view text) {
  std::string hint = "as in docker.io=registry.example/hub";
  if (text.starts_with('[')) hint = "a registries.conf is one if its name ends in .conf or .toml";
  if (text.starts_with('{')) hint = "a map in JSON is one if its name ends in .json";
  return {.message = "'" + std::string(text) + "' is no FROM=TO", .hint = std::move(hint)};
}

}  // namespace

bool is_plain_map(std::string_view path) {
  return !path.ends_with(".conf") && !path.ends_with(".toml") && !path.ends_with(".json");
}

MapFileResult read_map_file(const MapFile& file, std::uint32_t layer, bool use_mirrors) {
  const std::string_view path = file.path;
  if (path.ends_with(".conf") || path.ends_with(".toml"))
    return read_registries_conf(file, layer, use_mirrors);
  if (path.ends_with(".json")) return read_relocation_map(file, layer);
  return read_plain_map(file, layer);
}

MapFileResult read_plain_map(const MapFile& file, std::uint32_t layer) {
  std::vector<MapEntry> entries;
  std::string_view rest = file.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (std::uint32_t number = 1; !rest.empty(); ++number) {
    const auto end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const std::string_view text = trimmed(without_comment(line));
    if (text.empty()) continue;
    const auto column = static_cast<std::uint32_t>(text.data() - line.data() + 1);
    const auto pair = split_pair(text);
    if (!pair) {
      Error error = no_pair(text);
      error.path = file.path;
      error.line = number;
      error.column = column;
      return RunError{RefusalKind::bad_map, std::move(error)};
    }
    entries.push_back({.from = std::string(pair->first),
                       .to = std::string(pair->second),
                       .origin = file.path,
                       .line = number,
                       .column = column,
                       .layer = layer});
  }
  return entries;
}

std::variant<MapEntry, RunError> read_map_option(std::string_view text, std::uint32_t layer) {
  const auto pair = split_pair(text);
  if (!pair) {
    Error error = no_pair(text);
    error.message = "--map: " + error.message;
    return RunError{RefusalKind::bad_map, std::move(error)};
  }
  return MapEntry{
      .from = std::string(pair->first), .to = std::string(pair->second), .origin = "--map", .layer = layer};
}

}  // namespace imglint
