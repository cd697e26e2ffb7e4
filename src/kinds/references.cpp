#include "kinds/references.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "kinds/roles.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

constexpr char mask = '\x01';

constexpr RoleInfo guess_of(RoleInfo role) {
  role.certainty = Certainty::probable;
  return role;
}
constexpr RoleInfo probable_tag = guess_of(role::build_tag);
constexpr RoleInfo probable_pushed = guess_of(role::pushed_image);
constexpr RoleInfo probable_tagged = guess_of(role::tagged_image);
constexpr RoleInfo probable_local = guess_of(role::local_image);
constexpr RoleInfo probable_context = guess_of(role::build_context);
constexpr RoleInfo probable_cache_from = guess_of(role::cache_from);
constexpr RoleInfo probable_cache_to = guess_of(role::cache_to);

/// The host is known if the first component is, and ends: or if what is not known is a tag.
bool is_host_known(const Evaluated& evaluated) {
  std::string text;
  std::size_t unknown = std::string::npos;
  for (const Piece& piece : evaluated.value.pieces()) {
    const bool gave_nothing = piece.text.empty() && !piece.source && piece.variable != no_variable &&
                              evaluated.value.variables[piece.variable].source == VariableSource::none;
    if (gave_nothing && unknown == std::string::npos) unknown = text.size();
    if (gave_nothing) text += 'x';
    text += evaluated.value.text(piece.text);
  }
  if (unknown == std::string::npos) return false;
  const auto at = std::min(text.find('@'), text.size());
  const auto last_slash = text.substr(0, at).rfind('/');
  const auto colon = text.substr(0, at).find(':', last_slash == std::string::npos ? 0 : last_slash);
  if (unknown >= std::min(colon, at)) return true;
  const auto slash = text.find('/');
  return slash < unknown && slash > 0;
}

/// What is unknown in it, as written.
std::string unknown_of(const Evaluated& evaluated) {
  for (const Variable& variable : evaluated.value.variables)
    if (variable.source == VariableSource::none)
      return variable.written.source ? std::string(variable.written.source->text(variable.written.span))
                                     : std::string(variable.name);
  return "it";
}

void set_unknown(ImageUse& use, Evaluated evaluated, Arena& arena) {
  use.kind = Kind::unresolved;
  use.error_kind = UseError::expansion_failed;
  use.value.variables = evaluated.value.variables;
  use.value.fault = arena.copy("'" + unknown_of(evaluated) + "' has no value that the file says");
  if (use.not_editable.empty() && !is_host_known(evaluated)) use.not_editable = use.value.fault;
  use.open_value = std::move(evaluated.value);
}

/// Whether some bytes of a value can be changed.
bool has_bytes(const Value& value) {
  return std::ranges::any_of(value.pieces(),
                             [](const Piece& piece) { return piece.source && !piece.text.empty(); });
}

void set_known(ImageUse& use, Evaluated evaluated, Arena& arena) {
  use.value = std::move(evaluated.value);
  use.reference = parse_reference(use.value.text());
  use.kind = use.parsed() ? Kind::image : Kind::invalid;
  if (use.kind == Kind::invalid && use.not_editable.empty())
    use.not_editable = arena.copy("it is no reference: " +
                                  message(std::get<ReferenceError>(use.reference), use.value.text()));
  if (use.not_editable.empty() && !has_bytes(use.value)) use.not_editable = "its bytes are in no file";
}

ImageUse start(const ReferencePlace& place, const Expression& expression, Span span, Arena& arena) {
  ImageUse use;
  use.role = place.role;
  use.style = place.style;
  use.span = span;
  use.written = written_text(expression.text, expression.parts, arena);
  use.not_editable = place.not_editable;
  use.path = arena.copy(place.path);
  for (const std::string& path : place.uses)
    use.aliases.push_back({.path = arena.copy(path), .role = place.role});
  use.part = place.part;
  return use;
}

/// `${X}` is `$X`, a final `:latest` is nothing.
std::string plain_spelling(std::string_view written) {
  std::string result;
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (written.substr(at).starts_with("${")) {
      const auto end = written.find_first_not_of(
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", at + 2);
      if (end != written.npos && end > at + 2 && written[end] == '}') {
        result.append("$").append(written.substr(at + 2, end - at - 2));
        at = end;
        continue;
      }
    }
    result += written[at];
  }
  constexpr std::string_view latest = ":latest";
  if (result.ends_with(latest)) result.resize(result.size() - latest.size());
  return result;
}

/// What tells whether two references mean one image; empty where nothing does.
std::string identity(const ImageUse& use) {
  if (use.kind == Kind::unresolved) return "?" + plain_spelling(use.written.text());
  const Reference* reference = use.parsed();
  return reference ? canonical(*reference, use.value.text()).pulled().to_string() : std::string();
}

bool can_be_built(const ImageUse& use) {
  return (use.role->name == role::image.name || use.role->name == role::local_image.name) &&
         use.role->function == Function::run && (use.kind == Kind::image || use.kind == Kind::unresolved);
}

/// Leaves of a value the reference that it holds; false if it holds none.
bool take_reference(Evaluated& evaluated, ReferenceInValue reference_in, Arena& arena) {
  if (reference_in == nullptr) return true;
  const auto range = reference_in(evaluated.value.text(), !evaluated.unknown);
  if (range && range->size() < evaluated.value.text().size())
    evaluated.value.set(evaluated.value.sub(*range, arena));
  return range.has_value();
}

bool is_same(const Evaluated& a, const Evaluated& b) {
  const auto same_piece = [](const Piece& one, const Piece& other) {
    return one.source == other.source && one.span == other.span;
  };
  return a.unknown == b.unknown && a.value.text() == b.value.text() &&
         std::ranges::equal(a.value.pieces(), b.value.pieces(), same_piece);
}

/// What an expression amounts to in all readings.
std::vector<Evaluated> values_of(Expression expression, std::span<const Reading> readings, Arena& arena) {
  std::vector<Evaluated> all;
  std::vector<Evaluated> unknown;  // of templates
  for (const Reading& reading : readings) {
    expression.lookup = reading.lookup;
    for (Evaluated& one : evaluate_all(expression, arena)) {
      if (one.unknown && !reading.is_template) {
        all.clear();
        all.push_back(std::move(one));
        return all;
      }
      const auto is_known = [&](const Evaluated& other) { return is_same(one, other); };
      if (std::ranges::none_of(all, is_known)) (one.unknown ? unknown : all).push_back(std::move(one));
    }
  }
  if (all.empty() && !unknown.empty()) all.push_back(std::move(unknown.front()));
  return all;
}

}  // namespace

const RoleInfo& probable(const RoleInfo& role) {
  constexpr std::array<const RoleInfo*, 9> guesses = {
      &role::probable_image, &role::build_arg,  &probable_tag,        &probable_pushed,  &probable_tagged,
      &probable_local,       &probable_context, &probable_cache_from, &probable_cache_to};
  const auto found = std::ranges::find_if(
      guesses, [&](const RoleInfo* guess) { return guess->name == role.name && guess->local == role.local; });
  return found == guesses.end() ? role : **found;
}

void add_reference(const ReferencePlace& place, const Expression& expression, Document& document) {
  const Reading reading{.lookup = expression.lookup};
  add_reference(place, expression, std::span(&reading, 1), document);
}

void add_reference(const ReferencePlace& place, const Expression& expression,
                   std::span<const Reading> readings, Document& document) {
  if (expression.parts.empty()) return;
  TextRange range{expression.parts.front().range.begin, expression.parts.back().range.end};
  if (!place.cover.empty()) range = place.cover;
  const auto cover = expression.text.cover_of(range);
  if (!cover || cover->source != document.source || cover->span.empty()) return;
  bool is_first = true;
  for (Evaluated& evaluated : values_of(expression, readings, document.arena)) {
    if (!take_reference(evaluated, place.reference_in, document.arena)) continue;
    if (!evaluated.unknown && evaluated.value.text().empty()) continue;
    ImageUse use = start(place, expression, cover->span, document.arena);
    if (evaluated.unknown)
      set_unknown(use, std::move(evaluated), document.arena);
    else
      set_known(use, std::move(evaluated), document.arena);
    if (place.mirrored && use.kind != Kind::invalid) {
      use.kind = Kind::mirrored;
      use.not_editable = "it comes through a dependency proxy";
    }
    if (place.only_references && use.kind == Kind::invalid) continue;
    use.alternative = !is_first;
    is_first = false;
    document.add_use(std::move(use));
  }
}

void finish_references(Document& document) {
  std::ranges::stable_sort(document.uses, {}, &ImageUse::span);
  std::unordered_set<std::string> outputs;
  for (const ImageUse& use : document.uses)
    if (use.role->function == Function::output)
      if (std::string name = identity(use); !name.empty()) outputs.insert(std::move(name));
  if (outputs.empty()) return;
  for (ImageUse& use : document.uses)
    if (can_be_built(use) && outputs.contains(identity(use))) use.kind = Kind::built;
}

TextRange trimmed(std::string_view text, TextRange range) {
  constexpr std::string_view blanks = " \t\r\n";
  while (range.begin < range.end && blanks.find(text[range.begin]) != blanks.npos) ++range.begin;
  while (range.begin < range.end && blanks.find(text[range.end - 1]) != blanks.npos) --range.end;
  return range;
}

Expression within(const Expression& expression, TextRange range) {
  return {expression.text, parts_within(expression.parts, range), expression.lookup};
}

std::string masked(const Expression& expression) {
  std::string text(expression.text.text());
  for (const TextPart& part : expression.parts)
    if (part.is_expression())
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(part.range.begin), part.range.size(), mask);
  return text;
}

}  // namespace imglint
