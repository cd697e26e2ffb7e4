#include "output/pages/kinds.hpp"

#include <algorithm>
#include <string_view>

#include "base/name_pattern.hpp"
#include "base/wrapped.hpp"
#include "output/pages/marked_text.hpp"

namespace imglint {
namespace {

/// `Words: a, b.`, each between ticks; nothing without any.
void append_words(std::string_view title, std::span<const std::string_view> words, std::string& out) {
  if (words.empty()) return;
  out.append("- ").append(title).append(":");
  for (const std::string_view word : words)
    out.append(word == words.front() ? " `" : ", `").append(word) += '`';
  out += '\n';
}

void write_kind_markdown(const KindInfo& kind, std::string& out) {
  out.append("## ").append(kind.name).append("\n\n").append(kind.summary).append("\n\n");
  const std::string walk =
      kind.include.empty() ? "a walk takes" : "with --include " + std::string(kind.include) + " a walk takes";
  append_words(walk, kind.names, out);
  append_words("but not", kind.not_names, out);
  append_words("and, if the text is one beyond doubt", kind.doubtful_names, out);
  append_words("less", kind.not_doubtful_names, out);
  append_words("read so where it is given by its own name", kind.given_names, out);
  if (kind.takes_rest) out.append("- read so where it is given by its own name: what no other kind claims\n");
  std::vector<std::string_view> roles;
  for (const RoleInfo* role : kind.roles)  // a role may have a row for each certainty
    if (std::find(roles.begin(), roles.end(), role->name) == roles.end()) roles.push_back(role->name);
  append_words("roles of references", roles, out);
  append_words("languages of editors", kind.languages, out);
  for (const KindExample& example : kind.examples) {
    out.append("\nFound");
    if (!example.note.empty()) out.append(" – ").append(example.note);
    const std::string_view fence = example.text.find("```") == example.text.npos ? "```" : "````";
    out.append(":\n\n").append(fence).append(kind.is_yaml ? "yaml" : kind.name).append("\n");
    append_example_text(out, example.text, "");
    out.append(fence).append("\n");
  }
}

using Patterns = std::span<const std::string_view>;

/// Those of kinds that a walk takes without being told to.
Patterns walked_names(const KindInfo& kind) { return kind.include.empty() ? kind.names : Patterns(); }
Patterns walked_not_names(const KindInfo& kind) { return kind.include.empty() ? kind.not_names : Patterns(); }
/// Names of files whose text tells what they are; one that is none of the kind is left alone.
Patterns asked_names(const KindInfo& kind) {
  return kind.include.empty() && kind.is_asked_first ? kind.doubtful_names : Patterns();
}

/// `a|b` of the patterns that kinds have.
std::string alternatives(Kinds kinds, Patterns (*patterns)(const KindInfo& kind)) {
  std::string text;
  for (const KindInfo* kind : kinds)
    for (const std::string_view pattern : patterns(*kind))
      text.append(text.empty() ? "" : "|").append(name_expression(pattern));
  return text;
}

/// The names for which an editor asks the server, as patterns.
std::vector<std::string_view> editor_names(Kinds kinds) {
  std::vector<std::string_view> names;
  for (const auto patterns : {walked_names, asked_names})
    for (const KindInfo* kind : kinds)
      for (const std::string_view pattern : patterns(*kind)) names.push_back(pattern);
  return names;
}

/// `"a", "b"`: all that editors call the languages of such files.
void append_languages(Kinds kinds, std::string& out) {
  bool first = true;
  for (const KindInfo* kind : kinds)
    for (const std::string_view language : kind->languages) {
      out.append(first ? "\"" : ", \"").append(language) += '"';
      first = false;
    }
}

/// As the text between quotes in Lua and Emacs Lisp. `signs` get a backslash of their own.
std::string escaped(std::string_view expression, std::string_view signs) {
  std::string text;
  for (const char c : expression) {
    if (c == '\\' || c == '"') text += '\\';
    if (signs.find(c) != signs.npos) text += "\\\\";
    text += c;
  }
  return text;
}

std::string expression(const std::string& alternatives) { return "(?i)(^|/)(" + alternatives + ")$"; }

}  // namespace

void write_kinds_table(Kinds kinds, std::string& out) {
  std::size_t longest = 0;
  for (const KindInfo* kind : kinds) longest = std::max(longest, kind->name.size());
  for (const KindInfo* kind : kinds)
    out.append(kind->name).append(longest + 2 - kind->name.size(), ' ').append(kind->summary) += '\n';
}

void write_kinds_markdown(Kinds kinds, std::string& out) {
  out.append(
      "# Kinds of file\n\n"
      "Made by `imglint kinds --format markdown` from the kinds themselves; the examples run as tests.\n\n"
      "A walk takes files by their names, in either case: `*` is any text, `[._-]` one of these characters,\n"
      "`{yml,yaml}` one of these texts, `**` any number of folders. A file that is given by its own name is "
      "always\n"
      "read. What is read only with `--include scripts` or `--include docs` says so.\n");
  for (const KindInfo* kind : kinds) {
    out.push_back('\n');
    write_kind_markdown(*kind, out);
  }
}

std::string hook_files(Kinds kinds) {
  return expression(R"(\.env|)" + alternatives(kinds, walked_names) + "|" + alternatives(kinds, asked_names));
}
/// What one kind leaves to another is wanted.
std::string hook_exclude(Kinds kinds) {
  const auto is_left_to_another = [&](std::string_view pattern) {
    return std::any_of(kinds.begin(), kinds.end(), [&](const KindInfo* kind) {
      return std::find(kind->names.begin(), kind->names.end(), pattern) != kind->names.end();
    });
  };
  std::string text;
  for (const KindInfo* kind : kinds)
    for (const std::string_view pattern : walked_not_names(*kind))
      if (!is_left_to_another(pattern)) text.append(text.empty() ? "" : "|").append(name_expression(pattern));
  return expression(text);
}

void write_vscode_selectors(Kinds kinds, std::string& out) {
  out.append("// Made from the kinds of file by tests/kind_pages_test.cpp.\nexport const languages = [");
  append_languages(kinds, out);
  out.append("];\nexport const patterns = [\n");
  for (const std::string_view pattern : editor_names(kinds))
    out.append("  \"**/").append(name_glob(pattern)).append("\",\n");
  out.append("];\n");
}

void write_neovim_selectors(Kinds kinds, std::string& out) {
  out.append("local languages = { ");
  append_languages(kinds, out);
  out.append(" }\nlocal names = {\n");
  for (const std::string_view pattern : editor_names(kinds))
    out.append("  \"\\\\v\\\\c(^|/)").append(escaped(name_expression(pattern), {})).append("$\",\n");
  out.append("}\n");
}

void write_emacs_selectors(Kinds kinds, std::string& out) {
  out.append("(defconst imglint-names\n  '(");
  const std::size_t begin = out.size();
  for (const std::string_view pattern : editor_names(kinds))
    out.append(out.size() == begin ? "\"" : "\n    \"")
        .append(R"(\\(?:\\`\\|/\\))")
        .append(escaped(name_expression(pattern), "(|)"))
        .append(R"(\\'")");
  out.append(")\n  \"Paths of files that may hold references, as regular expressions.\")\n");
}

}  // namespace imglint
