#include "kinds/manifest/value_uses.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/ascii.hpp"
#include "kinds/manifest/reading.hpp"

namespace imglint::manifest {
namespace {

constexpr std::string_view template_blanks = " \t\r\n";
/// Longer actions are not looked into, so that hostile ones take no time.
constexpr std::size_t longest_action = 1024;

bool is_template_blank(char c) { return template_blanks.find(c) != template_blanks.npos; }

/// Of a name in a template. Letters beyond ASCII count, which Go allows.
bool is_name_sign(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Of two parts of one text.
bool stands_in(std::string_view part, std::string_view whole) {
  return whole.data() <= part.data() && part.data() + part.size() <= whole.data() + whole.size();
}

/// `{{ … }}` in a text.
struct TemplateAction {
  std::string_view before;  ///< all that stands before it, without what it trims
  std::string_view inside;  ///< without braces, signs of trimming and blanks
  std::string_view behind;

  TemplateAction(std::string_view text, std::size_t begin, std::size_t end)
      : before(text.substr(0, begin)),
        inside(text.substr(begin + 2, end - begin - 4)),
        behind(text.substr(end)) {
    if (inside.size() > 1 && inside.front() == '-' && is_template_blank(inside[1])) {
      inside.remove_prefix(1);
      before = before.substr(0, before.find_last_not_of(template_blanks) + 1);
    }
    if (inside.size() > 1 && inside.back() == '-' && is_template_blank(inside[inside.size() - 2])) {
      inside.remove_suffix(1);
      behind.remove_prefix(std::min(behind.find_first_not_of(template_blanks), behind.size()));
    }
    inside = trimmed(inside);
  }
  [[nodiscard]] bool is_remark() const { return inside.starts_with("/*"); }
  /// What it gives begins a word, what stands behind an option's `=`, or the text of a `define`.
  [[nodiscard]] bool begins_word() const {
    constexpr std::string_view ends = " \t\r\n\"'=";
    if (before.empty() || ends.find(before.back()) != ends.npos) return true;
    const auto last = before.ends_with("}}") ? before.rfind("{{") : before.npos;
    return last != before.npos && TemplateAction(before, last, before.size()).inside.starts_with("define ");
  }
};

/// The end of what begins at an offset of an action: quoted, in parentheses, or up to a blank.
std::size_t end_of_word(std::string_view text, std::size_t at) {
  int depth = 0;
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == '\\' && quote != '`')
        ++at;
      else if (c == quote)
        quote = '\0';
    } else if (c == '"' || c == '`' || c == '\'') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    } else if (depth == 0 && (c == '|' || is_template_blank(c))) {
      break;
    }
  }
  return std::min(at, text.size());
}

/// The words of each command of a pipeline.
std::vector<std::vector<std::string_view>> commands_of(std::string_view pipeline) {
  std::vector<std::vector<std::string_view>> commands(1);
  for (std::size_t at = 0; at < pipeline.size();) {
    if (is_template_blank(pipeline[at])) {
      ++at;
    } else if (pipeline[at] == '|') {
      commands.emplace_back();
      ++at;
    } else {
      const std::size_t end = end_of_word(pipeline, at);
      commands.back().push_back(pipeline.substr(at, end - at));
      at = end;
    }
  }
  return commands;
}

/// What a pipeline does with a value in it.
enum class UseOfValue : std::uint8_t {
  passed,    ///< gives it, or what stands in for it
  prefixed,  ///< gives a text that begins with it and `/`
  asked,     ///< asks whether it is there
  other,
};

/// Commands behind a value that leave it what it is.
bool keeps_value(const std::vector<std::string_view>& command) {
  constexpr std::array<std::string_view, 4> names = {"default", "toString", "trim", "trimSuffix"};
  return !command.empty() && std::ranges::find(names, command.front()) != names.end();
}

UseOfValue use_in(std::string_view pipeline, std::string_view value) {
  if (pipeline.size() > longest_action) return UseOfValue::other;
  std::vector<std::vector<std::string_view>> commands = commands_of(pipeline);
  std::vector<std::string_view>& words = commands.front();
  const auto word =
      std::ranges::find_if(words, [&](std::string_view each) { return stands_in(value, each); });
  if (word == words.end()) return UseOfValue::other;
  if (word->size() != value.size()) {
    if (word->front() != '(' || word->back() != ')') return UseOfValue::other;
    const UseOfValue inner = use_in(word->substr(1, word->size() - 2), value);
    if (inner != UseOfValue::passed) return inner;
  }
  auto index = word - words.begin();
  if (words.size() > 2 && words.front().starts_with('$') && (words[1] == ":=" || words[1] == "=")) {
    words.erase(words.begin(), words.begin() + 2);
    if ((index -= 2) != 2 || words.front() != "printf") return UseOfValue::other;
  }
  if (words.front() == "printf" && index == 2) {
    const std::string_view format = words[1].substr(1);
    return format.starts_with("%s/") ? UseOfValue::prefixed : UseOfValue::other;
  }
  const std::size_t last = words.size() - 1;
  if (commands.size() == 1 && static_cast<std::size_t>(index) == last &&
      ((last == 1 && words[0] == "if") || (last == 2 && words[0] == "else" && words[1] == "if")))
    return UseOfValue::asked;
  const bool has_default = last == 2 && index == 2 && (words[0] == "default" || words[0] == "required");
  if (last != 0 && !has_default) return UseOfValue::other;
  return std::all_of(commands.begin() + 1, commands.end(), keeps_value) ? UseOfValue::passed
                                                                        : UseOfValue::other;
}

bool is_as_prefix(const TemplateAction& action, UseOfValue use) {
  if (use == UseOfValue::passed) return action.behind.starts_with('/') && action.begins_word();
  return use == UseOfValue::prefixed;
}

/// `.Values.a.b`, `$.Values.a.b` in an action.
struct Mention {
  std::string_view text;  ///< from the dot or the variable before
  std::string_view path;  ///< `a.b`; empty if it is of all values
};

/// The next one from an offset on, which is moved behind it. One in quotes, or behind no dot, is of all
/// values: nobody knows what is done with it.
std::optional<Mention> next_mention(std::string_view inside, std::size_t& from) {
  constexpr std::string_view root = "Values";
  const std::size_t first = from;  // what stands before it belongs to the last one
  for (auto at = inside.find(root, from); at != inside.npos; at = inside.find(root, at + 1)) {
    std::size_t begin = at;
    std::size_t end = at + root.size();
    if (end < inside.size() && is_name_sign(inside[end])) continue;
    if (begin > 0 && is_name_sign(inside[begin - 1])) continue;
    while (begin > first &&
           (is_name_sign(inside[begin - 1]) || inside[begin - 1] == '.' || inside[begin - 1] == '$'))
      --begin;
    const auto goes_on = [&](std::size_t next) {
      if (next < inside.size() && inside[next] == '.') ++next;
      return next < inside.size() && is_name_sign(inside[next]);
    };
    while (goes_on(end)) ++end;
    from = end;
    Mention mention{.text = inside.substr(begin, end - begin), .path = {}};
    const std::size_t path = at + root.size() + 1;
    if (begin < at && path < end) mention.path = inside.substr(path, end - path);
    return mention;
  }
  return std::nullopt;
}

/// Whether one path is that of a mapping in which the other stands; all stands in the empty one.
bool leads_to(std::string_view outer, std::string_view inner) {
  return outer.empty() ||
         (inner.size() > outer.size() && inner.starts_with(outer) && inner[outer.size()] == '.');
}

}  // namespace

PrefixSearch::PrefixSearch(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) values_.push_back({.path = path});
}

void PrefixSearch::look_at(std::string_view text) {
  if (text.find("Values") == text.npos) return;
  for (auto at = text.find("{{"); at != text.npos && !is_over();) {
    const std::size_t end = action_end(text, at);
    if (end == text.npos) return values_.clear();
    const TemplateAction action(text, at, end);
    at = text.find("{{", end);
    std::size_t from = 0;
    while (const auto mention = action.is_remark() ? std::nullopt : next_mention(action.inside, from)) {
      std::erase_if(values_, [&](ChartValue& value) {
        if (value.path != mention->path)
          return leads_to(mention->path, value.path) || leads_to(value.path, mention->path);
        const UseOfValue use = use_in(action.inside, mention->text);
        const bool is_prefix = is_as_prefix(action, use);
        value.is_used = value.is_used || is_prefix;
        return !is_prefix && use != UseOfValue::asked;
      });
    }
  }
}

std::vector<std::string> PrefixSearch::found() const {
  std::vector<std::string> paths;
  for (const ChartValue& value : values_)
    if (value.is_used) paths.push_back(value.path);
  return paths;
}

}  // namespace imglint::manifest
