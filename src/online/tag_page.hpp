// One page of a repository's tags, as registries send it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace imglint {

/// The tags of `{"name": …, "tags": […]}`; what is no tag is left out. `null` is an empty list.
[[nodiscard]] Result<std::vector<std::string>> read_tag_page(std::string_view bytes);

/// Where the next page is, from a Link header: `</v2/a/tags/list?last=b>; rel="next"`. May be relative. Empty
/// if there is none.
[[nodiscard]] std::string next_page(std::string_view link);

}  // namespace imglint
