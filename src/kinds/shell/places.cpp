#include "kinds/shell/places.hpp"

#include <algorithm>
#include <array>

#include "kinds/shell/keywords.hpp"
#include "kinds/shell/reader.hpp"

namespace imglint::shell {
namespace {

constexpr std::array<std::string_view, 9> programs = {"docker", "podman",  "nerdctl", "finch", "skopeo",
                                                      "crane",  "kubectl", "helm",    "kind"};

/// A program that runs the words behind it.
struct Wrapper {
  std::string_view name;
  std::string_view values;    ///< options that take a value
  bool assigns = false;       ///< `NAME=value` may stand there
  bool has_duration = false;  ///< a word before the command
};
// `sudo --help`, `env --help` and their like (coreutils 9, sudo 1.9).
constexpr Wrapper wrappers[] = {
    {"sudo", "-u -g -h -p -C -D -R -T -U --user --group --host --prompt --chdir --chroot", true},
    {"doas", "-u -g -h -p -C -D -R -T -U"},
    {"env", "-u -C -S --unset --chdir --split-string", true},
    {"exec", "-a"},
    {"command", ""},
    {"nohup", ""},
    {"builtin", ""},
    {"timeout", "-k -s --kill-after --signal", false, true},
    {"nice", "-n -c --adjustment"},
    {"ionice", "-n -c --class --classdata"},
};

/// Names of variables that people give to a program.
struct NamedProgram {
  std::string_view name;
  std::string_view program;
};
constexpr NamedProgram named_programs[] = {
    {"DOCKER", "docker"},           {"DOCKER_CMD", "docker"},
    {"DOCKER_BIN", "docker"},       {"DOCKER_CLI", "docker"},
    {"CONTAINER_ENGINE", "docker"}, {"CONTAINER_RUNTIME", "docker"},
    {"CONTAINER_TOOL", "docker"},   {"CONTAINER_CLI", "docker"},
    {"CONTAINER_CMD", "docker"},    {"OCI_BIN", "docker"},
    {"PODMAN", "podman"},           {"NERDCTL", "nerdctl"},
    {"SKOPEO", "skopeo"},           {"CRANE", "crane"},
    {"KUBECTL", "kubectl"},         {"HELM", "helm"},
};

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_assignment(const Argument& argument) {
  const auto equals = argument.shape.find('=');
  if (equals == std::string::npos) return false;
  std::string_view name = std::string_view(argument.shape).substr(0, equals);
  if (name.ends_with('+')) name.remove_suffix(1);
  return is_name(name);
}

/// The index behind a wrapper's options, durations and assignments.
std::size_t behind_wrapper(const Arguments& arguments, std::size_t at, const Wrapper& wrapper) {
  const Options values = Options::with_values(wrapper.values);
  bool has_duration = wrapper.has_duration;
  for (++at; at < arguments.size(); ++at) {
    const std::string& shape = arguments[at].shape;
    if (shape == "--") return at + 1;
    if (shape.size() > 1 && shape.front() == '-') {
      if (values.form(shape) == OptionForm::value) ++at;
    } else if (wrapper.assigns && is_assignment(arguments[at])) {
      continue;
    } else if (has_duration) {
      has_duration = false;
    } else {
      return at;
    }
  }
  return at;
}

/// Where the program stands: behind keywords, assignments and wrappers.
std::size_t find_program(const Arguments& arguments) {
  std::size_t at = 0;
  while (at < arguments.size()) {
    const std::string& shape = arguments[at].shape;
    if (is_keyword(shape) || is_assignment(arguments[at])) {
      ++at;
      continue;
    }
    const auto wrapper = std::ranges::find(wrappers, std::string_view(shape), &Wrapper::name);
    if (wrapper == std::end(wrappers)) return at;
    at = behind_wrapper(arguments, at, *wrapper);
  }
  return at;
}

Arguments split(std::string_view value) {
  constexpr std::string_view blanks = " \t\n";
  Arguments words;
  for (auto begin = value.find_first_not_of(blanks); begin != value.npos;) {
    const auto end = std::min(value.find_first_of(blanks, begin), value.size());
    words.push_back({.shape = std::string(value.substr(begin, end - begin))});
    begin = value.find_first_not_of(blanks, end);
  }
  return words;
}

/// The program of a command, with the words that a variable's value puts behind it in front of its arguments.
std::string_view take_program(CommandReading& reading, const Argument& first) {
  const std::string_view name = last_component(first.shape);
  if (is_program(name)) return *std::ranges::find(programs, name);
  const TextPart* part = first.only_part();
  if (!part || part->kind != TextPart::Kind::variable || !reading.lookup) return {};
  const Evaluated value = evaluate({*first.text, {*part}, reading.lookup}, *reading.arena);
  if (!value.unknown) {
    Arguments words = split(value.value.text());
    if (words.empty() || !is_program(last_component(words.front().shape))) return {};
    const auto program = std::ranges::find(programs, last_component(words.front().shape));
    words.erase(words.begin());
    reading.arguments.insert(reading.arguments.begin(), words.begin(), words.end());
    return *program;
  }
  const auto named = std::ranges::find(named_programs, part->name, &NamedProgram::name);
  if (named == std::end(named_programs)) return {};
  reading.probable = true;
  return named->program;
}

void read_command(CommandReading& reading) {
  const std::size_t at = find_program(reading.arguments);
  if (at >= reading.arguments.size()) return;
  const Argument first = std::move(reading.arguments[at]);
  reading.arguments.erase(reading.arguments.begin(),
                          reading.arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  const std::string_view program = take_program(reading, first);
  if (program.empty()) return;
  if (program == "skopeo") return read_skopeo(reading);
  if (program == "crane") return read_crane(reading);
  if (program == "kubectl") return read_kubectl(reading);
  if (program == "helm") return read_helm(reading);
  if (program == "kind") return read_kind(reading);
  read_docker(reading, program);
}

/// Words as arguments. Nothing where no program can be meant, which is most of them.
Arguments arguments_of(const MappedText& text, std::span<const Word> words) {
  Arguments arguments;
  arguments.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i)
    arguments.push_back({.shape = words[i].shape(text.text()), .text = &text, .word = words[i], .number = i});
  return arguments;
}

/// A word that is only `$( )`, `$1` or a placeholder; `${NAME%word}` is more. Of an expression of a
/// pipeline's language people know what it holds.
bool says_nothing(const TextPart& part, std::string_view text) {
  if (part.kind == TextPart::Kind::variable) return !part.outer && part.op.empty() && !is_name(part.name);
  if (part.kind != TextPart::Kind::unknown) return false;
  const std::string_view written = part.range.of(text);
  if (!part.outer) return part.name.empty();
  return !(written.starts_with("${{") || written.starts_with("<<") || written.starts_with("$[["));
}

}  // namespace

bool is_program(std::string_view name) { return std::ranges::find(programs, name) != programs.end(); }

void CommandReading::add(const Stretch& stretch, const RoleInfo& role, bool guess) {
  if (!stretch.argument->text || stretch.range.empty()) return;
  TextParts parts = stretch.argument->word.parts_of(stretch.range);
  if (parts.empty() || (parts.size() == 1 && says_nothing(parts.front(), stretch.argument->text->text())))
    return;
  places.push_back({.role = &role,
                    .text = stretch.argument->text,
                    .parts = std::move(parts),
                    .probable = guess,
                    .number = stretch.argument->number});
}

void CommandReading::add_behind_scheme(const Stretch& stretch, const RoleInfo& role, bool guess) {
  constexpr std::string_view scheme = "docker://";
  add(stretch.shape().starts_with(scheme) ? stretch.from(scheme.size()) : stretch, role, guess);
}

std::vector<ShellPlace> find_places(const Script& script, const ScriptText& text, Arena& arena) {
  std::vector<ShellPlace> places;
  for (const Command& command : text.commands.commands) {
    CommandReading reading{.arguments = arguments_of(text.text, command.words),
                           .lookup = &script,
                           .script = &script,
                           .arena = &arena};
    read_command(reading);
    for (ShellPlace& place : reading.places) {
      place.probable = place.probable || reading.probable;
      places.push_back(std::move(place));
    }
  }
  return places;
}

std::vector<ShellPlace> find_places(std::span<const LooseWord> words, const Lookup* lookup, Arena& arena) {
  CommandReading reading{.arguments = {}, .lookup = lookup, .arena = &arena};
  for (std::size_t i = 0; i < words.size(); ++i) {
    Word word;
    word.parts = words[i].parts;
    word.quoted = true;
    reading.arguments.push_back(
        {.shape = word.shape(words[i].text.text()), .text = &words[i].text, .word = word, .number = i});
  }
  read_command(reading);
  for (ShellPlace& place : reading.places) place.probable = place.probable || reading.probable;
  return std::move(reading.places);
}

std::vector<ShellPlace> find_run_places(const MappedText& text, std::span<const Word> words, Arena& arena) {
  CommandReading reading{.arguments = {{.shape = "run"}}, .lookup = nullptr, .arena = &arena};
  Arguments given = arguments_of(text, words);
  reading.arguments.insert(reading.arguments.end(), given.begin(), given.end());
  read_docker(reading, "docker");
  return std::move(reading.places);
}

}  // namespace imglint::shell
