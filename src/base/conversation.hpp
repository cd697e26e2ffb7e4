// Conversation: another program that is talked to line by line over its standard streams, started without a
// shell.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <system_error>
#include <vector>

#include "base/result.hpp"

namespace imglint {

/// What the other side has said.
struct Heard {
  enum class Kind { line, silence, end };
  Kind kind = Kind::silence;
  std::string line;  ///< without its line feed
};

/// The program ends with this object: its input is closed, and after some patience it is killed.
class Conversation {
 public:
  /// `most_bytes`: a program that says more than this at once is taken for ended.
  explicit Conversation(std::size_t most_bytes) : most_bytes_(most_bytes) {}
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  ~Conversation();

  /// The program, looked up in PATH unless its name has a slash, and its arguments. Errors: the system's.
  [[nodiscard]] Result<void, std::errc> start(const std::vector<std::string>& words);
  /// Text to be sent. It goes out while hear() waits, so that neither side can block the other.
  void say(std::string_view text) { to_say_ += text; }
  /// No more will be said.
  void end_input() { ends_input_ = true; }
  /// The next line, or silence after the given time; the end when its output has ended and all lines are
  /// heard.
  [[nodiscard]] Heard hear(std::chrono::milliseconds patience);
  /// What it has written to standard error, the first 4 KiB.
  [[nodiscard]] const std::string& errors() const { return errors_; }
  /// Waits for its end, `patience` at most, then kills it. Its exit code; 128 and more if a signal ended it.
  int finish(std::chrono::milliseconds patience);

 private:
  void send();
  void take_output();
  void take_errors();
  [[nodiscard]] std::optional<Heard> next_line();
  void close_all();

  std::size_t most_bytes_;
  std::array<int, 3> ends_ = {-1, -1, -1};  ///< its input, output and errors
  pid_t child_ = -1;
  int status_ = -1;
  std::string to_say_;
  bool ends_input_ = false;
  std::string heard_;
  std::size_t searched_ = 0;  ///< so many of these bytes hold no line feed
  std::string errors_;
};

}  // namespace imglint
