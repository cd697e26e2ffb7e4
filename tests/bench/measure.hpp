// What programs cost: run in turn, so that whatever else the machine does weighs on all of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace imglint::bench {

using Words = std::vector<std::string>;

struct Cost {
  double wall = 0;    ///< seconds
  double cpu = 0;     ///< seconds of all threads, user and system
  double system = 0;  ///< of these the system's
  double memory = 0;  ///< MiB at most
};

/// A program that is measured, with what each round took.
struct Contender {
  std::string name;
  Words words;
  std::vector<Cost> costs = {};
};

/// Runs each so many times, after one round that warms the caches. They write into files: grep stops at a
/// first match when it sees that nobody reads on.
void run_in_turn(std::vector<Contender>& contenders, int rounds);

[[nodiscard]] bool on_path(const std::string& program);
[[nodiscard]] double median_of(const Contender& contender, double Cost::*what);
/// The median of the ratios of each round.
[[nodiscard]] double ratio(const Contender& contender, const Contender& base, double Cost::*what);
[[nodiscard]] std::string milliseconds(double seconds);
/// How many calls a program makes to the system, all threads; nothing without strace.
[[nodiscard]] std::optional<std::size_t> calls_of(const Words& words);
/// A row for each in Markdown, with ratios to the first.
void print_table(const std::string& title, const std::vector<Contender>& contenders);

/// A temporary folder, removed at the end.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace imglint::bench
