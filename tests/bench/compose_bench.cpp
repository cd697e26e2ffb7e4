// How long reading a compose file takes: the usual ones, their size doubled, and what yaml-cpp alone needs.
#include <string>

#include <benchmark/benchmark.h>

#include "kinds/compose/read.hpp"
#include "yaml/events.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint {
namespace {

/// A file of the usual kind: mostly plain images, some variables, a build, environments.
std::string usual_file(std::int64_t services) {
  std::string text = "x-logging: &logging\n  logging: {driver: json-file}\nservices:\n";
  for (std::int64_t number = 0; number < services; ++number) {
    const std::string name = std::to_string(number);
    text += "  service-" + name + ":\n    <<: *logging\n";
    text += number % 8 == 7 ? "    build:\n      context: .\n      args: [VERSION=" + name + "]\n"
                            : "    image: ghcr.io/example/service-" + name + ":${TAG:-1." + name + "}\n";
    text += "    restart: always\n    environment:\n      LEVEL: info\n      NAME: \"" + name +
            "\"\n    ports: [\"80:80\"]\n";
  }
  return text;
}

void read_usual_file(benchmark::State& state) {
  const Source source("compose.yaml", usual_file(state.range(0)));
  const ReadOptions options{.max_bytes = 64u << 20};
  for (auto _ : state) benchmark::DoNotOptimize(read_compose(source, options));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(source.bytes().size()));
}
BENCHMARK(read_usual_file)->Arg(8)->Arg(1000)->Arg(2000);

void parse_usual_file(benchmark::State& state) {
  const Source source("compose.yaml", usual_file(state.range(0)));
  for (auto _ : state) {
    Arena arena;
    benchmark::DoNotOptimize(yaml::parse(source, 64u << 20, arena));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(source.bytes().size()));
}
BENCHMARK(parse_usual_file)->Arg(8)->Arg(1000);

void verify_one_edit(benchmark::State& state) {
  const Source source("compose.yaml", usual_file(8));
  const auto at = static_cast<std::uint32_t>(source.bytes().find("ghcr.io"));
  EditSet edits(source);
  if (edits.add({{&source, {at, at + 7}, "quay.io"}})) return state.SkipWithError("the edit was refused");
  for (auto _ : state) benchmark::DoNotOptimize(verify_yaml_edits(edits));
}
BENCHMARK(verify_one_edit);

}  // namespace
}  // namespace imglint
