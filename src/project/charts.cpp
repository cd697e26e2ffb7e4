#include "project/charts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "kinds/manifest/value_uses.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"
#include "tree/view.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {
namespace {

constexpr std::string_view chart_name = "Chart.yaml";
constexpr std::uint64_t largest_chart_file = std::uint64_t{1} << 20;

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

bool has_chart(FileSystem& files, std::string_view folder) {
  const auto status = files.status(join_path(folder, chart_name));
  return status && status->kind == FileKind::regular;
}

std::string_view parent_of(std::string_view folder) { return folder == "." ? "" : folder_of(folder); }

ChartFacts facts_in(const Source& source) {
  ChartFacts facts;
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, static_cast<std::uint32_t>(largest_chart_file), arena);
  if (parsed.trouble || parsed.tree.documents.empty() || yaml::unsafe_aliases(parsed.tree)) return facts;
  compose::View view(parsed.tree);
  facts.app_version = view.text(view.find(view.top(0), "appVersion"));
  for (const compose::Position one : view.items(view.find(view.top(0), "dependencies")))
    for (const std::string_view key : {"name", "alias"})
      if (const std::string_view name = view.text(view.find(one, key)); !name.empty())
        facts.dependencies.emplace_back(name);
  return facts;
}

/// What such a template makes has images more often than others.
bool is_named_as_workload(std::string_view name) {
  constexpr std::array<std::string_view, 5> words = {"deploy", "daemon", "stateful", "job", "pod"};
  return std::ranges::any_of(
      words, [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

/// Has a search look at all files below a folder of templates; false if one of them cannot be read, or they
/// are more than a chart has.
bool look_at_templates(FileSystem& files, std::string folder, manifest::PrefixSearch& search) {
  constexpr std::size_t most_templates = 1000;
  constexpr std::size_t most_bytes = std::size_t{16} << 20;
  std::size_t number = 0;
  std::size_t bytes = 0;
  std::vector<std::string> folders = {std::move(folder)};
  while (!folders.empty()) {
    const std::string next = std::move(folders.back());
    folders.pop_back();
    auto entries = files.list(next);
    if (!entries) return false;
    // Those that may end the search come first.
    std::ranges::sort(*entries, {}, [](const FolderEntry& entry) {
      return std::pair(!is_named_as_workload(entry.name), std::string_view(entry.name));
    });
    for (const FolderEntry& entry : *entries) {
      std::string path = join_path(next, entry.name);
      if (++number > most_templates) return false;
      if (entry.kind == FileKind::folder) {
        folders.push_back(std::move(path));
        continue;
      }
      if (entry.kind != FileKind::regular) return false;
      const auto content = read_file(files, path, largest_chart_file);
      if (!content || (bytes += content->bytes.size()) > most_bytes) return false;
      search.look_at(content->bytes);
      if (search.is_over()) return true;
    }
  }
  return true;
}

/// Templates lie beside the Chart.yaml, and those of no other chart can be called.
bool has_own_templates_only(FileSystem& files, const std::string& folder) {
  const auto entries = files.list(folder);
  if (!entries) return false;
  const auto is_there = [&](std::string_view name, std::optional<FileKind> kind) {
    return std::ranges::any_of(*entries, [&](const FolderEntry& entry) {
      return entry.name == name && (!kind || entry.kind == *kind);
    });
  };
  return is_there("templates", FileKind::folder) && !is_there("charts", std::nullopt) &&
         !is_there("requirements.yaml", std::nullopt);
}

/// Those of the values that may be prefixes which the templates of the chart say are some.
std::vector<std::string> prefixes_among(FileSystem& files, const ChartFacts& chart, const Document& values) {
  constexpr std::size_t most_values = 200;
  const std::size_t number = values.may_be_prefixes.size();
  if (number == 0 || number > most_values || !has_own_templates_only(files, chart.folder)) return {};
  manifest::PrefixSearch search({values.may_be_prefixes.begin(), values.may_be_prefixes.end()});
  search.look_at(values.source->bytes());  // `tpl` renders texts of it
  if (!look_at_templates(files, join_path(chart.folder, "templates"), search)) return {};
  return search.found();
}

}  // namespace

std::unique_ptr<Document> read_chart_values(FileSystem& files, const Source& source,
                                            const ReadOptions& options, const KindInfo& kind) {
  auto document = kind.read(source, options);
  std::vector<std::string> prefixes = prefixes_among(files, *options.chart, *document);
  if (prefixes.empty()) return document;
  ReadOptions with_prefixes = options;
  with_prefixes.prefixes = std::move(prefixes);
  return kind.read(source, with_prefixes);
}

std::vector<std::string> read_with_values(const ChartSearch& search, const Document& values) {
  std::vector<std::string> names = search.asked;
  // Otherwise no template was looked at.
  if (search.chart && !values.may_be_prefixes.empty())
    for (const std::string_view name : {"charts/", "requirements.yaml", "templates/"})
      names.push_back(join_path(search.chart->folder, name));
  return names;
}

bool is_chart_template(FileSystem& files, std::string_view path) {
  if (!is_yaml(path)) return false;
  constexpr std::string_view name = "templates";
  for (std::string_view folder = folder_of(path); folder != "." && folder != "/";
       folder = folder_of(folder)) {
    if (name_of(folder) != name) continue;
    const std::string_view chart = folder_of(folder);
    if (has_chart(files, chart)) return true;
    const std::string_view charts = parent_of(chart);
    if (name_of(charts) == "charts" && has_chart(files, folder_of(charts))) return true;
  }
  return false;
}

bool is_chart_test(FileSystem& files, std::string_view path) {
  const std::string_view folder = folder_of(path);
  return path.ends_with(".yaml") && name_of(folder) == "ci" && has_chart(files, folder_of(folder));
}

const ChartFacts* Charts::of_folder(const std::string& folder, std::string_view top) {
  const auto [known, is_new] = by_folder_.try_emplace(folder);
  if (!is_new) return known->second.get();
  if (!has_chart(files_, folder)) return nullptr;
  const std::string path = join_path(folder, chart_name);
  auto content = read_file_inside(files_, path, top, largest_chart_file);
  if (!content) return nullptr;
  known->second = std::make_unique<ChartFacts>(facts_in(Source(path, std::move(content->bytes))));
  known->second->folder = folder;
  return known->second.get();
}

const ChartSearch& Charts::of(const std::string& path) {
  const std::string folder(folder_of(path));
  const auto [known, is_new] = searches_.try_emplace(folder);
  ChartSearch& search = known->second;
  if (!is_new) return search;
  const auto resolved = files_.resolve(folder);
  const auto here = files_.resolve(".");
  if (!resolved) {
    search.asked.push_back(join_path(folder, chart_name));
    return search;
  }
  const std::string top = own_tree(files_, *resolved, here ? *here : std::string());
  for (std::string_view at = *resolved; !search.chart && is_inside(at, top); at = folder_of(at)) {
    search.asked.push_back(join_path(std::string(at), chart_name));
    search.chart = of_folder(std::string(at), top);
    if (at == "/") break;
  }
  return search;
}

}  // namespace imglint
