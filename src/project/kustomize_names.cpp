#include "project/kustomize_names.hpp"

#include "base/path.hpp"
#include "kinds/manifest/dialects.hpp"
#include "source/file_system.hpp"
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
  for (const std::string_view pattern : {"helmCharts[].valuesFile", "helmCharts[].additionalValuesFiles[]"})
    add(pattern, kinds::helm_values);
}

}  // namespace imglint
