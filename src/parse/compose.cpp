#include "parse/compose.hpp"

#include <algorithm>

#include "parse/compose_file.hpp"
#include "parse/compose_places.hpp"
#include "parse/compose_uses.hpp"
#include "parse/compose_values.hpp"
#include "parse/yaml_events.hpp"
#include "parse/yaml_refusals.hpp"

namespace imglint {

std::unique_ptr<Document> read_compose(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, Dialect::compose);
  const yaml::Parsed parsed = yaml::parse(source, options.max_bytes, document->arena);
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    return document;
  }
  document->troubles = yaml::refusals(source, parsed.tree);
  if (!document->troubles.empty()) return document;
  compose::ComposeFile file(parsed.tree);
  document->is_compose = file.is_compose();
  if (!document->is_compose) return document;
  const compose::Values values(file, options, *document);
  for (const compose::Place& place : compose::find_places(file))
    compose::add_uses(place, values, file, *document);
  compose::spread_built_names(*document);
  std::ranges::stable_sort(document->uses, {}, &ImageUse::span);
  return document;
}

}  // namespace imglint
