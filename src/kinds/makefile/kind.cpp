#include "kinds/kind.hpp"

#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/makefile/recipes.hpp"
#include "kinds/pipeline.hpp"
#include "kinds/shell/read.hpp"

namespace imglint::kinds {

extern const KindInfo makefile;

namespace {

constexpr KindExample examples[] = {
    {"IMAGE ?= ghcr.io/acme/tool:2\n"
     "check:\n"
     "\t@docker run --rm ⟦$(IMAGE)⟧ check\n"
     "\tdocker pull ⟦alpine:3.20⟧\n",
     "command lines of recipes, with variables that are set once"},
};
constexpr std::string_view names[] = {"{GNU,}[Mm]akefile", "{GNU,}[Mm]akefile[.-]*", "*.mk"};
constexpr const RoleInfo* roles[] = {
    &role::image,        &role::probable_image, &role::build_tag, &role::pushed_image, &role::local_image,
    &role::tagged_image, &role::build_context,  &role::build_arg, &role::cache_from,   &role::cache_to};

/// Variables that are assigned once.
class Values final : public Lookup {
 public:
  Values(const imglint::makefile::Makefile& file, Document& document) : file_(file), document_(document) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& /*text*/) const override {
    const auto found = file_.variables.find(part.name);
    if (found == file_.variables.end() || found->second.size() != 1 || !found->second.front().has_value)
      return {};
    const MappedText value =
        MappedText::slice(*document_.source, found->second.front().value, document_.arena);
    TextParts parts = imglint::languages::make(value.text());
    for (TextPart& each : parts) each.outer = true;
    if (parts.empty()) parts.push_back({});
    return {.supplies = {{.expression = {value, std::move(parts), this}, .opaque = false}}};
  }

 private:
  const imglint::makefile::Makefile& file_;
  Document& document_;
};

/// The same for what make puts into a recipe; the shell's own variables are none of its business.
class OuterValues final : public Lookup {
 public:
  explicit OuterValues(const Values& values) : values_(values) {}
  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    return part.outer ? values_.find(part, text) : Meaning{};
  }

 private:
  const Values& values_;
};

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, makefile);
  const std::string_view text = imglint::shell::readable_text(source, options.max_bytes, *document);
  const auto file = imglint::makefile::read_makefile(text, source.text_begin());
  const Values values(file, *document);
  const OuterValues outer(values);
  for (const std::vector<Span>& recipe : file.recipes) {
    MappedTextBuilder builder;
    for (const Span stretch : recipe) builder.copy(&source, stretch, source.text(stretch));
    const MappedText joined = builder.finish(document->arena);
    imglint::shell::add_script(script_text(joined, imglint::languages::make(joined.text()), document->arena),
                               &outer, 0, false, *document);
  }
  document->comments = line_comments(source, recipe_signs);
  finish_references(*document);
  return document;
}

}  // namespace

constinit const KindInfo makefile = {
    .name = "makefile",
    .title = "Makefile",
    .plural = "Makefiles",
    .summary = "Command lines in recipes of Makefiles.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .include = "scripts",
    .read = read,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
