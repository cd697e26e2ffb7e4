// Kustomizations on the real disk: what Kustomize itself builds before and after a move
// (docs/spec/kubernetes.md 5.4), and overlays that lie outside of the given paths. Builds are left out where
// neither `kustomize` nor `kubectl` is installed.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "source/disk_file_system.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/kind_cases.hpp"
#include "tests/support/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

bool is_installed(const std::string& program) {
  const char* path = std::getenv("PATH");
  for (const std::string& folder : split(path ? path : "", ':'))
    if (std::filesystem::exists(std::filesystem::path(folder) / program)) return true;
  return false;
}

/// The command that builds a folder; empty if there is none.
std::string build_command() {
  if (is_installed("kustomize")) return "kustomize build ";
  return is_installed("kubectl") ? "kubectl kustomize " : "";
}

bool is_kustomization(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

/// The output of a build; empty if it fails, as that of a component does.
std::string build(const std::string& command, const std::string& folder) {
  return run_in(folder, {"sh", "-c", command + ". 2>/dev/null || true"});
}

/// `x` of a line `image: x`, of a list or not; empty for all lines without a reference.
std::string_view image_in(std::string_view line) {
  line = trim(line);
  if (line.starts_with("- ")) line.remove_prefix(2);
  for (const std::string_view key : {"image: ", "reference: ", "repository: "})
    if (line.starts_with(key)) return line.substr(key.size());
  return {};
}

struct MovedBuild {
  std::string before;
  std::string after;
  bool is_whole = false;  ///< nothing was refused
};

/// The law: the images after the move are the mapped images of before, and all else is as it was.
class Law {
 public:
  explicit Law(std::vector<std::string> words) : words_(std::move(words)) {}

  void check(const MovedBuild& built) {
    const auto before = split(built.before, '\n'), after = split(built.after, '\n');
    ASSERT_EQ(before.size(), after.size()) << built.before << "became\n" << built.after;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const std::string_view image = image_in(before[i]);
      const bool is_same = before[i] == after[i];
      if (image.empty()) {
        EXPECT_EQ(before[i], after[i]);
      } else if (!is_same || built.is_whole) {
        EXPECT_EQ(image_in(after[i]), mapped(std::string(image))) << "was " << image;
      }
    }
  }

 private:
  std::string mapped(const std::string& image) {
    std::vector<std::string> words = words_;
    words.insert(words.end(), {"--reference", image});
    const ProgramRun run = run_program_in(disk_, words);
    const std::string text = run.out.substr(0, run.out.find('\n'));
    return run.code == 0 && !text.empty() ? text : image;
  }

  std::vector<std::string> words_;
  DiskFileSystem disk_;
};

void check_builds(const std::string& command, const Json& files, const std::vector<std::string>& words) {
  TemporaryFolder folder(true);
  std::set<std::string> built;
  for (const auto& [name, bytes] : files.items()) {
    folder.write(name, bytes.get<std::string>());
    if (is_kustomization(name)) built.insert(std::filesystem::path(folder / name).parent_path());
  }
  std::vector<std::string> before;
  for (const std::string& one : built) before.push_back(build(command, one));
  DiskFileSystem disk;
  std::vector<std::string> all = words;
  all.push_back(folder.path());
  const ProgramRun run = run_program_in(disk, all);
  ASSERT_LE(run.code, 1) << run.err;
  Law law(words);
  auto text = before.begin();
  for (const std::string& one : built) {
    SCOPED_TRACE(one);
    if (!text->empty()) law.check({*text, build(command, one), run.code == 0});
    ++text;
  }
}

/// A base on the network would be asked for.
bool is_local(const Json& files) {
  for (const auto& [name, bytes] : files.items()) {
    const auto text = bytes.get<std::string>();
    if (is_kustomization(name) && (text.find("://") != text.npos || text.find("github.com") != text.npos))
      return false;
  }
  return true;
}

TEST(KustomizeBuild, GivesTheMappedImagesAfterAMove) {
  const std::string command = build_command();
  if (command.empty()) GTEST_SKIP() << "neither kustomize nor kubectl is installed";
  std::size_t count = 0;
  for (const Json& one : kind_cases("kinds-k8s.jsonl", "fixtures/manifests")) {
    const Json& files = one.at("files");
    const auto names = files.items();
    const bool concerned = std::any_of(names.begin(), names.end(),
                                       [](const auto& file) { return is_kustomization(file.key()); });
    if (!concerned || !one.contains("retarget") || !is_local(files)) continue;
    for (const Json& move : one.at("retarget")) {
      SCOPED_TRACE(one.at("name").get<std::string>() + " " + move.at("options").dump());
      std::vector<std::string> words = {"retarget"};
      for (const Json& word : move.at("options")) words.push_back(word);
      // Where two images would get one name nothing moves at all.
      if (std::set<std::string>{"k-two-overlays"}.contains(one.at("name"))) continue;
      check_builds(command, files, words);
      ++count;
    }
  }
  EXPECT_GT(count, 20U);
}

TEST(KustomizeBuild, GivesTheMappedImagesOfRealFiles) {
  const std::string command = build_command();
  if (command.empty()) GTEST_SKIP() << "neither kustomize nor kubectl is installed";
  MemoryFileSystem corpus;
  Json files = Json::object();
  for (const LabelledFile& file : labelled_files("kubernetes", corpus))
    files[file.path] = corpus.bytes(file.path);
  if (files.empty()) GTEST_SKIP() << "IMGLINT_KINDS_CORPUS names no folder";
  // What would be fetched is no matter of ours.
  for (auto file = files.begin(); file != files.end();)
    file = is_local(Json{{file.key(), file.value()}}) ? std::next(file) : files.erase(file);
  check_builds(command, files, {"retarget", "--to", "registry.example/mirror", "--paths", "source"});
}

struct OutsideCase {
  const char* name;
  std::vector<std::pair<const char*, const char*>> more;  ///< files beside the base
  const char* given;
  int code;
  const char* said;  ///< on standard error; empty: nothing of kustomizations
};

constexpr const char* base_pod =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: "
    "quay.io/a/b:1}\n";
constexpr const char* tag_overlay = "resources: [../base]\nimages:\n- name: quay.io/a/b\n  newTag: \"2\"\n";
constexpr const char* name_overlay =
    "resources: [../base]\nimages:\n- name: quay.io/a/b\n  newName: quay.io/a/c\n";
constexpr const char* flux =
    "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  path: ./base\n"
    "  images:\n  - {name: quay.io/a/b, newTag: \"2\"}\n";

class Outside : public testing::TestWithParam<OutsideCase> {};

TEST_P(Outside, OverlaysAreNotSwitchedOff) {
  const TemporaryFolder folder;
  run_in(folder.path(), {"git", "init", "-q"});
  folder.write("base/pod.yaml", base_pod);
  folder.write("base/kustomization.yaml", "resources: [pod.yaml]\n");
  for (const auto& [name, bytes] : GetParam().more) folder.write(name, bytes);
  const auto bytes_of_all = [&] {
    std::string all;
    for (const std::string& name : folder.files())
      if (!name.starts_with(".git/")) all += name + "\n" + folder.read(name);
    return all;
  };
  const std::string before = bytes_of_all();
  DiskFileSystem disk;
  const ProgramRun run = run_program_in(disk, {"retarget", "--to", "r.io", folder / GetParam().given});
  EXPECT_EQ(run.code, GetParam().code) << run.err;
  if (GetParam().code == 0) {
    EXPECT_THAT(run.err, Not(HasSubstr("kustomize"))) << run.err;
    EXPECT_NE(bytes_of_all(), before);
  } else {
    EXPECT_THAT(run.err, HasSubstr(GetParam().said));
    EXPECT_EQ(bytes_of_all(), before) << "neither moves";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Paths, Outside,
    testing::Values(
        OutsideCase{
            "base_of_an_overlay",
            {{"over/kustomization.yaml", tag_overlay}},
            "base",
            1,
            "over/kustomization.yaml:3 selects it by its name, which lies outside of the given paths"},
        OutsideCase{"file_of_a_base",
                    {{"over/kustomization.yaml", tag_overlay}},
                    "base/pod.yaml",
                    1,
                    "over/kustomization.yaml:3 selects it"},
        OutsideCase{"base_of_an_overlay_with_a_new_name",
                    {{"over/kustomization.yaml", name_overlay}},
                    "base",
                    1,
                    "over/kustomization.yaml:3 selects it"},
        OutsideCase{"overlay_without_its_base",
                    {{"over/kustomization.yaml", tag_overlay}},
                    "over",
                    1,
                    "what it selects stands in"},
        OutsideCase{
            "base_of_flux", {{"clusters/prod/a.yaml", flux}}, "base", 1, "clusters/prod/a.yaml:6 selects it"},
        OutsideCase{"overlay_that_selects_both",
                    {{"over/kustomization.yaml", tag_overlay}, {"mid/kustomization.yaml", tag_overlay}},
                    "over",
                    1,
                    "what it selects stands in"},
        OutsideCase{
            "base_that_nobody_selects",
            {{"over/kustomization.yaml", "resources: [../base]\nimages:\n- {name: x, newTag: \"2\"}\n"}},
            "base",
            0,
            ""},
        OutsideCase{"whole_tree", {{"over/kustomization.yaml", tag_overlay}}, "", 0, ""}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace imglint::test
