#include <algorithm>

#include "kinds/pipeline.hpp"
#include "tree/builder.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint {
namespace {

/// Repeated keys, and aliases that nobody could follow. What else docker compose refuses is nothing to
/// others.
std::vector<Trouble> refusals(const Source& source, const yaml::Tree& tree, bool last_key_wins) {
  std::vector<Trouble> troubles = yaml::refusals(source, tree);
  if (yaml::unsafe_aliases(tree)) return troubles;
  std::erase_if(troubles, [&](const Trouble& trouble) {
    return last_key_wins || trouble.kind != Trouble::Kind::duplicate_key;
  });
  return troubles;
}

}  // namespace

std::unique_ptr<Document> read_pipeline(const Source& source, const ReadOptions& options,
                                        const PipelineReading& reading) {
  auto document = std::make_unique<Document>(source, *reading.kind);
  yaml::Parsed parsed = yaml::parse(source, options.max_bytes, document->arena);
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    return document;
  }
  document->troubles = refusals(source, parsed.tree, reading.last_key_wins);
  if (!document->troubles.empty()) return document;
  if (reading.last_key_wins) keep_last_keys(parsed.tree);
  Pipeline pipeline(parsed.tree, *document, options, reading.language);
  reading.walk(pipeline);
  pipeline.finish();
  document->comments = yaml::linter_comments(source, parsed.tree);
  return document;
}

}  // namespace imglint
