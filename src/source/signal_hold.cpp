#include "source/signal_hold.hpp"

namespace imglint {
namespace {

constexpr int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

bool is_pending(int signal) {
  sigset_t pending;
  sigemptyset(&pending);
  sigpending(&pending);
  return sigismember(&pending, signal) == 1;
}

}  // namespace

SignalHold::SignalHold() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : ending) sigaddset(&held, signal);
  sigaddset(&held, SIGXFSZ);
  pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalHold::~SignalHold() {
  // The failed write has been reported; the signal must not end the program on top of it.
  if (is_pending(SIGXFSZ) && sigismember(&before_, SIGXFSZ) == 0) {
    sigset_t too_large;
    sigemptyset(&too_large);
    sigaddset(&too_large, SIGXFSZ);
    int taken = 0;
    sigwait(&too_large, &taken);
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool SignalHold::interrupted() const {
  for (const int signal : ending)
    if (is_pending(signal)) return true;
  return false;
}

}  // namespace imglint
