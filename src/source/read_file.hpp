// Reading of a file that may hold image references, with an answer for everything that cannot.
#pragma once

#include <string>
#include <string_view>

#include "source/file_system.hpp"

namespace imglint {

/// Larger files are refused unless the user asks (--max-file-size).
inline constexpr std::uint64_t default_max_file_size = 4u << 20;
/// Offsets are 32-bit.
inline constexpr std::uint64_t largest_max_file_size = (std::uint64_t{1} << 32) - 2;

/// The bytes of a regular file. An error (with path and hint) for anything else, for a file over the limit,
/// and for one that looks binary: a NUL in its first 8 KiB. UTF-16 with a byte order mark passes, for its
/// reader to report.
[[nodiscard]] Result<FileContent> read_file(FileSystem& files, const std::string& path,
                                            std::uint64_t max_bytes = default_max_file_size);

/// The same by FileSystem::read_below(): behind the first `given` bytes of the path no symbolic link is
/// followed.
[[nodiscard]] Result<FileContent> read_file_below(FileSystem& files, const std::string& path,
                                                  std::size_t given, std::uint64_t max_bytes);

/// The error for a path that is a folder, a pipe, a socket or a device.
[[nodiscard]] Error not_a_regular_file(const std::string& path, FileKind kind);

/// A byte order mark of UTF-16, little or big end first.
[[nodiscard]] bool starts_in_utf16(std::string_view bytes);

/// The error for bytes that look binary, as read_file() judges them; for text that comes otherwise.
[[nodiscard]] Result<void> check_is_text(std::string_view bytes, const std::string& name);

/// `2 GiB`, `4 MiB`, `1.5 KiB`, `12 bytes`; rounded down to one decimal.
[[nodiscard]] std::string readable_size(std::uint64_t bytes);

}  // namespace imglint
