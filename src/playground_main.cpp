// The program for browsers: what a page calls, and the commands it has.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <spawn.h>
#include <string>

#include "cli/program_commands.hpp"
#include "playground/answer.hpp"

namespace imglint {
namespace {

constexpr ProgramCommand page_entries[] = {
    {"check", add_check_command},
    {"explain", add_explain_command},
    {"retarget", add_retarget_command},
};

}  // namespace

std::span<const ProgramCommand> program_commands() { return page_entries; }

}  // namespace imglint

/// The answer to a question (playground/answer.hpp) of so many bytes, with a zero byte at its end. Both texts
/// are the caller's to free; no answer if there is no memory for it.
extern "C" char* imglint_answer(const char* question, std::size_t size) {
  const std::string text = imglint::playground::answer({question, size});
  auto* const result = static_cast<char*>(std::malloc(text.size() + 1));
  if (result != nullptr) std::memcpy(result, text.c_str(), text.size() + 1);
  return result;
}

/// In a browser nobody starts programs.
extern "C" int posix_spawnp(pid_t*, const char*, const posix_spawn_file_actions_t*, const posix_spawnattr_t*,
                            char* const*, char* const*) {
  return ENOSYS;
}
