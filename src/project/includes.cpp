#include "project/includes.hpp"

#include <algorithm>
#include <set>

#include "base/path.hpp"
#include "kinds/kind.hpp"
#include "project/compose/run_files.hpp"
#include "project/given.hpp"

namespace imglint {
namespace {

/// GitLab's own limit is 150 (documentation, "include").
constexpr std::size_t most_files = 150;
/// Of a run, in which many pipelines may be.
constexpr std::size_t most_brought = 10'000;

/// What a file includes and what that includes, in the order in which they win.
class Order {
 public:
  explicit Order(const IncludedFiles::File& file) : seen_{&file} { add_targets(file); }
  [[nodiscard]] std::vector<const IncludedFile*> take() && { return std::move(files_); }

 private:
  void add_targets(const IncludedFiles::File& file) {
    for (const IncludedFiles::File* target : file.targets) {
      if (files_.size() >= most_files) return;
      if (!seen_.insert(target).second) continue;
      files_.push_back(target->parsed.get());
      add_targets(*target);
    }
  }

  std::set<const IncludedFiles::File*> seen_;
  std::vector<const IncludedFile*> files_;
};

}  // namespace

/// Null if it cannot be read, which whoever makes a document of it will tell.
Includes::File* Includes::parse(const FoundFile& found, bool only_with_includes) {
  const std::string path = normal_path(found.path);
  if (const auto known = project_.included->files.find(path); known != project_.included->files.end())
    return &known->second;
  auto content = found.given < found.path.size()
                     ? read_file_below(disk_, found.path, found.given, options_.max_bytes)
                     : read_file(disk_, found.path, options_.max_bytes);
  if (!content) return nullptr;
  if (only_with_includes && content->bytes.find("include") == std::string::npos) return nullptr;
  File& file = project_.included->files[path];
  file.source = std::make_unique<Source>(found.path, std::move(content->bytes));
  file.status = content->status;
  file.parsed = std::make_unique<IncludedFile>(*file.source, static_cast<std::uint32_t>(options_.max_bytes),
                                               file.arena);
  return &file;
}

void Includes::find(std::vector<FoundFile>& found) {
  const auto includes = [](const FoundFile& file) { return file.kind->includes != nullptr; };
  if (std::ranges::none_of(found, includes)) return;
  project_.included = std::make_unique<IncludedFiles>();
  if (options_.brings_files) bring(found);
  find_targets(found);
  if (looks_.is_over())
    project_.remarks.push_back(
        {.message = "pipelines include files by more wildcards than are looked at; some may not be found"});
}

/// The folders that paths may be meant from, the nearest first: up to that of the repository, where it can be
/// told.
std::vector<std::string> Includes::folders_of(const std::string& path) {
  std::vector<std::string> folders = folders_above(path);
  const auto top = std::ranges::find_if(folders, [&](const std::string& folder) {
    const auto [known, is_new] = is_top_.try_emplace(folder);
    if (is_new) known->second = disk_.link_status(join_path(folder, ".git")).has_value();
    return known->second;
  });
  if (top != folders.end()) folders.erase(top + 1, folders.end());
  return folders;
}

void Includes::bring(std::vector<FoundFile>& found) {
  DiskPaths paths(disk_);
  std::set<std::string> known;
  std::vector<FoundFile> brought;
  const auto look = [&](const FoundFile& file) {
    const File* parsed = parse(file, true);
    if (!parsed || !parsed->parsed->is_read()) return;
    const std::vector<std::string> folders = folders_of(normal_path(file.path));
    for (const std::string_view include : file.kind->includes(parsed->parsed->file))
      for (const std::string& path : paths.named_by(folders, include, looks_))
        if (brought.size() < most_brought && is_given(path, options_.given) && known.insert(path).second)
          brought.push_back({.path = path, .kind = file.kind});
  };
  const auto is_aside = [&](const FoundFile& file) {
    if (!options_.left_out) return false;
    std::string why = options_.left_out(file.path);
    if (why.empty()) return false;
    left_out_.emplace(file.path, std::move(why));
    return !options_.keeps_left_out;
  };
  for (const FoundFile& file : found)
    if (file.kind->includes) known.insert(normal_path(file.path));
  for (const FoundFile& file : found)
    if (file.kind->includes) look(file);
  for (std::size_t i = 0; i < brought.size(); ++i) look(FoundFile(brought[i]));
  std::ranges::copy_if(brought, std::back_inserter(aside_), is_aside);
  std::erase_if(brought, [&](const FoundFile& file) {
    return !options_.keeps_left_out && left_out_.contains(file.path);
  });
  if (brought.empty()) return;
  // What is included is of the kind, whatever its name says.
  std::set<std::string> names;
  for (const FoundFile& file : brought) names.insert(file.path);
  std::erase_if(found, [&](const FoundFile& file) { return names.contains(normal_path(file.path)); });
  found.insert(found.end(), brought.begin(), brought.end());
  std::ranges::stable_sort(found, {}, &FoundFile::path);
}

void Includes::find_targets(const std::vector<FoundFile>& found) {
  std::map<std::string, const FoundFile*> by_path;
  for (const FoundFile& file : found)
    if (file.kind->includes) by_path.emplace(normal_path(file.path), &file);
  for (const FoundFile& file : aside_) by_path.emplace(file.path, &file);
  std::vector<std::string> sorted;
  for (const auto& [path, file] : by_path) sorted.push_back(path);
  PathList paths(std::move(sorted), most_files);
  for (const auto& [path, each] : by_path) {
    File* file = parse(*each, true);
    if (!file || !file->parsed->is_read()) continue;
    const std::vector<std::string_view> includes = each->kind->includes(file->parsed->file);
    const std::vector<std::string> folders = folders_of(path);
    std::set<const File*> known;
    for (auto include = includes.rbegin(); include != includes.rend(); ++include) {
      const std::vector<std::string> named = paths.named_by(folders, *include, looks_);
      // Of several files that a pattern names the last wins.
      for (auto target = named.rbegin(); target != named.rend() && known.size() <= most_files; ++target)
        if (File* other = parse(*by_path.at(*target), false); other && known.insert(other).second) {
          file->targets.push_back(other);
          file->paths.push_back(*target);
        }
    }
  }
}

bool Includes::has(const std::string& path) const {
  return project_.included && project_.included->files.contains(normal_path(path));
}

std::optional<ProjectFile> Includes::open(const std::string& path, std::size_t index) const {
  if (!has(path)) return std::nullopt;
  File& file = project_.included->files.find(normal_path(path))->second;
  if (!file.source) return std::nullopt;
  return ProjectFile{
      .source = std::move(file.source), .status = file.status, .index = index, .includes = file.paths};
}

void Includes::add_to(ReadOptions& options, const std::string& path) const {
  if (!has(path)) return;
  const File& file = project_.included->files.find(normal_path(path))->second;
  options.shared = file.parsed.get();
  options.included = Order(file).take();
}

void Includes::mark_left_out(Document& document) const {
  const auto why = left_out_.find(normal_path(document.source->path()));
  if (why != left_out_.end()) document.troubles.push_back(assembly::left_out_remark(why->second));
}

void Includes::release() const {
  if (!project_.included) return;
  for (auto& [path, file] : project_.included->files) file.parsed.reset();
}

}  // namespace imglint
