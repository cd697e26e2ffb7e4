#include "tests/bench/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace imglint::bench {
namespace {

/// A cost of zero if it cannot be started.
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
  return {.wall = wall.count(),
          .cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .system = seconds(usage.ru_stime),
          .memory = static_cast<double>(usage.ru_maxrss) / 1024};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace

void run_in_turn(std::vector<Contender>& contenders, int rounds) {
  for (int round = -1; round < rounds; ++round)
    for (Contender& contender : contenders) {
      const Cost cost = cost_of(contender.words);
      if (round >= 0) contender.costs.push_back(cost);
    }
}

bool on_path(const std::string& program) { return cost_of({program, "--version"}).wall > 0; }

double median_of(const Contender& contender, double Cost::*what) {
  std::vector<double> values;
  for (const Cost& cost : contender.costs) values.push_back(cost.*what);
  return median(values);
}

double ratio(const Contender& contender, const Contender& base, double Cost::*what) {
  std::vector<double> values;
  for (std::size_t i = 0; i < contender.costs.size(); ++i)
    if (base.costs[i].*what > 0) values.push_back(contender.costs[i].*what / (base.costs[i].*what));
  return median(values);
}

std::string milliseconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, seconds < 0.02 ? "%.1f ms" : "%.0f ms", seconds * 1000);
  return text;
}

std::optional<std::size_t> calls_of(const Words& words) {
  if (!on_path("strace")) return std::nullopt;
  const Folder folder;
  Words traced = {"strace", "-f", "-c", "-o", folder.path() + "/counts"};
  traced.insert(traced.end(), words.begin(), words.end());
  static_cast<void>(cost_of(traced));
  // The last line: percent, seconds, microseconds a call (of newer ones), calls, errors, `total`.
  std::ifstream counts(folder.path() + "/counts");
  for (std::string line; std::getline(counts, line);) {
    if (!line.ends_with(" total")) continue;
    std::istringstream columns(line);
    std::vector<std::string> found;
    for (std::string column; columns >> column;) found.push_back(column);
    const bool has_average = found.size() > 3 && found[2].find_first_not_of("0123456789") == found[2].npos &&
                             found[3].find_first_not_of("0123456789") == found[3].npos;
    return std::strtoul(found[has_average ? 3 : 2].c_str(), nullptr, 10);
  }
  return std::nullopt;
}

void print_table(const std::string& title, const std::vector<Contender>& contenders) {
  const std::string& base = contenders[0].name;
  std::printf(
      "\n### %s\n\n| | wall | CPU | system | memory | wall, times %s | CPU, times %s |\n"
      "|---|---|---|---|---|---|---|\n",
      title.c_str(), base.c_str(), base.c_str());
  for (const Contender& each : contenders)
    std::printf("| %s | %s | %s | %s | %.1f MiB | %.2f | %.2f |\n", each.name.c_str(),
                milliseconds(median_of(each, &Cost::wall)).c_str(),
                milliseconds(median_of(each, &Cost::cpu)).c_str(),
                milliseconds(median_of(each, &Cost::system)).c_str(), median_of(each, &Cost::memory),
                ratio(each, contenders[0], &Cost::wall), ratio(each, contenders[0], &Cost::cpu));
  std::fflush(stdout);
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "imglint-bench-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

}  // namespace imglint::bench
