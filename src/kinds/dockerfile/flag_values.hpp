// Which values some flags of RUN and HEALTHCHECK take, as BuildKit checks them while it reads instructions
// (docs/spec/dockerfile.md 2.5). Variables are not expanded there.
#pragma once

#include <string_view>

namespace imglint::dockerfile {

/// RUN --network: `default`, `none` or `host`.
[[nodiscard]] bool is_network(std::string_view value);
/// RUN --security: `insecure` or `sandbox`.
[[nodiscard]] bool is_security(std::string_view value);
/// RUN --device: one record of comma-separated fields, a name and whether it is required.
[[nodiscard]] bool is_device(std::string_view value);
/// HEALTHCHECK --interval and its like: a duration as Go writes them (`1m30s`), zero or at least a
/// millisecond; or empty.
[[nodiscard]] bool is_interval(std::string_view value);
/// HEALTHCHECK --retries: a number of 31 bits, or empty.
[[nodiscard]] bool is_count(std::string_view value);
/// What Go takes for a truth value: `1`, `t`, `true`, `True`, `TRUE` and the same for false.
[[nodiscard]] bool is_boolean(std::string_view text);

}  // namespace imglint::dockerfile
