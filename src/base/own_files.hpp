// By which marks this program knows files that it wrote among those of a repository: one spelling for those
// who write them and for those who pass them over.
#pragma once

#include <string_view>

namespace imglint {

/// The key of the lock of a move that says which form it has.
inline constexpr std::string_view move_lock_key = "imglint:version";
/// In the head of each HTML page.
inline constexpr std::string_view page_mark = "<meta name=\"generator\" content=\"imglint\">";
/// What a baseline begins with.
inline constexpr std::string_view baseline_head = "{\n  \"version\": 1,\n  \"findings\": [";
/// In the head of a SARIF report, as the JSON library indents it.
inline constexpr std::string_view sarif_mark = "\"driver\": {\n          \"name\": \"imglint\"";

}  // namespace imglint
