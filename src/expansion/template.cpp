#include "expansion/template.hpp"

#include <algorithm>
#include <span>

#include <tao/pegtl.hpp>

#include "base/printable.hpp"
#include "expansion/given_place.hpp"
#include "grammar/expansion.hpp"

namespace imglint {

const TemplateValues::Value* TemplateValues::find(std::string_view name) const {
  const auto found = values_.find(name);
  if (found != values_.end()) return &found->second;
  return behind_ ? behind_->find(name) : nullptr;
}

namespace {

namespace pegtl = tao::pegtl;
namespace rule = grammar::expansion::compose;
namespace shared = grammar::expansion;

/// More are refused: pieces count them in 16 bits, and a Dockerfile adds its own to them.
constexpr std::size_t most_variables = 0x7FFF;
/// In a message.
constexpr std::size_t longest_shown_name = 60;

/// What one step of a template turned out to be.
struct Step {
  enum class Kind { text, escaped_dollar, variable, word, invalid };
  Kind kind = Kind::text;
  std::string_view name;
  std::string_view op;
};

template <class Rule>
struct Note : pegtl::nothing<Rule> {};

template <Step::Kind Kind>
struct NoteKind {
  static void apply0(Step& step) { step.kind = Kind; }
};
template <>
struct Note<rule::text> : NoteKind<Step::Kind::text> {};
template <>
struct Note<rule::lone_dollar> : NoteKind<Step::Kind::text> {};
template <>
struct Note<rule::escaped_dollar> : NoteKind<Step::Kind::escaped_dollar> {};
template <>
struct Note<rule::bare_variable> : NoteKind<Step::Kind::variable> {};
template <>
struct Note<rule::close> : NoteKind<Step::Kind::variable> {};
template <>
struct Note<rule::invalid_variable> : NoteKind<Step::Kind::invalid> {};
template <>
struct Note<shared::name> {
  template <class Input>
  static void apply(const Input& in, Step& step) {
    step.name = {in.begin(), in.size()};
  }
};
template <>
struct Note<rule::braced_name> : Note<shared::name> {};
template <>
struct Note<rule::word_follows> {
  template <class Input>
  static void apply(const Input& in, Step& step) {
    step.kind = Step::Kind::word;
    step.op = {in.begin(), in.size()};
  }
};

/// The braces of a text, matched line by line as compose counts them: a bare `{` counts too, and the
/// character behind a `{` that counts is not looked at.
class Braces {
 public:
  explicit Braces(std::string_view text) : text_(text) {
    std::vector<std::size_t> open;
    for (std::uint32_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n') {
        for (const std::size_t index : open) braces_[index].line_end = at;
        open.clear();
      } else if (text[at] == '}' && !open.empty()) {
        braces_[open.back()].close = at;
        open.pop_back();
      } else if (text[at] == '{') {
        open.push_back(braces_.size());
        braces_.push_back({.open = at, .line_end = static_cast<std::uint32_t>(text.size())});
        if (at + 1 < text.size() && text[at + 1] != '\n') ++at;
      }
    }
  }

  /// The brace that closes the one at an offset, for a template that ends at `end`; nothing if none does.
  [[nodiscard]] std::optional<std::uint32_t> close(std::uint32_t open, std::uint32_t end) const {
    const auto found =
        std::lower_bound(braces_.begin(), braces_.end(), open,
                         [](const Brace& brace, std::uint32_t offset) { return brace.open < offset; });
    if (found->close < end) return found->close;
    // The count never reaches zero: the last brace of the line closes.
    const std::uint32_t line_end = std::min(end, found->close == none ? found->line_end : end);
    const auto last = text_.substr(0, line_end).rfind('}');
    if (last == std::string_view::npos || last <= open) return std::nullopt;
    return static_cast<std::uint32_t>(last);
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Brace {
    std::uint32_t open = 0;
    std::uint32_t close = none;
    std::uint32_t line_end = 0;
  };
  std::string_view text_;
  std::vector<Brace> braces_;
};

/// Works through a template. Words are not evaluated by calls but by narrowing the range that is worked on.
class Interpolator {
 public:
  /// An open one puts nothing where a required variable has no value, and goes on.
  Interpolator(const MappedText& text, const TemplateValues& values, ExpansionBudget& budget, bool open)
      : text_(text), values_(values), budget_(budget), open_(open) {
    end_ = static_cast<std::uint32_t>(text.text().size());
  }

  Interpolation run(Arena& arena) {
    while (!stopped_) {
      if (at_ < end_) {
        take_step();
      } else if (!leave_word()) {
        break;
      }
    }
    if (fault_) {
      if (fault_->kind == Trouble::Kind::required_variable && !builder_.text().empty())
        fault_->message.append(": ").append(builder_.text());
      return {.value = {},
              .variables = std::move(variables_),
              .fault = std::move(fault_),
              .open_value = {},
              .open_variables = {}};
    }
    return {.value = builder_.finish(arena),
            .variables = std::move(variables_),
            .fault = {},
            .open_value = {},
            .open_variables = {}};
  }

 private:
  /// A word that is being evaluated, and what comes after it.
  struct Word {
    TextRange range;
    std::uint32_t end_before = 0;  ///< the end of the range around it
    VariableIndex variable_before = no_variable;
    std::size_t text_before = 0;
  };

  void take_step() {
    const std::string_view all = text_.text();
    pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*> in(all.data() + at_,
                                                                                    all.data() + end_, "");
    Step step;
    pegtl::parse<rule::step, Note>(in, step);
    const TextRange range{at_, static_cast<std::uint32_t>(in.current() - all.data())};
    at_ = range.end;
    switch (step.kind) {
      case Step::Kind::text:
        return builder_.append(text_, range, variable_);
      case Step::Kind::escaped_dollar:
        return add_dollar(range);
      case Step::Kind::variable:
        return add_variable(step, range);
      case Step::Kind::word:
        return take_word(step, range);
      case Step::Kind::invalid:
        return invalid(range);
    }
  }

  void add_dollar(TextRange range) {
    if (const auto place = text_.cover_of(range))
      builder_.replace(place->source, place->span, "$", variable_);
    else
      builder_.outside("$", variable_);
  }

  /// `$NAME` and `${NAME}`.
  void add_variable(const Step& step, TextRange range) {
    const TemplateValues::Value* value = values_.find(step.name);
    supply(step, range, value);
  }

  void supply(const Step& step, TextRange whole, const TemplateValues::Value* value) {
    const VariableIndex variable = note(step, whole, value);
    if (is_affordable(step, whole, value)) add_value(value, variable);
  }

  /// Notes a fault if the value would make the text longer than allowed. A message that is too long is cut.
  bool is_affordable(const Step& step, TextRange whole, const TemplateValues::Value* value) {
    if (!value) return true;
    const std::size_t size = value->text.text().size();
    const std::size_t longest = text_.text().size() + longest_expansion;
    const bool fits = !value->too_long && builder_.text().size() + size <= longest;
    if (fits && budget_.take(size + value->text.pieces().size() * sizeof(Piece))) return true;
    if (!fault_) {
      std::string name = printable(step.name.substr(0, longest_shown_name));
      fault_ = TemplateFault{.kind = Trouble::Kind::unjudged,
                             .message = fits ? too_much_message() : too_long_message(name),
                             .range = whole};
    }
    stopped_ = true;
    return false;
  }

  /// `${NAME` and an operator.
  void take_word(const Step& step, TextRange head) {
    braces();
    const auto close = braces_->close(head.begin + 1, end_);
    if (!close || *close < head.end) return invalid(head);
    const TextRange whole{head.begin, *close + 1};
    const TextRange word{head.end, *close};
    const TemplateValues::Value* value = values_.find(step.name);
    const bool given = value && (step.op.size() == 1 || !value->text.empty());
    at_ = whole.end;
    switch (step.op.back()) {
      case '-':
        if (given) return supply(step, whole, value);
        return enter_word(word, note_word(step, whole, word));
      case '+':
        if (given) return enter_word(word, note_word(step, whole, word));
        return add_absence(step, whole);
      default:
        if (given) return supply(step, whole, value);
        return require(step, whole, word);
    }
  }

  void enter_word(TextRange word, VariableIndex variable) {
    words_.push_back({word, end_, variable_, builder_.text().size()});
    variable_ = variable;
    at_ = word.begin;
    end_ = word.end;
  }

  /// True if there was a word to leave.
  bool leave_word() {
    if (words_.empty()) return false;
    const Word word = words_.back();
    words_.pop_back();
    if (word.range.empty())
      if (const auto place = text_.source_of(word.range))
        builder_.copy(place->source, place->span, {}, variable_);
    variable_ = word.variable_before;
    at_ = word.range.end + 1;
    end_ = word.end_before;
    return true;
  }

  /// What is worked on from here on is the error's message, and it ends with that.
  void require(const Step& step, TextRange whole, TextRange word) {
    const VariableIndex variable = note(step, whole, nullptr);
    if (open_) return add_value(nullptr, variable);
    fault_ = TemplateFault{.kind = Trouble::Kind::required_variable,
                           .message = "required variable " + std::string(step.name) + " is missing a value",
                           .range = whole};
    builder_ = {};
    words_.clear();
    variable_ = no_variable;
    at_ = word.begin;
    end_ = word.end;
  }

  void invalid(TextRange range) {
    const std::string_view rest = text_.text().substr(range.begin, end_ - range.begin);
    auto size = rest.find_first_of("}\n");
    if (size == std::string_view::npos || rest[size] == '\n') size = std::min(size, rest.size()) - 1;
    range.end = static_cast<std::uint32_t>(range.begin + size + 1);
    fault_ = TemplateFault{.kind = Trouble::Kind::template_,
                           .message = "invalid template '" + printable(text_.text(range)) + "'",
                           .range = range};
    stopped_ = true;
  }

  void add_value(const TemplateValues::Value* value, VariableIndex variable) {
    if (!value || value->text.pieces().empty())
      builder_.outside(value ? value->text.text() : std::string_view{}, variable);
    else
      builder_.append(value->text, variable);
  }

  /// `${NAME:+word}` of a variable that is unset: the operator says that nothing stands here.
  void add_absence(const Step& step, TextRange whole) {
    const VariableIndex variable = note(step, whole, nullptr);
    if (variable != no_variable) variables_[variable].source = VariableSource::default_word;
    builder_.outside({}, variable);
  }

  VariableIndex note_word(const Step& step, TextRange whole, TextRange word) {
    const VariableIndex index = note(step, whole, nullptr);
    if (index == no_variable) return index;
    Variable& variable = variables_[index];
    variable.source = VariableSource::default_word;
    const auto place = word.empty() ? text_.source_of(word) : text_.cover_of(word);
    variable.place = place.value_or(Location{});
    return index;
  }

  /// Writes a variable down. Those of an error message are not.
  VariableIndex note(const Step& step, TextRange whole, const TemplateValues::Value* value) {
    if (fault_) return no_variable;
    if (variables_.size() == most_variables) {
      fault_ = TemplateFault{.message = "more than 32767 variables in one value", .range = whole};
      stopped_ = true;
      return no_variable;
    }
    Variable variable{.name = step.name, .op = step.op, .within = variable_};
    variable.written = text_.cover_of(whole).value_or(Location{});
    if (value) {
      variable.source = value->source;
      if (!value->text.empty()) variable.place = place_of_given(value->text);
    }
    variables_.push_back(variable);
    return static_cast<VariableIndex>(variables_.size() - 1);
  }

  void braces() {
    if (!braces_) braces_.emplace(text_.text());
  }

  const MappedText& text_;
  const TemplateValues& values_;
  ExpansionBudget& budget_;
  MappedTextBuilder builder_;
  std::vector<Variable> variables_;
  std::vector<Word> words_;
  std::optional<Braces> braces_;
  std::optional<TemplateFault> fault_;
  std::uint32_t at_ = 0;
  std::uint32_t end_ = 0;
  VariableIndex variable_ = no_variable;
  bool stopped_ = false;
  bool open_ = false;
};

}  // namespace

Interpolation interpolate(const MappedText& text, const TemplateValues& values, Arena& arena,
                          ExpansionBudget* budget) {
  if (text.text().find('$') == std::string_view::npos)
    return {.value = text, .variables = {}, .fault = {}, .open_value = {}, .open_variables = {}};
  ExpansionBudget own(text.text().size());
  if (!budget) budget = &own;
  Interpolation result = Interpolator(text, values, *budget, false).run(arena);
  if (result.fault && result.fault->kind == Trouble::Kind::required_variable) {
    Interpolation open = Interpolator(text, values, *budget, true).run(arena);
    if (!open.fault) {
      result.open_value = open.value;
      result.open_variables = std::move(open.variables);
    }
  }
  return result;
}

}  // namespace imglint
