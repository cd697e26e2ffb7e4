// The language server on two streams, until the client ends it or the first stream ends.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/digest_service.hpp"
#include "source/file_system.hpp"

namespace imglint::lsp {

/// What the server talks through.
struct Streams {
  /// Waits for bytes, or gives none if there are none; nothing at the end of the stream.
  std::function<std::optional<std::string>(bool wait)> read;
  std::function<void(std::string_view)> write;
};

/// True if the client took leave with `shutdown`. `today` gives YYYY-MM-DD. `digests`, if it is not null,
/// asks registries when the user wants that.
[[nodiscard]] bool run_server(FileSystem& disk, const std::function<std::string()>& today,
                              const Streams& streams, DigestService* digests = nullptr);

}  // namespace imglint::lsp
