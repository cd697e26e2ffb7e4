// The text files of a tree, whatever they are: what a search for what stays behind looks at.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "project/discover.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Files that were not looked into, by why.
struct PassedOver {
  std::size_t binary = 0;
  std::vector<std::string> huge;  ///< of more bytes than are read of any file
  std::vector<std::string> unreadable;
};

/// The files that git knows below the given folders, or that a walk meets, and given files, sorted, each
/// once. Ignore files are obeyed as in discover().
[[nodiscard]] std::vector<std::string> all_files(FileSystem& files, std::span<const std::string> paths,
                                                 const DiscoverOptions& options);

/// Hands out the bytes of each file that is text, on several threads, by index. `look` must be safe for that.
[[nodiscard]] PassedOver read_texts(
    FileSystem& files, const std::vector<std::string>& paths, unsigned jobs,
    const std::function<void(std::size_t index, std::string_view bytes)>& look);

}  // namespace imglint
