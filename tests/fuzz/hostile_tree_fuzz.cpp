// A whole tree from a stranger: links, pipes, ignore files, configuration, env files, compose files,
// Dockerfiles, locks, parts of `.git`. Whatever it holds, a run over it ends, changes nothing outside, and
// shows nothing of what lies there.
//
// The input is a list of lines. `= NAME` begins a file, whose text are the lines up to the next one of these;
// `> NAME TARGET` makes a symbolic link, in whose target `@` is a folder outside; `| NAME` a pipe. `+` makes
// a git repository of what there is so far.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdlib.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "base/process.hpp"
#include "source/disk_file_system.hpp"
#include "tests/fuzz/support/require.hpp"
#include "tests/support/in_process.hpp"

namespace {

namespace fs = std::filesystem;
using imglint::fuzz::require;

const std::string canary = "canary-d41d8cd9";
const std::string outside_files[] = {"Dockerfile", "env", "config.yaml", "lock.json", "b/Dockerfile"};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Tree {
 public:
  Tree() : was_in_(fs::current_path()) {
    std::string pattern = (fs::temp_directory_path() / "imglint-fuzz-XXXXXX").string();
    require(mkdtemp(pattern.data()) != nullptr, "a temporary folder can be made");
    top_ = pattern;
    fs::create_directories(top_ / "outside/b");
    fs::create_directories(tree());
    for (const std::string& name : outside_files) std::ofstream(outside() / name) << text_outside();
  }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree() {
    std::error_code ignored;
    fs::current_path(was_in_, ignored);  // from where the fuzzer reads its own files
    fs::remove_all(top_, ignored);
  }

  [[nodiscard]] fs::path tree() const { return top_ / "tree"; }
  [[nodiscard]] fs::path outside() const { return top_ / "outside"; }
  [[nodiscard]] bool outside_is_untouched() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(outside()))
      count += entry.is_directory() ? 0 : 1;
    for (const std::string& name : outside_files)
      if (content_of(outside() / name) != text_outside()) return false;
    return count == std::size(outside_files);
  }

  void lay(std::string_view input) {
    std::ofstream file;
    while (!input.empty()) {
      const std::string line(input.substr(0, input.find('\n')));
      input.remove_prefix(std::min(line.size() + 1, input.size()));
      const bool marked = line.size() > 2 && line[1] == ' ';
      if (line == "+") {
        file.close();
        git({"init", "-q", "--template="});
        git({"add", "-A"});
      } else if (marked && (line[0] == '=' || line[0] == '>' || line[0] == '|')) {
        file.close();
        add(line[0], line.substr(2), file);
      } else {
        file << line << '\n';
      }
    }
  }

 private:
  /// Not for long: git itself waits for a FIFO that is called as one of its files.
  void git(const std::vector<std::string>& words) const {
    imglint::Invocation command{.words = {"git", "-C", tree().string()},
                                .patience = {.longest = std::chrono::seconds(2)}};
    command.words.insert(command.words.end(), words.begin(), words.end());
    (void)imglint::run(command);
  }
  static std::string text_outside() { return "FROM " + canary + "\nHUB=" + canary + "\n"; }

  /// Where a name of the input may be laid: in the tree, by no link that was laid before.
  [[nodiscard]] fs::path place_of(const std::string& name) const {
    const fs::path path = (tree() / name).lexically_normal();
    std::error_code failed;
    const fs::path real = fs::weakly_canonical(path.parent_path(), failed);
    const bool inside = !failed && (real.string() + "/").starts_with(tree().string() + "/");
    if (!inside || path.filename().empty() || name.find('\0') != std::string::npos) return {};
    fs::create_directories(real, failed);
    if (failed || fs::symlink_status(path).type() != fs::file_type::not_found) return {};
    return path;
  }
  void add(char kind, const std::string& words, std::ofstream& file) {
    const std::size_t blank = kind == '>' ? words.find(' ') : words.npos;
    const fs::path path = place_of(words.substr(0, blank));
    if (path.empty()) return;
    std::error_code ignored;
    if (kind == '=') file.open(path, std::ios::binary);
    if (kind == '|') (void)mkfifo(path.c_str(), 0600);
    if (kind != '>' || blank == words.npos) return;
    std::string target = words.substr(blank + 1);
    if (target.starts_with('@')) target = outside().string() + target.substr(1);
    fs::create_symlink(target, path, ignored);
  }

  fs::path was_in_;
  fs::path top_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = imglint::fuzz::text_of(data, size);
  Tree tree;
  tree.lay(input);
  fs::current_path(tree.tree());
  imglint::DiskFileSystem disk;
  const bool may_show = input.find("canary") != input.npos;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"check"},
           {"list", "--since", "HEAD"},
           {"check", "--fix", "--unsafe-fixes"},
           {"retarget", "--to", "ghcr.io/org", "--edit-env", "--lock", "made.lock"},
           {"retarget", "--revert", "made.lock"},
           {"retarget", "--revert", "lock.json"},
           {"init", "--force"}}) {
    const imglint::test::ProgramRun run = imglint::test::run_program_in(disk, words);
    require(run.code >= 0 && run.code <= 2, "the exit code is one of three");
    require(tree.outside_is_untouched(), "nothing outside changes: " + words[0]);
    require(may_show || (run.out + run.err).find(canary) == std::string::npos,
            "nothing of what lies outside is shown: " + words[0]);
  }
  return 0;
}
