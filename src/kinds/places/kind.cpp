#include "kinds/kind.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "jsonc/parse.hpp"
#include "kinds/pipeline.hpp"
#include "kinds/place_uses.hpp"
#include "tree/builder.hpp"
#include "yaml/comments.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo places;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {.text = "workers:\n"
             "  - name: a\n"
             "    image: ⟦ghcr.io/acme/worker:2⟧\n",
     .note = "with `places: [{files: [\"*.yaml\"], path: \"$.workers[*].image\"}]` in the configuration",
     .place = "$.workers[*].image"},
};
constexpr const RoleInfo* roles[] = {&role::image};

/// One step of a path.
struct Step {
  enum class Kind : std::uint8_t { key, items, depth };
  Kind kind = Kind::key;
  std::string_view key = {};
};

/// Of a path that the configuration's reader has found right: `$.a["b c"][*]..d`.
std::vector<Step> steps_of(std::string_view path) {
  std::vector<Step> steps;
  path.remove_prefix(std::min<std::size_t>(path.size(), 1));
  while (!path.empty()) {
    if (path.starts_with("[*]")) {
      steps.push_back({Step::Kind::items});
      path.remove_prefix(3);
      continue;
    }
    if (path.starts_with("[\"")) {
      const auto end = std::min(path.find("\"]"), path.size());
      steps.push_back({Step::Kind::key, path.substr(2, end - 2)});
      path.remove_prefix(std::min(end + 2, path.size()));
      continue;
    }
    if (path.starts_with("..")) {
      steps.push_back({Step::Kind::depth});
      path.remove_prefix(1);
    }
    path.remove_prefix(1);
    const auto end = std::min(path.find_first_of(".["), path.size());
    steps.push_back({Step::Kind::key, path.substr(0, end)});
    path.remove_prefix(end);
  }
  return steps;
}

using OnPlace = std::function<void(Position at)>;

void walk(Pipeline& pipeline, Position at, std::span<const Step> steps, const OnPlace& on_place) {
  if (pipeline.path.is_full()) return;
  if (steps.empty()) return on_place(at);
  const Step& step = steps.front();
  const std::span<const Step> rest = steps.subspan(1);
  switch (step.kind) {
    case Step::Kind::key:
      return pipeline.field(at, step.key, [&](Position value) { walk(pipeline, value, rest, on_place); });
    case Step::Kind::items:
      return pipeline.each_item(at, [&](Position item) { walk(pipeline, item, rest, on_place); });
    case Step::Kind::depth:
      walk(pipeline, at, rest, on_place);
      pipeline.each_value(at, [&](Position value) { walk(pipeline, value, steps, on_place); });
      pipeline.each_item(at, [&](Position item) { walk(pipeline, item, steps, on_place); });
      return;
  }
}

void read_tree(const yaml::Tree& tree, const ReadOptions& options, Pipeline::Locate locate,
               Document& document) {
  Pipeline pipeline(tree, document, options, {}, locate);
  std::set<std::array<yaml::NodeIndex, 3>> joined;  // what aliases reach again is one reference
  for (const OwnPlace& place : options.places) {
    const std::vector<Step> steps = steps_of(place.path);
    for (std::size_t i = 0; i < tree.documents.size(); ++i)
      walk(pipeline, pipeline.view.top(i), steps, [&](Position at) {
        if (place.repository.empty()) return pipeline.image(at, nullptr);
        if (!pipeline.is_map(at)) return;
        const auto node = [&](std::string_view key) { return pipeline.view.find(at, key).node; };
        const SplitRow parts{{}, &role::image, place.registry, place.repository, place.tag};
        if (joined.insert({node(place.registry), node(place.repository), node(place.tag)}).second)
          add_split_use(parts, pipeline.view, at, pipeline.path.text(), locate, document);
      });
  }
  pipeline.finish();
}

bool is_json(std::string_view path) { return path.ends_with(".json") || path.ends_with(".jsonc"); }

Result<void> prove(const EditSet& edits) {
  return is_json(edits.source().path()) ? Result<void>() : verify_yaml_edits(edits);
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, places);
  if (is_json(source.path())) {
    jsonc::Parsed parsed = jsonc::parse(source, options.max_bytes, document->arena);
    if (parsed.trouble) {
      document->troubles.push_back(std::move(*parsed.trouble));
      return document;
    }
    keep_last_keys(parsed.tree);
    read_tree(parsed.tree, options, jsonc::locate, *document);
    return document;
  }
  const yaml::Parsed parsed = yaml::parse(source, options.max_bytes, document->arena);
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    return document;
  }
  if (yaml::unsafe_aliases(parsed.tree)) {
    document->troubles = yaml::refusals(source, parsed.tree);
    return document;
  }
  read_tree(parsed.tree, options, yaml::locate, *document);
  document->comments = yaml::linter_comments(source, parsed.tree);
  return document;
}

}  // namespace

constinit const KindInfo places = {
    .name = "places",
    .title = "file with places of one's own",
    .plural = "files with places of one's own",
    .summary = "YAML and JSON files in which the configuration says where references stand (`places`).",
    .examples = examples,
    .names = {},
    .read = read,
    .roles = roles,
    .has_own_places = true,
    .is_yaml = true,
    .comments_behind = true,
    .prove = prove,
};

}  // namespace imglint::kinds
