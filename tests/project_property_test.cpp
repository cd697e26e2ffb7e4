// Made-up compose projects of up to 30 files, whose meaning their maker knows: which image each service has,
// and which file supplied it. And projects that are made to hurt.
#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;

/// File and value of the image that a service has in the end.
using Truth = std::map<std::string, std::pair<std::string, std::string>>;

class ProjectMaker {
 public:
  explicit ProjectMaker(unsigned seed) : random_(seed) {}

  void make() {
    services_of_main();
    for (int i = 0; i < pick(0, 5); ++i) add_include(i);
    for (int i = 0; i < pick(0, 4); ++i) add_base(i);
    std::string text = includes_.empty() ? "" : "include:\n" + includes_;
    write("compose.yaml", text + "services:\n" + main_ + "  last:\n    image: acme/last:1\n");
    set("last", "compose.yaml", "acme/last:1");
    if (pick(0, 1) == 1) add_override();
  }

  std::map<std::string, std::string> files;
  [[nodiscard]] const Truth& truth() const { return truth_; }

 private:
  int pick(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  std::string image() { return "acme/i" + std::to_string(images_++) + ":1"; }
  void write(const std::string& path, const std::string& text) { files["/p/" + path] = text; }

  void set(const std::string& service, const std::string& file, const std::string& value) {
    truth_[service] = {"/p/" + file, value};
  }

  void services_of_main() {
    for (int i = 0; i < pick(1, 6); ++i) {
      const std::string name = "m" + std::to_string(i);
      const std::string value = image();
      main_ += "  " + name + ":\n    image: " + value + "\n";
      set(name, "compose.yaml", value);
    }
  }

  /// An included folder with an env file of its own; some of its services stand in the main file, too, or in
  /// an earlier include: those hold.
  void add_include(int number) {
    const std::string folder = "inc" + std::to_string(number);
    const std::string path = folder + "/compose.yaml";
    includes_ += pick(0, 1) == 1 ? "  - " + path + "\n" : "  - path: " + path + "\n";
    const bool has_env = pick(0, 1) == 1;
    if (has_env) write(folder + "/.env", "TAG=t" + std::to_string(number) + "\n");
    std::string text = "services:\n";
    for (int i = 0; i < pick(1, 4); ++i) {
      const bool is_shared = pick(0, 3) == 0;
      const std::string name = is_shared ? "m" + std::to_string(pick(0, 5))
                                         : "s" + std::to_string(number) + "x" + std::to_string(i);
      if (text.find("  " + name + ":\n") != std::string::npos) continue;
      const std::string repository = "acme/i" + std::to_string(images_++);
      text += "  " + name + ":\n    image: " + repository + ":${TAG:-none}\n";
      if (truth_.contains(name)) continue;
      set(name, path, repository + ":" + (has_env ? "t" + std::to_string(number) : "none"));
    }
    write(path, text);
  }

  /// A file that is only extended: its neighbours are no services.
  void add_base(int number) {
    const std::string path = "base" + std::to_string(number) + "/common.inc.yaml";
    const std::string value = image();
    write(path, "services:\n  base:\n    image: " + value + "\n  neighbour:\n    image: " + image() + "\n");
    const std::string name = "e" + std::to_string(number);
    main_ += "  " + name + ":\n    extends:\n      file: " + path + "\n      service: base\n";
    set(name, path, value);
    if (pick(0, 1) == 0) return;
    const std::string own = image();
    main_ += "    image: " + own + "\n";
    set(name, "compose.yaml", own);
  }

  void add_override() {
    const std::string path = pick(0, 1) == 1 ? "compose.override.yaml" : "docker-compose.override.yml";
    std::string text = "services:\n";
    for (auto& [name, supplied] : truth_) {
      if (pick(0, 2) != 0) continue;
      const std::string value = image();
      text += "  " + name + ":\n    image: " + value + "\n";
      supplied = {"/p/" + path, value};
    }
    text += "  more:\n    image: acme/more:1\n";
    set("more", path, "acme/more:1");
    write(path, text);
  }

  std::mt19937 random_;
  int images_ = 0;
  std::string main_;
  std::string includes_;
  Truth truth_;
};

/// The images that count, of the files below /p.
std::set<std::pair<std::string, std::string>> counting(const std::string& output) {
  std::set<std::pair<std::string, std::string>> found;
  for (const std::string& line : split(output, '\n')) {
    const Json row = Json::parse(line, nullptr, false);
    if (!row.is_discarded() && row["active"].get<bool>() && row["role"] == "image")
      found.emplace(row["file"].get<std::string>(), row["value"].get<std::string>());
  }
  return found;
}

TEST(MadeUpProjects, HaveTheImagesThatTheirMakerMeant) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    ProjectMaker maker(seed);
    maker.make();
    MemoryFileSystem disk;
    disk.put("/p/.git/HEAD", "");
    for (const auto& [path, text] : maker.files) disk.put(path, text);
    std::set<std::pair<std::string, std::string>> wanted;
    for (const auto& [service, supplied] : maker.truth()) wanted.insert(supplied);
    const ProgramRun run = run_program_in(disk, {"list", "--format", "jsonl", "/p"});
    ASSERT_EQ(run.code, 0) << "seed " << seed << ": " << run.err;
    ASSERT_EQ(counting(run.out), wanted) << "seed " << seed;
  }
}

TEST(MadeUpProjects, AMoveEditsTheFileThatSuppliesTheValueAndIsDoneOnce) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    ProjectMaker maker(seed);
    maker.make();
    MemoryFileSystem disk;
    disk.put("/p/.git/HEAD", "");
    for (const auto& [path, text] : maker.files) disk.put(path, text);
    const std::vector<std::string> move = {"retarget", "--to", "ghcr.io/org", "/p"};
    ASSERT_EQ(run_program_in(disk, move).code, 0) << "seed " << seed;
    std::map<std::string, std::string> once;
    for (const auto& [path, text] : maker.files) once[path] = disk.bytes(path);
    for (const auto& [service, supplied] : maker.truth()) {
      const std::string& path = supplied.first;
      EXPECT_NE(once[path].find("ghcr.io/org/"), std::string::npos) << "seed " << seed << ": " << service;
    }
    ASSERT_EQ(run_program_in(disk, move).code, 0) << "seed " << seed;
    for (const auto& [path, text] : once) EXPECT_EQ(disk.bytes(path), text) << "seed " << seed;
  }
}

struct Hostile {
  std::string name;
  std::map<std::string, std::string> files;
  std::string message;  ///< that is printed
};

std::vector<Hostile> hostile_projects() {
  std::vector<Hostile> all;
  all.push_back({"a file that includes itself",
                 {{"compose.yaml", "include: [compose.yaml]\nservices: {a: {image: x}}\n"}},
                 "cycle"});
  all.push_back(
      {"a folder", {{"compose.yaml", "include: [sub]\n"}, {"sub/compose.yaml", "services: {}\n"}}, "sub"});
  Hostile many{"many includes", {}, ""};
  std::string list = "include:\n";
  for (int i = 0; i < 10'000; ++i) {
    const std::string name = "f" + std::to_string(i) + ".yaml";
    list += "- " + name + "\n";
    many.files[name] = "services: {s" + std::to_string(i) + ": {image: \"acme/a:1\"}}\n";
  }
  many.files["compose.yaml"] = list;
  all.push_back(std::move(many));
  Hostile deep{"deep includes", {}, "250 deep"};
  for (int i = 0; i < 1000; ++i)
    deep.files[i == 0 ? "compose.yaml" : "d" + std::to_string(i) + ".yaml"] =
        "include: [d" + std::to_string(i + 1) + ".yaml]\nservices: {s" + std::to_string(i) +
        ": {image: x}}\n";
  deep.files["d1000.yaml"] = "services: {}\n";
  all.push_back(std::move(deep));
  Hostile twice{"each file includes the next one twice", {}, ""};
  for (int i = 0; i < 60; ++i)
    twice.files[i == 0 ? "compose.yaml" : "t" + std::to_string(i) + ".yaml"] =
        "include: [t" + std::to_string(i + 1) + ".yaml, t" + std::to_string(i + 1) + ".yaml]\n";
  twice.files["t60.yaml"] = "services: {s: {image: x, build: {context: ., cache_from: [a, b]}}}\n";
  all.push_back(std::move(twice));
  Hostile chain{"a long chain of extends", {}, "250 services"};
  std::string services = "services:\n";
  for (int i = 0; i < 5000; ++i)
    services += "  s" + std::to_string(i) + ": {extends: s" + std::to_string(i + 1) + "}\n";
  chain.files["compose.yaml"] = services + "  s5000: {image: x}\n";
  all.push_back(std::move(chain));
  all.push_back({"extends in a circle",
                 {{"compose.yaml", "services:\n  a: {extends: b}\n  b: {extends: a}\n"}},
                 "circular"});
  return all;
}

TEST(HostileProjects, EndWithAMessage) {
  for (const Hostile& each : hostile_projects()) {
    MemoryFileSystem disk;
    disk.put("/p/.git/HEAD", "");
    for (const auto& [path, text] : each.files) disk.put("/p/" + path, text);
    const auto begin = std::chrono::steady_clock::now();
    const ProgramRun run = run_program_in(disk, {"list", "/p"});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_NE(run.err.find(each.message), std::string::npos) << each.name << ": " << run.err.substr(0, 500);
    EXPECT_LT(took.count(), 20) << each.name;  // a second, in a build that is made to be fast
  }
}

}  // namespace
}  // namespace imglint::test
