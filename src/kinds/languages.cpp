#include "kinds/languages.hpp"

#include <algorithm>
#include <optional>

#include "base/ascii.hpp"

namespace imglint::languages {
namespace {

std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

bool is_dotted(char c) { return is_word_character(c) || c == '.' || c == '-'; }

std::size_t name_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] >= '0' && text[at] <= '9')) return at;
  while (at < text.size() && is_word_character(text[at])) ++at;
  return at;
}

TextPart part(TextPart::Kind kind, std::size_t begin, std::size_t end, std::string_view name = {}) {
  return {.kind = kind, .range = {offset(begin), offset(end)}, .name = name};
}

/// What an opening and a closing mark hold: a variable if it is a name of these characters.
std::optional<TextPart> between(std::string_view text, std::size_t at, std::string_view open,
                                std::string_view close, bool (*is_name)(char)) {
  if (!text.substr(at).starts_with(open)) return std::nullopt;
  const auto end = text.find(close, at + open.size());
  if (end == text.npos) return std::nullopt;
  const std::string_view name = trimmed(text.substr(at + open.size(), end - at - open.size()));
  const bool is_plain = !name.empty() && std::ranges::all_of(name, is_name);
  return part(is_plain ? TextPart::Kind::variable : TextPart::Kind::unknown, at, end + close.size(), name);
}

/// `${{ … }}` ends at `}}` outside of `'…'`.
std::optional<TextPart> github_at(std::string_view text, std::size_t at) {
  constexpr std::string_view open = "${{";
  if (!text.substr(at).starts_with(open)) return std::nullopt;
  bool quoted = false;
  for (std::size_t end = at + open.size(); end + 1 < text.size(); ++end) {
    if (text[end] == '\'') quoted = !quoted;
    if (quoted || text[end] != '}' || text[end + 1] != '}') continue;
    const std::string_view name = trimmed(text.substr(at + open.size(), end - at - open.size()));
    const bool is_plain = !name.empty() && std::ranges::all_of(name, is_dotted);
    return part(is_plain ? TextPart::Kind::variable : TextPart::Kind::unknown, at, end + 2, name);
  }
  return std::nullopt;
}

/// `$NAME` and `${NAME}`. Other things in braces are unknown.
std::optional<TextPart> dollar_at(std::string_view text, std::size_t at) {
  if (text[at] != '$') return std::nullopt;
  if (text.substr(at).starts_with("${")) {
    const auto end = text.find('}', at);
    if (end == text.npos) return std::nullopt;
    const std::string_view name = text.substr(at + 2, end - at - 2);
    const bool is_plain = !name.empty() && name_end(text, at + 2) == end;
    return part(is_plain ? TextPart::Kind::variable : TextPart::Kind::unknown, at, end + 1, name);
  }
  const auto end = name_end(text, at + 1);
  if (end == at + 1) return std::nullopt;
  return part(TextPart::Kind::variable, at, end, text.substr(at + 1, end - at - 1));
}

/// The brace that closes one that stands before an offset.
std::size_t closing_brace(std::string_view text, std::size_t at) {
  for (int depth = 1; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return text.npos;
}

/// `${X}`, `${X:-word}` and its like.
std::optional<TextPart> default_at(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("${")) return std::nullopt;
  const auto end = closing_brace(text, at + 2);
  if (end == text.npos) return std::nullopt;
  const auto name = name_end(text, at + 2);
  TextPart found = part(TextPart::Kind::variable, at, end + 1, text.substr(at + 2, name - at - 2));
  if (name == end && name > at + 2) return found;
  const std::string_view rest = text.substr(name, end - name);
  for (const std::string_view op : {":-", ":=", "-", "="})
    if (name > at + 2 && rest.starts_with(op)) {
      found.op = text.substr(name, op.size());
      found.operand = {offset(name + op.size()), offset(end)};
      return found;
    }
  return part(TextPart::Kind::unknown, at, end + 1, text.substr(at + 2, end - at - 2));
}

std::optional<TextPart> escape_at(std::string_view text, std::size_t at, std::string_view escape) {
  if (!text.substr(at).starts_with(escape)) return std::nullopt;
  return part(TextPart::Kind::escape, at, at + escape.size());
}

/// An expression with more bytes is none: what is never closed must not be read to the end again and again.
constexpr std::size_t longest = 4096;

/// Cuts at what a function finds; what it does not is text.
template <class Find>
TextParts cut(std::string_view text, Find find, std::string_view starts) {
  TextParts parts;
  std::size_t done = 0;
  const auto add_text = [&](std::size_t end) {
    if (end > done) parts.push_back(part(TextPart::Kind::text, done, end));
  };
  for (std::size_t at = text.find_first_of(starts); at != text.npos; at = text.find_first_of(starts, at)) {
    const std::optional<TextPart> found = find(text.substr(0, std::min(text.size(), at + longest)), at);
    if (!found) {
      ++at;
      continue;
    }
    add_text(at);
    parts.push_back(*found);
    done = at = found->range.end;
  }
  add_text(text.size());
  return parts;
}

/// The brace that closes a template of HCL, with texts in quotes passed over.
std::size_t template_end(std::string_view text, std::size_t at) {
  std::vector<char> open{'{'};
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (open.back() == '"') {
      if (c == '\\') ++at;
      if (c == '"') open.pop_back();
      if (text.substr(at).starts_with("${")) {
        open.push_back('{');
        ++at;
      }
      continue;
    }
    if (c == '{' || c == '"') open.push_back(c);
    if (c == '}') {
      open.pop_back();
      if (open.empty()) return at;
    }
  }
  return text.npos;
}

std::optional<TextPart> first_of(std::optional<TextPart> first, std::optional<TextPart> second) {
  return first ? first : second;
}

std::optional<TextPart> macro_at(std::string_view text, std::size_t at) {
  return between(text, at, "$(", ")", is_dotted);
}

std::optional<TextPart> runtime_at(std::string_view text, std::size_t at) {
  auto found = between(text, at, "$[", "]", is_dotted);
  if (!found) return found;
  // `variables['name']` holds a bracket.
  constexpr std::string_view before = "variables['";
  const auto begin = text.find_first_not_of(" \t", at + 2);
  if (begin == text.npos || !text.substr(begin).starts_with(before)) return found;
  const auto quote = text.find('\'', begin + before.size());
  const auto end = quote == text.npos ? quote : text.find(']', quote + 2);
  if (end == text.npos) return found;
  return part(TextPart::Kind::variable, at, end + 1,
              text.substr(begin + before.size(), quote - begin - before.size()));
}

}  // namespace

TextParts literal(std::string_view text) {
  return cut(text, [](std::string_view, std::size_t) { return std::optional<TextPart>(); }, {});
}

TextParts github(std::string_view text) { return cut(text, github_at, "$"); }

TextParts gitlab(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (auto escape = escape_at(all, at, "$$")) return escape;
        return first_of(between(all, at, "$[[", "]]", is_dotted), dollar_at(all, at));
      },
      "$");
}

TextParts gitlab_script(std::string_view text) {
  return cut(
      text, [](std::string_view all, std::size_t at) { return between(all, at, "$[[", "]]", is_dotted); },
      "$");
}

TextParts circleci(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        auto found = first_of(between(all, at, "<<", ">>", is_dotted), dollar_at(all, at));
        if (found && all[at] == '$') found->kind = TextPart::Kind::unknown;
        return found;
      },
      "<$");
}

TextParts circleci_script(std::string_view text) {
  return cut(
      text, [](std::string_view all, std::size_t at) { return between(all, at, "<<", ">>", is_dotted); },
      "<");
}

TextParts azure(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (auto found = github_at(all, at)) return found;
        return first_of(macro_at(all, at), runtime_at(all, at));
      },
      "$");
}

TextParts azure_script(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (auto found = github_at(all, at)) return found;
        auto found = macro_at(all, at);
        return found && found->kind == TextPart::Kind::variable ? found : std::optional<TextPart>();
      },
      "$");
}

TextParts drone(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (!all.substr(at).starts_with("$${")) return default_at(all, at);
        const auto end = all.find('}', at);
        if (end == all.npos) return std::optional<TextPart>();
        return std::optional(part(TextPart::Kind::unknown, at, end + 1));
      },
      "$");
}

TextParts dollar(std::string_view text) { return cut(text, dollar_at, "$"); }

TextParts cloud_build(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        return first_of(escape_at(all, at, "$$"), dollar_at(all, at));
      },
      "$");
}

TextParts buildkite(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (auto matrix = between(all, at, "{{", "}}", is_dotted)) return matrix;
        if (auto escape = first_of(escape_at(all, at, "$$"), escape_at(all, at, "\\$"))) return escape;
        if (all[at] != '$') return std::optional<TextPart>();
        return first_of(default_at(all, at), dollar_at(all, at));
      },
      "{$\\");
}

TextParts buildkite_script(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        return first_of(escape_at(all, at, "$$"), escape_at(all, at, "\\$"));
      },
      "$\\");
}

TextParts devcontainer(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        std::optional<TextPart> found;
        if (!all.substr(at).starts_with("${")) return found;
        const auto end = all.find('}', at);
        if (end == all.npos) return found;
        found = part(TextPart::Kind::variable, at, end + 1, all.substr(at + 2, end - at - 2));
        const auto kind = all.find(':', at);
        const auto name = kind < end ? all.find(':', kind + 1) : all.npos;
        const std::string_view what = all.substr(at + 2, kind - at - 2);
        if ((what != "localEnv" && what != "env") || name == all.npos || name > end) return found;
        found->op = ":";
        found->operand = {offset(name + 1), offset(std::min(all.find(':', name + 1), end))};
        return found;
      },
      "$");
}

TextParts bake(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        const std::string_view rest = all.substr(at);
        if (rest.starts_with("$${") || rest.starts_with("%%{"))
          return std::optional(part(TextPart::Kind::escape, at, at + 2));
        if (!rest.starts_with("${") && !rest.starts_with("%{")) return std::optional<TextPart>();
        const auto end = template_end(all, at + 2);
        if (end == all.npos) return std::optional<TextPart>();
        const std::string_view name = trimmed(all.substr(at + 2, end - at - 2));
        const bool is_plain = !name.empty() && all[at] == '$' && std::ranges::all_of(name, is_dotted);
        return std::optional(
            part(is_plain ? TextPart::Kind::variable : TextPart::Kind::unknown, at, end + 1, name));
      },
      "$%");
}

TextParts systemd(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (auto escape = escape_at(all, at, "%%")) return escape;
        const bool is_letter = at + 1 < all.size() && is_word_character(all[at + 1]);
        return is_letter ? std::optional(part(TextPart::Kind::unknown, at, at + 2)) : std::nullopt;
      },
      "%");
}

TextParts make(std::string_view text) {
  return cut(
      text,
      [](std::string_view all, std::size_t at) {
        if (auto escape = escape_at(all, at, "$$")) return escape;
        if (at + 1 >= all.size()) return std::optional<TextPart>();
        const char open = all[at + 1];
        if (open != '(' && open != '{') {
          if (!is_word_character(open)) return std::optional(part(TextPart::Kind::unknown, at, at + 2));
          return std::optional(part(TextPart::Kind::variable, at, at + 2, all.substr(at + 1, 1)));
        }
        const char close = open == '(' ? ')' : '}';
        std::size_t end = at + 2;
        for (int depth = 1; end < all.size(); ++end) {
          if (all[end] == open) ++depth;
          if (all[end] == close && --depth == 0) break;
        }
        if (end == all.size()) return std::optional<TextPart>();
        const std::string_view name = all.substr(at + 2, end - at - 2);
        constexpr std::string_view none = " \t:,=#$(){}\n";
        const bool is_plain = !name.empty() && name.find_first_of(none) == name.npos;
        return std::optional(
            part(is_plain ? TextPart::Kind::variable : TextPart::Kind::unknown, at, end + 1, name));
      },
      "$");
}

}  // namespace imglint::languages
