// Time to parse one reference, on the processor's clock: the least of 300 passes over a list of references.
// The list is fixtures/bench/references.txt, or the file that IMGLINT_REFERENCES names, one reference a line.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "reference/parse.hpp"

namespace {

using namespace imglint;

std::vector<std::string> read_references() {
  const char* path = std::getenv("IMGLINT_REFERENCES");
  std::ifstream file(path ? path : IMGLINT_SOURCE_DIR "/fixtures/bench/references.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

const std::vector<std::string>& references() {
  static const std::vector<std::string> lines = read_references();
  return lines;
}

double processor_nanoseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// One iteration of the benchmark is one pass over the list; reports the least time of a pass, for each
/// reference.
template <class Work>
void run(benchmark::State& state, Work work) {
  if (references().empty()) return state.SkipWithError("no references");
  double least = std::numeric_limits<double>::max();
  for (auto _ : state) {
    const double begin = processor_nanoseconds();
    for (const std::string& reference : references()) work(reference);
    least = std::min(least, processor_nanoseconds() - begin);
  }
  state.counters["ns_per_reference"] = least / static_cast<double>(references().size());
}

/// The floor: looks at every byte once with the library's scan, for a byte that is not there.
void memchr_scan(benchmark::State& state) {
  run(state,
      [](const std::string& text) { benchmark::DoNotOptimize(std::memchr(text.data(), '\n', text.size())); });
}
BENCHMARK(memchr_scan)->Iterations(300);

/// Verdict and the parts as ranges.
void parse_with_ranges(benchmark::State& state) {
  run(state, [](const std::string& text) {
    ReferenceParse parsed = parse_reference(text);
    benchmark::DoNotOptimize(parsed);
  });
}
BENCHMARK(parse_with_ranges)->Iterations(300);

/// The same and the meaning, as views.
void parse_canonical_with_ranges(benchmark::State& state) {
  run(state, [](const std::string& text) {
    ReferenceParse parsed = parse_reference(text);
    benchmark::DoNotOptimize(parsed);
    if (const auto* reference = std::get_if<Reference>(&parsed)) {
      CanonicalView view = canonical_view(*reference, text);
      benchmark::DoNotOptimize(view);
    }
  });
}
BENCHMARK(parse_canonical_with_ranges)->Iterations(300);

/// The same and the meaning, as strings.
void parse_canonical_strings(benchmark::State& state) {
  run(state, [](const std::string& text) {
    const ReferenceParse parsed = parse_reference(text);
    if (const auto* reference = std::get_if<Reference>(&parsed)) {
      CanonicalReference meaning = canonical(*reference, text);
      benchmark::DoNotOptimize(meaning);
    }
  });
}
BENCHMARK(parse_canonical_strings)->Iterations(300);

/// A faulty reference: the grammar refuses it, the state table finds the place.
void parse_faulty(benchmark::State& state) {
  run(state, [](std::string text) {
    text.push_back('!');
    ReferenceParse parsed = parse_reference(text);
    benchmark::DoNotOptimize(parsed);
  });
}
BENCHMARK(parse_faulty)->Iterations(300);

}  // namespace
