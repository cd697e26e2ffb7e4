// URLs as registries send them: taken apart, resolved, and put together again by libcurl's own parser, so
// that what is vetted is what is asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace imglint {

struct Url {
  std::string text;    ///< whole, normalised
  std::string scheme;  ///< `https` or `http`
  std::string host;    ///< without the port; an IPv6 address in brackets
  std::string port;    ///< always a number

  /// Scheme, host and port: what credentials are bound to.
  [[nodiscard]] std::string origin() const { return scheme + "://" + host + ":" + port; }
  [[nodiscard]] bool is_plain() const { return scheme == "http"; }
};

/// Nothing if it is none, is neither http nor https, or holds a user or a password. `base` is what a relative
/// one is relative to; may be empty.
[[nodiscard]] std::optional<Url> read_url(std::string_view text, std::string_view base = {});

/// The URL with fields added to its query, escaped.
[[nodiscard]] std::string with_query(const Url& url,
                                     const std::vector<std::pair<std::string, std::string>>& fields);

/// Fields of a form, escaped.
[[nodiscard]] std::string form_text(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace imglint
