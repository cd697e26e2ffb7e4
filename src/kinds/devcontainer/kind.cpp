#include "kinds/kind.hpp"

#include <limits>

#include "jsonc/parse.hpp"
#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/pipeline.hpp"
#include "tree/builder.hpp"

namespace imglint::kinds {

extern const KindInfo devcontainer;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"// For format details, see https://aka.ms/devcontainer.json\n"
     "{\n"
     "  \"image\": \"⟦mcr.microsoft.com/devcontainers/go:1.22⟧\",\n"
     "  \"features\": {\"⟦ghcr.io/devcontainers/features/node:1⟧\": {}},\n"
     "}\n",
     "the image, features, and what a build takes; comments and trailing commas are allowed"},
};
constexpr std::string_view names[] = {"{.devcontainer,devcontainer}.json"};
constexpr const RoleInfo* roles[] = {&role::image, &role::feature, &role::cache_from, &role::build_arg};

/// `${localEnv:NAME:word}`: the word.
class Values final : public Lookup {
 public:
  explicit Values(const Pipeline& pipeline) : pipeline_(pipeline) {}
  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    if (part.op.empty()) return {};
    return {.supplies = {pipeline_.fallback(text, part.operand, nullptr)}};
  }

 private:
  const Pipeline& pipeline_;
};

/// A key of `features` that names an artifact: it has a host and is no path or address.
bool names_artifact(std::string_view key) {
  const auto slash = key.find('/');
  if (slash == key.npos || key.starts_with('.') || key.starts_with('/') || key.find("://") != key.npos)
    return false;
  return key.substr(0, slash).find_first_of(".:") != key.npos;
}

void walk_build(Pipeline& pipeline, Position build, const Lookup* values) {
  pipeline.field(build, "cacheFrom", [&](Position cache) {
    const auto add = [&](Position at) { pipeline.image(at, values, role::cache_from, Entry::cache); };
    add(cache);
    pipeline.each_item(cache, add);
  });
  pipeline.field(build, "args", [&](Position arguments) {
    pipeline.each_entry(arguments, [&](const compose::Entry& entry) {
      if (shell::is_build_argument_of_image(entry.key)) pipeline.image(entry.value, values, role::build_arg);
    });
  });
}

/// What Dockerfile is built, with which arguments. Its path is not looked for in the context.
void note_build(Pipeline& pipeline, Position top, const Lookup* values) {
  compose::View& view = pipeline.view;
  const Position build = view.find(top, "build");
  Position file = view.find(build, "dockerfile");
  if (!file) file = view.find(top, "dockerFile");
  const Pipeline::Amount dockerfile = pipeline.amount(file, values);
  if (!dockerfile.is_known || dockerfile.text.text().empty()) return;
  Document& document = pipeline.document();
  const Span place = pipeline.span_of(file);
  Build found{.owner = static_cast<OwnerIndex>(document.owners.size())};
  found.context = ".";
  found.dockerfile = dockerfile.text.text();
  found.target_text = pipeline.amount(view.find(build, "target"), values).text;
  found.target = found.target_text.text();
  for (const compose::Entry& entry : view.entries(view.find(build, "args"))) {
    const Pipeline::Amount value = pipeline.amount(entry.value, values);
    found.arguments.push_back({.name = entry.key,
                               .has_value = value.is_known,
                               .value = value.is_known ? value.text : MappedText(),
                               .variables = value.variables});
  }
  document.owners.push_back({.label = "container",
                             .name_span = place,
                             .span = place,
                             .build = static_cast<std::int32_t>(document.builds.size())});
  document.builds.push_back(std::move(found));
}

/// A string is a line for a shell, a list is words, a map holds both.
void walk_command(Pipeline& pipeline, Position command, int depth) {
  pipeline.script(command, pipeline.new_script(nullptr));
  if (pipeline.is_list(command)) pipeline.command({}, command, nullptr);
  if (depth == 0) pipeline.each_value(command, [&](Position one) { walk_command(pipeline, one, 1); });
}

void walk(Pipeline& pipeline) {
  const Position top = pipeline.view.top(0);
  const Lookup* values = pipeline.keep<Values>(pipeline);
  pipeline.field(top, "image", [&](Position image) { pipeline.image(image, values); });
  pipeline.field(top, "build", [&](Position build) { walk_build(pipeline, build, values); });
  note_build(pipeline, top, values);
  pipeline.field(top, "features", [&](Position features) {
    pipeline.each_entry(features, [&](const compose::Entry& entry) {
      if (names_artifact(entry.key)) pipeline.image({entry.key_node, true}, nullptr, role::feature);
    });
  });
  for (const std::string_view key : {"initializeCommand", "onCreateCommand", "updateContentCommand",
                                     "postCreateCommand", "postStartCommand", "postAttachCommand"})
    pipeline.field(top, key, [&](Position command) { walk_command(pipeline, command, 0); });
}

std::vector<std::string> compose_files(const Source& source) {
  constexpr std::string_view key = "dockerComposeFile";
  std::vector<std::string> files;
  if (source.bytes().find(key) == std::string_view::npos) return files;
  Document document(source, devcontainer);
  jsonc::Parsed parsed = jsonc::parse(source, std::numeric_limits<std::uint32_t>::max(), document.arena);
  if (parsed.trouble) return files;
  keep_last_keys(parsed.tree);
  const ReadOptions options;
  Pipeline pipeline(parsed.tree, document, options, {.cut = imglint::languages::devcontainer}, jsonc::locate);
  const Lookup* values = pipeline.keep<Values>(pipeline);
  const auto add = [&](Position file) {
    const Pipeline::Amount path = pipeline.amount(file, values);
    if (path.is_known && !path.text.text().empty()) files.emplace_back(path.text.text());
  };
  const Position named = pipeline.view.find(pipeline.view.top(0), key);
  if (pipeline.is_scalar(named)) add(named);
  for (const Position file : pipeline.view.items(named)) add(file);
  return files;
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, devcontainer);
  jsonc::Parsed parsed = jsonc::parse(source, options.max_bytes, document->arena);
  if (parsed.trouble) {
    document->troubles.push_back(*parsed.trouble);
    return document;
  }
  document->comments = code_comments(source);
  keep_last_keys(parsed.tree);
  Pipeline pipeline(parsed.tree, *document, options, {.cut = imglint::languages::devcontainer},
                    jsonc::locate);
  walk(pipeline);
  pipeline.finish();
  return document;
}

}  // namespace

constinit const KindInfo devcontainer = {
    .name = "devcontainer",
    .title = "devcontainer",
    .plural = "devcontainers",
    .summary = "Development containers, devcontainer.json.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .read = read,
    .compose_files = compose_files,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
