// What kind of file a YAML tree is, and the services it has, by name over all its documents
// (docs/spec/compose.md 2.1, 2.3 and 2.7).
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tree/view.hpp"

namespace imglint::compose {

/// How a document is laid out.
enum class Form : std::uint8_t {
  none,       ///< no compose file
  empty,      ///< nothing in it, or a top that is no mapping
  services,   ///< the usual form, also where only `include`, `models` and their like are given
  version_1,  ///< services at the top level
  malformed,  ///< `services` that are no mapping, where services are meant
};

/// Whether docker compose knows such a key at the top of a file.
[[nodiscard]] bool is_top_level_key(std::string_view key);

struct ComposeDocument {
  Position top;
  Form form = Form::none;
};

/// A service. Where several documents of a file name it, they are merged in order.
struct ServiceNode {
  struct Part {
    std::size_t document = 0;
    Position map;
  };
  std::string_view name;
  NodeIndex key_node = no_node;
  std::vector<Part> parts;
  std::int32_t extends = -1;  ///< the service of the same file it extends
  bool built = false;         ///< has `build`: own, merged, or of a service it extends
  bool resets_build = false;  ///< `build: !reset …` drops what it would inherit
};

struct ComposeFile {
  explicit ComposeFile(const Tree& tree);

  View view;
  std::vector<ComposeDocument> documents;
  std::vector<ServiceNode> services;

  [[nodiscard]] bool is_compose() const;
  [[nodiscard]] bool is_version_1() const;
  /// Index of a service, or -1.
  [[nodiscard]] std::int32_t find_service(std::string_view name) const;

  /// Entries that are services, of a document that has a compose form.
  [[nodiscard]] std::vector<Entry> service_entries(const ComposeDocument& document);

 private:
  void collect_services();

  std::unordered_map<std::string_view, std::int32_t> numbers_;
};

}  // namespace imglint::compose
