// SignalHold: while it lives, the signals that end a program wait, so that nothing is left half done.
#pragma once

#include <csignal>

namespace imglint {

/// Holds SIGINT, SIGTERM, SIGHUP and SIGQUIT back from this thread (no other may be running). They are
/// delivered when the hold ends. A write over the limit on file sizes answers with an error instead of
/// SIGXFSZ.
class SignalHold {
 public:
  SignalHold();
  SignalHold(const SignalHold&) = delete;
  SignalHold& operator=(const SignalHold&) = delete;
  ~SignalHold();

  /// One of them has come: stop as soon as it is safe.
  [[nodiscard]] bool interrupted() const;

 private:
  sigset_t before_;
};

}  // namespace imglint
