// Stands in for libFuzzer where there is none: runs a fuzz target once on every seed of a folder, on the seed
// with other line ends and with a byte order mark, and on every beginning of a small seed (or on every
// STEPth).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// Beginnings of larger seeds would make the test slow and teach little.
constexpr std::size_t cut_up_to = 2048;

void run(std::string_view input) {
  // An own copy without slack: AddressSanitizer then sees a read past the end.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::string with_crlf(std::string_view input) {
  std::string result;
  for (const char c : input) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

std::vector<std::filesystem::path> seeds(const char* folder) {
  std::vector<std::filesystem::path> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) result.push_back(entry.path());
  std::ranges::sort(result);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || !std::filesystem::is_directory(argv[1])) {
    std::fprintf(stderr, "usage: %s FOLDER-OF-SEEDS [STEP]\n", argv[0]);
    return 2;
  }
  const std::size_t step = argc > 2 ? std::stoul(argv[2]) : 1;
  const auto files = seeds(argv[1]);
  if (files.empty()) {
    std::fprintf(stderr, "no seeds in %s\n", argv[1]);
    return 2;
  }
  for (const auto& file : files) {
    // Printed first, so that a crash names its seed.
    std::printf("%s\n", file.filename().c_str());
    std::fflush(stdout);
    std::ifstream stream(file, std::ios::binary);
    const std::string seed(std::istreambuf_iterator<char>(stream), {});
    run(seed);
    run(with_crlf(seed));
    run("\xEF\xBB\xBF" + seed);
    if (seed.size() > cut_up_to) continue;
    for (std::size_t length = 0; length < seed.size(); length += step)
      run(std::string_view(seed).substr(0, length));
  }
}
