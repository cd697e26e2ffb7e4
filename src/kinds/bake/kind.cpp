#include "kinds/kind.hpp"

#include <algorithm>
#include <unordered_map>

#include "hcl/parse.hpp"
#include "jsonc/parse.hpp"
#include "kinds/bake/builds.hpp"
#include "kinds/dockerfile/roles.hpp"
#include "kinds/inline_dockerfile.hpp"
#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/pipeline.hpp"

namespace imglint::kinds {

extern const KindInfo bake;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {.text = "variable \"REGISTRY\" { default = \"quay.io/acme\" }\n"
             "target \"app\" {\n"
             "  contexts = { base = \"docker-image://⟦${REGISTRY}/base:1⟧\" }\n"
             "  tags     = [\"⟦${REGISTRY}/app:2⟧\"]\n"
             "  dockerfile-inline = <<EOT\n"
             "FROM ⟦alpine:3.20⟧\n"
             "EOT\n"
             "}\n",
     .note = "contexts, tags, caches and Dockerfiles inside, with variables",
     .path = "docker-bake.hcl"},
};
constexpr std::string_view names[] = {"docker-bake.{hcl,json}", "docker-bake[.-]*.{hcl,json}"};
constexpr std::string_view given_names[] = {"*.hcl", "*.hcl.{j2,jinja,jinja2,tmpl,tpl,template,erb,in,dist}"};
constexpr const RoleInfo* roles[] = {&role::build_context,
                                     &role::build_arg,
                                     &role::build_tag,
                                     &role::cache_from,
                                     &role::cache_to,
                                     &dockerfile::role::syntax,
                                     &dockerfile::role::from,
                                     &dockerfile::role::copy_from,
                                     &dockerfile::role::mount_from,
                                     &dockerfile::role::onbuild_copy_from,
                                     &dockerfile::role::onbuild_mount_from};

/// The defaults of variables, by name; attributes at the top count too.
class Variables final : public Lookup {
 public:
  Variables(Pipeline& pipeline, Position top) : pipeline_(pipeline) {
    for (const compose::Entry& entry : pipeline.view.entries(top)) {
      if (entry.key == "variable") {
        for (const compose::Entry& variable : pipeline.view.entries(entry.value))
          if (const Position value = pipeline.view.find(variable.value, "default"))
            values_.emplace(variable.key, value);
      } else if (!pipeline.is_map(entry.value)) {
        values_.emplace(entry.key, entry.value);
      }
    }
  }
  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& /*text*/) const override {
    const auto found = values_.find(part.name);
    if (found == values_.end() || !pipeline_.is_scalar(found->second)) return {};
    return {.supplies = {pipeline_.fallback(found->second, this)}};
  }

 private:
  Pipeline& pipeline_;
  std::unordered_map<std::string_view, Position> values_;
};

/// The matrix of a target before the variables of the file.
class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, const Lookup* variables, Position target)
      : pipeline_(pipeline), variables_(variables), target_(target) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    const auto dot = part.name.find('.');
    const Position list =
        pipeline_.view.find(pipeline_.view.find(target_, "matrix"), part.name.substr(0, dot));
    if (!list) return variables_->find(part, text);
    Meaning meaning;
    for (const Position item : pipeline_.view.items(list)) {
      const Position value =
          dot == part.name.npos ? item : pipeline_.view.find(item, part.name.substr(dot + 1));
      if (pipeline_.is_scalar(value)) meaning.supplies.push_back(pipeline_.item(value, this));
    }
    return meaning;
  }

 private:
  Pipeline& pipeline_;
  const Lookup* variables_;
  Position target_;
};

/// A Dockerfile to be read when all else is.
struct Inline {
  Position text;
  std::string path;
  const Lookup* values = nullptr;
  std::vector<std::string> contexts;
};

class Walk {
 public:
  explicit Walk(Pipeline& pipeline) : pipeline_(pipeline) {}

  void run() {
    const Position top = pipeline_.view.top(0);
    const Lookup* variables = pipeline_.keep<Variables>(pipeline_, top);
    pipeline_.each_entry(top, [&](const compose::Entry& entry) {
      if (entry.key != "target") return;
      pipeline_.each_value(entry.value, [&](Position target) {
        walk_target(target, pipeline_.keep<Values>(pipeline_, variables, target));
      });
    });
    bake::add_builds(pipeline_, top,
                     [&](Position target) { return pipeline_.keep<Values>(pipeline_, variables, target); });
  }

  /// Behind Pipeline::finish().
  void read_inlines() {
    for (const Inline& one : inlines_) {
      const Evaluated text = evaluate(pipeline_.expression(one.text, one.values), pipeline_.document().arena);
      add_inline_dockerfile(text, {.path = one.path, .style = Style::hcl, .contexts = one.contexts},
                            pipeline_.options(), pipeline_.document());
    }
    finish_references(pipeline_.document());
  }

 private:
  void walk_target(Position target, const Lookup* values) {
    std::vector<std::string> contexts;
    pipeline_.field(target, "contexts", [&](Position map) {
      pipeline_.each_entry(map, [&](const compose::Entry& entry) {
        contexts.emplace_back(entry.key);
        pipeline_.image(entry.value, values, role::build_context, Entry::context);
      });
    });
    pipeline_.field(target, "args", [&](Position map) {
      pipeline_.each_entry(map, [&](const compose::Entry& entry) {
        const bool is_context =
            std::ranges::find(contexts, pipeline_.view.text(entry.value)) != contexts.end();
        if (shell::is_build_argument_of_image(entry.key) && !is_context)
          pipeline_.image(entry.value, values, role::build_arg);
      });
    });
    pipeline_.field(target, "tags", [&](Position tags) {
      pipeline_.each_item(tags, [&](Position tag) { pipeline_.image(tag, values, role::build_tag); });
    });
    walk_cache(target, "cache-from", role::cache_from, values);
    walk_cache(target, "cache-to", role::cache_to, values);
    pipeline_.field(target, "dockerfile-inline", [&](Position text) {
      if (pipeline_.is_scalar(text)) inlines_.push_back({text, pipeline_.path.text(), values, contexts});
    });
  }

  void walk_cache(Position target, std::string_view key, const RoleInfo& role, const Lookup* values) {
    pipeline_.field(target, key, [&](Position caches) {
      pipeline_.each_item(caches, [&](Position cache) {
        pipeline_.image(cache, values, role, Entry::cache);
        if (pipeline_.text(cache, "type") == "registry")
          pipeline_.field(cache, "ref", [&](Position ref) { pipeline_.image(ref, values, role); });
      });
    });
  }

  Pipeline& pipeline_;
  std::vector<Inline> inlines_;
};

/// But for those of inlined Dockerfiles, which are there already.
void add_comments(Document& document) {
  std::vector<Comment>& comments = document.comments;
  const std::vector<Comment> own = code_comments(*document.source);
  comments.insert(comments.end(), own.begin(), own.end());
  std::ranges::stable_sort(comments, {}, [](const Comment& comment) { return comment.span.begin; });
  const auto is_same = [](const Comment& a, const Comment& b) { return a.span.begin == b.span.begin; };
  comments.erase(std::unique(comments.begin(), comments.end(), is_same), comments.end());
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, bake);
  const bool is_json = source.path().ends_with(".json");
  yaml::Tree tree;
  std::optional<Trouble> trouble;
  if (is_json) {
    jsonc::Parsed parsed = jsonc::parse(source, options.max_bytes, document->arena);
    tree = std::move(parsed.tree);
    trouble = std::move(parsed.trouble);
  } else {
    hcl::Parsed parsed = hcl::parse(source, options.max_bytes, document->arena);
    tree = std::move(parsed.tree);
    trouble = std::move(parsed.trouble);
  }
  if (trouble) {
    document->troubles.push_back(std::move(*trouble));
    return document;
  }
  Pipeline pipeline(tree, *document, options, {.cut = imglint::languages::bake},
                    is_json ? jsonc::locate : hcl::locate);
  Walk walk(pipeline);
  walk.run();
  pipeline.finish();
  walk.read_inlines();
  add_comments(*document);
  return document;
}

}  // namespace

constinit const KindInfo bake = {
    .name = "bake",
    .title = "bake file",
    .plural = "bake files",
    .summary = "Files of docker buildx bake, in HCL or JSON.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .given_names = given_names,
    .read = read,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
