#include "kinds/manifest/reading.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"

namespace imglint::manifest {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// A variable that begins at an offset; nothing if none does.
std::optional<TextVariable> braces_at(std::string_view text, std::size_t at) {
  const std::size_t end = action_end(text, at);
  if (end == text.npos) return std::nullopt;
  return TextVariable{range_of(at, end), trimmed(text.substr(at + 2, end - at - 4))};
}

/// `$(params.x)`, `$(params["x"])`, `$(inputs.params.x)`.
std::optional<TextVariable> parentheses_at(std::string_view text, std::size_t at) {
  const auto end = text.find(')', at);
  if (end == text.npos) return std::nullopt;
  std::string_view name = text.substr(at + 2, end - at - 2);
  if (name.starts_with("inputs.")) name.remove_prefix(7);
  return TextVariable{range_of(at, end + 1), name};
}

/// `${NAME}`, `${NAME:=word}`, `$NAME`.
std::optional<TextVariable> dollar_at(std::string_view text, std::size_t at) {
  const bool braces = text.substr(at + 1).starts_with('{');
  const std::size_t begin = at + (braces ? 2 : 1);
  std::size_t end = begin;
  while (end < text.size() && (is_letter(text[end]) || (end > begin && is_digit(text[end])))) ++end;
  if (end == begin) return std::nullopt;
  const std::string_view name = text.substr(begin, end - begin);
  if (!braces) return TextVariable{range_of(at, end), name};
  const auto close = text.find('}', end);
  if (close == text.npos) return std::nullopt;
  return TextVariable{range_of(at, close + 1), name};
}

/// `params["x"]` and `params['x']` are `params.x`.
std::string with_dots(std::string_view name) {
  const auto open = name.find('[');
  if (open == name.npos || name.size() < open + 4) return std::string(name);
  return std::string(name.substr(0, open)) + "." + std::string(name.substr(open + 2, name.size() - open - 4));
}

}  // namespace

std::size_t action_end(std::string_view text, std::size_t begin) {
  const std::string_view inner = text.substr(begin + 2);
  const bool dash = inner.starts_with("- ") || inner.starts_with("-\n");
  const std::size_t first = inner.find_first_not_of(" \t\r\n", dash ? 1 : 0);
  if (first != inner.npos && inner.substr(first).starts_with("/*")) {
    const auto end = inner.find("*/", first + 2);
    const auto close = end == inner.npos ? inner.npos : inner.find("}}", end);
    return close == inner.npos ? text.npos : begin + 2 + close + 2;
  }
  char quote = '\0';
  for (std::size_t at = begin + 2; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == '\\' && quote == '"')
        ++at;
      else if (c == quote)
        quote = '\0';
    } else if (c == '"' || c == '`') {
      quote = c;
    } else if (c == '}' && text.substr(at).starts_with("}}")) {
      return at + 2;
    }
  }
  return text.npos;
}

TemplateInName template_in_name(std::string_view text) {
  std::string filled;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.substr(at).starts_with("{{") ? action_end(text, at) : text.npos;
    filled += end == text.npos ? text[at] : '\1';
    at = end == text.npos ? at + 1 : end;
  }
  const std::size_t digest = std::min(filled.find('@'), filled.size());
  const std::size_t slash = filled.substr(0, digest).rfind('/');
  const std::size_t colon = filled.substr(0, digest).find(':', slash == filled.npos ? 0 : slash);
  const std::string name = filled.substr(0, std::min(colon, digest));
  const bool any = name.find('\1') != name.npos;
  return {any, any && std::ranges::none_of(name, [](char c) { return is_letter(c) || is_digit(c); })};
}

Layer& Reading::add_layer(const Source& source, const Tree& tree, const MappedText* outer) {
  Layer& layer = layers_.emplace_back(source, tree, outer, document_.arena);
  collected_.push_back({&layer, PlaceCollector(tree)});
  return layer;
}

Layer* Reading::layer_in(const At& scalar) {
  if (!scalar.is(NodeKind::scalar)) return nullptr;
  HeldText& held = texts_.emplace_back();
  held.outer = scalar.layer->text(scalar.position);
  held.source = std::make_unique<Source>(document_.source->path(), std::string(held.outer.text()));
  yaml::Parsed parsed = yaml::parse(*held.source, options_.max_bytes, document_.arena);
  if (parsed.trouble || !yaml::ambiguities(*held.source, parsed.tree).empty()) return nullptr;
  held.tree = std::move(parsed.tree);
  return &add_layer(*held.source, held.tree, &held.outer);
}

const Parameters* Reading::keep(Parameters parameters) {
  parameters_.push_back(std::move(parameters));
  return &parameters_.back();
}

std::uint32_t Reading::context_number(const Context& context) {
  const auto found = std::ranges::find_if(contexts_, [&](const Context& known) { return known == context; });
  if (found != contexts_.end()) return static_cast<std::uint32_t>(found - contexts_.begin());
  contexts_.push_back(context);
  return static_cast<std::uint32_t>(contexts_.size() - 1);
}

std::uint32_t Reading::part_of(const KindInfo& dialect) {
  auto& parts = document_.parts;
  const auto found = std::ranges::find(parts, &dialect, &Part::kind);
  if (found != parts.end()) return static_cast<std::uint32_t>(found - parts.begin());
  parts.push_back({.kind = &dialect});
  return static_cast<std::uint32_t>(parts.size() - 1);
}

void Reading::note(const At& at, Place place, Certainty certainty, const Parameters* parameters) {
  note(at, place, certainty, Context{.dialect = at.dialect, .parameters = parameters});
}

void Reading::note(const At& at, Place place, Certainty certainty, const Context& context) {
  if (at.string().empty()) return;
  const auto collected =
      std::ranges::find_if(collected_, [&](const Collected& one) { return one.layer == at.layer; });
  collected->places.add(at.position, at.path, role_of(place, std::max(certainty, at.certainty)), false,
                        context_number(context));
}

std::vector<TextVariable> Reading::variables_in(std::string_view text, const Layer& layer,
                                                const Context& context) const {
  std::vector<TextVariable> found;
  const bool is_tekton = context.dialect->name == "tekton";
  for (std::size_t at = 0; at < text.size();) {
    std::optional<TextVariable> variable;
    if (text[at] == '{' && text.substr(at).starts_with("{{"))
      variable = braces_at(text, at);
    else if (text[at] == '$' && is_tekton && text.substr(at).starts_with("$("))
      variable = parentheses_at(text, at);
    else if (text[at] == '$')
      variable = dollar_at(text, at);
    if (!variable) {
      ++at;
      continue;
    }
    at = variable->range.end;
    if (context.parameters) {
      const auto known = context.parameters->find(with_dots(variable->name));
      if (known != context.parameters->end() && known->second) {
        variable->value = layer.text(*known->second);
        variable->source = VariableSource::parameter;
      }
    }
    for (const auto& [name, value] : options_.env)
      if (name == variable->name && text[variable->range.begin] == '$') {
        MappedTextBuilder given;
        given.outside(value, no_variable);
        variable->value = given.finish(document_.arena);
        variable->source = VariableSource::option;
      }
    found.push_back(*variable);
  }
  return found;
}

/// Value and meaning of a use; false if it is none.
bool Reading::complete(ImageUse& use, const MappedText& text, const Layer& layer,
                       const Context& context) const {
  if (text.empty() || text.text().starts_with("ko://")) return false;
  if (layer.is_template) {
    const TemplateInName name = template_in_name(text.text());
    if (name.only) return false;
    if (name.any) use.lock = MoveLock::template_;
  }
  const Span before = use.span;
  expand_into(use, text, variables_in(text.text(), layer, context), *document_.source, document_.arena);
  if (use.span.empty()) use.span = before;
  set_meaning(use);
  if (use.kind == Kind::invalid && use.not_editable.empty()) use.not_editable = "it is no reference";
  return accepts(use);
}

ImageUse Reading::start(const At& at, const RoleInfo& role, const yaml::ScalarPlace& scalar) {
  ImageUse use;
  use.role = &role;
  use.style = scalar.style;
  use.span = scalar.content;
  use.not_editable = scalar.not_editable;
  use.path = document_.arena.copy(at.path.text());
  use.part = part_of(*at.dialect);
  return use;
}

void Reading::make_use(const Layer& layer, const FoundPlace& place) {
  const Context& context = contexts_[place.context];
  const yaml::ScalarPlace scalar = layer.locate(place.scalar);
  At at;
  at.dialect = context.dialect;
  ImageUse use = start(at, *place.role, scalar);
  use.path = document_.arena.copy(place.path);
  for (const std::string& path : place.uses)
    use.aliases.push_back({.path = document_.arena.copy(path), .role = place.role});
  use.pull_policy = document_.arena.copy(context.pull_policy);
  use.tag_is_elsewhere = context.tag_is_elsewhere;
  if (complete(use, scalar.text, layer, context)) document_.add_use(std::move(use));
}

void Reading::note_part(const At& at, Place place, TextRange range, Certainty certainty) {
  if (!parts_.emplace(at.layer, at.position.node, range.begin).second) return;
  const yaml::ScalarPlace scalar = at.layer->locate(at.position.node);
  ImageUse use = start(at, role_of(place, std::max(certainty, at.certainty)), scalar);
  if (complete(use, scalar.text.sub(range, document_.arena), *at.layer, {.dialect = at.dialect}))
    document_.add_use(std::move(use));
}

namespace {

/// Puts the scalars of a split reference together.
class Composer {
 public:
  Composer(const Layer& layer, ImageUse& use) : layer_(layer), use_(use) {}

  MappedText compose(const SplitScalars& scalars) {
    if (scalars.registry) {
      MappedText registry = take(PartName::registry, scalars.registry);
      std::uint32_t end = size_of(registry);
      while (end > 0 && registry.text()[end - 1] == '/') --end;
      builder_.append(registry, TextRange{0, end});
      use_.parts.back().text = registry.sub({0, end}, layer_.arena());
      if (scalars.repository) builder_.outside("/", no_variable);
    } else if (scalars.empty_registry) {
      take(PartName::registry, scalars.empty_registry);
    }
    if (scalars.name_is_selector) {
      builder_.append(layer_.locate(scalars.repository.node).text);
      use_.follows_selector = true;
    } else if (scalars.repository) {
      builder_.append(take(PartName::repository, scalars.repository));
    }
    add_suffix(scalars);
    if (scalars.other_registry) {
      const Span span = use_.span;
      take(PartName::registry, scalars.other_registry);
      use_.parts.back().also = true;
      use_.span = span;
    }
    return builder_.finish(layer_.arena());
  }

 private:
  static std::uint32_t size_of(const MappedText& text) {
    return static_cast<std::uint32_t>(text.text().size());
  }

  MappedText take(PartName name, Position at) {
    const yaml::ScalarPlace place = layer_.locate(at.node);
    const auto where = place.text.place();
    use_.parts.push_back({.name = name,
                          .span = where ? where->span : place.content,
                          .text = place.text,
                          .style = place.style,
                          .not_editable = place.text.empty() ? std::string_view{} : place.not_editable});
    if (name == PartName::repository || use_.span.empty()) {
      use_.span = use_.parts.back().span;
      use_.style = place.style;
    }
    return place.text;
  }

  void add_suffix(const SplitScalars& scalars) {
    if (scalars.tag) {
      const MappedText tag = take(PartName::tag, scalars.tag);
      builder_.outside(tag.text().starts_with("sha256:") ? "@" : ":", no_variable);
      builder_.append(tag);
    } else if (!scalars.guessed_tag.empty() && !scalars.digest) {
      builder_.outside(":" + std::string(scalars.guessed_tag), no_variable);
      use_.tag_is_elsewhere = true;
    }
    if (!scalars.digest) return;
    const MappedText digest = take(PartName::digest, scalars.digest);
    const bool bare = scalars.is_sha && !digest.text().starts_with("sha256:");
    builder_.outside(bare ? "@sha256:" : "@", no_variable);
    builder_.append(digest);
  }

  const Layer& layer_;
  ImageUse& use_;
  MappedTextBuilder builder_;
};

}  // namespace

void Reading::note_split(const At& at, Place place, const SplitScalars& scalars, Certainty certainty) {
  const std::array<NodeIndex, 4> nodes = {scalars.registry.node, scalars.repository.node, scalars.tag.node,
                                          scalars.digest.node};
  for (std::size_t i = 0; i < splits_.size(); ++i)
    if (split_layers_[i] == at.layer && splits_[i] == nodes) return;
  splits_.push_back(nodes);
  split_layers_.push_back(at.layer);
  ImageUse use = start(at, role_of(place, std::max(certainty, at.certainty)), {});
  const MappedText text = Composer(*at.layer, use).compose(scalars);
  const Span span = use.span;
  if (place == Place::values_partial) {
    use.written = text;
    use.value.set(text);
    use.kind = Kind::unresolved;
    use.value.fault = "the rest of it stands elsewhere";
    use.not_editable = use.value.fault;
  } else {
    if (scalars.registry_clashes) use.lock = MoveLock::global_registry;
    use.registry_is_shared = scalars.shared_registry;
    use.pull_policy = document_.arena.copy(scalars.pull_policy);
    if (!complete(use, text, *at.layer, {.dialect = at.dialect})) return;
    const Reference* own = use.parsed();
    if (scalars.tag_is_elsewhere && own && !own->tag && !own->digest) use.tag_is_elsewhere = true;
  }
  use.span = span;
  document_.add_use(std::move(use));
}

void Reading::note_prefix(const At& map, Position scalar, Certainty certainty) {
  const yaml::ScalarPlace place = map.layer->locate(scalar.node);
  ImageUse use = start(map, role_of(Place::values_image, std::max(certainty, map.certainty)), place);
  if (const auto where = place.text.place()) use.span = where->span;
  MappedTextBuilder builder;
  builder.append(place.text);
  builder.outside("/", no_variable);
  builder.outside({}, 0);
  use.written = place.text;
  use.value.set(builder.finish(document_.arena));
  use.value.variables = {{.name = "{{ ... }}", .is_engine = true}};
  use.kind = Kind::unresolved;
  use.tag_is_elsewhere = true;
  document_.add_use(std::move(use));
}

void Reading::note_credential(const At& scope, std::string_view key) {
  const At at = scope.key(key);
  if (!at.position || at.is(NodeKind::null)) return;
  const std::uint32_t mark = at.view()[at.position].mark;
  const Span span = at.is(NodeKind::scalar) ? at.layer->locate(at.position.node).content : Span{mark, mark};
  document_.credentials.push_back(
      {.span = span, .key = document_.arena.copy(key), .scope = document_.arena.copy(scope.path.text())});
}

void Reading::finish() {
  for (Collected& collected : collected_)
    for (const FoundPlace& place : std::move(collected.places).finish()) make_use(*collected.layer, place);
  std::ranges::stable_sort(document_.uses, {}, &ImageUse::span);
}

}  // namespace imglint::manifest
