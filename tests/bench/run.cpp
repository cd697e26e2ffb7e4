// The whole program against grep and other linters on a generated tree: what they cost, run in turn, as
// ratios.
//   run_bench PROGRAM [FILES] [ROUNDS]     prints tables in Markdown; IMGLINT_CORPUS names a folder of real
//   files
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/measure.hpp"
#include "tests/bench/tree.hpp"

namespace imglint::bench {
namespace {

Words check_words(const std::string& program, const std::string& path,
                  const std::string& format = "compact") {
  return {program, "check", "--isolated", "--format", format, path};
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

std::size_t files_in(const std::string& path) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    count += entry.is_regular_file() ? 1U : 0U;
  return count;
}

void print_calls(const std::string& program, const std::string& path) {
  if (const auto calls = calls_of(check_words(program, path)))
    std::printf("\nCalls to the system for a file: %.1f\n",
                static_cast<double>(*calls) / static_cast<double>(files_in(path)));
}

void compare(const std::string& program, const std::string& title, const std::string& path, int rounds) {
  std::vector<Contender> contenders = contenders_for(program, path);
  run_in_turn(contenders, rounds);
  print_table(title, contenders);
  print_calls(program, path);
}

/// Not what only tells of the others.
bool is_of_corpus(const std::filesystem::directory_entry& entry) {
  const std::string extension = entry.path().extension().string();
  return entry.is_regular_file() && extension != ".md" && extension != ".jsonl";
}

/// Those of a folder of the corpus so many times, each in a folder of its own and under a name that is
/// walked.
void copy_alone(const std::string& corpus, const std::string& name, int times, const std::string& folder) {
  std::size_t number = 0;
  for (int time = 0; time < times; ++time)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
      if (!is_of_corpus(entry)) continue;
      const std::string in = folder + "/d" + std::to_string(number / 1000) + "/" + std::to_string(number);
      ++number;
      std::filesystem::create_directories(in);
      std::filesystem::copy_file(entry, in + "/" + name);
    }
}

void compare_real(const std::string& program, const std::string& corpus, int rounds) {
  constexpr int times = 10;
  for (const auto& [part, name] :
       {std::pair("dockerfiles", "Dockerfile"), std::pair("compose", "docker-compose.yml")}) {
    const std::string from = corpus + "/" + part;
    if (!std::filesystem::is_directory(from)) continue;
    const Folder folder;
    copy_alone(from, name, times, folder.path());
    compare(
        program,
        "Real " + std::string(name) + " files, each " + std::to_string(times) + " times, a folder for each",
        folder.path(), rounds);
  }
}

/// What a tree takes that mostly is nothing to read, against a search for one word; what is of no kind alone,
/// against reading it.
void compare_other_yaml(const std::string& program, std::size_t files, int rounds) {
  const Folder mixed, of_no_kind;
  const std::size_t known = files * 8 / 29;
  static_cast<void>(make_other_yaml(mixed.path(), known, files - known));
  std::vector<Contender> contenders = {{"grep -rl", {"grep", "-rl", "image", mixed.path()}},
                                       {"imglint check", check_words(program, mixed.path())}};
  run_in_turn(contenders, rounds);
  print_table(std::to_string(files) + " YAML files, " + std::to_string(files - known) + " of no kind",
              contenders);
  const double bytes = static_cast<double>(make_other_yaml(of_no_kind.path(), 0, files - known));
  std::vector<Contender> scans = {
      {"cat", {"sh", "-c", "find '" + of_no_kind.path() + "' -type f -print0 | xargs -0 cat"}},
      {"imglint check", check_words(program, of_no_kind.path())}};
  run_in_turn(scans, rounds);
  print_table("Those of no kind alone", scans);
  for (const Contender& each : scans)
    std::printf("\n%s: %.0f MB a second of CPU\n", each.name.c_str(),
                bytes / 1e6 / median_of(each, &Cost::cpu));
}

/// The most memory that each format of a report takes.
void show_formats(const std::string& program, const std::vector<std::size_t>& counts, bool folder_each) {
  std::printf("\n### Memory by format%s\n\n| format |", folder_each ? ", a folder for each file" : "");
  for (const std::size_t count : counts) std::printf(" %zu files |", count);
  std::printf("\n|---|");
  for (std::size_t i = 0; i < counts.size(); ++i) std::printf("---|");
  std::vector<Folder> folders(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i)
    static_cast<void>(folder_each ? make_dockerfiles(folders[i].path(), counts[i])
                                  : make_tree(folders[i].path(), counts[i]));
  for (const char* format : {"compact", "text", "json", "jsonl", "sarif", "github", "gitlab", "junit",
                             "checkstyle", "rdjson", "html"}) {
    std::printf("\n| %s |", format);
    for (const Folder& folder : folders) {
      std::vector<Contender> one = {{format, check_words(program, folder.path(), format)}};
      run_in_turn(one, 1);
      std::printf(" %.1f MiB, %s |", median_of(one[0], &Cost::memory),
                  milliseconds(median_of(one[0], &Cost::wall)).c_str());
      std::fflush(stdout);
    }
  }
  std::printf("\n");
}

/// With names by which a walk knows compose files.
void copy_corpus(const std::string& corpus, const std::string& folder) {
  std::size_t number = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    const bool is_yaml = entry.path().extension() == ".yml" || entry.path().extension() == ".yaml";
    if (!is_of_corpus(entry)) continue;
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
      "\n### Growth with the number of files\n\n| files | size | wall | CPU | CPU a file | memory |\n"
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
      "\n### Growth with the size of files, 500 of them\n\n| size of all | CPU | CPU a MB "
      "|\n|---|---|---|\n");
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
  {
    const Folder folder;
    static_cast<void>(make_dockerfiles(folder.path(), files / 2));
    compare(program, std::to_string(files / 2) + " generated Dockerfiles, a folder for each", folder.path(),
            rounds);
  }
  if (const char* corpus = std::getenv("IMGLINT_CORPUS")) {
    const Folder folder;
    copy_corpus(corpus, folder.path());
    compare(program, "Real files", folder.path(), rounds);
    compare_real(program, corpus, rounds);
  }
  compare_other_yaml(program, files * 29 / 10, rounds);
  compare_projects(program, files / 10, rounds);
  compare_start(program, rounds);
  show_growth(program, {files / 10, files, files * 10});
  show_formats(program, {files, files * 10}, false);
  show_formats(program, {files, files * 10}, true);
  return 0;
}
