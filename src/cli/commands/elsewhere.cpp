#include "cli/commands/elsewhere.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "base/path.hpp"
#include "config/keys.hpp"
#include "config/settled_names.hpp"
#include "rules/index.hpp"
#include "source/read_file.hpp"

namespace imglint {
namespace {

std::size_t hash_of(std::string_view path) { return std::hash<std::string>()(normal_path(path)); }

}  // namespace

void KnownText::add(const Source& source, Span span) { spans_.emplace_back(hash_of(source.path()), span); }

void KnownText::add(const Document& document) {
  for (const ImageUse& use : document.uses) {
    add(*document.source, use.span);
    for (const UsePart& part : use.parts) add(*document.source, part.span);
    for (const auto* variables : {&use.value.variables, &use.open_value.variables})
      for (const Variable& variable : *variables)
        if (variable.place.source) add(*variable.place.source, variable.place.span);
  }
}

void KnownText::add(const EditSet& edits) {
  for (const Edit& edit : edits.edits()) add(edits.source(), edit.span);
}

void KnownText::add(KnownText more) { spans_.insert(spans_.end(), more.spans_.begin(), more.spans_.end()); }

void KnownText::add(const PolicyCache& configurations, FileSystem& files) {
  if (configurations.files_read().empty()) return;
  const std::vector<ConfigKey> keys = config_keys(all_rule_infos());
  for (const std::string& path : configurations.files_read()) {
    Result<FileContent> content = read_file(files, path, most_config_bytes);
    if (!content) continue;
    const Source source(path, std::move(content->bytes));
    for (const Span span : settled_stretches(source, keys)) add(source, span);
  }
}

void KnownText::sort() { std::ranges::sort(spans_); }

std::vector<Span> KnownText::in(std::string_view path) const {
  std::vector<Span> joined;  // so that the ends are in order, too
  const std::size_t hash = hash_of(path);
  using Entry = std::pair<std::size_t, Span>;
  for (auto at = std::ranges::lower_bound(spans_, hash, {}, &Entry::first);
       at != spans_.end() && at->first == hash; ++at) {
    const Span span = at->second;
    if (!joined.empty() && span.begin <= joined.back().end)
      joined.back().end = std::max(joined.back().end, span.end);
    else
      joined.push_back(span);
  }
  return joined;
}

void ListedNames::add(const Document& document) {
  add_names(document, names);
  known.add(document);
}

void ListedNames::add(ListedNames more) {
  names.merge(more.names);
  known.add(std::move(more.known));
}

Elsewhere search_elsewhere(std::vector<std::string> names, std::span<const std::string> targets,
                           const CommonOptions& options, KnownText known, const Session& session) {
  Elsewhere result;
  if (names.empty()) return result;
  const std::vector<std::string> here{"."};
  if (session.progress) session.progress("looking for what stays behind", 0, 0);
  const std::vector<std::string> paths = all_files(
      session.files, options.paths.empty() ? here : options.paths, {.no_ignore = options.no_ignore});
  known.sort();
  const TextSet set(std::move(names));
  const TextSet goals({targets.begin(), targets.end()});
  std::vector<std::vector<LeftName>> found(paths.size());
  result.passed =
      read_texts(session.files, paths, options.jobs, [&](std::size_t index, std::string_view bytes) {
        found[index] = find_names({&set, &goals}, paths[index], bytes, known.in(paths[index]));
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
