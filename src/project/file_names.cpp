#include "project/file_names.hpp"

#include <algorithm>
#include <array>

namespace imglint {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

bool ends_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         equal_ignoring_case(text.substr(text.size() - lower_case.size()), lower_case);
}

/// Takes the word off the front if it is there.
bool take(std::string_view& text, std::string_view lower_case) {
  if (!equal_ignoring_case(text.substr(0, lower_case.size()), lower_case)) return false;
  text.remove_prefix(lower_case.size());
  return true;
}

/// Nothing, or `.`, `_` or `-` and anything.
bool is_end_or_suffix(std::string_view rest) {
  return rest.empty() || rest[0] == '.' || rest[0] == '_' || rest[0] == '-';
}

bool is_excluded(std::string_view name) {
  constexpr std::array endings = {".md", ".txt", ".rst", ".dockerignore"};
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return ends_with(name, ending); });
}

/// `dockerfile_parser.py`: a program about Dockerfiles. `rest` is what follows the word. After a point
/// the ending says what the image holds: `Dockerfile.py`.
bool is_source_code(std::string_view rest) {
  constexpr std::array endings = {".c",  ".cc",  ".cpp", ".cs", ".go", ".h",  ".hpp",   ".java", ".js",
                                  ".kt", ".lua", ".php", ".py", ".rb", ".rs", ".swift", ".ts",   ".tsx"};
  return (rest.starts_with('_') || rest.starts_with('-')) &&
         std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return ends_with(rest, ending); });
}

bool is_dockerfile_name(std::string_view name) {
  for (const std::string_view word : {"dockerfile", "containerfile"}) {
    std::string_view rest = name;
    if (take(rest, word) && is_end_or_suffix(rest)) return !is_source_code(rest);
    if (name.size() > word.size() + 1 && ends_with(name, word) && name[name.size() - word.size() - 1] == '.')
      return true;
  }
  return false;
}

bool is_compose_name(std::string_view name) {
  if (ends_with(name, ".yml")) {
    name.remove_suffix(4);
  } else if (ends_with(name, ".yaml")) {
    name.remove_suffix(5);
  } else {
    return false;
  }
  take(name, "docker-");
  if (take(name, "compose")) return is_end_or_suffix(name);
  return take(name, "stack") && name.empty();
}

/// The next line without blanks at its ends, taken off the front.
std::string_view take_line(std::string_view& bytes) {
  const auto end = std::min(bytes.find('\n'), bytes.size());
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  constexpr std::string_view blanks = " \t\r\v\f";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  line.remove_suffix(line.size() - (line.find_last_not_of(blanks) + 1));
  return line;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// `# syntax=…` and its like.
bool is_directive(std::string_view comment) {
  comment.remove_prefix(1);
  skip_blanks(comment);
  for (const std::string_view name : {"syntax", "escape", "check"}) {
    std::string_view rest = comment;
    if (!take(rest, name)) continue;
    skip_blanks(rest);
    if (rest.starts_with('=')) return true;
  }
  return false;
}

bool is_instruction(std::string_view line) {
  constexpr std::array instructions = {"from",   "arg",   "add",     "cmd",     "copy",       "entrypoint",
                                       "env",    "run",   "expose",  "label",   "user",       "healthcheck",
                                       "volume", "shell", "onbuild", "workdir", "stopsignal", "maintainer"};
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  return std::any_of(instructions.begin(), instructions.end(),
                     [&](const char* known) { return equal_ignoring_case(word, known); });
}

/// The start of a document, a directive, a flow mapping, or a key and its colon.
bool looks_like_yaml(std::string_view line) {
  if (line.starts_with("---") || line.starts_with('%') || line.starts_with('{')) return true;
  for (auto colon = line.find(':'); colon != line.npos; colon = line.find(':', colon + 1))
    if (colon + 1 == line.size() || line[colon + 1] == ' ' || line[colon + 1] == '\t') return true;
  return false;
}

}  // namespace

bool is_walked_name(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return (is_dockerfile_name(name) || is_compose_name(name)) && !is_excluded(name);
}

Dialect dialect_of(std::string_view path) {
  const bool yaml = ends_with(path, ".yml") || ends_with(path, ".yaml") || ends_with(path, ".json");
  return yaml ? Dialect::compose : Dialect::dockerfile;
}

Dialect dialect_of_content(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return Dialect::compose;
  while (!bytes.empty()) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) continue;
    if (line[0] == '#') {
      if (is_directive(line)) return Dialect::dockerfile;
      continue;
    }
    return !is_instruction(line) && looks_like_yaml(line) ? Dialect::compose : Dialect::dockerfile;
  }
  return Dialect::dockerfile;
}

}  // namespace imglint
