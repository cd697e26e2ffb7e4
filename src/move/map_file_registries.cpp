// The one file that uses toml++, a Debian library: it keeps the place of every value, and a registries.conf
// may hold any TOML.
#include "move/map_file.hpp"

#ifdef IMGLINT_WITHOUT_TOML

namespace imglint {

MapFileResult read_registries_conf(const MapFile& file, std::uint32_t, bool) {
  return RunError{RefusalKind::bad_map,
                  Error{.message = "this imglint was built without toml++ and cannot read registries.conf",
                        .hint = "write the pairs as FROM = TO lines in a file of another name",
                        .path = file.path}};
}

std::vector<std::string> insecure_registries(std::string_view) { return {}; }

}  // namespace imglint

#else

#include <optional>
#include <string>

#include "move/toml.hpp"

namespace imglint {
namespace {

/// toml++ counts columns in characters; we count bytes.
std::uint32_t byte_column(std::string_view text, toml::source_position place) {
  for (auto line = place.line; line > 1; --line) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return 1;
    text.remove_prefix(end + 1);
  }
  std::uint32_t bytes = 0;
  toml::source_index characters = 0;
  for (; bytes < text.size() && text[bytes] != '\n'; ++bytes) {
    const bool starts = (static_cast<unsigned char>(text[bytes]) & 0xC0U) != 0x80U;
    if (starts && ++characters == place.column) break;
  }
  return bytes + 1;
}

/// What is wrong, without `Error while parsing key: ` before it.
std::string message_of(const toml::parse_error& error) {
  const std::string_view text = error.description();
  const std::size_t colon = text.find(": ");
  return std::string(
      text.starts_with("Error while") && colon != std::string_view::npos ? text.substr(colon + 2) : text);
}

class Reader {
 public:
  Reader(const MapFile& file, std::uint32_t layer, bool use_mirrors)
      : file_(&file), layer_(layer), use_mirrors_(use_mirrors) {}

  MapFileResult read() {
    const toml::parse_result parsed = toml::parse(std::string_view(file_->text));
    if (!parsed) {
      error_at(parsed.error().source().begin, message_of(parsed.error()));
      return std::move(*error_);
    }
    const toml::table& root = parsed.table();
    if (const toml::node* registries = root.get("registry")) read_registries(*registries);
    if (root.get("registries"))
      error_at(root.get("registries")->source().begin,
               "this is version 1 of registries.conf; version 2 has [[registry]] tables");
    if (error_) return std::move(*error_);
    return std::move(entries_);
  }

 private:
  void read_registries(const toml::node& node) {
    const toml::array* list = node.as_array();
    if (!list) return error_at(node.source().begin, "'registry' must be a list of tables: [[registry]]");
    for (const toml::node& item : *list) {
      const toml::table* registry = item.as_table();
      if (!registry)
        return error_at(item.source().begin, "'registry' must be a list of tables: [[registry]]");
      read_registry(*registry);
      if (error_) return;
    }
  }

  void read_registry(const toml::table& registry) {
    const auto location = text_of(registry, "location");
    const auto prefix = text_of(registry, "prefix");
    const auto blocked = flag_of(registry, "blocked");
    const auto mirror = use_mirrors_ ? first_mirror(registry) : std::nullopt;
    if (error_) return;
    if (!prefix && !location)
      return error_at(registry.source().begin, "a [[registry]] needs a prefix or a location");
    const auto& place = prefix ? prefix : location;
    // Without a location the names stay, as with podman.
    std::string to = mirror ? mirror->text : location ? location->text : std::string();
    if (to == place->text) to.clear();
    entries_.push_back({.from = place->text,
                        .to = std::move(to),
                        .origin = file_->path,
                        .line = place->position.line,
                        .column = byte_column(file_->text, place->position),
                        .layer = layer_,
                        .blocked = blocked});
  }

  struct Text {
    std::string text;
    toml::source_position position;
  };

  std::optional<Text> text_of(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (!node) return std::nullopt;
    const auto* value = node->as_string();
    if (!value) {
      error_at(node->source().begin, "'" + std::string(key) + "' must be a string");
      return std::nullopt;
    }
    if (value->get().empty()) return std::nullopt;
    return Text{value->get(), node->source().begin};
  }

  bool flag_of(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (!node) return false;
    const auto* value = node->as_boolean();
    if (!value) error_at(node->source().begin, "'" + std::string(key) + "' must be true or false");
    return value && value->get();
  }

  std::optional<Text> first_mirror(const toml::table& registry) {
    const toml::node* node = registry.get("mirror");
    if (!node) return std::nullopt;
    const toml::array* list = node->as_array();
    const toml::table* first = list && !list->empty() ? list->get(0)->as_table() : nullptr;
    if (!first) {
      error_at(node->source().begin, "'mirror' must be a list of tables: [[registry.mirror]]");
      return std::nullopt;
    }
    return text_of(*first, "location");
  }

  void error_at(toml::source_position place, std::string message) {
    if (error_) return;
    error_ = RunError{RefusalKind::bad_map, Error{.message = std::move(message),
                                                  .path = file_->path,
                                                  .line = place.line,
                                                  .column = byte_column(file_->text, place)}};
  }

  const MapFile* file_;
  std::uint32_t layer_;
  bool use_mirrors_;
  std::vector<MapEntry> entries_;
  std::optional<RunError> error_;
};

}  // namespace

MapFileResult read_registries_conf(const MapFile& file, std::uint32_t layer, bool use_mirrors) {
  return Reader(file, layer, use_mirrors).read();
}

std::vector<std::string> insecure_registries(std::string_view text) {
  std::vector<std::string> hosts;
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return hosts;
  const toml::array* list = parsed.table()["registry"].as_array();
  if (!list) return hosts;
  for (const toml::node& item : *list) {
    const toml::table* registry = item.as_table();
    if (!registry || !(*registry)["insecure"].value_or(false)) continue;
    std::string place = (*registry)["location"].value_or(std::string());
    if (place.empty()) place = (*registry)["prefix"].value_or(std::string());
    hosts.push_back(place.substr(0, place.find('/')));
  }
  return hosts;
}

}  // namespace imglint

#endif
