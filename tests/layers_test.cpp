// Walls between the modules: docs/design.md section 3 holds two tables, which folder may include which and
// which library may be included where. Here the include lines and CMake's links are read against them.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

struct Module {
  std::string folder;  ///< `src/base/`, or the one file `src/main.cpp`
  std::string name;    ///< `base`, as it stands before the slash of an include
  std::set<std::string> may_include;
};

struct Library {
  std::string headers;             ///< what its includes begin with
  std::vector<std::string> doors;  ///< beginnings of the paths that may include it
};

std::string without_ticks(std::string_view text) {
  std::string result(text);
  std::erase(result, '`');
  return result;
}

std::vector<std::string> list(std::string_view cell) {
  std::vector<std::string> items;
  for (const std::string& item : split(without_ticks(cell), ','))
    if (!trim(item).empty()) items.emplace_back(trim(item));
  return items;
}

std::vector<Module> read_modules() {
  std::vector<Module> modules;
  for (const auto& row : markdown_table(read_repository_file("docs/design.md"), "may include")) {
    Module module{.folder = without_ticks(row.at(0)), .name = {}, .may_include = {}};
    std::string_view name = module.folder;
    if (name.starts_with("src/")) name.remove_prefix(4);
    if (name.ends_with('/')) name.remove_suffix(1);
    module.name = name;
    for (std::string& item : list(row.at(1))) module.may_include.insert(std::move(item));
    modules.push_back(std::move(module));
  }
  return modules;
}

std::vector<Library> read_libraries() {
  std::vector<Library> libraries;
  for (const auto& row : markdown_table(read_repository_file("docs/design.md"), "included by"))
    libraries.push_back({without_ticks(row.at(1)), list(row.at(2))});
  return libraries;
}

std::vector<RepositoryFile> sources() {
  std::vector<RepositoryFile> files;
  for (const std::string_view folder : {"grammar", "rules", "src"})
    for (RepositoryFile& file : repository_files(folder, {".hpp", ".cpp"})) files.push_back(std::move(file));
  return files;
}

/// What stands between the quotes or brackets of each include line, with the opening one.
std::vector<std::string> includes(std::string_view text) {
  std::vector<std::string> result;
  for (const std::string& line : split(text, '\n')) {
    std::string_view rest = trim(line);
    if (!rest.starts_with('#')) continue;
    rest = trim(rest.substr(1));
    if (!rest.starts_with("include")) continue;
    rest = trim(rest.substr(7));
    result.emplace_back(rest.substr(0, rest.find_first_of("\">", 1)));
  }
  return result;
}

const Module* module_of(const std::vector<Module>& modules, std::string_view path) {
  const auto found =
      std::ranges::find_if(modules, [&](const Module& m) { return path.starts_with(m.folder); });
  return found == modules.end() ? nullptr : &*found;
}

TEST(Layers, TheTablesAreRead) {
  EXPECT_GE(read_modules().size(), 12U);
  EXPECT_GE(read_libraries().size(), 4U);
  EXPECT_GE(sources().size(), 20U);
}

TEST(Layers, AModuleMayIncludeOnlyWhatStandsAboveItInTheTable) {
  std::set<std::string> above;
  for (const Module& module : read_modules()) {
    for (const std::string& name : module.may_include)
      EXPECT_TRUE(above.contains(name))
          << module.folder << " may include " << name << ", which is not below it";
    EXPECT_TRUE(above.insert(module.name).second) << module.name << " stands twice";
  }
}

TEST(Layers, EveryIncludeStaysInsideTheTable) {
  const auto modules = read_modules();
  for (const RepositoryFile& file : sources()) {
    const Module* module = module_of(modules, file.path);
    if (module == nullptr) {
      ADD_FAILURE() << file.path << " belongs to no row of docs/design.md section 3";
      continue;
    }
    for (const std::string& include : includes(file.text)) {
      if (!include.starts_with('"')) continue;
      const std::string name = split(include.substr(1), '/').front();
      EXPECT_TRUE(name == module->name || module->may_include.contains(name))
          << file.path << " includes " << include << "\"";
    }
  }
}

TEST(Layers, EveryLibraryIsIncludedOnlyByItsDoors) {
  const auto libraries = read_libraries();
  for (const RepositoryFile& file : sources())
    for (const std::string& include : includes(file.text))
      for (const Library& library : libraries) {
        if (!include.starts_with("<" + library.headers)) continue;
        const auto fits = [&](const std::string& door) { return file.path.starts_with(door); };
        EXPECT_TRUE(std::ranges::any_of(library.doors, fits)) << file.path << " includes " << include << ">";
      }
}

/// `imglint_module(tree src/tree LINKS model PRIVATE …)`: its name, its folder, what it links of ours.
struct Target {
  std::string name;
  std::string folder;
  std::set<std::string> links;
};

std::vector<Target> read_targets() {
  constexpr std::string_view opening = "imglint_module(";
  std::vector<Target> targets;
  const std::string text = read_repository_file("CMakeLists.txt");
  for (auto at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
    const auto begin = at + opening.size();
    std::string arguments = text.substr(begin, text.find(')', begin) - begin);
    std::ranges::replace(arguments, '\n', ' ');
    Target target;
    bool of_ours = false;
    for (const std::string& word : split(arguments, ' ')) {
      if (word.empty()) continue;
      if (word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos) {  // a keyword
        of_ours = word == "LINKS";
      } else if (target.name.empty()) {
        target.name = word;
      } else if (target.folder.empty()) {
        target.folder = word + "/";
      } else if (of_ours) {
        target.links.insert(word);
      }
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

TEST(Layers, CMakeLinksTheModulesOfTheTable) {
  const auto modules = read_modules();
  const auto targets = read_targets();
  ASSERT_GE(targets.size(), 10U);
  std::map<std::string, std::set<std::string>> linked;  // with what the linked ones link
  for (const Target& target : targets) {
    const Module* module = module_of(modules, target.folder);
    ASSERT_NE(module, nullptr) << target.folder;
    EXPECT_EQ(module->name, target.name);
    std::set<std::string>& all = linked[target.name];
    for (const std::string& link : target.links) {
      ASSERT_TRUE(linked.contains(link)) << target.name << " links " << link << ", which stands below it";
      all.insert(link);
      all.insert(linked[link].begin(), linked[link].end());
    }
    for (const std::string& name : module->may_include)
      EXPECT_TRUE(all.contains(name) || name == "grammar" || !linked.contains(name))
          << target.name << " may include " << name << " but does not link it";
  }
  for (const RepositoryFile& file : sources()) {
    const Module* module = module_of(modules, file.path);
    ASSERT_NE(module, nullptr) << file.path;
    if (file.path.ends_with(".cpp") && module->folder.ends_with('/')) {
      EXPECT_TRUE(linked.contains(module->name)) << file.path << " is in no target";
    }
  }
}

}  // namespace
}  // namespace imglint::test
