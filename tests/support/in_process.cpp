#include "tests/support/in_process.hpp"

#include "cli/program.hpp"
#include "cli/session.hpp"

namespace imglint::test {

ProgramRun run_program_in(FileSystem& files, const std::vector<std::string>& words, const std::string& input,
                          bool out_is_terminal) {
  ProgramRun result;
  const Session session{
      .files = files,
      .read_input = [&](std::uint64_t) { return Result<std::string>(input); },
      .out = [&](std::string_view text) { result.out += text; },
      .err = [&](std::string_view text) { result.err += text; },
      .out_is_terminal = out_is_terminal,
  };
  result.code = static_cast<int>(run_program(words, session));
  return result;
}

}  // namespace imglint::test
