#include "cli/progress.hpp"

#include <new>
#include <system_error>

namespace imglint {

Progress::Progress(const Session& session, ProgressTimes times) : session_(session) {
  if (!session.err_is_terminal) return;
  try {
    thread_ = std::thread([this, times] { draw_until_stopped(times); });
  } catch (const std::system_error&) {
    // No thread to be had: the run goes on without the line.
  }
}

void Progress::set(std::string_view what, std::size_t done, std::size_t total) {
  const std::lock_guard lock(mutex_);
  what_ = what;
  done_ = done;
  total_ = total;
}

void Progress::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    clear();
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Session Progress::session() {
  Session result = session_;
  result.out = [this](std::string_view text) { print(session_.out, text); };
  result.err = [this](std::string_view text) { print(session_.err, text); };
  result.progress = [this](std::string_view what, std::size_t done, std::size_t total) {
    set(what, done, total);
  };
  return result;
}

void Progress::draw_until_stopped(ProgressTimes times) {
  std::unique_lock lock(mutex_);
  auto wait = times.first;
  try {
    while (!changed_.wait_for(lock, wait, [this] { return stopped_; })) {
      draw();
      wait = times.next;
    }
  } catch (const std::bad_alloc&) {  // the run goes on without the line, if it can
  }
}

void Progress::draw() {
  std::string line = "\r" + what_;
  if (total_ != 0) line += ": " + std::to_string(done_) + " of " + std::to_string(total_);
  session_.err(line + "\x1b[K");
  drawn_ = true;
}

void Progress::clear() {
  if (drawn_) session_.err("\r\x1b[K");
  drawn_ = false;
}

void Progress::print(const std::function<void(std::string_view)>& stream, std::string_view text) {
  const std::lock_guard lock(mutex_);
  clear();
  stream(text);
}

}  // namespace imglint
