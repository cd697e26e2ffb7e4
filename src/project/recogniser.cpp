#include "project/recogniser.hpp"

#include <optional>
#include <utility>

#include "kinds/index.hpp"
#include "kinds/manifest/dialects.hpp"
#include "kinds/manifest/read.hpp"
#include "project/charts.hpp"
#include "project/kustomize_names.hpp"
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

/// Of a chart's template or of values to test it with. Most paths tell without a look at the text.
const KindInfo* kind_in_chart(FileSystem& files, std::string_view path, std::string_view bytes) {
  const bool may_be_template = manifest::is_in_templates(path);
  if (!may_be_template && name_of(folder_of(path)) != "ci") return nullptr;
  if (!manifest::holds_word_of_reference(bytes)) return nullptr;
  if (may_be_template && is_chart_template(files, path)) return &kinds::helm_template;
  return is_chart_test(files, path) ? &kinds::helm_values : nullptr;
}

bool is_certain(const KindInfo* by_name) { return by_name && !by_name->has_whole_folders; }

/// The text of a file that is asked.
struct AskedText {
  std::optional<FileContent> content;
  std::errc unread = {};  ///< as in KindByText: a large file or a binary one is none that could be read
};

AskedText text_of(FileSystem& files, const AskedFile& file) {
  constexpr std::uint64_t limit = default_max_file_size;
  auto content = file.given < file.path.size() ? files.read_below(file.path, file.given, limit)
                                               : files.read(file.path, limit);
  if (!content) {
    const std::errc why = content.error();
    const bool is_gone = is_absent(why) || why == std::errc::too_many_symbolic_link_levels;
    return {std::nullopt, is_gone ? std::errc{} : why};
  }
  const FileStatus& status = content->status;
  const bool is_text = status.kind == FileKind::regular && status.size <= limit &&
                       check_is_text(content->bytes, file.path).has_value();
  return is_text ? AskedText{std::move(*content)} : AskedText{};
}

/// Of a file whose name says nothing. A comment that is meant for this program says more than what the rest
/// looks like.
const KindInfo& kind_of_named_text(std::string_view path, std::string_view bytes) {
  for (const KindInfo* kind : all_kinds())
    if (kind->is_asked_last && kind->is_surely(path, bytes)) return *kind;
  return kind_of_text(bytes);
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
    const std::string asked = inner.empty() ? folder : join_path(folder, folder_of(relative));
    in_folder_ = choose_(asked, listed_ && asked == listed_folder_ ? listed_ : nullptr);
  }
  return in_folder_ ? in_folder_(name_of(relative)) : FileChoice{};
}

Recogniser::Answer Recogniser::by_name(const std::string& folder, std::string_view relative) {
  if (takes_all_) return {.ask_text = true};
  FileChoice chosen = choice(folder, relative);
  // The folder that was given may be one that says what its files are.
  const std::string path = join_path(folder, relative);
  if (chosen.excluded) {
    const bool is_first = excluded_by_.empty() && !is_never_walked(relative);
    if (is_first && (walked_kind(path, include_) || may_be_known_by_text(path, include_)))
      excluded_by_ = std::move(chosen.excluded_by);
    return {.kind = chosen.kind, .excluded = true};
  }
  if (chosen.kind) return {.kind = chosen.kind, .is_chosen = true};
  if (const KindInfo* kind = walked_kind(path, include_); is_certain(kind)) return {.kind = kind};
  return {.ask_text = may_be_known_by_text(path, include_)};
}

Recogniser::Answer Recogniser::given(const std::string& path) {
  const FileChoice chosen = choice(std::string(folder_of(path)), name_of(path));
  const KindInfo& by_path = kind_of_path(path);
  const bool is_sure = by_path.takes_rest || !has_name_of_rest(path);
  return {.kind = chosen.kind ? chosen.kind : &by_path,
          .ask_text = !chosen.kind && !is_claimed_by_name(path),
          .is_chosen = chosen.kind != nullptr,
          .excluded = chosen.excluded,
          .is_certain =
              chosen.kind || (is_sure && (is_certain(walked_kind(path)) || !may_be_known_by_text(path)))};
}

const KindInfo* named_kind(FileSystem& files, Recogniser& recogniser, const std::string& path,
                           std::string_view bytes) {
  const Recogniser::Answer answer = recogniser.given(path);
  if (answer.is_certain && !answer.ask_text) return answer.kind;
  if (const KindInfo* rest = has_name_of_rest(path) ? rest_by_text(bytes) : nullptr) return rest;
  if (const KindInfo* of_chart = kind_in_chart(files, path, bytes)) return of_chart;
  if (answer.kind->has_whole_folders)
    if (const KindInfo* surely = kind_by_text(path, bytes)) return surely;
  if (const KindInfo* telling = telling_kind(path, bytes)) return telling;
  if (const KindInfo* by_another = kind_named_above(files, path)) return by_another;
  if (const KindInfo* telling = answer.ask_text ? nullptr : kind_without_name(path, bytes)) return telling;
  return answer.ask_text ? &kind_of_named_text(path, bytes) : answer.kind;
}

const KindInfo* named_kind(FileSystem& files, Recogniser& recogniser, const std::string& path) {
  const Recogniser::Answer answer = recogniser.given(path);
  if (answer.is_certain && !answer.ask_text) return answer.kind;
  const auto content = read_file(files, path, default_max_file_size);
  return content ? named_kind(files, recogniser, path, content->bytes) : answer.kind;
}

const KindInfo* kind_by_text(FileSystem& files, const AskedFile& file,
                             const std::vector<std::string>& include) {
  const std::optional<FileContent> content = text_of(files, file).content;
  if (file.named) return content ? &kind_of_named_text(file.path, content->bytes) : &kind_of_path(file.path);
  return content ? kind_by_text(files, file.path, content->bytes, include) : nullptr;
}

const KindInfo* kind_by_text(FileSystem& files, const std::string& path, std::string_view text,
                             const std::vector<std::string>& include) {
  if (const KindInfo* of_chart = kind_in_chart(files, path, text)) return of_chart;
  if (const KindInfo* surely = kind_by_text(path, text, include)) return surely;
  return kind_of_folder(path, include);
}

std::vector<KindByText> kinds_by_text(FileSystem& files, const std::vector<AskedFile>& asked, unsigned jobs,
                                      const std::vector<std::string>& include) {
  const auto answer = [&](const AskedFile& file) -> KindByText {
    if (file.named) return {kind_by_text(files, file, include)};
    const AskedText text = text_of(files, file);
    if (!text.content) return {nullptr, text.unread};
    return {kind_by_text(files, file.path, text.content->bytes, include)};
  };
  std::vector<KindByText> kinds(asked.size());
  for_each_in_order(
      asked.size(), thread_count(jobs, asked.size()), [&](std::size_t i) { return answer(asked[i]); },
      [&](std::size_t i, KindByText kind) {
        kinds[i] = kind;
        return true;
      });
  return kinds;
}

}  // namespace imglint
