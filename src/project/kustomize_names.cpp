#include "project/kustomize_names.hpp"

#include "base/path.hpp"
#include "kinds/manifest/dialects.hpp"
#include "source/file_system.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"
#include "tree/places.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {

void add_named_files(const std::string& path, std::string bytes,
                     std::map<std::string, const KindInfo*, std::less<>>& into) {
  const Source source(path, std::move(bytes));
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, static_cast<std::uint32_t>(source.bytes().size()), arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return;
  compose::View view(parsed.tree);
  const std::string folder(folder_of(path));
  const auto add = [&](std::string_view pattern, const KindInfo& kind) {
    for (std::size_t document = 0; document < parsed.tree.documents.size(); ++document)
      for_each_match(view, view.top(document), pattern, {}, [&](compose::Position at, const compose::Path&) {
        const std::string_view name = view.text(at);
        if (name.empty() || name.starts_with('/') || name.find('\n') != name.npos) return;
        into.emplace(normal_path(join_path(folder, name)), &kind);
      });
  };
  for (const std::string_view pattern :
       {"patches[].path", "patchesJson6902[].path", "patchesStrategicMerge[]", "spec.patches[].path"})
    add(pattern, kinds::kustomization);
  for (const std::string_view pattern : {"resources[]", "transformers[]"}) add(pattern, kinds::kubernetes);
  for (const std::string_view pattern : {"helmCharts[].valuesFile", "helmCharts[].additionalValuesFiles[]"})
    add(pattern, kinds::helm_values);
}

const KindInfo* kind_named_above(FileSystem& files, const std::string& path) {
  if (!path.ends_with(".yaml") && !path.ends_with(".yml") && !path.ends_with(".json")) return nullptr;
  const auto folder = files.resolve(std::string(folder_of(path)));
  const auto here = files.resolve(".");
  if (!folder) return nullptr;
  const std::string top = own_tree(files, *folder, here ? *here : std::string());
  const std::string own = normal_path(join_path(*folder, name_of(path)));
  for (std::string_view above = *folder; is_inside(above, top); above = folder_of(above)) {
    for (const std::string_view name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
      const std::string kustomization = join_path(above, name);
      const auto status = files.status(kustomization);
      if (!status || status->kind != FileKind::regular) continue;
      auto content = read_file_inside(files, kustomization, top, default_max_file_size);
      if (!content) continue;
      std::map<std::string, const KindInfo*, std::less<>> named;
      add_named_files(kustomization, std::move(content->bytes), named);
      if (const auto found = named.find(own); found != named.end()) return found->second;
    }
    if (above == "/" || above == ".") break;
  }
  return nullptr;
}

}  // namespace imglint
