// The catalogue: every kind of file, and which of them a file is of. CMake makes the list from the folder.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kinds/kind.hpp"

namespace imglint {

/// All kinds, sorted by name.
[[nodiscard]] std::span<const KindInfo* const> all_kinds();
/// Null if there is none of that name.
[[nodiscard]] const KindInfo* find_kind(std::string_view name);

/// Which kinds a walk takes that it does not take by itself: words of KindInfo::include.
using Included = std::span<const std::string>;

/// Whether a kind claims a file by its name rather than as one that no other takes.
[[nodiscard]] bool is_claimed_by_name(std::string_view path);

/// The kind whose files a walk takes by such a name; null: no walk does.
[[nodiscard]] const KindInfo* walked_kind(std::string_view path, Included included = {});
/// The same if the kind has whole folders (KindInfo::has_whole_folders); else null.
[[nodiscard]] const KindInfo* kind_of_folder(std::string_view path, Included included = {});
/// What a file is read as that is given by its own name.
[[nodiscard]] const KindInfo& kind_of_path(std::string_view path);
/// Whether files of such a name may be of a kind that only their text can tell.
[[nodiscard]] bool may_be_known_by_text(std::string_view path, Included included = {});
/// The kind that the text of such a file is of beyond doubt; null if there is none.
[[nodiscard]] const KindInfo* kind_by_text(std::string_view path, std::string_view bytes,
                                           Included included = {});
/// The same for a file that is given by its own name: only kinds whose texts say what they are.
[[nodiscard]] const KindInfo* telling_kind(std::string_view path, std::string_view bytes);
/// Whether a file's name is one of the kind that takes what no other does, whatever its ending says.
[[nodiscard]] bool has_name_of_rest(std::string_view path);
/// That kind, if a text is of it beyond doubt.
[[nodiscard]] const KindInfo* rest_by_text(std::string_view bytes);
/// The same for one whose name no kind has; `*.yml` is none.
[[nodiscard]] const KindInfo* kind_without_name(std::string_view path, std::string_view bytes);
/// For standard input without a name.
[[nodiscard]] const KindInfo& kind_of_text(std::string_view bytes);
/// For the name that an editor has for a language; null if no kind has it.
[[nodiscard]] const KindInfo* kind_of_language(std::string_view language);

}  // namespace imglint
