#include "kinds/shell/arguments.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace imglint::shell {
namespace {

enum class Letter : std::uint8_t { none, small, capital };

Letter letter_of(char c) {
  if (c >= 'a' && c <= 'z') return Letter::small;
  return c >= 'A' && c <= 'Z' ? Letter::capital : Letter::none;
}

/// Where the word ends that begins a name: at what is no letter, before `Args` in `runArgs` and in `VMArgs`.
std::size_t word_end(std::string_view name) {
  for (std::size_t i = 1; i < name.size(); ++i) {
    const Letter letter = letter_of(name[i]);
    if (letter == Letter::none) return i;
    if (letter != Letter::capital) continue;
    const bool begins = i + 1 < name.size() && letter_of(name[i + 1]) == Letter::small;
    if (begins || letter_of(name[i - 1]) == Letter::small) return i;
  }
  return name.size();
}

/// A word for options by itself, or with others in front where it is a plural: `OPT`, `DOCKEROPTS`.
bool means_options(const std::string& word) {
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"opt", "option", "arg", "argument", "flag", "param",
                                              "parameter"},
      [&](std::string_view each) { return word == each || word.ends_with(std::string(each) + "s"); });
}

bool is_named_like_options(std::string_view name) {
  while (!name.empty()) {
    if (letter_of(name.front()) == Letter::none) {
      name.remove_prefix(1);
      continue;
    }
    const std::size_t end = word_end(name);
    if (means_options(lower_case(name.substr(0, end)))) return true;
    name.remove_prefix(end);
  }
  return false;
}

/// The name that its author gave to what an expression stands for, without what says where it comes from:
/// `inputs.`, `pipeline.parameters.`, `steps.build.outputs.`.
std::string_view own_name(const TextPart& part) {
  std::string_view name = part.name;
  if (!part.outer) return name;
  constexpr std::string_view outputs = ".outputs.";
  if (const auto at = name.rfind(outputs); at != name.npos) return name.substr(at + outputs.size());
  constexpr std::string_view pipeline = "pipeline.";
  if (name.starts_with(pipeline)) name.remove_prefix(pipeline.size());
  return name.substr(name.find('.') + 1);  // none: 0
}

/// The letters of `-itv`: the first that takes a value takes the rest, or the next word.
bool take_cluster(const Arguments& arguments, const Options& options, ParsedOptions& parsed) {
  const Argument& argument = arguments[parsed.next];
  const std::string& shape = argument.shape;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    const std::string option = {'-', shape[i]};
    switch (options.form(option)) {
      case OptionForm::flag:
        parsed.flags.push_back(option);
        if (i + 1 < shape.size() && shape[i + 1] == '=') {
          ++parsed.next;
          return true;
        }
        continue;
      case OptionForm::unknown:
        if (i + 1 >= shape.size() || shape[i + 1] != '=') return false;
        ++parsed.next;
        return true;
      case OptionForm::value:
        break;
    }
    ++parsed.next;
    if (i + 1 < shape.size()) {
      const std::size_t begin = i + 1 + (shape[i + 1] == '=' ? 1 : 0);
      parsed.options.push_back({option, whole(argument).from(begin)});
    } else if (parsed.next < arguments.size()) {
      parsed.options.push_back({option, whole(arguments[parsed.next])});
      ++parsed.next;
    }
    return true;
  }
  ++parsed.next;
  return true;
}

}  // namespace

namespace detail {

bool take_option(const Arguments& arguments, const Options& options, ParsedOptions& parsed) {
  const Argument& argument = arguments[parsed.next];
  const std::string& shape = argument.shape;
  if (!shape.starts_with("--")) return take_cluster(arguments, options, parsed);
  const auto equals = shape.find('=');
  std::string name = shape.substr(0, equals);
  if (name.find(unknown_byte) != name.npos) return false;
  if (equals != shape.npos) {
    parsed.options.push_back({std::move(name), whole(argument).from(equals + 1)});
    ++parsed.next;
    return true;
  }
  switch (options.form(name)) {
    case OptionForm::unknown:
      return false;
    case OptionForm::flag:
      parsed.flags.push_back(std::move(name));
      ++parsed.next;
      return true;
    case OptionForm::value:
      break;
  }
  ++parsed.next;
  if (parsed.next == arguments.size()) return true;
  parsed.options.push_back({std::move(name), whole(arguments[parsed.next])});
  ++parsed.next;
  return true;
}

}  // namespace detail

bool holds_options(const Argument& argument, const Lookup* lookup, const Script* script, Arena& arena) {
  const TextPart* part = argument.only_part();
  if (!part || !lookup) return false;
  const std::string_view written = part->range.of(argument.text->text());
  const std::size_t behind_name = std::min(part->name.size() + 2, written.size());  // `${NAME`
  const std::string_view index = part->name.empty() ? part->name : written.substr(behind_name, 3);
  if (!part->outer && (part->name == "@" || part->name == "*" || index == "[@]" || index == "[*]"))
    return true;
  if (part->kind != TextPart::Kind::variable)
    return !part->outer && !part->quoted && !part->name.empty() && is_named_like_options(part->name);
  // `${NAME:+--option}` is nothing or an option.
  const bool conditional = part->op == ":+" || part->op == "+";
  if (conditional && !part->quoted && part->operand.of(argument.text->text()).starts_with('-')) return true;
  if (script && !part->outer && script->holds_options(part->name)) return true;
  if (part->quoted) return false;
  const Evaluated value = evaluate({*argument.text, {*part}, lookup}, arena);
  if (value.unknown) return is_named_like_options(own_name(*part));
  const std::string_view text = value.value.text();
  return text.empty() || text.front() == '-' || text.find_first_of(" \t\n") != text.npos;
}

}  // namespace imglint::shell
