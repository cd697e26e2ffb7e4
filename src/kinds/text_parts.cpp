#include "kinds/text_parts.hpp"

#include <algorithm>

namespace imglint {
namespace {

constexpr int deepest = 8;
constexpr std::size_t most_alternatives = 64;

/// How much may still be looked up for one text: what names itself several times grows with its depth.
struct Limits {
  int depth = 0;
  int* lookups = nullptr;
};
constexpr int most_lookups = 1000;
/// Text that variables add to; a reference has some hundred bytes, a Dockerfile in a bake file more.
constexpr std::size_t longest = 1u << 20;

std::vector<Evaluated> evaluate_all(const Expression& expression, Arena& arena, Limits limits);

/// What is said of a part beside its values.
struct Remarks {
  bool conditional = false;
  bool is_output = false;
};

/// What one part may stand for; one unknown value where that cannot be said.
std::vector<Evaluated> meanings_of(const Expression& expression, const TextPart& part, Arena& arena,
                                   Limits limits, Remarks& remarks) {
  std::vector<Evaluated> all;
  const bool may_look = *limits.lookups > 0 && limits.depth < deepest;
  if (part.kind == TextPart::Kind::variable && expression.lookup && may_look) {
    --*limits.lookups;
    const Meaning meaning = expression.lookup->find(part, expression.text);
    remarks = {meaning.conditional, meaning.is_output};
    if (meaning.supplies.size() <= most_alternatives)
      for (const Supply& supply : meaning.supplies)
        for (Evaluated& one : evaluate_all(supply.expression, arena, {limits.depth + 1, limits.lookups})) {
          if (one.unknown && supply.opaque && part.outer) one.value = {};
          all.push_back(std::move(one));
        }
  }
  const bool any_unknown = std::ranges::any_of(all, &Evaluated::unknown);
  if (all.empty() || (all.size() > 1 && any_unknown) || all.size() > most_alternatives) {
    all.assign(1, {});
    all.front().unknown = true;
  }
  return all;
}

/// Puts a value together, part by part.
class Joiner {
 public:
  Joiner(const Expression& expression, Arena& arena) : expression_(expression), arena_(arena) {}

  void add_text(const TextPart& part) {
    if (part.kind == TextPart::Kind::text) return builder_.append(expression_.text, part.range);
    const auto place = expression_.text.cover_of(part.range);
    const std::string_view byte = part.range.of(expression_.text.text()).substr(part.range.size() - 1);
    builder_.replace(place ? place->source : nullptr, place ? place->span : Span{}, byte);
  }
  void add_value(const TextPart& part, const Evaluated& value, Remarks remarks) {
    const bool is_too_long = builder_.text().size() + value.value.text().size() > longest;
    if (is_too_long || result_.value.variables.size() + value.value.variables.size() + 1 >= no_variable) {
      result_.unknown = true;
      return;
    }
    const auto index = static_cast<VariableIndex>(result_.value.variables.size());
    const auto first = static_cast<VariableIndex>(index + 1);
    Variable variable{.name = part.name, .op = remarks.conditional ? std::string_view(":+") : part.op};
    if (part.kind == TextPart::Kind::unknown) variable.name = part.range.of(expression_.text.text());
    if (const auto written = expression_.text.cover_of(part.range)) variable.written = *written;
    if (value.place.source) variable.place = value.place;
    const bool is_unknown = value.unknown && value.value.variables.empty();
    variable.source = is_unknown ? VariableSource::none : VariableSource::default_word;
    variable.is_output = is_unknown && (remarks.is_output || is_command(part, expression_.text.text()));
    result_.value.variables.push_back(variable);
    result_.unknown = result_.unknown || value.unknown;
    for (Variable inner : value.value.variables) {
      inner.within = inner.within == no_variable ? index : static_cast<VariableIndex>(inner.within + first);
      result_.value.variables.push_back(inner);
    }
    if (value.value.pieces().empty())
      builder_.outside({}, index);
    else
      builder_.append(value.value, {0, static_cast<std::uint32_t>(value.value.text().size())}, index, first);
  }
  [[nodiscard]] Evaluated finish() {
    result_.value.set(builder_.finish(arena_));
    return std::move(result_);
  }

 private:
  const Expression& expression_;
  Arena& arena_;
  MappedTextBuilder builder_;
  Evaluated result_;
};

std::vector<Evaluated> evaluate_all(const Expression& expression, Arena& arena, Limits limits) {
  const auto& parts = expression.parts;
  std::vector<std::vector<Evaluated>> meanings(parts.size());
  std::vector<Remarks> remarks(parts.size());
  std::size_t fanned = 0;
  std::size_t alternatives = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].is_expression()) continue;
    meanings[i] = meanings_of(expression, parts[i], arena, limits, remarks[i]);
    if (meanings[i].size() == 1) continue;
    ++fanned;
    alternatives = meanings[i].size();
  }
  if (fanned > 1) alternatives = 1;  // nobody says which goes with which
  std::optional<Location> own_place;
  if (!parts.empty())
    own_place = expression.text.cover_of({parts.front().range.begin, parts.back().range.end});
  std::vector<Evaluated> all;
  for (std::size_t number = 0; number < alternatives; ++number) {
    Joiner joiner(expression, arena);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!parts[i].is_expression()) {
        joiner.add_text(parts[i]);
        continue;
      }
      const bool several = meanings[i].size() > 1;
      if (several && fanned > 1)
        joiner.add_value(parts[i], {.value = {}, .unknown = true}, remarks[i]);
      else
        joiner.add_value(parts[i], meanings[i][several ? number : 0], remarks[i]);
    }
    all.push_back(joiner.finish());
    if (own_place) all.back().place = *own_place;
  }
  return all;
}

}  // namespace

bool is_command(const TextPart& part, std::string_view text) {
  if (part.kind != TextPart::Kind::unknown) return false;
  const std::string_view written = part.range.of(text);
  if (written.starts_with("$(shell ")) return true;
  return !part.outer && (written.starts_with("$(") || written.starts_with("$$(") || written.starts_with('`'));
}

std::vector<Evaluated> evaluate_all(const Expression& expression, Arena& arena) {
  int lookups = most_lookups;
  return evaluate_all(expression, arena, {.depth = 0, .lookups = &lookups});
}

Evaluated evaluate(const Expression& expression, Arena& arena) {
  auto all = evaluate_all(expression, arena);
  if (all.size() > 1) all.front() = {.value = {}, .unknown = true};
  return std::move(all.front());
}

TextParts parts_within(const TextParts& parts, TextRange range) {
  TextParts inside;
  for (const TextPart& part : parts) {
    if (part.range.end <= range.begin || part.range.begin >= range.end) continue;
    TextPart one = part;
    if (part.kind == TextPart::Kind::text)
      one.range = {std::max(part.range.begin, range.begin), std::min(part.range.end, range.end)};
    else if (part.range.begin < range.begin || part.range.end > range.end)
      continue;
    inside.push_back(one);
  }
  return inside;
}

MappedText written_text(const MappedText& text, const TextParts& parts, Arena& arena) {
  MappedTextBuilder builder;
  for (const TextPart& part : parts) {
    if (part.kind != TextPart::Kind::escape) {
      builder.append(text, part.range);
      continue;
    }
    const auto place = text.cover_of(part.range);
    builder.replace(place ? place->source : nullptr, place ? place->span : Span{},
                    part.range.of(text.text()).substr(part.range.size() - 1));
  }
  return builder.finish(arena);
}

}  // namespace imglint
