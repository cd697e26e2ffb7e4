// Time to read Dockerfiles, on the processor's clock, beside the time to look at their bytes once. The files
// are those below IMGLINT_CORPUS, or the cases of fixtures/conformance/dockerfiles.jsonl.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "kinds/dockerfile/read.hpp"

namespace {

using namespace imglint;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A file as teams write it: three stages, arguments, a mount, a few continued commands.
constexpr std::string_view usual = R"(# syntax=docker/dockerfile:1
ARG GO=1.22
ARG REGISTRY=docker.io
FROM --platform=$BUILDPLATFORM ${REGISTRY}/library/golang:${GO}-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -o /out/app ./cmd/app

# The files that the web part needs.
FROM node:20-alpine AS web
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci && \
    npm cache clean --force
COPY web .
RUN npm run build

FROM gcr.io/distroless/static:nonroot
LABEL org.opencontainers.image.source="https://example.com/acme/app" \
      org.opencontainers.image.licenses=MIT
COPY --from=build /out/app /app
COPY --from=web /web/dist /srv
COPY --from=ghcr.io/acme/certificates:2024 /etc/ssl/certs/ca.pem /etc/ssl/certs/
ENV PORT=8080 LOG_LEVEL=info
USER nonroot
EXPOSE 8080
HEALTHCHECK --interval=30s CMD ["/app", "-check"]
ENTRYPOINT ["/app"]
)";

using Sources = std::vector<std::unique_ptr<Source>>;

Sources read_corpus() {
  Sources sources;
  const char* corpus = std::getenv("IMGLINT_CORPUS");
  if (corpus == nullptr) return sources;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(corpus) + "/dockerfiles"))
    if (entry.path().extension() == ".Dockerfile")
      sources.push_back(std::make_unique<Source>(entry.path().string(), read_file(entry.path())));
  return sources;
}

Sources read_usual() {
  Sources sources;
  sources.push_back(std::make_unique<Source>("Dockerfile", std::string(usual)));
  return sources;
}

double processor_nanoseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// One iteration is one pass over the files; reports the least time of a pass, for each file and each byte.
template <class Work>
void run(benchmark::State& state, const Sources& sources, Work work) {
  if (sources.empty()) return state.SkipWithError("set IMGLINT_CORPUS to a folder with dockerfiles/");
  std::size_t bytes = 0;
  for (const auto& source : sources) bytes += source->bytes().size();
  double least = std::numeric_limits<double>::max();
  for (auto _ : state) {
    const double begin = processor_nanoseconds();
    for (const auto& source : sources) work(*source);
    least = std::min(least, processor_nanoseconds() - begin);
  }
  state.counters["us_per_file"] = least / 1000 / static_cast<double>(sources.size());
  state.counters["ns_per_byte"] = least / static_cast<double>(bytes);
}

void scan(const Source& source) {
  const std::string_view text = source.bytes();
  const char* at = text.data();
  const char* const end = at + text.size();
  while (const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
    benchmark::DoNotOptimize(found);
    at = static_cast<const char*>(found) + 1;
  }
}

void read(const Source& source) {
  const auto document = read_dockerfile(source, {});
  benchmark::DoNotOptimize(document->uses.size());
}

/// The floor: every line end once.
void lines_of_corpus(benchmark::State& state) { run(state, read_corpus(), scan); }
void read_the_corpus(benchmark::State& state) { run(state, read_corpus(), read); }
void lines_of_usual_file(benchmark::State& state) { run(state, read_usual(), scan); }
void read_usual_file(benchmark::State& state) { run(state, read_usual(), read); }

BENCHMARK(lines_of_corpus)->Iterations(20);
BENCHMARK(read_the_corpus)->Iterations(20);
BENCHMARK(lines_of_usual_file)->Iterations(2000);
BENCHMARK(read_usual_file)->Iterations(2000);

}  // namespace
