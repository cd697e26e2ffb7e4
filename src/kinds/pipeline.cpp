#include "kinds/pipeline.hpp"

#include <algorithm>
#include <set>

#include "hcl/parse.hpp"
#include "kinds/compose/shape.hpp"
#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/shell/read.hpp"

namespace imglint {

namespace kinds {
extern const KindInfo shell;
}

namespace {

using TreePlace = compose::Position;

constexpr int deepest = 8;

/// Null, a truth value or a number is no reference.
bool is_text(const yaml::Tree& tree, const yaml::Node& node) {
  return node.kind == yaml::NodeKind::scalar && !node.value.empty() &&
         compose::other_by_core_schema(tree, node).empty();
}

/// `${CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX}/` and its like: the parts behind it; none without it.
TextParts behind_proxy(const Expression& expression) {
  const TextParts& parts = expression.parts;
  if (parts.size() < 2 || parts[0].kind != TextPart::Kind::variable || parts[1].kind != TextPart::Kind::text)
    return {};
  const std::string_view name = parts[0].name;
  if (name != "CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX" &&
      name != "CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX")
    return {};
  if (!parts[1].range.of(expression.text.text()).starts_with('/')) return {};
  TextParts rest(parts.begin() + 1, parts.end());
  ++rest.front().range.begin;
  if (rest.front().range.empty()) rest.erase(rest.begin());
  return rest;
}

/// Only what stands for itself: items have rows of their own.
class OnlyDefaults final : public Lookup {
 public:
  explicit OnlyDefaults(const Lookup* all) : all_(all) {}
  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    Meaning meaning = all_->find(part, text);
    std::erase_if(meaning.supplies, [](const Supply& supply) { return supply.item != yaml::no_node; });
    return meaning;
  }

 private:
  const Lookup* all_;
};

}  // namespace

Pipeline::Pipeline(const yaml::Tree& tree, Document& document, const ReadOptions& options,
                   PipelineLanguage language, Locate locate)
    : view(tree),
      document_(document),
      options_(options),
      language_(language),
      locate_(locate),
      images_(tree),
      script_places_(tree) {}

const yaml::ScalarPlace& Pipeline::located(yaml::NodeIndex scalar) {
  const auto [found, is_new] = located_.try_emplace(scalar);
  if (is_new) found->second = locate_(*document_.source, view.tree()[scalar], document_.arena);
  return found->second;
}

Expression Pipeline::expression(TreePlace scalar, const Lookup* lookup) {
  const MappedText& text = located(scalar.node).text;
  if (view.tree().tag_of(view[scalar]) == hcl::name_tag) {
    const TextRange all{0, static_cast<std::uint32_t>(text.text().size())};
    return {text, {{.kind = TextPart::Kind::variable, .range = all, .name = text.text()}}, lookup};
  }
  const Expression whole{text, language_.cut ? language_.cut(text.text()) : languages::literal(text.text()),
                         lookup};
  return within(whole, trimmed(text.text(), {0, static_cast<std::uint32_t>(text.text().size())}));
}

Supply Pipeline::item(TreePlace scalar, const Lookup* lookup) {
  return {.expression = expression(scalar, lookup), .item = scalar.node};
}

Supply Pipeline::fallback(TreePlace scalar, const Lookup* lookup) {
  return {.expression = expression(scalar, lookup)};
}

Supply Pipeline::unknown(TreePlace scalar) {
  const MappedText& text = located(scalar.node).text;
  const TextRange all{0, static_cast<std::uint32_t>(text.text().size())};
  return {.expression = {text, {{.kind = TextPart::Kind::unknown, .range = all}}, nullptr}};
}

Supply Pipeline::fallback(const MappedText& text, TextRange range, const Lookup* lookup) const {
  // A range that is cut by itself, so that what stands in it is found.
  TextParts parts =
      language_.cut ? language_.cut(range.of(text.text())) : languages::literal(range.of(text.text()));
  for (TextPart& part : parts) {
    part.range = {part.range.begin + range.begin, part.range.end + range.begin};
    part.operand = {part.operand.begin + range.begin, part.operand.end + range.begin};
  }
  if (parts.empty()) parts.push_back({.range = {range.begin, range.begin}});
  return {.expression = {text, std::move(parts), lookup}};
}

Pipeline::Amount Pipeline::amount(TreePlace scalar, const Lookup* lookup) {
  if (!is_scalar(scalar)) return {};
  const Evaluated evaluated = evaluate(expression(scalar, lookup), document_.arena);
  if (const yaml::ScalarPlace& place = located(scalar.node); place.text.text().empty()) {
    // Nothing, and where it stands between its quotes.
    const bool is_quoted = document_.source->bytes().substr(place.token.begin, 1).find_first_of("\"'") == 0;
    if (is_quoted && place.content.empty()) {
      const Piece piece{.source = document_.source, .span = place.content};
      return {.text = {{}, document_.arena.copy(std::span<const Piece>(&piece, 1))}, .is_known = true};
    }
  }
  return {.text = evaluated.value,
          .variables = document_.arena.copy(std::span<const Variable>(evaluated.value.variables)),
          .is_known = !evaluated.unknown};
}

Span Pipeline::span_of(TreePlace at) {
  if (is_scalar(at)) return located(at.node).content;
  return {view[at].mark, view[at].mark};
}

void Pipeline::remark(TreePlace at, std::string message) {
  document_.troubles.push_back(
      {.kind = Trouble::Kind::remark, .span = span_of(at), .message = std::move(message)});
}

void Pipeline::credential(TreePlace at, std::string_view key, const std::string& scope,
                          std::string_view registry) {
  if (!at || view.is(at, yaml::NodeKind::null)) return;
  document_.credentials.push_back({.span = span_of(at),
                                   .key = document_.arena.copy(key),
                                   .scope = document_.arena.copy(scope),
                                   .registry = document_.arena.copy(registry)});
}

void Pipeline::credential_of(TreePlace map, std::string_view key) {
  credential(view.find(map, key), key, path.text().empty() ? std::string() : path.text() + ".");
}

void Pipeline::add_items(TreePlace at, const Lookup* lookup, Meaning& meaning) {
  if (is_scalar(at)) {
    meaning.supplies.push_back(item(at, lookup));
    return;
  }
  for (const TreePlace each : view.items(at)) {
    const TreePlace scalar = is_map(each) ? view.find(each, "image") : each;
    if (is_scalar(scalar)) meaning.supplies.push_back(item(scalar, lookup));
    if (meaning.supplies.size() > most_items) return;
  }
}

void Pipeline::image(TreePlace at, const Lookup* lookup, const RoleInfo& role, Entry entry) {
  image(at, lookup, role, entry, 0);
}

void Pipeline::image(TreePlace at, const Lookup* lookup, const RoleInfo& role, Entry entry, int depth) {
  if (!at || !is_text(view.tree(), view[at])) return;
  const auto note = [&](bool only_defaults) {
    const auto number = static_cast<std::uint32_t>(contexts_.size());
    contexts_.push_back({lookup, entry, only_defaults, is_template_});
    contexts_of_[at.node].push_back(number);
    images_.add(at, path, role, entry == Entry::prefixed, number);
  };
  const bool is_whole = entry == Entry::whole || entry == Entry::mirror || reference_in_value(entry);
  const bool may_be_item = lookup && is_whole && depth < deepest;
  if (!may_be_item) return note(false);
  const Expression whole = expression(at, lookup);
  if (whole.parts.size() != 1 || whole.parts.front().kind != TextPart::Kind::variable) return note(false);
  const Meaning meaning = lookup->find(whole.parts.front(), whole.text);
  const auto is_item = [](const Supply& supply) { return supply.item != yaml::no_node; };
  const auto items = std::ranges::count_if(meaning.supplies, is_item);
  if (items == 0 || static_cast<std::size_t>(items) > most_items) return note(false);
  if (static_cast<std::size_t>(items) < meaning.supplies.size()) note(true);
  for (const Supply& supply : meaning.supplies)
    if (is_item(supply)) image({supply.item, false}, supply.expression.lookup, role, entry, depth + 1);
}

void Pipeline::image_or(TreePlace at, std::string_view key, const Lookup* lookup, Entry entry) {
  if (is_scalar(at)) return image(at, lookup, role::image, entry);
  field(at, key, [&](TreePlace value) { image(value, lookup, role::image, entry); });
}

ScriptNumber Pipeline::new_script(const Lookup* around, Cut cut) {
  scripts_.push_back({.around = around, .cut = cut});
  return scripts_.size() - 1;
}

bool Pipeline::takes_scripts() const { return options_.scripts; }

void Pipeline::script(TreePlace at, ScriptNumber number) {
  if (!takes_scripts() || !is_scalar(at) || view[at].value.empty()) return;
  scripts_[number].scalars.push_back(at.node);
  script_places_.add(at, path, role::image, false, static_cast<std::uint32_t>(number));
}

void Pipeline::scripts(TreePlace at, ScriptNumber number) {
  if (is_scalar(at)) return script(at, number);
  if (!is_list(at) || path.is_full()) return;
  each_item(at, [&](TreePlace item) { scripts(item, number); });
}

void Pipeline::command(const std::vector<std::string>& before, TreePlace list, const Lookup* lookup) {
  if (!takes_scripts() || !is_list(list)) return;
  CommandWords words{.before = before, .scalars = {}, .lookup = lookup};
  each_item(list, [&](TreePlace item) {
    if (is_scalar(item)) words.scalars.emplace_back(item.node, path.text());
  });
  commands_.push_back(std::move(words));
}

std::uint32_t Pipeline::shell_part() {
  if (shell_part_ == 0) {
    shell_part_ = static_cast<std::uint32_t>(document_.parts.size());
    document_.parts.push_back({.kind = &kinds::shell, .nested = true});
  }
  return shell_part_;
}

/// Of what reaches a scalar in the same way as its place, the lookups, each once.
std::vector<Reading> Pipeline::readings_of(const FoundPlace& place) {
  std::vector<Reading> readings;
  for (const std::uint32_t number : contexts_of_[place.scalar]) {
    const Context& context = contexts_[number];
    if (context.entry != contexts_[place.context].entry || readings.size() >= most_items) continue;
    const Lookup* lookup = context.only_defaults ? keep<OnlyDefaults>(context.lookup) : context.lookup;
    if (std::ranges::find(readings, lookup, &Reading::lookup) == readings.end())
      readings.push_back({lookup, context.is_template});
  }
  return readings;
}

void Pipeline::finish_image(const FoundPlace& place) {
  const Context& context = contexts_[place.context];
  const yaml::ScalarPlace& scalar = located(place.scalar);
  const std::vector<Reading> readings = readings_of(place);
  const Expression whole = expression({place.scalar, true}, readings.front().lookup);
  ReferencePlace reference{.role = place.role,
                           .path = place.path,
                           .uses = place.uses,
                           .style = scalar.style,
                           .not_editable = scalar.not_editable};
  if (context.entry == Entry::run_words) {
    const shell::Commands words = shell::read_commands(whole.text.text(), {.literal = true});
    if (words.commands.empty()) return;
    for (const shell::ShellPlace& found :
         shell::find_run_places(whole.text, words.commands.front().words, document_.arena)) {
      reference.only_references = true;
      add_reference(reference, {whole.text, found.parts, nullptr}, document_);
    }
    return;
  }
  if (context.entry == Entry::mirror)
    if (TextParts rest = behind_proxy(whole); !rest.empty()) {
      reference.mirrored = true;
      reference.cover = {whole.parts.front().range.begin, whole.parts.back().range.end};
      return add_reference(reference, {whole.text, std::move(rest), whole.lookup}, readings, document_);
    }
  const std::string text = masked(whole);
  std::vector<TextRange> ranges = entries_in(text, context.entry, place.role->prefix);
  const bool is_variable = whole.parts.size() == 1 && whole.parts.front().is_expression();
  const bool begins_with_one = !whole.parts.empty() && whole.parts.front().is_expression();
  if (is_variable || (begins_with_one && context.entry == Entry::runner))
    reference.reference_in = reference_in_value(context.entry);
  if (is_variable && reference.reference_in) ranges.assign(1, whole.parts.front().range);
  for (const TextRange range : ranges) add_reference(reference, within(whole, range), readings, document_);
}

/// In a block each line of a script is a line of the file.
static void add_comments_of(const yaml::ScalarPlace& script, Document& document) {
  if (script.style == Style::literal) add_line_comments(*document.source, script.content, document.comments);
}

void Pipeline::finish_script(std::size_t number, const std::map<yaml::NodeIndex, const FoundPlace*>& places) {
  const ScriptTexts& texts = scripts_[number];
  read_scripts_.push_back(std::make_unique<shell::Script>(texts.around));
  shell::Script& script = *read_scripts_.back();
  for (const yaml::NodeIndex scalar : texts.scalars) {
    const MappedText& text = located(scalar).text;
    const TextParts parts = texts.cut ? texts.cut(text.text()) : languages::literal(text.text());
    script.add(script_text(text, parts, document_.arena));
  }
  std::set<yaml::NodeIndex> seen;
  for (std::size_t i = 0; i < texts.scalars.size(); ++i) {
    const FoundPlace& place = *places.at(texts.scalars[i]);
    if (place.context != number) continue;
    if (!seen.insert(texts.scalars[i]).second) continue;
    add_comments_of(located(texts.scalars[i]), document_);
    const shell::ScriptText& text = *script.texts()[i];
    for (const shell::ShellPlace& found : shell::find_places(script, text, document_.arena))
      shell::add_place(found,
                       {.path = place.path,
                        .uses = place.uses,
                        .not_editable = located(place.scalar).not_editable,
                        .part = shell_part()},
                       &script, document_);
  }
}

void Pipeline::finish_scripts() {
  const std::vector<FoundPlace> found = std::move(script_places_).finish();
  std::map<yaml::NodeIndex, const FoundPlace*> places;
  for (const FoundPlace& place : found) places.emplace(place.scalar, &place);
  // Aliases can make much of little.
  std::size_t budget = 16 * document_.source->bytes().size() + 65536;
  for (std::size_t number = 0; number < scripts_.size(); ++number) {
    auto& scalars = scripts_[number].scalars;
    std::erase_if(scalars, [&](yaml::NodeIndex scalar) {
      const std::size_t size = view.tree()[scalar].value.size();
      if (places.at(scalar)->context == number) return false;
      if (size > budget) return true;
      budget -= size;
      return false;
    });
    if (!scalars.empty()) finish_script(number, places);
  }
}

void Pipeline::finish_command(const CommandWords& words) {
  std::vector<shell::LooseWord> loose;
  for (const std::string& word : words.before)
    loose.push_back({MappedText(document_.arena.copy(word), {}), languages::literal(word)});
  for (const auto& [scalar, at] : words.scalars) {
    const Expression whole = expression({scalar, true}, words.lookup);
    loose.push_back({whole.text, whole.parts});
    for (TextPart& part : loose.back().parts) part.outer = part.quoted = part.is_expression();
  }
  for (const shell::ShellPlace& found : shell::find_places(loose, words.lookup, document_.arena)) {
    if (found.number < words.before.size()) continue;
    const auto& [scalar, at] = words.scalars[found.number - words.before.size()];
    shell::add_place(found, {.path = at, .not_editable = located(scalar).not_editable, .part = shell_part()},
                     words.lookup, document_);
  }
}

void Pipeline::finish() {
  for (const FoundPlace& place : std::move(images_).finish()) finish_image(place);
  finish_scripts();
  for (const CommandWords& words : commands_) finish_command(words);
  finish_references(document_);
}

shell::ScriptText script_text(const MappedText& text, const TextParts& parts, Arena& arena) {
  MappedTextBuilder builder;
  shell::ScriptText script;
  for (const TextPart& part : parts) {
    const auto begin = static_cast<std::uint32_t>(builder.text().size());
    if (part.kind == TextPart::Kind::escape) {
      const auto place = text.cover_of(part.range);
      builder.replace(place ? place->source : nullptr, place ? place->span : Span{},
                      part.range.of(text.text()).substr(part.range.size() - 1));
      continue;
    }
    builder.append(text, part.range);
    if (!part.is_expression()) continue;
    TextPart outer = part;
    const auto move = [&](TextRange range) {
      return TextRange{range.begin - part.range.begin + begin, range.end - part.range.begin + begin};
    };
    outer.range = move(part.range);
    if (!part.operand.empty()) outer.operand = move(part.operand);
    outer.outer = true;
    script.outer.push_back(outer);
  }
  script.text = builder.finish(arena);
  return script;
}

}  // namespace imglint
