// Map files: FROM = TO pairs from a plain file, a registries.conf, a relocation map or a lock
// (docs/spec/retarget.md 6.8). Pure: the text is given.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "move/mapping.hpp"
#include "move/refusal.hpp"

namespace imglint {

struct MapFile {
  std::string path;  ///< decides the format: .conf and .toml, .json, else plain
  std::string text;
};

using MapFileResult = std::variant<std::vector<MapEntry>, RunError>;

/// Whether a file of this name is read as lines FROM = TO.
[[nodiscard]] bool is_plain_map(std::string_view path);

/// Reads a map file by its name. With use_mirrors the first mirror of a registry is where its images go.
/// Entries get the layer. Errors: bad-map, with line and column in bytes.
[[nodiscard]] MapFileResult read_map_file(const MapFile& file, std::uint32_t layer, bool use_mirrors);

/// `FROM = TO` a line; a hash at the start of a line or after a blank begins a comment.
[[nodiscard]] MapFileResult read_plain_map(const MapFile& file, std::uint32_t layer);
/// registries.conf, version 2.
[[nodiscard]] MapFileResult read_registries_conf(const MapFile& file, std::uint32_t layer, bool use_mirrors);
/// A flat object of exact pairs. Keys of imglint's own, `imglint:…`, are not pairs.
[[nodiscard]] MapFileResult read_relocation_map(const MapFile& file, std::uint32_t layer);

/// The hosts that a registries.conf calls insecure. None of a file that breaks its grammar: its own tools
/// refuse it.
[[nodiscard]] std::vector<std::string> insecure_registries(std::string_view text);

/// One `FROM=TO` of the command line.
[[nodiscard]] std::variant<MapEntry, RunError> read_map_option(std::string_view text, std::uint32_t layer);

}  // namespace imglint
