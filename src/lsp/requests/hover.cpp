#include "lsp/requests/hover.hpp"

#include <algorithm>

#include "base/printable.hpp"
#include "kinds/suppression.hpp"
#include "lsp/project_places.hpp"
#include "lsp/uses_at.hpp"
#include "reference/parse.hpp"
#include "registry/lock.hpp"
#include "rules/index.hpp"

namespace imglint::lsp {
namespace {

/// Text that is set as code, and lists, in Markdown or plainly.
class Writer {
 public:
  explicit Writer(bool markdown) : markdown_(markdown) {}

  [[nodiscard]] std::string code(std::string_view text) const {
    std::string shown = printable(text);
    if (!markdown_) return shown;
    // A fence is one longer than what is inside.
    std::size_t longest = 0, ticks = 0;
    for (const char c : shown) longest = std::max(longest, ticks = c == '`' ? ticks + 1 : 0);
    const std::string fence(longest + 1, '`');
    const std::string_view gap = longest > 0 ? " " : "";
    return fence + std::string(gap) + shown + std::string(gap) + fence;
  }
  void paragraph(const std::string& text) {
    text_ += (text_.empty() ? "" : "\n\n") + text;
    in_list_ = false;
  }
  void item(const std::string& text) {
    text_ += (in_list_ ? "\n- " : "\n\n- ") + text;
    in_list_ = true;
  }
  void command(const std::string& text) { paragraph(markdown_ ? "```sh\n" + text + "\n```" : text); }
  [[nodiscard]] std::string finish() && { return std::move(text_); }

 private:
  bool markdown_;
  bool in_list_ = false;
  std::string text_;
};

/// Where a part comes from, each source once.
std::string origins(const FoundUse& found, TextRange part, const View& view) {
  std::vector<std::string> words;
  for (const Piece& piece : found.use->value.pieces()) {
    const bool overlaps = piece.text.begin < part.end && part.begin < piece.text.end;
    if (!overlaps) continue;
    std::string word = piece.variable == no_variable
                           ? "as written"
                           : origin_of(found.use->value.variables[piece.variable], view);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
  }
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

void write_parts(const FoundUse& found, const View& view, Writer& out) {
  const Reference& parts = *found.use->parsed();
  const std::string_view text = found.use->value.text();
  const CanonicalReference meaning = canonical(parts, text);
  if (parts.registry)
    out.item("registry " + out.code(parts.registry->of(text)) + ": " + origins(found, *parts.registry, view));
  else
    out.item("registry " + out.code(meaning.registry) + ": implied");
  const TextRange repository = parts.repository();
  const bool library = meaning.repository.size() > repository.size();
  out.item("name " + out.code(repository.of(text)) + ": " + origins(found, repository, view) +
           (library ? "; " + out.code("library/") + " is implied" : ""));
  if (parts.tag)
    out.item("tag " + out.code(parts.tag->of(text)) + ": " + origins(found, *parts.tag, view) +
             (parts.digest ? "; the digest decides" : ""));
  else if (!parts.digest)
    out.item("tag " + out.code("latest") + ": implied");
  if (parts.digest)
    out.item("digest " + out.code(parts.digest->of(text)) + ": " + origins(found, *parts.digest, view));
}

void write_without_parts(const FoundUse& found, const View& view, Writer& out) {
  const ImageUse& use = *found.use;
  for (const Variable& variable : use.value.variables)
    if (variable.needed) out.item(out.code(variable.name) + ": " + origin_of(variable, view));
  if (!use.error().empty())
    out.item(std::string(use.error()));
  else if (const auto* error = std::get_if<ReferenceError>(&use.reference);
           error && use.kind == Kind::invalid)
    out.item(message(*error, use.value.text()));
}

std::string kind_text(const FoundUse& found, const Writer& out) {
  const ImageUse& use = *found.use;
  switch (use.kind) {
    case Kind::image:
    case Kind::built: {
      const std::string name = full_name(use);
      const std::string shown = out.code(name.empty() ? std::string(use.value.text()) : name);
      return use.kind == Kind::built ? shown + ", which is built here" : shown;
    }
    case Kind::stage:
    case Kind::stage_index: {
      if (use.stage < 0) return "a stage of this file";
      const Stage& stage = found.document->stages[static_cast<std::size_t>(use.stage)];
      const auto line = found.document->source->position(stage.instruction.begin).line;
      const std::string name = stage.name.empty() ? std::to_string(use.stage) : std::string(stage.name);
      return "stage " + out.code(name) + " of line " + std::to_string(line);
    }
    case Kind::scratch:
      return out.code("scratch") + ", the empty base";
    case Kind::context:
      return "the build context " + out.code(use.value.text());
    case Kind::service:
      return "the service " + out.code(use.value.text());
    case Kind::unresolved:
      return out.code(use.written.text()) + ", of which not all is known";
    case Kind::invalid:
      return out.code(use.written.text()) + " is no reference";
    case Kind::mirrored:
      return out.code(use.value.text()) + " of Docker Hub, through a dependency proxy";
  }
  return {};
}

/// What the lock says of the tag.
void write_locked(const FoundUse& found, const View& view, Writer& out) {
  const std::optional<DigestLock>& lock = view.workspace.policy(view.source().path()).lock;
  if (!lock) return;
  CanonicalReference meaning = canonical(*found.use->parsed(), found.use->value.text());
  if (meaning.digest && !meaning.tag) return;
  const std::string image = meaning.without_suffix() + ":" + meaning.tag.value_or("latest");
  const LockedImage* locked = lock->find(image);
  if (!locked) return;
  const bool same = meaning.digest == locked->digest;
  out.item((same ? "this digest since " : "by the lock " + out.code(locked->digest) + " since ") +
           locked->seen.at(locked->digest) + ", asked on " + locked->at);
}

std::string project_words(const std::string& name, const Writer& out) {
  return name.empty() ? "this project" : "project " + out.code(name);
}

/// What counts in the project in place of an image that does not.
void write_winner(const FoundUse& found, const View& view, Writer& out) {
  if (found.use->active || !found.use->role->main) return;
  const auto [project, service] = service_of(view, *found.document, *found.use);
  if (!service) return;
  std::string text = "not used in " + project_words(project->project->name, out);
  const Location winner = place_of(service->image);
  if (winner.source &&
      !(winner.source == found.document->source && winner.span.begin == found.use->span.begin))
    text += ": " + out.code(text_of(service->image)) + ", " + words_for(winner, view);
  out.item(text);
}

void write_service(const ServiceInProject& in, const View& view, Writer& out) {
  const assembly::AssembledService& service = *in.service;
  out.paragraph("service " + out.code(service.name) + " of " + project_words(in.project->project->name, out) +
                (service.enabled ? "" : ", whose profile is off"));
  const auto place_words = [&](const assembly::Item* item) {
    const std::string words = words_for(place_of(item), view);
    return words.empty() ? words : ": " + words;
  };
  if (service.image)
    out.item((service.build ? "its build is called " : "image ") + out.code(text_of(service.image)) +
             place_words(service.image));
  if (!service.build) return;
  const std::string& dockerfile = service.build->dockerfile;
  const std::string what = dockerfile.empty() ? service.build->context : dockerfile;
  out.item("built from " +
           (service.build->inlined ? "an inline Dockerfile" : out.code(path_from(view, what))) +
           place_words(find(service.item, "build")));
}

std::optional<Hover> service_hover(const View& view, std::uint32_t offset, bool markdown) {
  const std::vector<ServiceInProject> services = services_named_at(view, offset);
  if (services.empty()) return std::nullopt;
  Writer out(markdown);
  for (std::size_t i = 0; i < std::min<std::size_t>(services.size(), 5); ++i)
    write_service(services[i], view, out);
  for (const Owner& owner : view.document().owners)
    if (owner.name_span.begin <= offset && offset <= owner.name_span.end)
      return Hover{std::move(out).finish(), view.places.range(view.source(), owner.name_span)};
  return std::nullopt;
}

void write_use(const FoundUse& found, const View& view, Writer& out) {
  const ImageUse& use = *found.use;
  std::string first = kind_text(found, out);
  const Value& platform = found.document->platform_of(use);
  if (!platform.empty()) first += " for " + out.code(platform.text());
  out.paragraph(first);
  const std::string name = full_name(use);
  if (name.empty()) return write_without_parts(found, view, out);
  write_parts(found, view, out);
  write_winner(found, view, out);
  if (!is_pulled(use)) return;
  write_locked(found, view, out);
  const std::string option = platform.empty() ? "" : "--platform " + printable(platform.text()) + " ";
  out.command("docker pull " + option + printable(name));
}

std::optional<Hover> rule_hover(const View& view, std::uint32_t offset, bool markdown) {
  for (const Suppression& suppression : read_suppressions(view.document()))
    for (const Suppression::Rule& written : suppression.rules) {
      if (offset < written.span.begin || offset > written.span.end) continue;
      const Rule* rule = find_rule(written.name);
      if (!rule) continue;
      Writer out(markdown);
      out.paragraph(out.code(rule->info.name) + ": " + std::string(rule->info.summary));
      out.paragraph(std::string(rule->info.why));
      return Hover{std::move(out).finish(), view.places.range(view.source(), written.span)};
    }
  return std::nullopt;
}

}  // namespace

std::optional<Hover> hover(const View& view, Position position, bool markdown) {
  const std::uint32_t offset = view.places.map(view.source()).offset(position);
  std::vector<FoundUse> found = uses_written_at(view, offset);
  const bool written_here = !found.empty();
  if (!written_here) found = uses_fed_from(view, offset);
  if (found.empty()) {
    auto service = service_hover(view, offset, markdown);
    return service ? service : rule_hover(view, offset, markdown);
  }
  Span span = found.front().use->span;
  for (const UsePart& part : found.front().use->parts)
    if (part.span.touches(offset)) span = part.span;
  if (!written_here)
    for (const Variable& variable : found.front().use->value.variables)
      if (variable.place.source == &view.source() && variable.place.span.begin <= offset &&
          offset <= variable.place.span.end)
        span = variable.place.span;
  Writer out(markdown);
  struct Said {
    std::string text;
    std::string_view project;
  };
  std::vector<Said> said;  // readings with other build arguments often say the same
  for (const FoundUse& use : found) {
    Writer one(markdown);
    write_use(use, view, one);
    std::string text = std::move(one).finish();
    const auto is_same = [&](const Said& each) { return each.text == text; };
    if (std::any_of(said.begin(), said.end(), is_same)) continue;
    said.push_back(
        {std::move(text), use.document->project ? use.document->project->name : std::string_view()});
    if (said.size() == 5) break;
  }
  const bool differ = std::any_of(said.begin(), said.end(),
                                  [&](const Said& each) { return each.project != said.front().project; });
  for (const auto& [text, project] : said) {
    if (differ && !project.empty()) out.paragraph("In project " + out.code(project) + ":");
    out.paragraph(text);
  }
  return Hover{std::move(out).finish(), view.places.range(view.source(), span)};
}

}  // namespace imglint::lsp
