// Any bytes as files of a run: the first says which options, form feeds part a Dockerfile, a compose file and
// a .env file. The laws of looking, moving and fixing hold.
#include "tests/fuzz/support/require.hpp"
#include "tests/support/made_up_laws.hpp"
#include "tests/support/program_laws.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace imglint;
  if (size < 2) return -1;
  std::string_view rest = fuzz::text_of(data, size).substr(1);
  test::TextFiles files;
  for (const char* name : {"Dockerfile", "compose.yaml", ".env"}) {
    const std::size_t end = std::min(rest.find('\f'), rest.size());
    if (end > 0) files[name] = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!files.contains("Dockerfile") && !files.contains("compose.yaml")) return -1;
  fuzz::require_none_broken(test::broken_run_law(files, data[0]));
  return 0;
}
