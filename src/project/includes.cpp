#include "project/includes.hpp"

#include <algorithm>
#include <set>

#include "base/glob.hpp"
#include "base/path.hpp"
#include "base/path_glob.hpp"
#include "kinds/kind.hpp"
#include "project/given.hpp"

namespace imglint {
namespace {

/// GitLab's own limit is 150 (documentation, "include").
constexpr std::size_t most_files = 150;

std::string_view take_component(std::string_view& path) {
  const auto slash = std::min(path.find('/'), path.size());
  const std::string_view component = path.substr(0, slash);
  path.remove_prefix(std::min(slash + 1, path.size()));
  return component;
}

bool has_star(std::string_view text) { return text.find('*') != text.npos; }

std::string_view without_root(std::string_view include) {
  include.remove_prefix(std::min(include.find_first_not_of('/'), include.size()));
  return include;
}

/// The folder of a path and those above it, the nearest first; an empty one is where the run stands.
std::vector<std::string> folders_above(std::string_view path) {
  std::vector<std::string> folders;
  for (auto slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/', slash - 1)) {
    folders.emplace_back(path.substr(0, slash));
    if (slash == 0) return folders;
  }
  folders.emplace_back();
  return folders;
}

std::string in_folder(const std::string& folder, std::string_view path) {
  return folder.empty() ? std::string(path) : normal_path(folder + "/" + std::string(path));
}

/// Whether a path is what `wanted` names, seen from a folder.
bool is_named(std::string_view path, std::string_view wanted, const std::string& folder) {
  if (!has_star(wanted)) return path == in_folder(folder, wanted);
  const std::string prefix = folder.empty() ? folder : folder + "/";
  return path.starts_with(prefix) && path_matches('/' + std::string(wanted), path.substr(prefix.size()));
}

/// Puts the files that one includes, and those that they include, in the order in which they win.
class Order {
 public:
  explicit Order(const std::map<std::string, const ProjectFile*>& files) : files_(files) {}

  void add_includes(const ProjectFile& file) {
    const auto& includes = file.document->includes;
    const std::vector<std::string> folders = folders_above(normal_path(file.source->path()));
    for (auto include = includes.rbegin(); include != includes.rend(); ++include)
      for (const std::string& folder : folders)
        if (add_those_in(folder, without_root(*include))) break;
  }
  void start_at(const ProjectFile& file) { seen_.insert(&file); }
  [[nodiscard]] std::vector<const Source*> take() && { return std::move(sources_); }

 private:
  void add(const ProjectFile& file) {
    if (sources_.size() >= most_files || !seen_.insert(&file).second) return;
    sources_.push_back(file.source.get());
    add_includes(file);
  }

  /// Of several files that a pattern names the last wins. False if it names none.
  bool add_those_in(const std::string& folder, std::string_view wanted) {
    if (!has_star(wanted)) {
      const auto named = files_.find(in_folder(folder, wanted));
      if (named != files_.end()) add(*named->second);
      return named != files_.end();
    }
    bool any = false;
    for (auto each = files_.rbegin(); each != files_.rend(); ++each) {
      if (!is_named(each->first, wanted, folder)) continue;
      any = true;
      add(*each->second);
    }
    return any;
  }

  const std::map<std::string, const ProjectFile*>& files_;
  std::set<const ProjectFile*> seen_;
  std::vector<const Source*> sources_;
};

}  // namespace

bool is_included_by(std::string_view path, std::string_view include, std::string_view file) {
  const std::string_view wanted = without_root(include);
  if (wanted.empty()) return false;
  return std::ranges::any_of(folders_above(file),
                             [&](const std::string& folder) { return is_named(path, wanted, folder); });
}

void Includes::add_matches(const std::string& folder, std::string_view pattern, int& steps,
                           std::vector<std::string>& matches) const {
  constexpr int most_steps = 1000;
  if (pattern.empty() || ++steps > most_steps) return;
  std::string_view rest = pattern;
  const std::string_view component = take_component(rest);
  if (!has_star(component)) {
    const std::string path = in_folder(folder, component);
    if (!rest.empty()) return add_matches(path, rest, steps, matches);
    const auto status = disk_.status(path);
    if (status && status->kind == FileKind::regular) matches.push_back(path);
    return;
  }
  const auto entries = disk_.list(folder.empty() ? "." : folder);
  if (!entries) return;
  if (component == "**") add_matches(folder, rest.empty() ? "*" : rest, steps, matches);
  for (const FolderEntry& entry : *entries) {
    const std::string path = in_folder(folder, entry.name);
    if (component == "**") {
      if (entry.kind == FileKind::folder && entry.name != ".git") add_matches(path, pattern, steps, matches);
    } else if (name_glob_matches(component, entry.name)) {
      if (rest.empty() && entry.kind == FileKind::regular) matches.push_back(path);
      if (!rest.empty() && entry.kind == FileKind::folder) add_matches(path, rest, steps, matches);
    }
  }
}

/// What a file names, in the nearest folder that has it.
std::vector<std::string> Includes::on_disk(const std::string& path, std::string_view include) const {
  const std::string_view wanted = without_root(include);
  const bool may_be = wanted.ends_with(".yml") || wanted.ends_with(".yaml");
  if (!may_be || wanted.find("..") != wanted.npos) return {};
  for (const std::string& folder : folders_above(path)) {
    std::vector<std::string> found;
    int steps = 0;
    add_matches(folder, wanted, steps, found);
    if (!found.empty()) return found;
  }
  return {};
}

std::vector<std::string> Includes::includes_of(const FoundFile& file) const {
  const auto content = file.given < file.path.size()
                           ? read_file_below(disk_, file.path, file.given, options_.max_bytes)
                           : read_file(disk_, file.path, options_.max_bytes);
  if (!content || content->bytes.find("include") == std::string::npos) return {};
  const Source source(file.path, content->bytes);
  const auto document =
      file.kind->read(source, {.max_bytes = static_cast<std::uint32_t>(options_.max_bytes)});
  return {document->includes.begin(), document->includes.end()};
}

void Includes::find(std::vector<FoundFile>& found) {
  if (!options_.brings_files) return;
  std::set<std::string> known;
  for (const FoundFile& file : found)
    if (file.kind->has_includes) known.insert(normal_path(file.path));
  if (known.empty()) return;
  std::vector<FoundFile> brought;
  const auto look = [&](const FoundFile& file) {
    for (const std::string& include : includes_of(file))
      for (const std::string& path : on_disk(normal_path(file.path), include))
        if (brought.size() < most_files && is_given(path, options_.given) && known.insert(path).second)
          brought.push_back({.path = path, .kind = file.kind});
  };
  for (const FoundFile& file : found)
    if (file.kind->has_includes) look(file);
  for (std::size_t i = 0; i < brought.size(); ++i) look(FoundFile(brought[i]));
  if (brought.empty()) return;
  // What is included is of the kind, whatever its name says.
  std::set<std::string> names;
  for (const FoundFile& file : brought) names.insert(file.path);
  std::erase_if(found, [&](const FoundFile& file) { return names.contains(normal_path(file.path)); });
  found.insert(found.end(), brought.begin(), brought.end());
  std::ranges::stable_sort(found, {}, &FoundFile::path);
}

void Includes::link(Project& project, const ReadAgain& read_again) const {
  std::map<std::string, const ProjectFile*> files;
  std::vector<ProjectFile*> including;
  for (ProjectFile& file : project.files) {
    if (!file.document || !file.document->kind->has_includes) continue;
    files.emplace(normal_path(file.source->path()), &file);
    if (!file.document->includes.empty()) including.push_back(&file);
  }
  std::vector<std::pair<ProjectFile*, std::vector<const Source*>>> again;
  for (ProjectFile* file : including) {
    Order order(files);
    order.start_at(*file);
    order.add_includes(*file);
    if (auto sources = std::move(order).take(); !sources.empty())
      again.emplace_back(file, std::move(sources));
  }
  for (auto& [file, sources] : again) read_again(*file, std::move(sources));
}

}  // namespace imglint
