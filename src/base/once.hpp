// Once: does something the first time that it is asked for, whoever asks.
#pragma once

#include <atomic>
#include <mutex>
#include <utility>

namespace imglint {

/// As std::once_flag, whose first call ends with a system call to wake others, also where nobody waits: one
/// for each file of a run.
class Once {
 public:
  /// Others wait until it is done. What throws is not done.
  template <class Action>
  void call(Action&& action) {
    if (done_.load(std::memory_order_acquire)) return;
    const std::lock_guard lock(running_);
    if (done_.load(std::memory_order_relaxed)) return;
    std::forward<Action>(action)();
    done_.store(true, std::memory_order_release);
  }

 private:
  std::atomic<bool> done_{false};
  std::mutex running_;
};

}  // namespace imglint
