#include "project/charts.hpp"

#include <optional>

#include "source/inside.hpp"
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

}  // namespace

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
  return known->second.get();
}

const ChartFacts* Charts::of(const std::string& path) {
  const std::string folder(folder_of(path));
  const auto [known, is_new] = nearest_.try_emplace(folder, nullptr);
  if (!is_new) return known->second;
  const auto resolved = files_.resolve(folder);
  const auto here = files_.resolve(".");
  if (!resolved) return nullptr;
  const std::string top = own_tree(files_, *resolved, here ? *here : std::string());
  for (std::string_view at = *resolved; is_inside(at, top); at = folder_of(at)) {
    if (const ChartFacts* facts = of_folder(std::string(at), top)) return known->second = facts;
    if (at == "/") break;
  }
  return nullptr;
}

}  // namespace imglint
