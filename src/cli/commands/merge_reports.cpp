#include "cli/commands/merge_reports.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/counted.hpp"
#include "base/quote.hpp"
#include "base/utf8.hpp"
#include "source/input_file.hpp"

namespace imglint {
namespace {

struct Ending {
  std::string_view text;
  /// Only lines may be none: an empty text of the other forms is what a run leaves that was killed.
  bool may_be_empty = false;
};
constexpr Ending endings[] = {{".jsonl", true}, {".ndjson", true}, {".json"}, {".sarif"}};
/// Reports of these names say nothing of their repository: the folder that they are in does.
constexpr std::array<std::string_view, 6> common_names = {"imglint", "report",    "findings",
                                                          "list",    "inventory", "results"};

/// Null of what is no report.
const Ending* ending_of(std::string_view name) {
  const auto* found =
      std::ranges::find_if(endings, [name](const Ending& ending) { return name.ends_with(ending.text); });
  return found == std::end(endings) ? nullptr : found;
}

std::string known_endings() {
  std::string text;
  for (const Ending& ending : endings) {
    if (!text.empty()) text += &ending + 1 == std::end(endings) ? " or " : ", ";
    text += ending.text;
  }
  return text;
}

std::string_view without_ending(std::string_view path) {
  for (const Ending* ending = ending_of(path); ending; ending = ending_of(path)) {  // `shop.sarif.json`
    if (path.size() == ending->text.size()) break;
    path.remove_suffix(ending->text.size());
  }
  return path;
}

/// `acme/shop` of `acme/shop.jsonl` and of `acme/shop/imglint.sarif`.
std::string repository_at(std::string_view path) {
  const std::string_view whole = without_ending(path);
  const bool is_common = std::ranges::find(common_names, name_of(whole)) != common_names.end();
  const std::string_view folder = folder_of(whole);
  return valid_utf8(is_common && folder != "." && folder != "/" ? folder : whole);
}

/// The last component of a path, or the one before it where that says nothing.
std::string repository_of_file(std::string_view path) {
  const std::string_view name = name_of(path);
  const std::string_view folder = folder_of(path);
  const std::string last =
      folder == "." || folder == "/" ? std::string() : std::string(name_of(folder)) + '/';
  const std::string own = repository_at(name);
  return std::ranges::find(common_names, own) == common_names.end() ? own
                                                                    : repository_at(last + std::string(name));
}

class Search {
 public:
  explicit Search(FileSystem& files) : files_(&files) {}

  Result<void> add_folder(const std::string& root, const std::string& name) {
    const std::size_t before = reports_.size();
    if (auto done = walk(root, {}, name); !done) return done;
    if (reports_.size() == before)
      return Error{.message = "no report in this folder",
                   .hint = "reports are files that end in " + known_endings(),
                   .path = root};
    return {};
  }
  void add_file(NamedReport report) { reports_.push_back(std::move(report)); }
  std::vector<NamedReport> take() { return std::move(reports_); }

 private:
  /// Symbolic links are not followed. `below`: the path from the root.
  Result<void> walk(const std::string& root, const std::string& below, const std::string& name) {
    const std::string path = below.empty() ? root : join_path(root, below);
    auto entries = files_->list(path);
    if (!entries) return file_error("cannot read", path, entries.error());
    std::ranges::sort(*entries, {}, &FolderEntry::name);
    for (const FolderEntry& entry : *entries) {
      const std::string inner = below.empty() ? entry.name : below + '/' + entry.name;
      if (entry.kind == FileKind::folder) {
        if (auto done = walk(root, inner, name); !done) return done;
      } else if (entry.kind == FileKind::regular && ending_of(entry.name)) {
        reports_.push_back({.repository = name.empty() ? repository_at(inner) : name,
                            .path = join_path(root, inner),
                            .found_in = root,
                            .is_named = !name.empty()});
      }
    }
    return {};
  }

  FileSystem* files_;
  std::vector<NamedReport> reports_;
};

/// `NAME=REPORT`; what begins as a path is one.
NamedReport split_word(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0 || word[0] == '.' || word[0] == '/')
    return {.repository = {}, .path = word};
  return {
      .repository = valid_utf8(word.substr(0, equals)), .path = word.substr(equals + 1), .is_named = true};
}

Result<void> add_word(const std::string& word, FileSystem& files, Search& search) {
  NamedReport report = split_word(word);
  if (report.path.empty()) return Error{.message = "no report after the name in '" + word + "'"};
  if (report.path != "-") {
    const auto status = files.status(report.path);
    if (status && status->kind == FileKind::folder) return search.add_folder(report.path, report.repository);
  }
  if (report.repository.empty())
    report.repository = report.path == "-" ? "standard input" : repository_of_file(report.path);
  search.add_file(std::move(report));
  return {};
}

}  // namespace

std::optional<Error> doubtful_names(const std::vector<NamedReport>& reports) {
  std::map<std::string_view, const NamedReport*> first;
  std::set<std::string_view> doubtful;
  std::optional<Error> remark;
  for (const NamedReport& report : reports) {
    if (report.is_named || report.path == "-") continue;
    const auto [known, is_new] = first.try_emplace(report.repository, &report);
    const bool is_same_place = without_ending(known->second->path) == without_ending(report.path);
    if (is_new || is_same_place || !doubtful.insert(report.repository).second || remark) continue;
    remark = Error{.message = "taken for a report of the same repository, " + quote(report.repository) +
                              ", as " + quote(known->second->path),
                   .hint = "if it is of another, write NAME=REPORT",
                   .path = report.path};
  }
  if (doubtful.size() > 1)
    remark->message +=
        (doubtful.size() == 2 ? "; so is " : "; so are ") + counted(doubtful.size() - 1, "other");
  return remark;
}

Result<std::vector<NamedReport>> named_reports(const std::vector<std::string>& words, FileSystem& files) {
  Search search(files);
  for (const std::string& word : words)
    if (auto done = add_word(word, files, search); !done) return std::move(done).error();
  return search.take();
}

Result<NextBlock> open_report(const NamedReport& report, const Session& session) {
  if (report.path != "-") {
    auto opened = InputFile::open(report.path);
    if (!opened) return opened.error();
    const Ending* ending = ending_of(report.path);
    const bool may_be_empty = !ending || ending->may_be_empty;
    return NextBlock([file = std::make_shared<InputFile>(*std::move(opened)), may_be_empty,
                      is_first = true]() mutable -> Result<std::string_view> {
      auto block = file->next();
      if (std::exchange(is_first, false) && !may_be_empty && block && block->empty())
        return Error{.message = "an empty file is no report", .hint = "run again what was to write it"};
      return block;
    });
  }
  auto block = std::make_shared<std::string>();
  return NextBlock([&session, block]() -> Result<std::string_view> {
    *block = session.read_some(true).value_or("");
    return std::string_view(*block);
  });
}

}  // namespace imglint
