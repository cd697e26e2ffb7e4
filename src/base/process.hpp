// Running another program (git) without a shell: arguments are passed as they are.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace imglint {

/// How long a program may take. Zero: as long as it likes.
struct Patience {
  std::chrono::milliseconds first{0};      ///< then `is_hopeless` is asked once, if there is such a question
  std::chrono::milliseconds longest{0};    ///< then it is killed
  std::function<bool()> is_hopeless = {};  ///< if so, it is killed at once
};

struct Invocation {
  std::vector<std::string> words;    ///< the program, looked up in PATH, and its arguments
  std::vector<std::string> without;  ///< names of environment variables it must not see
  std::vector<std::pair<std::string, std::string>> settings;  ///< environment variables added or replaced
  Patience patience = {};
};

struct ProcessOutput {
  int status = 0;  ///< exit code; 128 and more if a signal ended it
  std::string output;
  std::string errors;
};

/// Runs it to its end with nothing on standard input. An error only if it could not be started, or was killed
/// because it took too long (errc::timed_out).
[[nodiscard]] Result<ProcessOutput, std::errc> run(const Invocation& command);

}  // namespace imglint
