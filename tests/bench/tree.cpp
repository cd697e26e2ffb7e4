#include "tests/bench/tree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace imglint::bench {
namespace {

/// The same numbers with every library (SplitMix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
  template <std::size_t count>
  std::string_view one_of(const std::array<std::string_view, count>& choices) {
    return choices[below(count)];
  }
  /// Log-normal: half of all are below 800, one in a hundred is above 48,000.
  double size() {
    double sum = 0;  // of twelve uniform numbers: nearly normal
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(next() >> 11) / 9007199254740992.0;
    return 800 * std::exp((sum - 6) * std::log(60.0) / 2.326);
  }

 private:
  std::uint64_t state_;
};

constexpr std::array<std::string_view, 8> images = {"nginx:1.27",
                                                    "python:3.12-slim",
                                                    "node:22-alpine",
                                                    "ghcr.io/example/app:1.4.2",
                                                    "redis",
                                                    "postgres:16",
                                                    "quay.io/prometheus/node-exporter:v1.8.1",
                                                    "registry.example.com:5000/team/tool:2024.1"};
constexpr std::array<std::string_view, 8> packages = {
    "curl", "git", "ca-certificates", "build-essential", "libpq-dev", "tini", "gnupg", "unzip"};
constexpr std::array<std::string_view, 8> words = {"server", "worker",  "cache",   "queue",
                                                   "proxy",  "metrics", "storage", "gateway"};

std::string number(Random& random, std::size_t below) { return std::to_string(random.below(below)); }

void add_instruction(std::string& text, Random& random, bool first_stage) {
  switch (random.below(8)) {
    case 0:
      text += "RUN apt-get update && apt-get install -y --no-install-recommends \\\n";
      for (std::size_t i = 0; i < 4; ++i)
        text.append("      ").append(random.one_of(packages)).append(" \\\n");
      text += "    && rm -rf /var/lib/apt/lists/*\n";
      return;
    case 1:
      text.append("ENV ")
          .append("NAME_" + number(random, 99))
          .append("=\"")
          .append(random.one_of(words))
          .append("\"\n");
      return;
    case 2:
      text.append("COPY ")
          .append(random.one_of(words))
          .append("/ /srv/")
          .append(random.one_of(words))
          .append("/\n");
      return;
    case 3:
      text.append("# the ")
          .append(random.one_of(words))
          .append(" needs the ")
          .append(random.one_of(words))
          .append("\n");
      return;
    case 4:
      text.append(first_stage ? "COPY " : "COPY --from=build /out/")
          .append(random.one_of(words))
          .append(" /usr/local/bin/\n");
      return;
    case 5:
      text.append("WORKDIR /srv/").append(random.one_of(words)).append("\n");
      return;
    case 6:
      text.append("EXPOSE ").append(std::to_string(1024 + random.below(60000))).append("\n");
      return;
    default:
      text.append("RUN make -C ")
          .append(random.one_of(words))
          .append(" install && echo \"done: $VERSION\"\n");
  }
}

std::string dockerfile(Random& random, std::size_t size) {
  std::string text =
      "# syntax=docker/dockerfile:1\nARG VERSION=" + number(random, 9) + "." + number(random, 30) + "\n";
  text.append("FROM ").append(random.one_of(images)).append(" AS build\n");
  for (bool first_stage = true; text.size() < size;) {
    add_instruction(text, random, first_stage);
    if (random.below(40) != 0) continue;
    text.append("\nFROM ").append(random.one_of(images)).append("\n");
    first_stage = false;
  }
  return text + "CMD [\"/usr/local/bin/server\", \"--port\", \"8080\"]\n";
}

void add_service(std::string& text, Random& random, std::size_t index) {
  text.append("  ").append(random.one_of(words)).append("-" + std::to_string(index) + ":\n");
  if (random.below(8) == 0)
    text += "    build:\n      context: .\n      args:\n        VERSION: \"1.2\"\n";
  else if (random.below(6) == 0)
    text.append("    image: ghcr.io/example/").append(random.one_of(words)).append(":${TAG:-1.4}\n");
  else
    text.append("    image: ").append(random.one_of(images)).append("\n");
  text += "    restart: unless-stopped\n    environment:\n";
  for (std::size_t i = random.below(6); i-- > 0;)
    text.append("      NAME_" + std::to_string(i) + ": ").append(random.one_of(words)).append("\n");
  text.append("      URL: \"http://").append(random.one_of(words)).append(":8080/?a=1\"\n");
  if (random.below(4) == 0) text += "    command: |\n      set -e\n      exec server --port 8080\n";
  if (random.below(2) == 0) text += "    ports:\n      - \"8080:80\"\n      - 9090:90\n";
  if (random.below(3) == 0) text += "    depends_on: [cache, queue]  # in any order\n";
  if (random.below(20) == 0) text += "    <<: *shared\n";
}

std::string compose_file(Random& random, std::size_t size) {
  std::string text;
  const bool shared = random.below(10) == 0;
  if (shared) text += "x-shared: &shared\n  logging:\n    driver: json-file\n\n";
  text += "services:\n";
  for (std::size_t index = 0; index == 0 || text.size() < size; ++index) {
    std::string service;
    add_service(service, random, index);
    if (!shared && service.find("*shared") != service.npos) continue;
    text += service;
  }
  if (random.below(2) == 0) text += "\nvolumes:\n  data:\n\nnetworks:\n  default:\n    driver: bridge\n";
  return text;
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A compose file of the usual size, whose services have names of their own.
std::string part(Random& random, const std::string& prefix) {
  std::string text = "services:\n";
  for (std::size_t i = 0; i < 4; ++i) {
    text += "  " + prefix + std::to_string(i) + ":\n    image: ";
    text.append(random.one_of(images)).append("\n    restart: unless-stopped\n    environment:\n");
    for (std::size_t line = 0; line < 4; ++line)
      text.append("      NAME_" + std::to_string(line) + ": ").append(random.one_of(words)).append("\n");
  }
  return text;
}

std::string manifest(Random& random) {
  std::string text = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ";
  text.append(random.one_of(words)).append("\nspec:\n  template:\n    spec:\n      containers:\n");
  for (std::size_t i = 0; i < 1 + random.below(3); ++i) {
    text.append("        - name: ").append(random.one_of(words)).append("\n          image: ");
    text.append(random.one_of(images)).append("\n          env:\n");
    for (std::size_t line = 0; line < 6; ++line)
      text.append("            - {name: N" + std::to_string(line) + ", value: ")
          .append(random.one_of(words))
          .append("}\n");
  }
  return text;
}

std::string workflow(Random& random) {
  std::string text = "on: push\njobs:\n";
  for (std::size_t i = 0; i < 1 + random.below(4); ++i) {
    text.append("  job" + std::to_string(i) + ":\n    runs-on: ubuntu-24.04\n    container: ");
    text.append(random.one_of(images)).append("\n    steps:\n      - uses: actions/checkout@v4\n");
    for (std::size_t line = 0; line < 5; ++line)
      text.append("      - run: make ").append(random.one_of(words)).append("\n");
  }
  return text;
}

std::string translations(Random& random, std::size_t size) {
  std::string text = "en:\n";
  for (std::size_t i = 0; text.size() < size; ++i) {
    text.append("  ").append(random.one_of(words)).append("_" + std::to_string(i) + ": The ");
    text.append(random.one_of(words)).append(" cannot reach the ").append(random.one_of(words)).append("\n");
  }
  return text;
}

std::string lock_file(Random& random, std::size_t size) {
  std::string text = "lockfileVersion: '9.0'\npackages:\n";
  while (text.size() < size) {
    text.append("  /")
        .append(random.one_of(packages))
        .append("@" + number(random, 20) + "." + number(random, 20));
    text.append(":\n    resolution: {integrity: sha512-");
    for (std::size_t i = 0; i < 5; ++i) text += std::to_string(random.next());
    text += "}\n    engines: {node: '>=18'}\n    dev: true\n";
  }
  return text;
}

std::string dashboard(Random& random) {
  std::string text = "panels:\n";
  while (text.size() < 400'000) {
    text.append("  - title: ").append(random.one_of(words)).append("\n    gridPos: {h: 8, w: 12, x: 0, y: ");
    text.append(number(random, 900)).append("}\n    targets:\n      - expr: sum(rate(");
    text.append(random.one_of(words)).append("_total[5m])) by (instance)\n        refId: A\n");
  }
  return text;
}

/// A thousand files to a folder.
std::string path_of(const std::string& folder, std::size_t index, const std::string& name) {
  const std::string in = folder + "/d" + std::to_string(index / 1000);
  if (index % 1000 == 0) std::filesystem::create_directories(in);
  return in + "/" + name + std::to_string(index) + ".yaml";
}

}  // namespace

std::size_t make_dockerfiles(const std::string& folder, std::size_t files) {
  Random random(20240502);
  std::size_t total = 0;
  for (std::size_t index = 0; index < files; ++index) {
    const std::string in = folder + "/d" + std::to_string(index / 1000) + "/" + std::to_string(index);
    std::filesystem::create_directories(in);
    const std::string text = dockerfile(random, static_cast<std::size_t>(std::min(random.size(), 400'000.0)));
    write(in + "/Dockerfile", text);
    total += text.size();
  }
  return total;
}

std::size_t make_other_yaml(const std::string& folder, std::size_t known, std::size_t unknown) {
  Random random(20260401);
  std::size_t total = 0;
  for (std::size_t index = 0; index < known + unknown; ++index) {
    const auto size = static_cast<std::size_t>(std::min(random.size(), 400'000.0));
    std::string text, name;
    if (index < known)
      text = index % 3 == 0 ? workflow(random) : manifest(random), name = "part-";
    else if (index % 200 == 0)
      text = dashboard(random), name = "dashboard-";
    else
      text = index % 3 == 0 ? lock_file(random, size) : translations(random, size), name = "text-";
    write(path_of(folder, index, name), text);
    total += text.size();
  }
  return total;
}

std::size_t make_projects(const std::string& folder, std::size_t projects, bool together) {
  Random random(20260301);
  const std::string mark = together ? "" : "#";
  for (std::size_t index = 0; index < projects; ++index) {
    const std::string in = folder + "/d" + std::to_string(index / 100) + "/p" + std::to_string(index);
    std::filesystem::create_directories(in + "/base");
    const std::string main =
        mark + "include:\n" + mark + "  - db.yaml\n" + mark +
        "  - {path: queue.yaml, env_file: queue.env}\n" + part(random, "web") + "  worker:\n" + mark +
        "    extends: {file: base/common.yaml, service: job0}\n    image: redis:${TAG}\n";
    write(in + (together ? "/compose.yaml" : "/compose.main.yaml"), main);
    write(in + (together ? "/compose.override.yaml" : "/compose.more.yaml"), part(random, "web"));
    write(in + "/db.yaml", part(random, "db"));
    write(in + "/queue.yaml", part(random, "queue") + "  broker:\n    image: rabbitmq:${BROKER:-4}\n");
    write(in + "/base/common.yaml", part(random, "job"));
    write(in + "/.env", "TAG=7." + number(random, 9) + "\nNAME=value\n");
    write(in + "/queue.env", "BROKER=4." + number(random, 9) + "\n");
  }
  return projects * 5;
}

std::size_t make_tree(const std::string& folder, std::size_t files, double scale) {
  Random random(20240501);
  std::size_t total = 0;
  for (std::size_t index = 0; index < files; ++index) {
    const std::string in =
        folder + "/d" + std::to_string(index / 10'000) + "/d" + std::to_string(index / 100 % 100);
    if (index % 100 == 0) std::filesystem::create_directories(in);
    const auto size = static_cast<std::size_t>(std::min(random.size(), 400'000.0) * scale);
    const std::string name = std::to_string(index);
    const std::string text = index % 2 == 0 ? dockerfile(random, size) : compose_file(random, size);
    std::ofstream(in + (index % 2 == 0 ? "/Dockerfile." + name : "/compose." + name + ".yaml"),
                  std::ios::binary)
        << text;
    total += text.size();
  }
  return total;
}

}  // namespace imglint::bench
