// The whole program against grep and other linters on a generated tree: what they cost, run in turn, as
// ratios.
//   run_bench PROGRAM [FILES] [ROUNDS]     prints tables in Markdown; IMGLINT_CORPUS names a folder of real
//   files
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/bench/tree.hpp"

namespace imglint::bench {
namespace {

using Words = std::vector<std::string>;

struct Cost {
  double wall = 0;    ///< seconds
  double cpu = 0;     ///< seconds of all threads, user and system
  double memory = 0;  ///< MiB at most
};

/// Runs a program that writes into a file: grep stops at a first match when it sees that nobody reads on. A
/// cost of zero if it cannot be started.
Cost cost_of(const Words& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> output(std::tmpfile(), &std::fclose);
  if (!output) std::abort();
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    dup2(open("/dev/null", O_RDONLY), 0);
    for (const int stream : {1, 2}) dup2(fileno(output.get()), stream);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage = {};
  if (child < 0 || wait4(child, &status, 0, &usage) != child ||
      (WIFEXITED(status) && WEXITSTATUS(status) == 127))
    return {};
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

struct Contender {
  std::string name;
  Words words;
  std::vector<Cost> costs = {};
};

double median_of(const Contender& contender, double Cost::*what) {
  std::vector<double> values;
  for (const Cost& cost : contender.costs) values.push_back(cost.*what);
  return median(values);
}

/// Of the same round: what else the machine does then weighs on both.
double ratio(const Contender& contender, const Contender& base, double Cost::*what) {
  std::vector<double> values;
  for (std::size_t i = 0; i < contender.costs.size(); ++i)
    if (base.costs[i].*what > 0) values.push_back(contender.costs[i].*what / (base.costs[i].*what));
  return median(values);
}

void run_in_turn(std::vector<Contender>& contenders, int rounds) {
  for (int round = -1; round < rounds; ++round)  // one before the first warms the caches
    for (Contender& contender : contenders) {
      const Cost cost = cost_of(contender.words);
      if (round >= 0) contender.costs.push_back(cost);
    }
}

bool on_path(const std::string& program) { return cost_of({program, "--version"}).wall > 0; }

std::string milliseconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, seconds < 0.02 ? "%.1f ms" : "%.0f ms", seconds * 1000);
  return text;
}

void print_table(const std::string& title, const std::vector<Contender>& contenders) {
  std::printf(
      "\n%s\n\n| | wall | CPU | memory | wall, times %s | CPU, times %s |\n|---|---|---|---|---|---|\n",
      title.c_str(), contenders[0].name.c_str(), contenders[0].name.c_str());
  for (const Contender& each : contenders)
    std::printf("| %s | %s | %s | %.1f MiB | %.2f | %.2f |\n", each.name.c_str(),
                milliseconds(median_of(each, &Cost::wall)).c_str(),
                milliseconds(median_of(each, &Cost::cpu)).c_str(), median_of(each, &Cost::memory),
                ratio(each, contenders[0], &Cost::wall), ratio(each, contenders[0], &Cost::cpu));
  std::fflush(stdout);
}

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "imglint-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Words check_words(const std::string& program, const std::string& path) {
  return {program, "check", "--isolated", "--format", "compact", path};
}

std::vector<Contender> contenders_for(const std::string& program, const std::string& path) {
  std::vector<Contender> result = {{"grep", {"grep", "-rniE", "^ *(FROM|image:)", path}},
                                   {"imglint check", check_words(program, path)},
                                   {"imglint list", {program, "list", path}}};
  const std::string find = "find '" + path + "' -type f ";
  if (on_path("hadolint"))
    result.push_back({"hadolint", {"sh", "-c", find + "-name 'Dockerfile*' -print0 | xargs -0 hadolint"}});
  if (on_path("dclint")) result.push_back({"dclint", {"dclint", "-r", path}});
  return result;
}

void compare(const std::string& program, const std::string& title, const std::string& path, int rounds) {
  std::vector<Contender> contenders = contenders_for(program, path);
  run_in_turn(contenders, rounds);
  print_table(title, contenders);
}

/// With names by which a walk knows compose files.
void copy_corpus(const std::string& corpus, const std::string& folder) {
  std::size_t number = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    const bool is_yaml = entry.path().extension() == ".yml" || entry.path().extension() == ".yaml";
    if (!entry.is_regular_file()) continue;
    const std::string name = is_yaml ? "docker-compose." : "";
    const std::string below = folder + "/" + std::to_string(number++ / 20);
    std::filesystem::create_directories(below);
    std::filesystem::copy_file(
        entry, below + "/" + name + std::to_string(number) + "." + entry.path().filename().string());
  }
}

void compare_start(const std::string& program, int rounds) {
  const Folder folder;
  const std::string file = folder.path() + "/Dockerfile";
  std::FILE* stream = std::fopen(file.c_str(), "w");
  std::fputs("FROM nginx:1.27\nRUN true\n", stream);
  std::fclose(stream);
  std::vector<Contender> contenders = {{"true", {"/bin/true"}},
                                       {"imglint check", check_words(program, file)}};
  run_in_turn(contenders, rounds * 5);
  print_table("Start: one small file", contenders);
  std::printf(
      "\nCPU above /bin/true: %s\n",
      milliseconds(median_of(contenders[1], &Cost::cpu) - median_of(contenders[0], &Cost::cpu)).c_str());
}

/// What a file costs as a part of a compose project, beside what it costs alone.
void compare_projects(const std::string& program, std::size_t projects, int rounds) {
  const Folder alone, together;
  const std::size_t files = make_projects(alone.path(), projects, false);
  static_cast<void>(make_projects(together.path(), projects, true));
  std::vector<Contender> contenders = {{"files alone", check_words(program, alone.path())},
                                       {"files in projects", check_words(program, together.path())}};
  run_in_turn(contenders, rounds);
  print_table(std::to_string(projects) + " compose projects, " + std::to_string(files) + " files",
              contenders);
}

void show_growth(const std::string& program, const std::vector<std::size_t>& counts) {
  std::printf(
      "\nGrowth with the number of files\n\n| files | size | wall | CPU | CPU a file | memory |\n"
      "|---|---|---|---|---|---|\n");
  for (const std::size_t count : counts) {
    const Folder folder;
    const std::size_t bytes = make_tree(folder.path(), count);
    std::vector<Contender> one = {{"imglint check", check_words(program, folder.path())}};
    run_in_turn(one, 3);
    const double cpu = median_of(one[0], &Cost::cpu);
    std::printf("| %zu | %.1f MB | %s | %s | %.1f us | %.1f MiB |\n", count, static_cast<double>(bytes) / 1e6,
                milliseconds(median_of(one[0], &Cost::wall)).c_str(), milliseconds(cpu).c_str(),
                cpu * 1e6 / static_cast<double>(count), median_of(one[0], &Cost::memory));
    std::fflush(stdout);
  }
  std::printf(
      "\nGrowth with the size of files, 500 of them\n\n| size of all | CPU | CPU a MB |\n|---|---|---|\n");
  for (const double scale : {1.0, 4.0, 16.0}) {
    const Folder folder;
    const double bytes = static_cast<double>(make_tree(folder.path(), 500, scale));
    std::vector<Contender> one = {{"imglint check", check_words(program, folder.path())}};
    run_in_turn(one, 3);
    const double cpu = median_of(one[0], &Cost::cpu);
    std::printf("| %.1f MB | %s | %s |\n", bytes / 1e6, milliseconds(cpu).c_str(),
                milliseconds(cpu / bytes * 1e6).c_str());
  }
}

}  // namespace
}  // namespace imglint::bench

int main(int argc, char** argv) {
  using namespace imglint::bench;
  if (argc < 2 || argc > 4) {
    std::fprintf(stderr, "usage: %s PROGRAM [FILES] [ROUNDS]\n", argv[0]);
    return 2;
  }
  const std::string program = argv[1];
  const std::size_t files = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 10'000;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 7;
  {
    const Folder folder;
    const std::size_t bytes = make_tree(folder.path(), files);
    char title[100];
    std::snprintf(title, sizeof title, "%zu generated files, %.1f MB, medians of %d rounds", files,
                  static_cast<double>(bytes) / 1e6, rounds);
    compare(program, title, folder.path(), rounds);
  }
  if (const char* corpus = std::getenv("IMGLINT_CORPUS")) {
    const Folder folder;
    copy_corpus(corpus, folder.path());
    compare(program, "Real files", folder.path(), rounds);
  }
  compare_projects(program, files / 10, rounds);
  compare_start(program, rounds);
  show_growth(program, {files / 10, files, files * 10});
  return 0;
}
