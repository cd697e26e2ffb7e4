// Tags that name no version but a channel, which its publisher moves: `stable`, `mainline-alpine`.
#pragma once

#include <functional>
#include <string_view>

namespace imglint {

/// What many publishers call a channel.
[[nodiscard]] bool is_common_channel(std::string_view word);

/// Whether a tag is a channel, alone or followed by parts of which none names one build (`nightly-2024-07-22`
/// does).
[[nodiscard]] bool is_channel_tag(
    std::string_view tag, const std::function<bool(std::string_view)>& is_channel = is_common_channel);

}  // namespace imglint
