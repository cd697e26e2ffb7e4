// imglint retarget over real files (IMGLINT_CORPUS): bytes, references, second runs and the way back.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/in_process.hpp"

namespace imglint::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct CorpusFile {
  std::string name;  ///< below the corpus, as it is read here
  std::string bytes;
};

/// Files of the corpora. Compose files are named `.yml` there; Dockerfiles `.Dockerfile`.
std::vector<CorpusFile> corpus_files(const fs::path& corpus) {
  std::vector<CorpusFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    const fs::path& path = entry.path();
    if (!entry.is_regular_file() || (path.extension() != ".yml" && path.extension() != ".Dockerfile"))
      continue;
    std::ifstream stream(path, std::ios::binary);
    files.push_back(
        {fs::relative(path, corpus).generic_string(), {std::istreambuf_iterator<char>(stream), {}}});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

struct Figures {
  int files = 0;
  int changed = 0;
  int references = 0;
  int edits = 0;
  int moved = 0;
  std::map<std::string, int> refusals;
};

Json list(MemoryFileSystem& files, const std::string& name) {
  return Json::parse(run_program_in(files, {"list", "--format", "json", name}).out);
}

/// What a reference amounts to, its place left out.
std::string identity(const Json& reference) {
  return reference.at("role").dump() + reference.at("kind").dump() + reference.value("path", "") +
         reference.at("value").dump();
}

/// The same references as before, but for those that moved.
void expect_intended(const Json& before, const Json& after, const Json& edits, const std::string& name) {
  const Json& old = before.at("references");
  const Json& fresh = after.at("references");
  ASSERT_EQ(old.size(), fresh.size()) << name;
  std::multiset<std::string> targets;
  for (const Json& edit : edits) {
    targets.insert(edit.at("target").get<std::string>());
    for (const Json& other : edit.value("also", Json::array()))
      targets.insert(other.at("target").get<std::string>());
  }
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (identity(old[i]) == identity(fresh[i])) continue;
    EXPECT_EQ(old[i].at("role"), fresh[i].at("role")) << name;
    const std::string value = fresh[i].at("value");
    // A tag that no file says is not part of the target that was reported.
    EXPECT_TRUE(std::any_of(targets.begin(), targets.end(),
                            [&](const std::string& target) {
                              return value.starts_with(target) || target.find("${") != std::string::npos;
                            }))
        << name << ": " << value;
  }
  EXPECT_EQ(before.at("troubles").size(), after.at("troubles").size()) << name;
}

std::string applied(std::string text, const Json& edits, const std::string& name) {
  std::size_t last = text.size();
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    EXPECT_EQ(edit->at("file"), name);
    const std::size_t start = edit->at("start");
    const std::size_t end = edit->at("end");
    EXPECT_LE(end, last) << name;
    EXPECT_EQ(text.substr(start, end - start), edit->at("old")) << name;
    text.replace(start, end - start, edit->at("new").get<std::string>());
    last = start;
  }
  return text;
}

void retarget_one(const CorpusFile& file, std::vector<std::string> options, const std::string& map,
                  Figures& figures) {
  MemoryFileSystem files;
  files.put(file.name, file.bytes);
  files.put("map.txt", map);
  options.insert(options.begin(), "retarget");
  options.push_back(file.name);
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), options.begin(), options.end());
    return run_program_in(files, more);
  };
  const Json before = list(files, file.name);
  const Json plan = Json::parse(with({"--dry-run", "--format", "json"}).out);
  ++figures.files;
  figures.references += static_cast<int>(before.at("references").size());
  if (!plan.at("error").is_null()) {
    ++figures.refusals["(run) " + plan.at("error").at("kind").get<std::string>()];
    return;
  }
  const Json& edits = plan.at("edits");
  figures.edits += static_cast<int>(edits.size());
  for (const Json& edit : edits)
    figures.moved += 1 + static_cast<int>(edit.value("also", Json::array()).size());
  for (const Json& one : plan.at("unresolved")) ++figures.refusals[one.at("kind").get<std::string>()];

  with({"--lock", "lock.json"});
  const std::string after = files.bytes(file.name);
  EXPECT_EQ(after, applied(file.bytes, edits, file.name)) << file.name;
  if (after == file.bytes) return;
  ++figures.changed;
  expect_intended(before, list(files, file.name), edits, file.name);

  const std::size_t writes = files.writes().size();
  const ProgramRun second = with({"--format", "json"});
  EXPECT_EQ(files.writes().size(), writes) << file.name;
  EXPECT_TRUE(Json::parse(second.out).at("edits").empty()) << file.name;

  const ProgramRun back = run_program_in(files, {"retarget", "--revert", "lock.json"});
  EXPECT_EQ(back.code, 0) << back.err;
  EXPECT_EQ(files.bytes(file.name), file.bytes) << file.name;
}

void print(const std::string& title, const Figures& figures) {
  std::printf("%s: %d files, %d references; %d files changed by %d edits that move %d references\n",
              title.c_str(), figures.files, figures.references, figures.changed, figures.edits,
              figures.moved);
  for (const auto& [kind, count] : figures.refusals) std::printf("  %5d %s\n", count, kind.c_str());
}

class RetargetCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* corpus = std::getenv("IMGLINT_CORPUS");
    if (!corpus) GTEST_SKIP() << "IMGLINT_CORPUS is not set: the corpus of real files is not tested";
    files_ = corpus_files(corpus);
    ASSERT_FALSE(files_.empty());
  }

  void run(const std::string& title, const std::vector<std::string>& options,
           const std::string& map = {}) const {
    Figures figures;
    for (const CorpusFile& file : files_) retarget_one(file, options, map, figures);
    print(title, figures);
    EXPECT_GT(figures.edits, 0);
  }

  std::vector<CorpusFile> files_;
};

TEST_F(RetargetCorpus, MovesToAnOrganisation) { run("--to ghcr.io/org", {"--to", "ghcr.io/org"}); }

TEST_F(RetargetCorpus, KeepsTheSourceInThePath) {
  run("--to harbor.corp/cache --paths source", {"--to", "harbor.corp/cache", "--paths", "source"});
}

TEST_F(RetargetCorpus, FollowsAMapFile) {
  run("--map-file", {"--map-file", "map.txt", "--include", "syntax,built,cache"},
      "docker.io = harbor.corp/hub\nquay.io = harbor.corp/quay\n*.gcr.io = harbor.corp/gcr\n"
      "docker.io/library/alpine = harbor.corp/base/alpine\nmcr.microsoft.com =\n");
}

}  // namespace
}  // namespace imglint::test
