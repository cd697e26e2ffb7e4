// What holds for the entries of a map file, whatever its format.
#pragma once

#include <string>

#include "move/map_file.hpp"
#include "move/move.hpp"
#include "tests/fuzz/support/require.hpp"

namespace imglint::fuzz {

/// Moving a reference twice is moving it once, and what comes out is a reference.
inline void check_moves(const Mapping& mapping) {
  for (const std::string_view written :
       {"nginx", "nginx:1.27", "acme/app", "quay.io/acme/x:1", "ghcr.io/a/b/c", "localhost:5000/x",
        "a.gcr.io/p/q:v1",
        "registry.example.com/team/app@sha256:0123456789abcdef0123456789abcdef"
        "0123456789abcdef0123456789abcdef"}) {
    const auto once = move_reference(written, mapping);
    const auto* text = std::get_if<std::string>(&once);
    if (text == nullptr) continue;
    const auto twice = move_reference(*text, mapping);
    const auto* same = std::get_if<std::string>(&twice);
    require(same != nullptr && *same == *text,
            std::string(written) + " moves to " + *text + " and then to " + (same ? *same : "nothing"));
  }
}

inline void check_map_file(const std::string& path, std::string_view text) {
  for (const bool use_mirrors : {false, true}) {
    const MapFileResult read = read_map_file({path, std::string(text)}, 0, use_mirrors);
    if (const auto* fault = std::get_if<RunError>(&read)) {
      require(!fault->error.message.empty(), "an error has a message");
      require(fault->error.path == path, "an error names its file");
      continue;
    }
    const auto& entries = std::get<std::vector<MapEntry>>(read);
    for (const MapEntry& entry : entries) require(entry.line > 0, "an entry has its line");
    for (const char* to : {"", "harbor.corp/all"}) {
      MappingOptions options;
      options.maps = entries;
      options.to = to;
      const auto made = Mapping::make(options);
      if (const auto* mapping = std::get_if<Mapping>(&made)) check_moves(*mapping);
    }
  }
}

}  // namespace imglint::fuzz
