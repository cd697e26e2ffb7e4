// Session: what a command may touch beside its options, the three streams and the file system. Tests pass
// doubles.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Exit codes (docs/design.md 5).
enum class ExitCode : int { clean = 0, findings = 1, failed = 2 };

struct Session {
  FileSystem& files;
  std::function<Result<std::string>(std::uint64_t limit)> read_input;  ///< all of standard input
  std::function<void(std::string_view)> out;  ///< the result; a closed pipe swallows it quietly
  std::function<void(std::string_view)> err;  ///< what people read beside the result
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool color = false;  ///< standard output gets colours; see wants_color()
};

/// Prints `path:line:column: error: message` and the hint.
void print(const Error& error, const Session& session);
/// The same for something worth saying that changes no exit code.
void print_remark(const Error& remark, const Session& session);

/// Prints a diff: as it is for `patch` and files, escaped for a terminal, which a file's bytes must not
/// steer.
void print_diff(std::string_view diff, const Session& session);

}  // namespace imglint
