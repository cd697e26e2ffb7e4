// The program imglint-online: the only one of the two that opens a socket. imglint starts it.
#include <csignal>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <unistd.h>

#include "base/version.hpp"
#include "online/run.hpp"

namespace {

void say(int stream, std::string_view text) { static_cast<void>(!::write(stream, text.data(), text.size())); }

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  if (argc > 1) {
    const bool version = std::strcmp(argv[1], "--version") == 0;
    if (version) say(STDOUT_FILENO, "imglint-online " + std::string(imglint::version) + "\n");
    if (!version) say(STDERR_FILENO, "imglint-online is started by imglint: see 'imglint pin --help'\n");
    return version ? 0 : 2;
  }
  try {
    return imglint::run_online(STDIN_FILENO, STDOUT_FILENO);
  } catch (const std::exception& error) {
    say(STDERR_FILENO, "imglint-online: " + std::string(error.what()) + "\n");
    return 2;
  }
}
