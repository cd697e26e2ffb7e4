#include "policy/subject.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "reference/parse.hpp"

namespace imglint {
namespace {

/// A value with stand-ins where variables without a value left nothing, so that the shape of the rest can be
/// seen: `/app:1` of `${REGISTRY}/app:1` becomes `x/app:1`.
struct FilledText {
  std::string text;
  struct Gap {
    std::uint32_t value_offset = 0;
    TextRange filled;
  };
  std::vector<Gap> gaps;

  /// The range of the value that a range of the filled text stands for.
  [[nodiscard]] TextRange in_value(TextRange range) const {
    return {offset_in_value(range.begin), offset_in_value(range.end)};
  }

 private:
  [[nodiscard]] std::uint32_t offset_in_value(std::uint32_t offset) const {
    std::uint32_t inserted = 0;
    for (const Gap& gap : gaps) {
      if (offset <= gap.filled.begin) break;
      inserted += std::min(offset, gap.filled.end) - gap.filled.begin;
    }
    return offset - inserted;
  }
};

bool is_gap(const ImageUse& use, const Piece& piece) {
  return piece.text.empty() && piece.variable != no_variable && piece.variable < use.value.variables.size() &&
         use.value.variables[piece.variable].source == VariableSource::none;
}

std::string_view stand_in(std::string_view before) {
  constexpr std::string_view digest =
      "sha256:0000000000000000000000000000000000000000000000000000000000000000";
  if (before.ends_with('@')) return digest;
  if (before.ends_with("@sha256:")) return digest.substr(7);
  return "x";
}

FilledText fill_gaps(const ImageUse& use) {
  FilledText filled;
  const std::string_view value = use.value.text();
  std::uint32_t done = 0;
  for (const Piece& piece : use.value.pieces()) {
    if (!is_gap(use, piece)) continue;
    filled.text.append(value, done, piece.text.begin - done);
    done = piece.text.begin;
    if (!filled.gaps.empty() && filled.gaps.back().value_offset == done) continue;
    const auto begin = static_cast<std::uint32_t>(filled.text.size());
    filled.text.append(stand_in(filled.text));
    filled.gaps.push_back({done, {begin, static_cast<std::uint32_t>(filled.text.size())}});
  }
  filled.text.append(value, done);
  return filled;
}

std::optional<TextRange> in_value(const FilledText& filled, const std::optional<TextRange>& range) {
  if (!range) return std::nullopt;
  return filled.in_value(*range);
}

/// The text whose bytes decide which registry is meant: the host, or without one the first component of the
/// name, since a dot in it would make it a host.
TextRange registry_decider(const Reference& parts, std::string_view value) {
  if (parts.registry) return *parts.registry;
  const std::size_t slash = value.substr(0, parts.name.end).find('/');
  return {0, slash == value.npos ? parts.name.end : static_cast<std::uint32_t>(slash)};
}

void set_knowledge(Subject& subject) {
  const ImageUse& use = *subject.use;
  const Reference& parts = subject.parts;
  const auto end = static_cast<std::uint32_t>(use.value.text().size());
  const TextRange after_name{parts.name.end, parts.name.end};
  subject.registry = knowledge(use, registry_decider(parts, use.value.text()));
  subject.repository = knowledge(use, parts.repository());
  subject.tag = knowledge(use, parts.tag ? *parts.tag : after_name);
  subject.digest = knowledge(use, parts.digest ? *parts.digest : TextRange{end, end});
  if (parts.registry) {
    const std::string_view host = parts.registry->of(use.value.text());
    subject.host_is_lower_case =
        std::none_of(host.begin(), host.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }
}

/// What stands before the first gap of the repository. Docker Hub's `library/` is only certain where no
/// namespace can appear.
std::string known_repository(const Subject& subject) {
  if (subject.repository != Knowledge::unknown) return subject.name.repository;
  const TextRange range = subject.parts.repository();
  for (const Piece& piece : subject.use->value.pieces()) {
    if (!is_gap(*subject.use, piece) || piece.text.begin < range.begin || piece.text.begin > range.end)
      continue;
    return std::string(subject.text({range.begin, piece.text.begin}));
  }
  return {};
}

bool may_have_parts(const ImageUse& use) {
  if (use.may_be_stage || use.refused) return false;
  const Function function = use.role->function;
  if (function == Function::selector || function == Function::credential) return false;
  switch (use.kind) {
    case Kind::image:
    case Kind::built:
    case Kind::unresolved:
      return true;
    case Kind::stage:
    case Kind::stage_index:
    case Kind::scratch:
    case Kind::context:
    case Kind::service:
    case Kind::invalid:
    case Kind::mirrored:
      return false;
  }
  return false;
}

/// What there is of a reference whose rest stands elsewhere; its name always does.
void evaluate_fragment(Subject& subject) {
  const ImageUse& use = *subject.use;
  const std::string_view written = use.value.text();
  const auto has = [&](PartName name) {
    return std::any_of(use.parts.begin(), use.parts.end(),
                       [&](const UsePart& part) { return part.name == name; });
  };
  const bool has_host = has(PartName::registry);
  const auto host = has_host ? static_cast<std::uint32_t>(use.parts.front().text.text().size()) : 0;
  FilledText filled;
  const std::string_view stands_in = has_host ? "/x" : "x";
  filled.text.append(written.substr(0, host)).append(stands_in).append(written.substr(host));
  filled.gaps.push_back({host, {host, host + static_cast<std::uint32_t>(stands_in.size())}});
  const ReferenceParse parse = parse_reference(filled.text);
  const Reference* parts = std::get_if<Reference>(&parse);
  if (!parts || parts->registry.has_value() != has_host) return;
  subject.has_parts = true;
  subject.name = image_name(canonical(*parts, filled.text));
  subject.parts = {.registry = in_value(filled, parts->registry),
                   .name = {host, host},
                   .tag = in_value(filled, parts->tag),
                   .digest = in_value(filled, parts->digest)};
  set_knowledge(subject);
  subject.repository = Knowledge::unknown;
  if (!has_host) subject.registry = Knowledge::unknown;
  if (!has(PartName::tag)) subject.tag = Knowledge::unknown;
  if (!has(PartName::digest)) subject.digest = Knowledge::unknown;
}

}  // namespace

Knowledge knowledge(const ImageUse& use, TextRange range) {
  Knowledge result = Knowledge::known;
  for (const Piece& piece : use.value.pieces()) {
    if (piece.text.begin > range.end || piece.text.end < range.begin) continue;
    if (is_gap(use, piece)) return Knowledge::unknown;
    const bool overlaps = piece.text.begin < range.end && range.begin < piece.text.end;
    if (!overlaps || piece.variable == no_variable) continue;
    const VariableSource source = use.value.variables[piece.variable].source;
    if (source == VariableSource::arg_default || source == VariableSource::default_word)
      result = Knowledge::by_default;
  }
  return result;
}

Subject evaluate(const Document& document, const ImageUse& use) {
  Subject subject{.document = &document, .use = &use};
  if (!may_have_parts(use)) return subject;
  if (use.role->function == Function::fragment) {
    evaluate_fragment(subject);
    return subject;
  }
  if (use.kind != Kind::unresolved) {
    const Reference* parts = use.parsed();
    if (!parts) return subject;
    subject.has_parts = true;
    subject.parts = *parts;
    subject.name = image_name(canonical(*parts, use.value.text()));
    set_knowledge(subject);
    subject.known_repository = subject.name.repository;
    return subject;
  }
  const FilledText filled = fill_gaps(use);
  const ReferenceParse parse = parse_reference(filled.text);
  const Reference* parts = std::get_if<Reference>(&parse);
  if (!parts) return subject;
  subject.has_parts = true;
  subject.name = image_name(canonical(*parts, filled.text));
  subject.parts = {.registry = in_value(filled, parts->registry),
                   .name_space = in_value(filled, parts->name_space),
                   .name = filled.in_value(parts->name),
                   .tag = in_value(filled, parts->tag),
                   .digest = in_value(filled, parts->digest)};
  set_knowledge(subject);
  subject.known_repository = known_repository(subject);
  return subject;
}

}  // namespace imglint
