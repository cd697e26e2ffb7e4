// Which names in a configuration have their place there whatever is moved.
#pragma once

#include <vector>

#include "base/span.hpp"
#include "config/keys.hpp"
#include "source/source.hpp"

namespace imglint {

/// Stretches of a configuration in which a name may go on to stand after its images have moved: what moves,
/// what is mirrored or denied, what is known of names, and what is for readers. In order. Elsewhere, as in
/// `allow` and `exceptions`, what the configuration says is no more about the image. Empty for what is no
/// YAML. `keys` are those of the whole file.
[[nodiscard]] std::vector<Span> settled_stretches(const Source& config, const std::vector<ConfigKey>& keys);

}  // namespace imglint
