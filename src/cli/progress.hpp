// Progress: a line on the terminal that says how far a long run is. It is drawn over itself, makes room for
// everything else that is printed, and is gone at the end.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "cli/session.hpp"

namespace imglint {

/// When the line is drawn first, and how often then.
struct ProgressTimes {
  std::chrono::milliseconds first{1000};
  std::chrono::milliseconds next{100};
};

class Progress {
 public:
  /// Draws only if standard error is a terminal. `session` is borrowed.
  explicit Progress(const Session& session, ProgressTimes times = {});
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { stop(); }

  /// What is done now: `reading files`, and how many of how many; a total of 0 shows no numbers.
  void set(std::string_view what, std::size_t done, std::size_t total);
  /// The line is taken away and never drawn again.
  void stop();

  /// The same session, whose streams take the line away before they print. Borrows from this object.
  [[nodiscard]] Session session();

 private:
  void draw_until_stopped(ProgressTimes times);
  void draw();
  void clear();
  void print(const std::function<void(std::string_view)>& stream, std::string_view text);

  const Session& session_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string what_ = "starting";
  std::size_t done_ = 0;
  std::size_t total_ = 0;
  bool drawn_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace imglint
