#include "project/recogniser.hpp"

#include "kinds/index.hpp"
#include "project/parallel.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

bool has_component(std::string_view path, std::string_view name) {
  for (auto at = path.find(name); at != path.npos; at = path.find(name, at + 1)) {
    const auto end = at + name.size();
    if ((at == 0 || path[at - 1] == '/') && (end == path.size() || path[end] == '/')) return true;
  }
  return false;
}

}  // namespace

bool is_never_walked(std::string_view path) {
  return has_component(path, ".git") || has_component(path, "node_modules");
}

FileChoice Recogniser::choice(const std::string& folder, std::string_view relative) {
  if (!choose_) return {};
  const std::string_view inner = relative.substr(0, relative.size() - name_of(relative).size());
  if (!has_folder_ || inner != inner_ || folder != root_) {
    has_folder_ = true;
    root_ = folder;
    inner_ = inner;
    in_folder_ = choose_(inner.empty() ? folder : join_path(folder, folder_of(relative)));
  }
  return in_folder_ ? in_folder_(name_of(relative)) : FileChoice{};
}

Recogniser::Answer Recogniser::by_name(const std::string& folder, std::string_view relative) {
  const FileChoice chosen = choice(folder, relative);
  if (chosen.excluded || chosen.kind) return {.kind = chosen.kind, .excluded = chosen.excluded};
  // The folder that was given may be one that says what its files are.
  const std::string path = join_path(folder, relative);
  if (const KindInfo* kind = walked_kind(path, include_)) return {.kind = kind};
  return {.ask_text = may_be_known_by_text(path, include_)};
}

Recogniser::Answer Recogniser::given(const std::string& path) {
  const FileChoice chosen = choice(std::string(folder_of(path)), name_of(path));
  return {.kind = chosen.kind ? chosen.kind : &kind_of_path(path), .excluded = chosen.excluded};
}

const KindInfo* kind_by_text(FileSystem& files, const AskedFile& file,
                             const std::vector<std::string>& include) {
  const auto content = file.given < file.path.size()
                           ? read_file_below(files, file.path, file.given, default_max_file_size)
                           : read_file(files, file.path, default_max_file_size);
  return content ? kind_by_text(file.path, content->bytes, include) : nullptr;
}

std::vector<const KindInfo*> kinds_by_text(FileSystem& files, const std::vector<AskedFile>& asked,
                                           unsigned jobs, const std::vector<std::string>& include) {
  std::vector<const KindInfo*> kinds(asked.size());
  for_each_in_order(
      asked.size(), thread_count(jobs, asked.size()),
      [&](std::size_t i) { return kind_by_text(files, asked[i], include); },
      [&](std::size_t i, const KindInfo* kind) {
        kinds[i] = kind;
        return true;
      });
  return kinds;
}

}  // namespace imglint
