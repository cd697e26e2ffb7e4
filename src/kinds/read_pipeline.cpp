#include <algorithm>
#include <iterator>
#include <optional>

#include "kinds/included_file.hpp"
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

bool is_header(compose::View& view, compose::Position top) {
  const auto entries = view.entries(top);
  return entries.size() == 1 && entries.front().key == "spec";
}

}  // namespace

ParsedPipeline parse_pipeline(const Source& source, std::uint32_t max_bytes, bool last_key_wins,
                              Arena& arena) {
  ParsedPipeline result{.parsed = yaml::parse(source, max_bytes, arena), .troubles = {}};
  if (result.parsed.trouble) {
    result.troubles.push_back(*result.parsed.trouble);
    return result;
  }
  result.troubles = refusals(source, result.parsed.tree, last_key_wins);
  if (result.troubles.empty() && last_key_wins) keep_last_keys(result.parsed.tree);
  return result;
}

PipelineFile::PipelineFile(compose::View& all, const Source& read) : view(&all), source(&read) {
  if (yaml::unsafe_aliases(view->tree())) return;
  for (std::size_t document = 0; document < view->tree().documents.size(); ++document) {
    const compose::Position top = view->top(document);
    if (is_header(*view, top))
      header = top;
    else if (view->is(top, yaml::NodeKind::map))
      documents.push_back(top);
    for (const compose::Entry& entry : view->entries(top)) entries.emplace(entry.key, entry.value);
  }
}

bool any_document(std::string_view bytes, std::initializer_list<std::string_view> words,
                  bool (*is_it)(compose::View& view, compose::Position top)) {
  const auto stands = [&](std::string_view word) { return bytes.find(word) != bytes.npos; };
  if (!std::ranges::all_of(words, stands)) return false;
  const Source source("", std::string(bytes));
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, static_cast<std::uint32_t>(bytes.size()), arena);
  if (parsed.trouble || yaml::unsafe_aliases(parsed.tree)) return false;
  compose::View view(parsed.tree);
  for (std::size_t document = 0; document < parsed.tree.documents.size(); ++document)
    if (const auto top = view.top(document); view.is(top, yaml::NodeKind::map) && is_it(view, top))
      return true;
  return false;
}

std::unique_ptr<Document> read_pipeline(const Source& source, const ReadOptions& options,
                                        const PipelineReading& reading) {
  auto document = std::make_unique<Document>(source, *reading.kind);
  std::optional<ParsedPipeline> own;
  if (!options.shared)
    own = parse_pipeline(source, options.max_bytes, reading.last_key_wins, document->arena);
  const ParsedPipeline& tree = own ? *own : options.shared->tree;
  if (!tree.troubles.empty()) {
    document->troubles = tree.troubles;
    return document;
  }
  Pipeline pipeline(tree.parsed.tree, *document, options, reading.language);
  reading.walk(pipeline);
  pipeline.finish();
  std::ranges::move(yaml::linter_comments(source, tree.parsed.tree), std::back_inserter(document->comments));
  std::ranges::stable_sort(document->comments, {}, &Comment::span);
  return document;
}

}  // namespace imglint
