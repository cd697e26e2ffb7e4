// Work on many items on several threads, with the results consumed in the items' order by the caller's
// thread.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace imglint {

/// Threads to use: as asked for, one for each core if 0, and never more than there are items.
[[nodiscard]] inline std::size_t thread_count(std::size_t wanted, std::size_t items) {
  if (items <= 1) return 1;
  // The C library reads the answer from a file each time.
  static const std::size_t cores = std::thread::hardware_concurrency();
  return std::clamp<std::size_t>(wanted == 0 ? cores : wanted, 1, items);
}

/// Threads that do the same work as the caller's and end with the scope. If the system has no more threads to
/// give, those there are will do.
template <class Work>
std::vector<std::jthread> start_helpers(std::size_t count, const Work& work) {
  std::vector<std::jthread> helpers;
  try {
    while (helpers.size() < count) helpers.emplace_back(work);
  } catch (const std::exception&) {  // no thread, or no memory for it
  }
  return helpers;
}

/// Results that wait for their turn. Bounded: nobody works on an item that is too far ahead of the next one
/// to be consumed.
template <class Made>
class OrderedResults {
 public:
  OrderedResults(std::size_t count, std::size_t ahead) : slots_(ahead), count_(count) {}

  [[nodiscard]] std::size_t next_to_consume() const { return consumed_; }
  [[nodiscard]] bool finished() const { return consumed_ == count_; }

  /// For helpers: the next item to work on, once there is room; nothing if there is no more.
  std::optional<std::size_t> wait_for_item() {
    std::unique_lock lock(mutex_);
    if (!has_room()) room_.wait(lock, [&] { return stopped_ || claimed_ == count_ || has_much_room(); });
    return claim();
  }
  /// For the consumer: the next item to work on, if there is room.
  std::optional<std::size_t> item() {
    const std::lock_guard lock(mutex_);
    return has_room() ? claim() : std::nullopt;
  }
  void put(std::size_t item, Made value) {
    const std::lock_guard lock(mutex_);
    slots_[item % slots_.size()] = std::move(value);
    if (item == consumed_) ready_.notify_one();
  }
  /// The next result, if it is there.
  std::optional<Made> take() {
    const std::lock_guard lock(mutex_);
    return take_next();
  }
  /// The next result. It must have been claimed. Throws what a helper has thrown instead.
  Made wait_for_result() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return failure_ || slots_[consumed_ % slots_.size()].has_value(); });
    if (failure_) std::rethrow_exception(failure_);
    return *take_next();
  }
  /// For helpers that cannot go on.
  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
    stopped_ = true;
    ready_.notify_one();
    room_.notify_all();
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  [[nodiscard]] bool has_room() const { return claimed_ - consumed_ < slots_.size(); }
  /// Helpers that had to wait begin again with a batch: to wake one for each item takes longer than many
  /// items.
  [[nodiscard]] bool has_much_room() const { return claimed_ - consumed_ <= slots_.size() / 2; }
  std::optional<std::size_t> claim() {
    if (stopped_ || claimed_ == count_) return std::nullopt;
    return claimed_++;
  }
  std::optional<Made> take_next() {
    auto& slot = slots_[consumed_ % slots_.size()];
    if (!slot) return std::nullopt;
    std::optional<Made> value = std::exchange(slot, std::nullopt);
    ++consumed_;
    if (has_much_room()) room_.notify_all();
    return value;
  }

  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable ready_;
  std::vector<std::optional<Made>> slots_;
  const std::size_t count_;
  std::size_t claimed_ = 0;
  std::size_t consumed_ = 0;  ///< written by the consumer only
  bool stopped_ = false;
  std::exception_ptr failure_;  ///< of a helper: there is no memory left
};

/// Stops the helpers when a scope is left, however that is.
template <class Made>
class StopAtEnd {
 public:
  explicit StopAtEnd(OrderedResults<Made>& results) : results_(results) {}
  StopAtEnd(const StopAtEnd&) = delete;
  StopAtEnd& operator=(const StopAtEnd&) = delete;
  ~StopAtEnd() { results_.stop(); }

 private:
  OrderedResults<Made>& results_;
};

/// Calls `work(item)` for the items 0 to count - 1 on up to `threads` threads (0: one for each core), and
/// `consume(item, result)` on the caller's thread in order. `consume` gives false to stop early. What
/// either throws (that there is no memory) ends the work and is thrown on the caller's thread. With one
/// thread or one item no thread is started; at most 32 results a thread are held.
template <class Work, class Consume>
void for_each_in_order(std::size_t count, std::size_t threads, const Work& work, const Consume& consume) {
  threads = thread_count(threads, count);
  if (threads == 1) {
    for (std::size_t item = 0; item < count; ++item)
      if (!consume(item, work(item))) return;
    return;
  }
  using Made = std::invoke_result_t<const Work&, std::size_t>;
  OrderedResults<Made> results(count, 32 * threads);
  const auto help = [&] {
    try {
      while (const auto item = results.wait_for_item()) results.put(*item, work(*item));
    } catch (...) {
      results.fail(std::current_exception());
    }
  };
  const auto helpers = start_helpers(threads - 1, help);
  const StopAtEnd<Made> stop_at_end(results);
  while (!results.finished()) {
    const std::size_t next = results.next_to_consume();
    auto result = results.take();
    if (!result) {
      if (const auto item = results.item()) {
        results.put(*item, work(*item));
        continue;
      }
      result = results.wait_for_result();
    }
    if (!consume(next, std::move(*result))) break;
  }
}

}  // namespace imglint
