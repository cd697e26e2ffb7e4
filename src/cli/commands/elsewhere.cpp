#include "cli/commands/elsewhere.hpp"

#include <algorithm>
#include <map>

#include "base/path.hpp"

namespace imglint {
namespace {

using SpansOfFiles = std::map<std::string, std::vector<Span>, std::less<>>;

/// What is known of each file: its references, the values of their variables, what is edited.
SpansOfFiles known_spans(std::span<const Document* const> documents, std::span<const EditSet> edits) {
  SpansOfFiles known;
  const auto add = [&](const Source& source, Span span) {
    known[normal_path(source.path())].push_back(span);
  };
  for (const Document* document : documents)
    for (const ImageUse& use : document->uses) {
      add(*document->source, use.span);
      for (const UsePart& part : use.parts) add(*document->source, part.span);
      for (const auto* variables : {&use.value.variables, &use.open_value.variables})
        for (const Variable& variable : *variables)
          if (variable.place.source) add(*variable.place.source, variable.place.span);
    }
  for (const EditSet& set : edits)
    for (const Edit& edit : set.edits()) add(set.source(), edit.span);
  for (auto& [path, spans] : known) {
    std::ranges::sort(spans);
    // So that the ends are in order, too.
    std::vector<Span> joined;
    for (const Span span : spans) {
      if (!joined.empty() && span.begin <= joined.back().end)
        joined.back().end = std::max(joined.back().end, span.end);
      else
        joined.push_back(span);
    }
    spans = std::move(joined);
  }
  return known;
}

}  // namespace

Elsewhere search_elsewhere(std::vector<std::string> names, std::span<const std::string> targets,
                           const CommonOptions& options, std::span<const Document* const> documents,
                           std::span<const EditSet> edits, const Session& session) {
  Elsewhere result;
  if (names.empty()) return result;
  const std::vector<std::string> here{"."};
  if (session.progress) session.progress("looking for what stays behind", 0, 0);
  const std::vector<std::string> paths = all_files(
      session.files, options.paths.empty() ? here : options.paths, {.no_ignore = options.no_ignore});
  const SpansOfFiles known = known_spans(documents, edits);
  const TextSet set(std::move(names));
  std::vector<std::vector<LeftName>> found(paths.size());
  result.passed =
      read_texts(session.files, paths, options.jobs, [&](std::size_t index, std::string_view bytes) {
        const auto spans = known.find(normal_path(paths[index]));
        found[index] = find_names({&set, targets}, paths[index], bytes,
                                  spans == known.end() ? std::span<const Span>() : spans->second);
      });
  result.searched = paths.size();
  for (std::vector<LeftName>& places : found) {
    if (places.empty()) continue;
    ++result.files;
    ++result.by_kind[kind_of_file(places.front().file)];
    std::ranges::move(places, std::back_inserter(result.places));
  }
  return result;
}

}  // namespace imglint
